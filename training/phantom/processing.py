"""Presentation: from detector signal to the grey levels a reader is shown (log, multi-scale balance, marker)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, zoom

Image = NDArray[np.float32]

BITS = 14

_BARE = 0.4
_ADULT_MEDIAN = 2.991


def presented(intensity: Image, spacing_mm: float) -> Image:
    """Return grey levels 0 (clear beam, shown black) .. 1 (dense, shown white)."""
    density = -np.log(np.clip(intensity, 3e-4, None))
    density *= _gain(density[::4, ::4])
    base = _wide(density, 24.0 / spacing_mm)
    middle = gaussian_filter(density, 1.6 / spacing_mm)
    fine = gaussian_filter(density, 0.35 / spacing_mm)
    shown = 0.74 * base + 1.05 * (middle - base) + 1.4 * (fine - middle) + 1.0 * (density - fine)
    return _film_curve(shown)


def _gain(density: Image) -> np.float32:
    """Return what brings the body's median density to that of an adult from behind, as automatic exposure does."""
    body = density[density > _BARE]
    return np.float32(np.clip(_ADULT_MEDIAN / np.median(body), 0.4, 2.5)) if body.size else np.float32(1)


def _film_curve(shown: Image) -> Image:
    """Return levels 0 .. 1 along an S as a film's: open in the lungs, gathered in the shadows at either end."""
    steep, middle, clear = np.float32(1.75), np.float32(2.25), np.float32(0.12)
    floor = 1 / (1 + np.exp(steep * (middle - clear)))
    curve = 1 / (1 + np.exp(steep * (middle - shown)))
    return np.asarray(np.clip((curve - floor) / (1 - floor), 0, 1), dtype=np.float32)


def _wide(image: Image, sigma: float) -> Image:
    """Return a wide blur, worked out on a thinned image."""
    step = max(1, int(sigma / 5))
    small = gaussian_filter(gaussian_filter(image, step / 2)[::step, ::step], sigma / step, mode="nearest")
    factors = [n / m for n, m in zip(image.shape, small.shape, strict=True)]
    return np.asarray(zoom(small, factors, order=1, grid_mode=True, mode="nearest"), dtype=np.float32)
