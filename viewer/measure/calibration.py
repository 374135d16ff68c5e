"""Calibration by hand: the distance between pixels from one line of known length."""

from __future__ import annotations

import math

from model.film.film import Spacing
from viewer.measure.geometry import length
from viewer.measure.shapes import Measurement

SHORTEST_PX = 10.0
"""A shorter line would make every length uncertain by more than a tenth."""


def calibrated(line: Measurement, millimetres: float, present: Spacing | None) -> Spacing:
    """Return the spacing by which a drawn line is so many millimetres long.

    The ratio of the two sides of a pixel stays that of ``present``; without one, pixels are square.

    Raises
    ------
    ValueError
        When the line is too short or its length in millimetres is not a positive number.
    """
    start, end = line.points[0], line.points[1]
    if length(start, end, None).value < SHORTEST_PX:
        raise ValueError(f"The line is shorter than {SHORTEST_PX:g} pixels.")
    if not (math.isfinite(millimetres) and millimetres > 0):
        raise ValueError(f"A length is a positive number of millimetres; got {millimetres}.")
    row, column = (1.0, 1.0) if present is None else (present.row_mm, present.column_mm)
    factor = millimetres / length(start, end, Spacing(row, column, "hand")).value
    return Spacing(row * factor, column * factor, "hand")
