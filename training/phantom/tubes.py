"""Tubes: chains of short tapering elliptic cylinders (bones, vessels, airways)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tubes:
    """``n`` tube pieces.

    Every piece runs from ``start`` to ``end`` (n, 3) in mm, is cut at either end by the planes with the
    normals ``cut_start``/``cut_end`` (so that neighbours meet without gap), and has an elliptic section
    with unit axes ``first``/``second`` and mean radii ``radii`` (n, 2), scaled from ``taper[:, 0]`` at the start to
    ``taper[:, 1]`` at the end. ``density`` (n,) in g/cm³ may be negative: what is taken away.
    """

    start: Floats
    end: Floats
    cut_start: Floats
    cut_end: Floats
    first: Floats
    second: Floats
    radii: Floats
    taper: Floats
    density: Floats

    def part(self, which: slice) -> Tubes:
        """Return some of the pieces."""
        return Tubes(*(getattr(self, name)[which] for name in self.__slots__))

    def __len__(self) -> int:
        return len(self.density)


def join(parts: list[Tubes]) -> Tubes:
    """Return all pieces of ``parts`` in one."""
    return Tubes(*(np.concatenate([getattr(part, name) for part in parts]) for name in Tubes.__slots__))


def unit(vectors: Floats) -> Floats:
    """Return the vectors (…, 3) at length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12))


def chain(points: Floats, radii: Floats, facing: Floats, density: float) -> Tubes:
    """Return one tube along ``points`` (n, 3).

    ``radii`` (n, 2): half thickness along ``facing`` and half height across it; ``facing`` (3,) or (n, 3)
    is the direction the flat side looks at.
    """
    steps = np.diff(points, axis=0)
    along = unit(steps)
    at_points = unit(np.concatenate([along[:1], along[:-1] + along[1:], along[-1:]]))
    facing = np.broadcast_to(facing, points.shape)
    middle = 0.5 * (facing[1:] + facing[:-1])
    first = unit(middle - along * np.sum(middle * along, axis=1, keepdims=True))
    mean = np.maximum(0.5 * (radii[1:] + radii[:-1]), 1e-3)
    taper = np.stack([radii[:-1, 1] / mean[:, 1], radii[1:, 1] / mean[:, 1]], axis=1)
    return Tubes(
        points[:-1], points[1:], at_points[:-1], at_points[1:], first, np.cross(along, first), mean, taper,
        np.full(len(steps), density),
    )  # fmt: skip


def shell(points: Floats, radii: Floats, facing: Floats, wall: float, densities: tuple[float, float]) -> Tubes:
    """Return a tube with a wall of the first density, ``wall`` mm thick, around a core of the second."""
    outer = chain(points, radii, facing, densities[0])
    core = chain(points, np.maximum(radii - wall, 0.05), facing, densities[1] - densities[0])
    return join([outer, core])


def pieces(start: Floats, end: Floats, radius: Floats, density: Floats) -> Tubes:
    """Return separate round pieces with square ends."""
    along = unit(end - start)
    aside = np.where(np.abs(along[:, 2:]) < 0.9, np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]))
    first = unit(np.cross(along, aside))
    return Tubes(
        start, end, along, along, first, np.cross(along, first),
        np.stack([radius, radius], axis=1), np.ones((len(radius), 2)), density,
    )  # fmt: skip


def mirrored(tubes: Tubes) -> Tubes:
    """Return the same tubes on the patient's other side."""
    flip = np.array([-1.0, 1.0, 1.0])
    return Tubes(
        tubes.start * flip, tubes.end * flip, tubes.cut_start * flip, tubes.cut_end * flip,
        tubes.first * flip, tubes.second * flip, tubes.radii, tubes.taper, tubes.density,
    )  # fmt: skip
