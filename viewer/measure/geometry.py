"""Lengths, angles and areas on a film: in millimetres where the scale is known, else in pixels.

Points are (row, column) film edge coordinates. Pixels that are not square are respected wherever the spacing is
known, for angles too. Turning or flipping a film changes nothing, as no screen coordinates take part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from model.film.film import Spacing, SpacingSource
from viewer.measure.shapes import Point

Unit = Literal["mm", "px"]


@dataclass(frozen=True, slots=True)
class Length:
    """A length and what it holds for: ``source`` is that of the film's spacing, None in pixels."""

    value: float
    unit: Unit
    source: SpacingSource | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An area: ``value`` in square ``unit``."""

    value: float
    unit: Unit
    source: SpacingSource | None = None


def length(a: Point, b: Point, spacing: Spacing | None) -> Length:
    """Return the distance between two points."""
    value = math.hypot(*_apart(a, b, spacing))
    return Length(value, "px") if spacing is None else Length(value, "mm", spacing.source)


def angle_deg(arm: Point, vertex: Point, other: Point, spacing: Spacing | None) -> float:
    """Return the angle at ``vertex``, 0 .. 180 degrees; 0 when an arm has no length."""
    return _between(_apart(vertex, arm, spacing), _apart(vertex, other, spacing))


def cobb_deg(first: tuple[Point, Point], second: tuple[Point, Point], spacing: Spacing | None) -> float:
    """Return the angle between two lines, 0 .. 90 degrees, whichever way each was drawn (Cobb 1948)."""
    apart = _between(_apart(*first, spacing), _apart(*second, spacing))
    return min(apart, 180.0 - apart)


def cardiothoracic_ratio(
    heart: tuple[Point, Point], chest: tuple[Point, Point], spacing: Spacing | None
) -> float | None:
    """Return the heart's greatest width over the chest's (Danzer 1919), None while the chest has no width."""
    width = length(*chest, spacing).value
    return length(*heart, spacing).value / width if width > 0 else None


def rectangle_area(a: Point, b: Point, spacing: Spacing | None) -> Area:
    """Return the area of the upright rectangle with these opposite corners."""
    down, across = _apart(a, b, spacing)
    return _area(abs(down * across), spacing)


def ellipse_area(a: Point, b: Point, spacing: Spacing | None) -> Area:
    """Return the area of the ellipse in the upright rectangle with these opposite corners."""
    down, across = _apart(a, b, spacing)
    return _area(math.pi / 4 * abs(down * across), spacing)


def polygon_area(points: Sequence[Point], spacing: Spacing | None) -> Area:
    """Return the area within a closed line that does not cross itself."""
    placed = [_apart((0.0, 0.0), point, spacing) for point in points]
    turns = (a[0] * b[1] - b[0] * a[1] for a, b in zip(placed, placed[1:] + placed[:1], strict=True))
    return _area(abs(sum(turns)) / 2, spacing)


def _apart(a: Point, b: Point, spacing: Spacing | None) -> tuple[float, float]:
    """Return how far b lies below and to the right of a, in mm or pixels."""
    down, across = b[0] - a[0], b[1] - a[1]
    return (down, across) if spacing is None else (down * spacing.row_mm, across * spacing.column_mm)


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    cross, dot = one[0] * other[1] - one[1] * other[0], one[0] * other[0] + one[1] * other[1]
    return math.degrees(math.atan2(abs(cross), dot)) if (cross or dot) else 0.0


def _area(value: float, spacing: Spacing | None) -> Area:
    return Area(value, "px") if spacing is None else Area(value, "mm", spacing.source)
