"""The exposure: a phantom projected onto the detector, with the truth about what lies where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import zoom

from training.phantom.airways import airways, vessels
from training.phantom.anatomy import Opacity, Phantom
from training.phantom.detector import heel, primary, read_out, texture, with_scatter
from training.phantom.geometry import Beam, RayGrid, ViewName, beam
from training.phantom.opacities import Cloud
from training.phantom.organs import MUSCLE_DENSITY, slab
from training.phantom.skeleton import CORTICAL_DENSITY, skeleton
from training.phantom.tubes import Tubes, areal_density

Image = NDArray[np.float32]
Mask = NDArray[np.bool_]

_FINEST_SOFT_MM = 0.85


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A box in film pixels, edge coordinates: it covers ``row .. row + height`` by ``column .. column + width``."""

    row: float
    column: float
    height: float
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class OpacityTruth:
    """Where one opacity lies on the film: its projected mask (a quarter of its peak and more) and box."""

    opacity: Opacity
    mask: Mask
    box: PixelBox
    added: Image
    """What the opacity adds along the rays, in g/cm²."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is known of a projection; masks have the film's shape, widths are in mm in the middle of the body."""

    lungs: Mask
    """The lung fields as a reader sees them: not behind heart, mediastinum or diaphragm."""
    heart: Mask
    opacities: tuple[OpacityTruth, ...]
    cardiac_width_mm: float
    thoracic_width_mm: float

    @property
    def opacity(self) -> Mask:
        """Union of all opacities."""
        union = np.zeros_like(self.lungs)
        for one in self.opacities:
            union |= one.mask
        return union


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """One exposure: ``intensity`` is the detector signal, 1 where the beam met nothing.

    ``spacing_mm`` is the pixel pitch at the detector, ``magnification`` the enlargement of the middle of
    the body, so that ``spacing_mm / magnification`` is the patient's mm per pixel.
    """

    intensity: Image
    spacing_mm: float
    magnification: float
    view: ViewName
    orientation: tuple[str, str]
    seed: int
    truth: Truth


@dataclass(slots=True, eq=False)
class _Crossed:
    """What the rays cross of the soft parts, in g/cm²; of the spaces, in mm."""

    soft: Image
    adipose: Image
    lungs: Image
    heart: Image
    middle: Image
    below: Image
    opacities: list[Image]


def project(
    phantom: Phantom, rows: int, columns: int, spacing_mm: float, seed: int = 1, view: ViewName = "PA"
) -> Projection:
    """Expose ``phantom`` on a detector of ``rows`` by ``columns`` pixels of ``spacing_mm``.

    The same arguments give the same pixels. ``seed`` is the exposure's noise; the person's own seed is in
    the phantom.
    """
    grid = RayGrid(rows, columns, spacing_mm / phantom.scale)
    rays = beam(view, phantom.scale)
    crossed = _soft_parts(phantom, rays, grid)
    truth = _truth(phantom, crossed, spacing_mm / rays.magnification)
    exposure = _exposure(phantom, crossed, rays, grid)
    rng = np.random.default_rng([seed, 3])
    lit = with_scatter(exposure, spacing_mm) * heel(rows)
    return Projection(
        read_out(lit, spacing_mm, rng), spacing_mm, rays.magnification, view, rays.orientation, seed, truth
    )


