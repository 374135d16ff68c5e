"""The bones of the torso as tubes of cortical and spongy bone: spine, ribs, clavicles, scapulae, sternum, arms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from training.phantom.organs import CAGE_AXIS, CAGE_DEPTH, CAGE_WIDTH, SPINE_AXIS, VERTEBRAE, spine_bend
from training.phantom.shapes import squircle
from training.phantom.tubes import Tubes, chain, join, mirrored, shell

CORTICAL_DENSITY = 1.92

_COMPACT, _SPONGY = 1.75, 0.34
_BACK = np.array([0.0, 1.0, 0.0])
_UP = np.array([0.0, 0.0, 1.0])

# Index of the first thoracic vertebra.
_FIRST_THORACIC = 3

# Per rib 1 .. 12: total drop from spine to front end in mm, azimuth of the front end in degrees, half height in mm.
_RIBS = (
    (27, 160, 7.5), (50, 158, 6.2), (68, 155, 6.0), (80, 152, 6.2), (90, 149, 6.4), (97, 146, 6.4),
    (102, 140, 6.4), (102, 131, 6.3), (96, 119, 6.2), (86, 108, 6.0), (66, 88, 5.4), (44, 62, 4.8),
)  # fmt: skip


def skeleton(seed: int, arms: bool) -> Tubes:
    """Return all bones of one person; densities are grams of cortical bone per cm³."""
    rng = np.random.default_rng([seed, 5])
    limbs = [_scapula(), _humerus()] if arms else [_scapula()]
    sides = [join([*(_rib(i, rng) for i in range(len(_RIBS))), _clavicle(rng), *limbs]) for _ in range(2)]
    return join([sides[0], mirrored(sides[1]), *(_vertebra(z, rng) for z in VERTEBRAE), _sternum()])


def _curve(points: list[tuple[float, ...]], count: int) -> NDArray[np.float64]:
    """Return ``count`` points on a smooth curve through ``points``."""
    knots = np.array(points, dtype=float)
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(knots[:, :3], axis=0), axis=1))])
    return np.asarray(CubicSpline(length, knots)(np.linspace(0, length[-1], count)))


def _axis(z: float) -> float:
    """Return the y of the spine's axis at height ``z``."""
    return float(SPINE_AXIS(np.array(z)))


def _rib(index: int, rng: np.random.Generator) -> Tubes:
    drop, last, half_height = np.array(_RIBS[index]) + rng.normal(0, (2.5, 3, 0.35))
    head_z = VERTEBRAE[_FIRST_THORACIC + index] + 6 + rng.normal(0, 0.8)
    azimuth = np.radians(np.linspace(15, last, 44))
    share = (azimuth - azimuth[0]) / np.radians(150)
    fall = 0.55 * (1 - np.cos(azimuth)) + 0.45 * share
    fall -= fall[0]
    z = head_z + 3 - drop * fall / fall[-1]
    u, v = np.sin(azimuth), np.cos(azimuth)
    level = squircle(u, v).astype(float)
    x = (CAGE_WIDTH(z) + 3.5) * u / level
    y = CAGE_AXIS(z) + (CAGE_DEPTH(z) + 3.5) * v / level
    head = np.array([[19.0, _axis(head_z) + 13, head_z + 1]])
    points = np.concatenate([head, np.stack([x, y, z], axis=1)])
    facing = np.stack([u, v, np.full_like(u, 0.9 if index == 0 else 0.12)], axis=1)
    facing = np.concatenate([facing[:1], facing])
    along = np.linspace(0, 1, len(points))
    high = half_height * (0.82 + 0.18 * np.minimum(along / 0.25, 1) + 0.22 * np.maximum(along - 0.8, 0) / 0.2)
    thick = 4.0 - 0.9 * along
    return shell(points, np.stack([thick, high], axis=1), facing, 0.95, (_COMPACT, _SPONGY))


def _clavicle(rng: np.random.Generator) -> Tubes:
    points = _curve(
        [(15, -62, 98), (38, -74, 101), (72, -72, 108), (108, -48, 118), (140, -22, 124), (168, -12, 122)], 40
    )
    along = np.linspace(0, 1, 40)
    points[:, 2] += rng.normal(0, 2.5) + rng.normal(0, 4) * along
    thick = 6.0 - 1.6 * along + 3.2 * np.exp(-along / 0.07)
    high = 6.2 - 0.6 * along + 3.4 * np.exp(-along / 0.07) + 1.5 * np.exp(-(1 - along) / 0.1)
    return shell(points, np.stack([thick, high], axis=1), _BACK, 2.1, (_COMPACT, 0.34))


