"""The soft parts of the torso: skin, fat, muscle, chest wall, lungs, heart, great vessels, diaphragm, stomach."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from training.phantom.anatomy import Phantom
from training.phantom.shapes import Array, At, Point, capsule, column, ellipsoid, inside, union

MUSCLE_DENSITY = 1.05
FAT_DENSITY = 0.95


class Profile:
    """A smooth value over height, from a few (z, value) knots."""

    def __init__(self, *knots: tuple[float, float]) -> None:
        z, value = zip(*sorted(knots), strict=True)
        self._curve = PchipInterpolator(z, value)
        self._ends = z[0], z[-1]

    def __call__(self, z: NDArray[np.floating]) -> Array:
        """Return the value at ``z``; beyond the knots the end value holds."""
        return np.asarray(self._curve(np.clip(z, *self._ends)), dtype=np.float32)


CAGE_WIDTH = Profile(
    (168, 34), (152, 64), (132, 90), (105, 107), (70, 120), (20, 131), (-40, 137), (-100, 139), (-220, 132)
)
CAGE_DEPTH = Profile((165, 26), (145, 38), (110, 56), (60, 76), (0, 92), (-60, 102), (-110, 105), (-220, 100))
CAGE_AXIS = Profile((160, 34), (120, 26), (60, 10), (0, 2), (-220, 0))
SPINE_AXIS = Profile((230, 20), (130, 46), (60, 66), (0, 72), (-80, 68), (-220, 48))

_SKIN_WIDTH = Profile(
    (240, 60), (190, 63), (165, 84), (135, 126), (100, 162), (50, 178), (0, 181), (-100, 178), (-220, 172)
)

_SKIN_DEPTH = Profile((240, 58), (190, 60), (150, 70), (100, 84), (50, 99), (0, 114), (-100, 126), (-220, 124))
_SKIN_AXIS = Profile((240, 16), (150, 18), (60, 8), (0, 4), (-220, -4))
_ROOT_WIDTH = Profile((170, 64), (145, 50), (120, 40), (95, 34), (60, 29), (20, 25), (-20, 15), (-220, 13))

# Heights (z) of the middles of the vertebrae C5 .. L2.
VERTEBRAE = (184, 168, 151, 132, 112.5, 92, 70.5, 48, 24.5, 0.5, -24, -49.5, -75.5, -102, -130, -160, -191)

# Half width of the soft tissue along the spine: wider at the heads of the ribs than beside the discs.
_SPINE_WIDTH = Profile(
    *((z + 5, 21.5 + 4 * max(0, -60 - z) / 60) for z in VERTEBRAE),
    *((0.5 * (a + b) + 5, 19.0 + 4 * max(0, -60 - a) / 60) for a, b in pairwise(VERTEBRAE)),
)

# Centres and radii of the gas-filled pouches of the colon under the left ribs.
_HAUSTRA: tuple[tuple[Point, Point], ...] = (
    ((112, -34, -158), (13, 11, 10)),
    ((106, -38, -172), (15, 10, 11)),
    ((114, -30, -187), (14, 12, 9)),
    ((102, -34, -200), (15, 10, 11)),
)


@dataclass(frozen=True, slots=True, eq=False)
class Slab:
    """What one coronal or sagittal sheet through the torso holds: densities in g/cm³ and occupancies 0 .. 1."""

    muscle: Array
    fat: Array
    lungs: Array
    heart: Array
    mediastinum: Array
    abdomen: Array


def cage(at: At) -> Array:
    """Return the signed distance to the inner face of the rib cage."""
    return column(at.x, at.y, CAGE_WIDTH(at.z), CAGE_DEPTH(at.z), CAGE_AXIS(at.z))


def diaphragm(x: Array, y: Array, inspiration: float = 0.0) -> Array:
    """Return the height (z) of the diaphragm: right dome, left dome and the central tendon, blended."""

    def dome(centre: float, peak: float, half_width: float) -> Array:
        a = (x - centre) / half_width
        depth = y + 12
        b = depth / np.where(depth > 0, 84, 92)
        rho = a * a + b * b
        return np.asarray(peak - inspiration - 27 * rho - 24 * rho * rho, dtype=np.float32)

    right, left, tendon = dome(-66, -86, 80), dome(72, -99, 78), dome(6, -89, 92)
    return -union(union(-right, -left, 14), -tendon, 14)


def skin(phantom: Phantom, at: At) -> Array:
    """Return the signed distance to the skin: trunk, neck, shoulders, upper arms, pectorals and breasts."""
    x, y, z = at
    half = At(np.abs(x), y, z)
    body = column(x, y, _SKIN_WIDTH(z), _SKIN_DEPTH(z), _SKIN_AXIS(z))
    if not phantom.arms_raised:
        body = union(body, capsule(half, (52, 24, 124), (180, 8, 96), 41), 24)
        body = union(body, capsule(half, (190, 2, 88), (242, -24, -130), 50), 26)
        body = union(body, ellipsoid(half, (184, 8, 88), (50, 74, 62)), 26)
    body = union(body, ellipsoid(half, (80, -80, 24), (74, 24, 68)), 30)
    if phantom.breast > 0:
        grown = 0.55 + 0.45 * phantom.breast
        centre = (84.0, -112.0, -46.0)
        body = union(body, ellipsoid(half, centre, (62 * grown, 52 * grown, 58 * grown)), 10)
    return body


def heart(phantom: Phantom, at: At) -> Array:
    """Return the signed distance to the heart: four chambers and the left auricle."""
    x, y, z = at
    g = phantom.heart
    turned = 0.78
    along = (x - 28) * np.cos(turned) - (z + 50) * np.sin(turned)
    across = (x - 28) * np.sin(turned) + (z + 50) * np.cos(turned)
    ventricle = ellipsoid(At(along, y, across), (4, -36, -2), (66 * g, 46 * g, 43 * g))
    chambers = union(ventricle, ellipsoid(at, (-12, -24, -50), (36 * g, 38 * g, 50 * g)), 14)
    chambers = union(chambers, ellipsoid(at, (18, -54, -80), (56 * g, 36 * g, 30 * g)), 18)
    chambers = union(chambers, ellipsoid(at, (6, 14, -16), (38 * g, 28 * g, 30 * g)), 14)
    return union(chambers, ellipsoid(at, (22, -20, 4), (23 * g, 26 * g, 28 * g)), 24)


def spine_bend(z: NDArray[np.floating]) -> Array:
    """Return how far the spine strays from the midline: nobody's is quite straight."""
    return np.asarray(2.2 * np.sin(z / 70 + 0.6), dtype=np.float32)


