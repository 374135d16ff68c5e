"""Tubes: chains of short tapering elliptic cylinders (bones, vessels, airways) and exact ray paths through them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.phantom.geometry import Beam, RayGrid

Floats = NDArray[np.float64]

_PAIRS_AT_ONCE = 1_500_000


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


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12))


def chain(points: Floats, radii: Floats, facing: Floats, density: float) -> Tubes:
    """Return one tube along ``points`` (n, 3).

    ``radii`` (n, 2): half thickness along ``facing`` and half height across it; ``facing`` (3,) or (n, 3)
    is the direction the flat side looks at.
    """
    steps = np.diff(points, axis=0)
    along = _unit(steps)
    at_points = _unit(np.concatenate([along[:1], along[:-1] + along[1:], along[-1:]]))
    facing = np.broadcast_to(facing, points.shape)
    middle = 0.5 * (facing[1:] + facing[:-1])
    first = _unit(middle - along * np.sum(middle * along, axis=1, keepdims=True))
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
    along = _unit(end - start)
    aside = np.where(np.abs(along[:, 2:]) < 0.9, np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]))
    first = _unit(np.cross(along, aside))
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


def areal_density(tubes: Tubes, beam: Beam, grid: RayGrid) -> NDArray[np.float32]:
    """Return what the rays cross of the tubes, in g/cm², shape (rows, columns)."""
    total = np.zeros(grid.rows * grid.columns)
    boxes = _boxes(tubes, beam, grid)
    counts = boxes[:, 2] * boxes[:, 3]
    ends = np.cumsum(counts)
    first = 0
    while first < len(tubes):
        already = ends[first - 1] if first else 0
        last = max(int(np.searchsorted(ends, already + _PAIRS_AT_ONCE, side="right")), first + 1)
        where, path = _paths(tubes.part(slice(first, last)), boxes[first:last], beam, grid)
        total += np.bincount(where, weights=path, minlength=len(total))
        first = last
    return (total.reshape(grid.rows, grid.columns) / 10).astype(np.float32)


def _boxes(tubes: Tubes, beam: Beam, grid: RayGrid) -> NDArray[np.int64]:
    """Return for every piece the first row, first column, height and width of the rays that can meet it."""
    size = np.array([grid.rows, grid.columns])
    sides = np.stack([beam.down, beam.right], axis=1)
    depth = np.eye(3)[:, beam.depth_axis : beam.depth_axis + 1]
    widest = tubes.radii * tubes.taper.max(axis=1, keepdims=True)

    def extent(directions: Floats) -> Floats:
        """Return how far the section reaches from its middle along some directions."""
        return np.asarray(
            np.hypot(widest[:, :1] * (tubes.first @ directions), widest[:, 1:] * (tubes.second @ directions))
        )

    spans = []
    for points in (tubes.start, tubes.end):
        ahead = (points - beam.source) @ depth
        scale = ((beam.centre - beam.source) @ depth) / ahead
        plane = (beam.source + (points - beam.source) * scale - beam.centre) @ sides
        # What lies nearer to the source is cast further out, so the ends' shadows are as deep as the section.
        slant = np.abs(plane) * extent(depth) / np.abs(ahead)
        spans.append((plane, (scale * extent(sides) + slant) * 1.1))
    low = np.minimum(*(middle - half for middle, half in spans)) / grid.spacing_mm + size / 2
    high = np.maximum(*(middle + half for middle, half in spans)) / grid.spacing_mm + size / 2
    low = np.clip(np.floor(low), 0, size).astype(np.int64)
    high = np.clip(np.ceil(high), 0, size).astype(np.int64)
    return np.concatenate([low, high - low], axis=1)


def _paths(
    tubes: Tubes, boxes: NDArray[np.int64], beam: Beam, grid: RayGrid
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the rays (flat index) that meet the pieces and their paths through them in mm times density."""
    counts = boxes[:, 2] * boxes[:, 3]
    piece = np.repeat(np.arange(len(boxes)), counts)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = boxes[piece, 3]
    row = boxes[piece, 0] + within // width
    column = boxes[piece, 1] + within % width
    across, down = grid.across[column], grid.down[row]

    to_plane = beam.centre - beam.source

    def ray_along(axes: Floats) -> NDArray[np.float32]:
        """Return the rays' component along each piece's axis (ray vectors end on the detector)."""
        right, below, ahead = ((axes @ v).astype(np.float32) for v in (beam.right, beam.down, to_plane))
        return np.asarray(across * right[piece] + down * below[piece] + ahead[piece])

    start, end = tubes.start, tubes.end
    offset = beam.source - start
    radii = tubes.radii
    first, second = tubes.first / radii[:, :1], tubes.second / radii[:, 1:]
    along = _unit(end - start)
    length = np.linalg.norm(end - start, axis=1)

    def origin(axes: Floats) -> NDArray[np.float32]:
        return np.asarray(np.sum(offset * axes, axis=1)[piece], dtype=np.float32)

    da, db = ray_along(first), ray_along(second)
    oa, ob = origin(first), origin(second)
    square = da * da + db * db + np.float32(1e-12)
    nearest = -(oa * da + ob * db) / square
    ca, cb = oa + nearest * da, ob + nearest * db
    where = np.clip((origin(along) + nearest * ray_along(along)) / length.astype(np.float32)[piece], 0, 1)
    taper = tubes.taper.astype(np.float32)
    k = taper[piece, 0] + (taper[piece, 1] - taper[piece, 0]) * where
    room = k * k - ca * ca - cb * cb
    met = np.flatnonzero(room > 0)
    piece, row, column, across, down = piece[met], row[met], column[met], across[met], down[met]
    nearest, half = nearest[met], np.sqrt(room[met] / square[met])
    enter, leave = nearest - half, nearest + half
    for normals, ends, sign in ((tubes.cut_start, start, 1.0), (tubes.cut_end, end, -1.0)):
        speed = ray_along(normals) * np.float32(sign)
        reach = np.sum((beam.source - ends) * normals, axis=1).astype(np.float32)[piece] * np.float32(sign)
        speed = np.where(np.abs(speed) < 1e-6, np.float32(1e-6), speed)
        crossing = -reach / speed
        enter = np.where(speed > 0, np.maximum(enter, crossing), enter)
        leave = np.where(speed < 0, np.minimum(leave, crossing), leave)
    ray_length = np.sqrt(across * across + down * down + np.float32(to_plane @ to_plane))
    path = np.maximum(leave - enter, 0) * ray_length * tubes.density.astype(np.float32)[piece]
    return row * grid.columns + column, path
