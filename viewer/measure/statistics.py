"""The modality values within a shape: what they are is the film's, whatever the window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from viewer.measure.shapes import Measurement, Point


@dataclass(frozen=True, slots=True)
class Statistics:
    """Modality values of the pixels within a shape; ``sd`` is that of the whole population (divided by n)."""

    count: int
    mean: float
    sd: float
    low: float
    high: float


def statistics(film: Film, shape: Measurement) -> Statistics | None:
    """Return the statistics of the pixels whose centres lie within a shape; padding does not count.

    Returns
    -------
    Statistics or None
        None when no pixel lies within.

    Raises
    ------
    ValueError
        When the shape encloses nothing by its kind.
    """
    rows, columns = _bounds(shape.points, film)
    inside = within(shape, rows, columns)
    if film.padding is not None:
        inside &= ~film.padding[rows, columns]
    values = film.pixels[rows, columns][inside].astype(np.float64)
    if values.size == 0:
        return None
    return Statistics(values.size, float(values.mean()), float(values.std()), float(values.min()), float(values.max()))


def within(shape: Measurement, rows: slice, columns: slice) -> NDArray[np.bool_]:
    """Return which pixels of a part of the film have their centres within a shape: bool, shape of the part."""
    row = np.arange(rows.start, rows.stop)[:, None] + 0.5
    column = np.arange(columns.start, columns.stop)[None, :] + 0.5
    if shape.kind == "freehand":
        return _within_line(shape.points, rows, columns)
    if shape.kind not in ("ellipse", "rectangle"):
        raise ValueError(f"A shape of the kind {shape.kind} encloses no pixels.")
    (top, left), (bottom, right) = shape.points
    half_height, half_width = abs(bottom - top) / 2, abs(right - left) / 2
    down, across = np.abs(row - (top + bottom) / 2), np.abs(column - (left + right) / 2)
    if shape.kind == "rectangle":
        return np.asarray((down < half_height) & (across < half_width))
    if half_height == 0 or half_width == 0:
        return np.zeros((row.size, column.size), dtype=bool)
    return np.asarray((down / half_height) ** 2 + (across / half_width) ** 2 <= 1.0)


def _within_line(points: Sequence[Point], rows: slice, columns: slice) -> NDArray[np.bool_]:
    """Fill a closed line; points are held to sixteenths of a pixel."""
    corners = np.array([(column - 0.5 - columns.start, row - 0.5 - rows.start) for row, column in points])
    mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.uint8)
    if mask.size:
        cv2.fillPoly(mask, [np.rint(corners * 16).astype(np.int32)], 1, shift=4)
    return mask.astype(bool)


def _bounds(points: Sequence[Point], film: Film) -> tuple[slice, slice]:
    top, left = (math.floor(min(values)) for values in zip(*points, strict=True))
    bottom, right = (math.ceil(max(values)) for values in zip(*points, strict=True))
    rows = slice(min(max(top, 0), film.rows), min(max(bottom, 0), film.rows))
    columns = slice(min(max(left, 0), film.columns), min(max(right, 0), film.columns))
    return rows, columns
