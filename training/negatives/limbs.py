"""Limbs: radiographs of other parts of the body, computed from bones and flesh as the phantom of the chest is."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.negatives.picture import Grey, stretched
from training.phantom.crossing import areal_density
from training.phantom.detector import primary, read_out
from training.phantom.geometry import RayGrid, beam
from training.phantom.processing import presented
from training.phantom.tubes import Tubes, chain, join, shell

SIDE = 256
FIELD_MM = 400.0
_FLESH, _CORTEX, _MARROW, _GAS = 1.05, (1.8, 0.1), (1.3, 0.1), -1.0
_POINTS = 24
_FACING = np.array([0.0, 1.0, 0.0])

Curve = NDArray[np.float64]
Part = tuple[list[Tubes], list[Tubes]]
"""Soft parts and bones."""


def limb(random: Generator) -> Grey:
    """Return a radiograph of another part than the chest, uint8, (``SIDE``, ``SIDE``), turned and cut by chance."""
    kind = list(KINDS.values())[int(random.integers(len(KINDS)))]
    soft, bones = kind(random)
    grid, rays = RayGrid(SIDE, SIDE, FIELD_MM / SIDE), beam("PA", centre_z_mm=0.0)
    flesh = np.maximum(areal_density(join(soft), rays, grid), 0)
    bone = areal_density(join(bones), rays, grid)
    spacing = FIELD_MM / SIDE
    signal = read_out(primary(flesh, np.zeros_like(flesh), np.maximum(bone, 0)), spacing, random)
    return _taken(stretched(presented(signal, spacing)), random)


def _taken(grey: Grey, random: Generator) -> Grey:
    """Turn and enlarge as a radiographer would aim at something else than the middle."""
    angle, zoom = random.uniform(-25, 25) + 90 * random.integers(0, 4), random.uniform(1.0, 2.2)
    matrix = np.asarray(cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), float(angle), float(zoom)), np.float64)
    matrix[:, 2] += random.uniform(-0.15, 0.15, 2) * SIDE
    return np.asarray(cv2.warpAffine(grey, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR), np.uint8)


def _curve(start: tuple[float, float], end: tuple[float, float], bow: float = 0.0) -> Curve:
    """Return points from ``start`` to ``end`` (x, z in mm), bowed sideways by ``bow``."""
    along = np.linspace(0, 1, _POINTS)[:, None]
    points = np.array(start) * (1 - along) + np.array(end) * along
    points[:, 0] += bow * np.sin(np.pi * along[:, 0])
    return np.stack([points[:, 0], np.zeros(_POINTS), points[:, 1]], axis=1)


def _ring(middle: tuple[float, float], half: tuple[float, float]) -> Curve:
    angles = np.linspace(0, 2 * np.pi, _POINTS)
    return np.stack([middle[0] + half[0] * np.cos(angles), 0 * angles, middle[1] + half[1] * np.sin(angles)], axis=1)


def _round(radius: float) -> Curve:
    return np.full((_POINTS, 2), radius)


def _flesh(curve: Curve, wide: float, deep: float) -> Tubes:
    swell = 1 + 0.12 * np.sin(np.linspace(0.4, 4.0, len(curve)))
    return chain(curve, np.stack([deep * swell, wide * swell], axis=1), _FACING, _FLESH)


def _bone(curve: Curve, radius: float, ends: float = 1.7) -> Tubes:
    """Return a long bone that widens at its ends."""
    along = np.abs(np.linspace(-1, 1, len(curve))) ** 6
    radii = np.repeat((radius * (1 + (ends - 1) * along))[:, None], 2, axis=1)
    return shell(curve, radii, _FACING, 0.3 * radius, _CORTEX)


def shafts(random: Generator) -> Part:
    """Return a forearm, a lower leg, a thigh or an upper arm."""
    wide, apart = random.uniform(35, 75), random.uniform(0, 22)
    flesh = _flesh(_curve((0, -230), (0, 230), random.uniform(-15, 15)), wide, wide)
    radii = random.uniform(7, 16, 2)
    pair = [
        _bone(_curve((side * apart, -190), (side * apart, 190), side * random.uniform(0, 8)), radius)
        for side, radius in zip((-1, 1), radii, strict=True)
    ]
    return [flesh], pair if apart > 8 else pair[:1]


def joint(random: Generator) -> Part:
    """Return two long bones that meet: a knee, an elbow, a shoulder."""
    wide, angle, radius = random.uniform(40, 80), random.uniform(0, 1.4), random.uniform(10, 20)
    end = (200 * np.sin(angle), -200 * np.cos(angle))
    upper, lower = _curve((0, 200), (0, 5)), _curve((5 * np.sin(angle), -5.0), end)
    soft = [_flesh(upper, wide, wide), _flesh(lower, wide, wide)]
    return soft, [_bone(upper, radius, 2.4), _bone(lower, radius, 2.2)]


def hand(random: Generator) -> Part:
    """Return a hand or a foot: five rays of four bones."""
    soft, bones = [_flesh(_curve((0, -170), (0, -20)), 42, 18)], [_bone(_curve((-14, -190), (-14, -75)), 9)]
    bones.append(_bone(_curve((14, -190), (14, -75)), 8))
    for place, angle in enumerate(np.linspace(-0.55, 0.45, 5) + random.normal(0, 0.05, 5)):
        toward, start = np.array([np.sin(angle), np.cos(angle)]), np.array([(place - 2) * 16.0, -60.0])
        soft.append(_flesh(_curve(tuple(start), tuple(start + 190 * toward)), 11, 9))
        for length in (62, 42, 28, 20):
            end = start + length * toward
            bones.append(_bone(_curve(tuple(start), tuple(end)), 5.5))
            start = end + 4 * toward
    return soft, bones


def pelvis(random: Generator) -> Part:
    """Return a pelvis with both hips and the lower spine."""
    soft, bones = trunk(random)
    for side in (-1.0, 1.0):
        for middle, half in (((side * 75, 45), (48, 55)), ((side * 48, -62), (24, 22))):
            bones.append(shell(_ring(middle, half), _round(random.uniform(6, 11)), _FACING, 2.5, _MARROW))
        bones.append(_bone(_curve((side * 105, -25), (side * 130, -240), side * 8), 17, 1.5))
    return soft, bones


def trunk(random: Generator) -> Part:
    """Return an abdomen: a spine in a wide body with gas in the bowel."""
    soft = [_flesh(_curve((0, -230), (0, 230)), random.uniform(140, 200), 100)]
    for _ in range(int(random.integers(0, 9))):
        x, z = random.uniform(-110, 110), random.uniform(-150, 150)
        size = random.uniform(8, 28)
        bubble = _curve((x, z), (x + random.uniform(-50, 50), z + random.uniform(-30, 30)))
        soft.append(chain(bubble, _round(size), _FACING, _GAS))
    levels = np.arange(-230, 231, 36.0)
    spine = [_bone(_curve((0, z), (0, z + 29)), random.uniform(19, 24), 1.25) for z in levels]
    return soft, spine


def skull(random: Generator) -> Part:
    """Return a head from the front or the side with the upper spine."""
    height, wide = random.uniform(95, 115), random.uniform(70, 100)
    z = np.linspace(-0.99, 0.99, _POINTS)
    curve = np.stack([0 * z, 0 * z, z * height + 40], axis=1)
    radii = np.sqrt(1 - z**2)[:, None] * np.array([80.0, wide])
    brain = chain(curve, radii, _FACING, 1.04)
    bones = [shell(curve, radii + 4, _FACING, random.uniform(4, 7), (1.7, 0.0))]
    for side in (-1, 1):
        socket = _curve((side * 30 - 8, 5), (side * 30 + 8, 5))
        bones.append(shell(socket, _round(19.0), _FACING, 2, (1.6, -0.3)))
    bones.append(_bone(_curve((-45, -50), (45, -50)), 10))
    bones += [_bone(_curve((0, z), (0, z + 15)), 12, 1.2) for z in np.arange(-200, -60, 19.0)]
    return [brain, _flesh(_curve((0, -220), (0, -40)), 55, 55)], bones


KINDS: dict[str, Callable[[Generator], Part]] = {
    "shafts": shafts,
    "joint": joint,
    "hand": hand,
    "pelvis": pelvis,
    "abdomen": trunk,
    "skull": skull,
}
"""What can be made, by name."""
