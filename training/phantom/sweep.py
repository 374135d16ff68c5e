"""The sweep: sheets across the beam, summed into what every ray crosses of the soft parts."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import zoom

from training.phantom.anatomy import Phantom
from training.phantom.geometry import Beam, RayGrid
from training.phantom.opacities import Cloud
from training.phantom.organs import Slab, slab
from training.phantom.shapes import Array, At

Image = NDArray[np.float32]

_FINEST_RAY_MM = 0.85
_FINEST_SHEET_MM, _COARSEST_SHEET_MM = 2.6, 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """What the rays cross, each of shape (rows, columns).

    ``soft``, ``adipose`` and every one of ``opacities`` in g/cm²; the spaces ``lungs``, ``heart``,
    ``mediastinum`` and ``abdomen`` in mm of an adult.
    """

    soft: Image
    adipose: Image
    lungs: Image
    heart: Image
    mediastinum: Image
    abdomen: Image
    opacities: tuple[Image, ...]


def sweep(phantom: Phantom, rays: Beam, grid: RayGrid) -> Crossed:
    """Return what the rays of ``grid`` cross of the soft parts.

    Soft edges need no fine rays: the sums are made on a coarser grid and brought to the film's pitch.
    """
    coarser = _coarser(grid)
    coarse = RayGrid(grid.rows // coarser, grid.columns // coarser, grid.spacing_mm * coarser)
    step = float(np.clip(2.5 * coarse.spacing_mm, _FINEST_SHEET_MM, _COARSEST_SHEET_MM))
    parts = {name: np.zeros((coarse.rows, coarse.columns), dtype=np.float32) for name in Slab.__slots__}
    clouds = [Cloud(one, (phantom.seed, 2, i)) for i, one in enumerate(phantom.opacities)]
    veils = [np.zeros((coarse.rows, coarse.columns), dtype=np.float32) for _ in clouds]
    for depth in np.arange(rays.near + step / 2, rays.far, step):
        at = _sheet(rays, coarse, float(depth))
        held = slab(phantom, at, 0.8 * step)
        for name, total in parts.items():
            np.add(total, getattr(held, name), out=total)
        for cloud, veil in zip(clouds, veils, strict=True):
            _add_cloud(cloud, veil, at, held.lungs)
    slant = np.sqrt(1 + (coarse.across[None] ** 2 + coarse.down[:, None] ** 2) / rays.reach**2) * np.float32(step)
    to_cm = slant * np.float32(phantom.scale / 10)
    in_cm = {name: _enlarged(parts[name] * to_cm, coarser) for name in ("muscle", "fat")}
    in_mm = {name: _enlarged(parts[name] * slant, coarser) for name in ("lungs", "heart", "mediastinum", "abdomen")}
    return Crossed(
        soft=in_cm["muscle"],
        adipose=in_cm["fat"],
        opacities=tuple(_enlarged(veil * to_cm, coarser) for veil in veils),
        **in_mm,
    )


def _sheet(rays: Beam, grid: RayGrid, depth: float) -> At:
    """Return where the rays pierce the sheet at ``depth``."""
    enlargement = np.float32(rays.magnification_at(depth))
    aside = (grid.across / enlargement)[None]
    z = (np.float32(rays.centre[2]) - grid.down / enlargement)[:, None]
    here = np.full((1, 1), depth, dtype=np.float32)
    return At(aside, here, z) if rays.depth_axis == 1 else At(here, aside, z)


def _add_cloud(cloud: Cloud, veil: Image, at: At, lungs: Array) -> None:
    """Add one opacity's density on a sheet, only where it can be."""
    reached = [np.flatnonzero(cloud.spans(axis, positions.ravel())) for axis, positions in enumerate(at)]
    if not all(indices.size for indices in reached):
        return
    spans = [slice(int(indices[0]), int(indices[-1]) + 1) for indices in reached]
    near = At(at.x[:, spans[0]], at.y[:, spans[1]], at.z[spans[2]])
    window = (spans[2], spans[0] if at.x.size > 1 else spans[1])
    veil[window] += cloud.density(near) * lungs[window]


def _coarser(grid: RayGrid) -> int:
    """Return how many film pixels one ray for the soft parts may stand for, along either side."""
    common = gcd(grid.rows, grid.columns)
    most = max(1, int(_FINEST_RAY_MM / grid.spacing_mm + 1e-6))
    return max(n for n in range(1, most + 1) if common % n == 0)


def _enlarged(image: Image, times: int) -> Image:
    if times == 1:
        return image
    return np.asarray(zoom(image, times, order=3, mode="nearest", grid_mode=True), dtype=np.float32)