def _soft_parts(phantom: Phantom, rays: Beam, grid: RayGrid) -> _Crossed:
    """Sum sheets across the beam at a pitch fit for soft edges, then bring the sums to the film's pitch."""
    coarser = _coarser(grid)
    coarse = RayGrid(grid.rows // coarser, grid.columns // coarser, grid.spacing_mm * coarser)
    step = min(max(2.6, 2 * coarse.spacing_mm), 4.0)
    clouds = [Cloud(one, (phantom.seed, 2, i)) for i, one in enumerate(phantom.opacities)]
    sums = [np.zeros((coarse.rows, coarse.columns), dtype=np.float32) for _ in range(6 + len(clouds))]
    depths = np.arange(rays.near + step / 2, rays.far, step)
    for depth in depths:
        _add_sheet(phantom, clouds, sums, rays, coarse, float(depth), step)
    slant = np.sqrt(1 + (coarse.across[None] ** 2 + coarse.down[:, None] ** 2) / rays.reach**2)
    to_cm = np.float32(step / 10 * phantom.scale) * slant
    scaled = [_enlarged(total * (to_cm if i < 2 or i > 5 else np.float32(step)), coarser) for i, total in enumerate(sums)]
    return _Crossed(*scaled[:6], scaled[6:])


def _coarser(grid: RayGrid) -> int:
    """Return how many film pixels one ray for the soft parts may stand for, along either side."""
    common = gcd(grid.rows, grid.columns)
    most = max(1, int(_FINEST_SOFT_MM / grid.spacing_mm + 1e-6))
    return max(n for n in range(1, most + 1) if common % n == 0)


def _enlarged(image: Image, times: int) -> Image:
    if times == 1:
        return image
    return np.asarray(zoom(image, times, order=3, mode="nearest", grid_mode=True), dtype=np.float32)


def _add_sheet(
    phantom: Phantom, clouds: list[Cloud], sums: list[Image], rays: Beam, grid: RayGrid, depth: float, step: float
) -> None:
    """Add what one sheet at ``depth`` holds to the running sums."""
    enlargement = np.float32(rays.magnification_at(depth))
    aside = (grid.across / enlargement)[None]
    z = (np.float32(rays.centre[2]) - grid.down / enlargement)[:, None]
    here = np.full((1, 1), depth, dtype=np.float32)
    x, y = (aside, here) if rays.depth_axis == 1 else (here, aside)
    sheet = slab(phantom, x, y, z, step)
    for total, part in zip(
        sums, (sheet.muscle, sheet.fat, sheet.lungs, sheet.heart, sheet.mediastinum, sheet.abdomen), strict=False
    ):
        total += part
    across_axis = 1 - rays.depth_axis
    for i, cloud in enumerate(clouds):
        rows = np.flatnonzero(cloud.spans(2, z[:, 0]))
        columns = np.flatnonzero(cloud.spans(across_axis, aside[0]))
        if not (rows.size and columns.size and cloud.spans(rays.depth_axis, here)[0, 0]):
            continue
        window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        near_x, near_y = (x[:, window[1]], y) if rays.depth_axis == 1 else (x, y[:, window[1]])
        sums[6 + i][window] += cloud.density(near_x, near_y, z[window[0]]) * sheet.lungs[window]


@lru_cache(maxsize=4)
def _bones(seed: int) -> Tubes:
    return skeleton(seed)


def _exposure(phantom: Phantom, crossed: _Crossed, rays: Beam, grid: RayGrid) -> Image:
    """Return the transmitted share of the beam behind the whole person."""
    rng = np.random.default_rng([phantom.seed, 4])
    spacing = grid.spacing_mm
    size = np.float32(phantom.scale)
    bone = areal_density(_bones(phantom.seed), rays, grid) * size
    fine = areal_density(vessels(phantom, _ends_for(grid)), rays, grid) + areal_density(airways(), rays, grid)
    shape = (grid.rows, grid.columns)
    lace = texture(shape, spacing, (1.0, 14), rng)
    soft = crossed.soft + fine * size
    soft += lace * np.sqrt(np.maximum(crossed.lungs, 0)) * np.float32(0.007) * size
    soft *= 1 + np.float32(0.006) * texture(shape, spacing, (5, 40), rng)
    for added in crossed.opacities:
        soft += added * np.maximum(1 + np.float32(0.10) * lace, 0)
    soft -= bone * np.float32(MUSCLE_DENSITY / CORTICAL_DENSITY)
    bone = bone * (1 + np.float32(0.05) * texture(shape, spacing, (0.8, 5), rng))
    return primary(np.maximum(soft, 0), np.maximum(crossed.adipose, 0), np.maximum(bone, 0))


def _ends_for(grid: RayGrid) -> int:
    """Return how many vessel ends a lung needs: those too thin for the pixels are left out."""
    return int(np.clip(900 * (0.4 / grid.spacing_mm) ** 0.9, 160, 900))


def _truth(phantom: Phantom, crossed: _Crossed, patient_mm: float) -> Truth:
    heart = crossed.heart > 6
    lungs = (crossed.lungs > 9) & (crossed.middle < 14) & (crossed.below < 10)
    chest = crossed.lungs > 3
    opacities = []
    for opacity, added in zip(phantom.opacities, crossed.opacities, strict=True):
        mask = added > 0.25 * max(float(added.max()), 1e-3)
        opacities.append(OpacityTruth(opacity, mask, _box(mask), added))
    return Truth(lungs, heart, tuple(opacities), _width(heart) * patient_mm, _width(chest) * patient_mm)


def _box(mask: Mask) -> PixelBox:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return PixelBox(0.0, 0.0, 0.0, 0.0)
    return PixelBox(
        float(rows[0]), float(columns[0]), float(rows[-1] - rows[0] + 1), float(columns[-1] - columns[0] + 1)
    )


def _width(mask: Mask) -> int:
    """Return the greatest horizontal extent in pixels."""
    return int(_box(mask).width)
