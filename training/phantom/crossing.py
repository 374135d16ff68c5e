"""Crossing: exact paths of rays through the pieces of tubes, summed over the detector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.phantom.geometry import Beam, RayGrid
from training.phantom.tubes import Floats, Tubes, unit

Ints = NDArray[np.int64]
Values = NDArray[np.float32]

_PAIRS_AT_ONCE = 1_500_000


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
        part = tubes.part(slice(first, last))
        pairs, near, far = _met(part, _pairs(boxes[first:last], beam, grid))
        path = _between_cuts(part, pairs, near, far) * pairs.length * pairs.of(part.density)
        total += np.bincount(pairs.row * grid.columns + pairs.column, weights=path, minlength=len(total))
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


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Rays paired with the pieces they may meet, one entry a pair.

    A ray is the source plus ``t`` times the vector to its detector pixel, so that ``t`` is 0 at the source and 1
    on the detector.
    """

    beam: Beam
    piece: Ints
    row: Ints
    column: Ints
    across: Values
    down: Values

    @property
    def length(self) -> Values:
        """Distance from the source to the detector pixel in mm."""
        return np.asarray(np.sqrt(self.across**2 + self.down**2 + np.float32(self.beam.reach**2)))

    def of(self, values: Floats) -> Values:
        """Return each pair's piece's value, shape (pairs, …)."""
        return np.asarray(values.astype(np.float32)[self.piece])

    def along(self, axes: Floats) -> Values:
        """Return the ray vectors' component along their pieces' ``axes`` (pieces, 3)."""
        ahead = self.beam.centre - self.beam.source
        parts = self.of(np.stack([axes @ self.beam.right, axes @ self.beam.down, axes @ ahead], axis=1))
        return np.asarray(self.across * parts[:, 0] + self.down * parts[:, 1] + parts[:, 2])

    def from_source(self, points: Floats, axes: Floats) -> Values:
        """Return the source's position relative to ``points`` along ``axes`` (both (pieces, 3))."""
        return self.of(np.sum((self.beam.source - points) * axes, axis=1))

    def only(self, chosen: Ints) -> _Pairs:
        """Return some of the pairs."""
        at = self.piece[chosen], self.row[chosen], self.column[chosen]
        return _Pairs(self.beam, *at, self.across[chosen], self.down[chosen])


def _pairs(boxes: Ints, beam: Beam, grid: RayGrid) -> _Pairs:
    """Return all pairs of pieces and the rays in their boxes."""
    counts = boxes[:, 2] * boxes[:, 3]
    piece = np.repeat(np.arange(len(boxes)), counts)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    row, column = np.divmod(within, boxes[piece, 3])
    row, column = row + boxes[piece, 0], column + boxes[piece, 1]
    return _Pairs(beam, piece, row, column, grid.across[column], grid.down[row])


def _met(tubes: Tubes, pairs: _Pairs) -> tuple[_Pairs, Values, Values]:
    """Return the pairs that meet, and where (``t``) the ray enters and leaves the endless cylinder.

    The taper is taken where the ray is nearest to the axis: exact for cylinders, close for gentle cones.
    """
    first, second = tubes.first / tubes.radii[:, :1], tubes.second / tubes.radii[:, 1:]
    along = unit(tubes.end - tubes.start)
    da, db = pairs.along(first), pairs.along(second)
    oa, ob = pairs.from_source(tubes.start, first), pairs.from_source(tubes.start, second)
    square = da * da + db * db + np.float32(1e-12)
    nearest = -(oa * da + ob * db) / square
    height = pairs.from_source(tubes.start, along) + nearest * pairs.along(along)
    share = np.clip(height / pairs.of(np.linalg.norm(tubes.end - tubes.start, axis=1)), 0, 1)
    taper = pairs.of(tubes.taper)
    radius = taper[:, 0] + (taper[:, 1] - taper[:, 0]) * share
    room = radius**2 - (oa + nearest * da) ** 2 - (ob + nearest * db) ** 2
    met = np.flatnonzero(room > 0)
    half, middle = np.sqrt(room[met] / square[met]).astype(np.float32), nearest[met].astype(np.float32)
    return pairs.only(met), middle - half, middle + half


def _between_cuts(tubes: Tubes, pairs: _Pairs, enter: Values, leave: Values) -> Values:
    """Return how much of ``enter .. leave`` lies between the planes that cut the pieces' ends."""
    for normals, ends in ((tubes.cut_start, tubes.start), (-tubes.cut_end, tubes.end)):
        speed = pairs.along(normals)
        speed = np.where(np.abs(speed) < 1e-6, np.float32(1e-6), speed)
        crossing = -pairs.from_source(ends, normals) / speed
        enter = np.where(speed > 0, np.maximum(enter, crossing), enter)
        leave = np.where(speed < 0, np.minimum(leave, crossing), leave)
    return np.asarray(np.maximum(leave - enter, 0))
