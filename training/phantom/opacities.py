"""Opacities: soft, ragged clouds of added density inside the lungs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.phantom.anatomy import Opacity
from training.phantom.shapes import Array, At

_WAVES = 18
_REACH = 1.75


class Cloud:
    """One opacity with its own ragged edge, grown from a seed."""

    def __init__(self, opacity: Opacity, seed: tuple[int, ...]) -> None:
        rng = np.random.default_rng(seed)
        wavelength = np.geomspace(9, 42, _WAVES)
        direction = rng.normal(size=(_WAVES, 3))
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        self.opacity = opacity
        self._waves = (2 * np.pi * direction / wavelength[:, None]).astype(np.float32)
        self._phase = rng.uniform(0, 2 * np.pi, _WAVES).astype(np.float32)
        size = wavelength**0.7
        self._size = (size / np.sqrt(0.5 * np.sum(size**2))).astype(np.float32)

    def spans(self, axis: int, positions: Array) -> NDArray[np.bool_]:
        """Return which of ``positions`` along a patient axis the cloud can reach."""
        centre = (self.opacity.x, self.opacity.y, self.opacity.z)[axis]
        return np.asarray(np.abs(positions - centre) < _REACH * self.opacity.radii[axis])

    def density(self, at: At) -> Array:
        """Return the added density in g/cm³, whether lung is there or not."""
        o, (x, y, z) = self.opacity, at
        a, b, c = (x - o.x) / o.radii[0], (y - o.y) / o.radii[1], (z - o.z) / o.radii[2]
        rough = np.zeros(np.broadcast_shapes(*(p.shape for p in at)), dtype=np.float32)
        for (kx, ky, kz), phase, size in zip(self._waves, self._phase, self._size, strict=True):
            rough += size * np.sin(kx * x + ky * y + kz * z + phase)
        share = np.clip(1.5 - np.sqrt(a * a + b * b + c * c) + 0.36 * rough, 0, 1)
        return np.asarray(o.added_density * share * share * (3 - 2 * share), dtype=np.float32)
