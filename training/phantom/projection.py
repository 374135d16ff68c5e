"""The exposure: a phantom projected onto the detector, with the truth about what lies where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from training.phantom.airways import airways, vessels
from training.phantom.anatomy import Phantom
from training.phantom.crossing import areal_density
from training.phantom.detector import heel, primary, read_out, texture, with_scatter
from training.phantom.geometry import Beam, RayGrid, ViewName, beam
from training.phantom.marker import leaded
from training.phantom.organs import MUSCLE_DENSITY
from training.phantom.skeleton import CORTICAL_DENSITY, skeleton
from training.phantom.sweep import Crossed, sweep
from training.phantom.truth import Truth, truth_of
from training.phantom.tubes import Tubes, join

Image = NDArray[np.float32]

_MOST_VESSEL_ENDS, _FEWEST_VESSEL_ENDS = 1400, 200


@dataclass(frozen=True, slots=True)
class Exposure:
    """One exposure's settings: detector size in pixels, their pitch in mm, the view, and the noise's seed."""

    rows: int = 2256
    columns: int = 2256
    spacing_mm: float = 0.17
    view: ViewName = "PA"
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """One exposed detector: ``intensity`` is its signal, 1 where the beam met nothing.

    ``magnification`` is the enlargement of the middle of the body, so that
    ``exposure.spacing_mm / magnification`` is the patient's mm per pixel. ``orientation`` holds the
    patient directions of growing column and row (PS3.3 C.7.6.1.1.1).
    """

    intensity: Image
    exposure: Exposure
    magnification: float
    orientation: tuple[str, str]
    truth: Truth


def project(phantom: Phantom, exposure: Exposure) -> Projection:
    """Expose ``phantom``; the same arguments give the same pixels.

    Rays run from a point source 180 cm before the detector; what they cross takes its share of each of
    four energies (Beer–Lambert), then come scatter, the lead letter, blur and noise.
    """
    if exposure.view == "LL":
        phantom = replace(phantom, arms_raised=True)
    grid = RayGrid(exposure.rows, exposure.columns, exposure.spacing_mm / phantom.scale)
    rays = beam(exposure.view, phantom.scale)
    crossed = sweep(phantom, rays, grid)
    truth = truth_of(phantom, crossed, exposure.spacing_mm / rays.magnification)
    lit = with_scatter(_transmitted(phantom, crossed, rays, grid), exposure.spacing_mm) * heel(exposure.rows)
    lit = leaded(lit, RayGrid(exposure.rows, exposure.columns, exposure.spacing_mm))
    signal = read_out(lit, exposure.spacing_mm, np.random.default_rng([exposure.seed, 3]))
    signal.flags.writeable = False
    return Projection(signal, exposure, rays.magnification, rays.orientation, truth)


@lru_cache(maxsize=4)
def _bones(seed: int, arms: bool) -> Tubes:
    return skeleton(seed, arms)


def _transmitted(phantom: Phantom, crossed: Crossed, rays: Beam, grid: RayGrid) -> Image:
    """Return the share of the beam that is left behind the whole person."""
    rng = np.random.default_rng([phantom.seed, 4])
    size, shape = np.float32(phantom.scale), (grid.rows, grid.columns)
    lace = texture(shape, grid.spacing_mm, (1.0, 14), rng)
    bone = areal_density(_bones(phantom.seed, not phantom.arms_raised), rays, grid) * size
    tree = join([vessels(phantom, _ends_for(grid)), airways(phantom)])
    branches = areal_density(tree, rays, grid)
    soft = crossed.soft + branches * size
    soft += lace * np.sqrt(np.maximum(crossed.lungs, 0)) * np.float32(0.007) * size
    soft *= 1 + np.float32(0.006) * texture(shape, grid.spacing_mm, (5, 40), rng)
    for added in crossed.opacities:
        soft += added * np.maximum(1 + np.float32(0.10) * lace, 0)
    soft -= bone * np.float32(MUSCLE_DENSITY / CORTICAL_DENSITY)
    bone *= 1 + np.float32(0.05) * texture(shape, grid.spacing_mm, (0.8, 5), rng)
    return primary(np.maximum(soft, 0), np.maximum(crossed.adipose, 0), np.maximum(bone, 0))


def _ends_for(grid: RayGrid) -> int:
    """Return how many vessel ends a lung needs: those too thin for the pixels are left out."""
    return int(np.clip(_MOST_VESSEL_ENDS * (0.35 / grid.spacing_mm) ** 0.9, _FEWEST_VESSEL_ENDS, _MOST_VESSEL_ENDS))