def _oval(x: Array, y: Array, half_width: Array | float, half_depth: float) -> Array:
    a, b = x / half_width, y / half_depth
    level = np.sqrt(a * a + b * b) + 1e-6
    return np.asarray(np.sqrt(x * x + y * y) * (1 - 1 / level), dtype=np.float32)


def vessels_and_spine(at: At) -> Array:
    """Return the signed distance to what else fills the mediastinum."""
    x, y, z = at
    root = _oval(x + 1, y - 16, _ROOT_WIDTH(z), 46.0)
    spine = _oval(x - spine_bend(z), y - SPINE_AXIS(z), _SPINE_WIDTH(z), 28.0)
    parts = union(root, spine, 16)
    parts = union(parts, capsule(at, (-16, -2, 120), (-24, -10, 0), 12), 14)
    parts = union(parts, ellipsoid(at, (16, 22, 62), (22, 36, 19)), 8)
    parts = union(parts, capsule(at, (24, 44, 60), (13, 54, -130), 12), 8)
    return union(parts, ellipsoid(at, (24, -10, 27), (20, 28, 20)), 10)


def apices(at: At) -> Array:
    """Return the signed distance to the two rounded tops that close the lungs above."""
    x, y, z = at
    low = np.maximum(84 - z, 0)
    width, depth = 62 + 1.2 * low, 58 + 0.8 * low
    side = np.abs(x)
    a, b, c = (side - 55) / width, (y - 24) / depth, np.maximum(z - 84, 0) / 60
    level = np.sqrt(a * a + b * b + c * c)
    return np.asarray((level - 1) * 60, dtype=np.float32)


def lungs(phantom: Phantom, at: At) -> Array:
    """Return the signed distance to the lungs (a lower bound: the largest of their bounding faces)."""
    middle = union(vessels_and_spine(at), heart(phantom, at), 16)
    return _lungs(cage(at), diaphragm(at.x, at.y) - at.z, apices(at), middle)


def _lungs(wall: Array, floor: Array, top: Array, middle: Array) -> Array:
    upper = -union(-np.maximum(top, wall + 2.5), middle, 16)
    return np.asarray(np.maximum(np.maximum(floor, -middle), upper), dtype=np.float32)


def _gas(phantom: Phantom, at: At, edge: float) -> Array:
    """Return the occupancy of stomach bubble (with its fluid level) and of gas in the colon."""
    if not phantom.stomach_air:
        return np.zeros((1, 1), dtype=np.float32)
    bubble = np.maximum(ellipsoid(at, (70, -8, -121), (30, 20, 14)), -126 - at.z)
    colon = ellipsoid(at, *_HAUSTRA[0])
    for centre, radii in (
        ((106, -38, -172), (15, 10, 11)),
        ((114, -30, -187), (14, 12, 9)),
        ((102, -34, -200), (15, 10, 11)),
    ):
        colon = union(colon, ellipsoid(at, centre, radii), 3)
    return inside(np.minimum(bubble, colon), edge)


def slab(phantom: Phantom, at: At, edge: float) -> Slab:
    """Return what the sheet through the given points holds; ``edge`` is the width of its soft edges in mm."""
    body = skin(phantom, at)
    within = inside(body, edge)
    wall, floor = cage(at), diaphragm(at.x, at.y) - at.z
    pump = heart(phantom, at)
    middle = union(vessels_and_spine(at), pump, 16)
    lung_distance = _lungs(wall, floor, apices(at), middle)
    air = inside(lung_distance, edge)
    below = np.clip(floor / edge + 0.5, 0, 1) * inside(wall + 2.5, edge)
    fat_mm = phantom.fat_mm + 4 * np.clip(-at.z / 100, 0, 1)
    lean = inside(body + fat_mm.astype(np.float32), edge)
    rest = within - air
    gas = _gas(phantom, at, edge) * below
    fluid = air * _effusion(phantom, at, wall, edge)
    tissue = phantom.lung_density * (1 - 0.0012 * at.z) * (air - fluid)
    solid = rest * lean - gas
    muscle = MUSCLE_DENSITY * np.maximum(solid, 0) + tissue + fluid
    fat = FAT_DENSITY * rest * (1 - lean)
    return Slab(muscle, fat, air, inside(pump, edge), inside(middle, edge) * within, below)


def _effusion(phantom: Phantom, at: At, wall: Array, edge: float) -> Array:
    """Return the occupancy of pleural fluid: level in the middle, climbing at the chest wall."""
    if phantom.effusion_right_mm <= 0 and phantom.effusion_left_mm <= 0:
        return np.zeros((1, 1), dtype=np.float32)
    height = np.where(at.x < 0, phantom.effusion_right_mm, phantom.effusion_left_mm)
    level = -165 + height + 30 * np.exp(wall / 12)
    return np.asarray(np.clip((level - at.z) / edge + 0.5, 0, 1) * (height > 0), dtype=np.float32)
