"""From what the rays cross to what the detector reads: spectrum, scatter, heel, blur and noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.fft import fftfreq, irfft2, next_fast_len, rfft2, rfftfreq
from scipy.ndimage import gaussian_filter, zoom

Image = NDArray[np.float32]

# Mass attenuation in cm²/g at 50, 60, 80 and 100 keV: J. H. Hubbell and S. M. Seltzer, "Tables of X-ray mass
# attenuation coefficients", NISTIR 5632, table 4 (ICRU-44 soft tissue, adipose tissue, cortical bone).
_SOFT = (0.2264, 0.2048, 0.1823, 0.1693)
_ADIPOSE = (0.2123, 0.1974, 0.1800, 0.1688)
_BONE = (0.4242, 0.3148, 0.2229, 0.1855)
# Share of the detected signal by energy: a filtered 120 kV beam in four lines.
_SHARES = (0.24, 0.34, 0.28, 0.14)

_PHOTONS_PER_MM2 = 1.0e6
_ELECTRONIC_PHOTONS = 6.0
_SCATTER_SHARE = 0.045
_SCATTER_MM = 38.0
_HEEL = 0.05


def primary(soft: Image, adipose: Image, bone: Image) -> Image:
    """Return the transmitted share of the beam (Beer–Lambert) for areal densities in g/cm²."""
    total = np.zeros_like(soft)
    for share, a, b, c in zip(_SHARES, _SOFT, _ADIPOSE, _BONE, strict=True):
        total += np.float32(share) * np.exp(-(a * soft + b * adipose + c * bone))
    return total


def with_scatter(transmitted: Image, spacing_mm: float) -> Image:
    """Return primary plus what scatter the grid lets through, a wide blur of what the body takes out."""
    coarse = max(1, int(_SCATTER_MM / 6 / spacing_mm))
    removed = -transmitted * np.log(np.maximum(transmitted, 1e-6))
    small = removed[::coarse, ::coarse]
    veil = gaussian_filter(small, _SCATTER_MM / spacing_mm / coarse, mode="nearest", truncate=2.5)
    factors = [n / m for n, m in zip(transmitted.shape, veil.shape, strict=True)]
    wide = zoom(veil, factors, order=1, grid_mode=True, mode="nearest")
    return np.asarray(transmitted + _SCATTER_SHARE * wide, dtype=np.float32)


def heel(rows: int) -> Image:
    """Return the fall of the beam towards the anode (the feet), shape (rows, 1)."""
    return (1 + _HEEL * np.linspace(0.5, -0.5, rows, dtype=np.float32))[:, None]


def read_out(exposure: Image, spacing_mm: float, rng: np.random.Generator) -> Image:
    """Return the detector signal: focal and detector blur, quantum and electronic noise.

    Quanta are counted per pixel of ``spacing_mm``; half of the noise passes through the detector's blur.
    """
    sharp = gaussian_filter(exposure, 0.11 / spacing_mm, mode="nearest")
    quanta = np.maximum(sharp, 0) * np.float32(_PHOTONS_PER_MM2 * spacing_mm**2)
    grain = rng.standard_normal(exposure.shape, dtype=np.float32)
    grain = gaussian_filter(grain, 0.07 / spacing_mm, mode="wrap")
    noisy = quanta + np.sqrt(quanta + np.float32(_ELECTRONIC_PHOTONS**2)) * grain
    return np.asarray(noisy / np.float32(_PHOTONS_PER_MM2 * spacing_mm**2), dtype=np.float32)


def texture(
    shape: tuple[int, int], spacing_mm: float, sizes_mm: tuple[float, float], rng: np.random.Generator
) -> Image:
    """Return a cloudy pattern of unit variance whose grains lie between two sizes in mm."""
    rows, columns = (next_fast_len(n, real=True) for n in shape)
    white = rfft2(rng.standard_normal((rows, columns), dtype=np.float32))
    down = fftfreq(rows, spacing_mm).astype(np.float32)[:, None]
    across = rfftfreq(columns, spacing_mm).astype(np.float32)[None]
    frequency = np.sqrt(down**2 + across**2) + np.float32(1e-6)
    low, high = 1 / sizes_mm[1], 1 / sizes_mm[0]
    band = frequency**-1.4 * (frequency > low) * np.exp(-((frequency / high) ** 2))
    pattern = irfft2(white * band, s=(rows, columns))[: shape[0], : shape[1]]
    return np.asarray(pattern / (pattern.std() + 1e-9), dtype=np.float32)
