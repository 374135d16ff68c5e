"""The branching parts of the lungs: arteries and veins that taper to the periphery, trachea and bronchi."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from training.phantom.anatomy import Phantom
from training.phantom.organs import lungs
from training.phantom.shapes import At, inside
from training.phantom.tubes import Tubes, chain, join, pieces

Floats = NDArray[np.float64]

BLOOD_DENSITY = 1.06

_HILUM_MM = 10.0

_ARTERY_ROOTS = {-1: (-28.0, 10.0, 24.0), 1: (32.0, 12.0, 34.0)}
_VEIN_ROOTS = {-1: (-24.0, 8.0, -8.0), 1: (28.0, 12.0, -4.0)}
_CARINA = (1.0, 16.0, 52.0)


def vessels(phantom: Phantom, per_lung: int) -> Tubes:
    """Return the vessels of both lungs; ``per_lung`` is how many peripheral ends the arteries of one feed."""
    rng = np.random.default_rng([phantom.seed, 1])
    parts = []
    for side in (-1, 1):
        for roots, share, trunk in ((_ARTERY_ROOTS, 1.0, 7.2), (_VEIN_ROOTS, 0.6, 5.4)):
            ends = _ends(phantom, side, int(per_lung * share), rng)
            parts.append(_tree(np.array(roots[side]), ends, trunk, rng))
    return _embedded(phantom, join(parts), BLOOD_DENSITY, BLOOD_DENSITY)


def _embedded(phantom: Phantom, tubes: Tubes, density: float, elsewhere: float) -> Tubes:
    """Return the tubes with the density they have over what they displace.

    In the lungs that is air and septa, elsewhere soft tissue of the density ``elsewhere``; the change is
    gradual, as the hilum is no sharp border.
    """
    middle = (0.5 * (tubes.start + tubes.end)).astype(np.float32)
    in_lungs = inside(lungs(phantom, At(*middle.T)) + _HILUM_MM / 2, _HILUM_MM)
    displaced = in_lungs * phantom.lung_density + (1 - in_lungs) * elsewhere
    return replace(tubes, density=density - displaced)


def _ends(phantom: Phantom, side: int, count: int, rng: np.random.Generator) -> Floats:
    """Return points spread evenly through one lung, a little denser below."""
    chosen: list[Floats] = []
    found = 0
    while found < count:
        trial = rng.uniform((8, -100, -165), (140, 105, 142), (count * 6, 3))
        trial[:, 0] *= side
        keep = (lungs(phantom, At(*trial.astype(np.float32).T)) < -2.0) & (
            rng.random(len(trial)) < 0.62 - 0.0028 * trial[:, 2]
        )
        chosen.append(trial[keep])
        found += int(keep.sum())
    return np.concatenate(chosen)[:count]


def _tree(root: Floats, ends: Floats, trunk_mm: float, rng: np.random.Generator) -> Tubes:
    """Return a tree from ``root`` to all ``ends``: every node heads for the middle of what it feeds, then halves it.

    Radii follow the number of ends fed to the power 0.41 (near Murray's law).
    """
    starts: list[Floats] = []
    stops: list[Floats] = []
    radii: list[Floats] = []
    finest = trunk_mm / len(ends) ** 0.41
    open_nodes = [(root, np.zeros(3), ends)]
    while open_nodes:
        node, heading, fed = open_nodes.pop()
        path = _branch(node, heading, fed, len(fed) / len(ends), rng)
        steps = len(path) - 1
        thinning = 0.55 if len(fed) == 1 else 0.1
        starts.append(path[:-1])
        stops.append(path[1:])
        radii.append(finest * len(fed) ** 0.41 * (1 - thinning * (np.arange(steps) + 0.5) / steps))
        if len(fed) > 1:
            onward = path[-1] - path[-2]
            open_nodes += [(path[-1], onward, half) for half in _halves(fed, rng)]
    radius = np.concatenate(radii)
    return pieces(np.concatenate(starts), np.concatenate(stops), radius, np.ones(len(radius)))


def _branch(node: Floats, heading: Floats, fed: Floats, share: float, rng: np.random.Generator) -> Floats:
    """Return the points of one bent branch from ``node`` towards the middle of the ends it feeds."""
    target = fed.mean(axis=0)
    reach = 1.0 if len(fed) == 1 else 0.10 if share > 0.6 else 0.3 if share > 0.2 else 0.44
    tip = node + reach * (target - node)
    length = float(np.linalg.norm(tip - node))
    forward = heading / (float(np.linalg.norm(heading)) + 1e-9)
    bend = 0.5 * (node + tip) + 0.26 * length * forward + rng.normal(0, 0.03 * length, 3)
    t = np.linspace(0, 1, max(2, min(6, int(length / 5))) + 1)[:, None]
    return np.asarray((1 - t) ** 2 * node + 2 * t * (1 - t) * bend + t**2 * tip)


def _halves(fed: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Split points in two, unevenly, across their longest direction."""
    spread = fed - fed.mean(axis=0)
    along = spread @ np.linalg.eigh(spread.T @ spread)[1][:, -1]
    order = np.argsort(along)
    cut = int(np.clip(round(len(fed) * rng.uniform(0.3, 0.7)), 1, len(fed) - 1))
    return fed[order[:cut]], fed[order[cut:]]


# Courses from the carina outwards, each with its radius at either end.
_AIRWAYS: tuple[tuple[list[tuple[float, ...]], tuple[float, float]], ...] = (
    ([(0, 2, 236), (-1, 6, 150), (-4, 10, 85), _CARINA], (8.6, 8.8)),
    ([_CARINA, (-18, 18, 34), (-34, 20, 18), (-44, 26, -6), (-50, 32, -26)], (6.8, 4.6)),
    ([(-20, 18, 30), (-40, 19, 30), (-58, 18, 36)], (4.2, 3.2)),
    ([_CARINA, (20, 20, 36), (40, 26, 22), (50, 34, -2), (56, 40, -22)], (6.0, 4.2)),
)


def airways(phantom: Phantom) -> Tubes:
    """Return trachea and main bronchi: air in the mediastinum, faint in the lungs."""
    return _embedded(phantom, join([_airway(points, radii) for points, radii in _AIRWAYS]), 0.0, 1.0)


def _airway(points: list[tuple[float, ...]], radii: tuple[float, float]) -> Tubes:
    knots = np.array(points, dtype=float)
    t = np.linspace(0, 1, 17)
    path = CubicSpline(np.linspace(0, 1, len(knots)), knots)(t)
    radius = np.linspace(*radii, 17) * np.clip(np.minimum(4 * (1 - t), 5 * t + 0.2), 0.05, 1)
    return chain(path, np.stack([radius, radius], axis=1), np.array([0.1, 1.0, 0.05]), -1.0)