def _scapula() -> Tubes:
    blade = _curve([(134, 78, 104), (131, 88, 82), (129, 96, 50), (128, 100, 12), (127, 98, -30)], 40)
    along = np.linspace(0, 1, 40)
    wide = 31 * (1 - along) ** 0.75 + 4
    parts = [chain(blade, np.stack([np.full(40, 1.1), wide], axis=1), np.array([0.35, 1.0, 0.0]), 1.0)]

    def rod(points: list[tuple[float, ...]], thick: float, high: float, wall: float = 1.2) -> None:
        curve = _curve(points, 26)
        radii = np.tile([thick, high], (26, 1))
        parts.append(shell(curve, radii, _BACK, wall, (_COMPACT, _SPONGY)))

    rod([(163, 62, 88), (152, 80, 58), (140, 94, 16), (129, 98, -28)], 3.6, 3.4)
    rod([(102, 84, 100), (101, 96, 68), (108, 101, 22), (122, 100, -24), (129, 97, -33)], 1.8, 1.6, 0.8)
    rod([(102, 84, 101), (122, 72, 112), (142, 58, 110)], 1.8, 1.8, 0.8)
    rod([(104, 99, 74), (130, 92, 92), (156, 70, 116), (176, 34, 131)], 3.0, 4.4)
    rod([(160, 52, 132), (174, 30, 131), (182, 4, 126)], 7.5, 4.6)
    rod([(150, 50, 106), (143, 34, 118), (150, 10, 112), (158, -2, 104)], 4.6, 5.0)
    rod([(165, 50, 112), (167, 52, 98), (164, 56, 82)], 9.0, 4.5)
    return join(parts)


def _humerus() -> Tubes:
    along = np.linspace(-1, 1, 22)
    head = np.array([184.0, 20.0, 101.0]) + 23 * along[:, None] * np.array([0.35, 0.0, 0.94])
    ball = 23.5 * np.sqrt(np.maximum(1 - along**2, 0.01))
    shaft = _curve([(188, 18, 92), (206, 6, 52), (236, -8, -20), (268, -24, -92)], 30)
    swell = 11.5 + 9 * np.exp(-np.linspace(0, 1, 30) / 0.10)
    return join(
        [
            shell(head, np.stack([ball, ball], axis=1), _BACK, 1.0, (_COMPACT, 0.22)),
            shell(shaft, np.stack([swell, swell], axis=1), _BACK, 3.2, (_COMPACT, 0.08)),
        ]
    )


def _sternum() -> Tubes:
    points = _curve([(0, -66, 104), (0, -80, 84), (0, -92, 58), (0, -104, 0), (0, -108, -52)], 30)
    width = np.interp(points[:, 2], [-52, -20, 45, 58, 70, 98, 104], [13, 18, 17, 22, 25, 30, 22])
    return shell(points, np.stack([np.full(30, 5.0), width], axis=1), _BACK, 0.7, (0.8, 0.10))


def _vertebra(z: float, rng: np.random.Generator) -> Tubes:
    """Return one vertebra: body with plates, pedicles, laminae, transverse and spinous processes."""
    y = _axis(z) - 4
    size = float(np.interp(z, [-190, 0, 140, 184], [1.22, 1.0, 0.84, 0.72]))
    half = float(np.interp(z, [-190, -49, 70, 150, 184], [13.2, 10.6, 8.6, 7.4, 6.2]))
    level = np.linspace(-1, 1, 9)
    x = float(spine_bend(np.array(z)))
    lean = (_axis(z + 10) - _axis(z - 10)) / 20 + rng.normal(0, 0.07)
    points = np.stack([rng.normal(0, 0.04) * half * level, y + lean * half * level, z + half * level], axis=1)
    waist = 0.90 + 0.10 * level**2
    radii = np.stack([14.5 * size * waist, 17.0 * size * waist], axis=1)
    inner = points.copy()
    inner[:, 2] = z + (half - 0.55) * level
    parts = [chain(points, radii, _BACK, 0.95), chain(inner, np.maximum(radii - 0.9, 1), _BACK, 0.17 - 0.95)]
    for side in (-1.0, 1.0):
        pedicle = np.array([[side * 11.0 * size, y + 12 * size, z + 3], [side * 12.0 * size, y + 25 * size, z + 3]])
        parts.append(shell(pedicle, np.tile([4.0 * size, 5.6 * size], (2, 1)), _SIDE, 1.2, (0.65, 0.2)))
        lamina = np.array([[side * 13.0 * size, y + 26 * size, z + 5], [side * 1.5, y + 35 * size, z - 8]])
        parts.append(shell(lamina, np.tile([2.4, 7.0 * size], (2, 1)), _BACK, 1.0, (1.3, 0.25)))
        if -140 < z < 160:
            tip = np.array(
                [[side * 12.0 * size, y + 26, z + 4], [side * 27, y + 32, z + 8], [side * 33, y + 35, z + 9]]
            )
            parts.append(shell(tip, np.array([[4.0, 5.0], [3.6, 4.2], [3.4, 4.6]]), _BACK, 0.8, (1.4, 0.25)))
    spine = np.array([[0.0, y + 33 * size, z - 5], [0.0, y + 46 * size, z - 11], [0.0, y + 54 * size, z - 17]])
    parts.append(shell(spine, np.array([[2.6, 5.0], [2.4, 4.5], [3.4, 4.0]]), _SIDE, 0.9, (1.0, 0.25)))
    vertebra = join(parts)
    shift = np.array([x, 0.0, 0.0])
    return replace(vertebra, start=vertebra.start + shift, end=vertebra.end + shift)


_SIDE = np.array([1.0, 0.0, 0.0])
