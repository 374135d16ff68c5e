"""Measurements: what a reader has drawn on one film, in film coordinates, frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

Kind = Literal["ruler", "angle", "cobb", "cardiothoracic", "ellipse", "rectangle", "freehand", "arrow", "text", "box"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Origin = Literal["reader", "network", "corrected"]
"""Who drew it: the reader, the network, or the network with the reader's corrections."""
ORIGINS: tuple[Origin, ...] = get_args(Origin)
Point = tuple[float, float]
"""(row, column) in film edge coordinates: 0 is the outer edge of the first pixel."""

POINTS: dict[Kind, int | None] = {
    "ruler": 2,
    "angle": 3,
    "cobb": 4,
    "cardiothoracic": 4,
    "ellipse": 2,
    "rectangle": 2,
    "freehand": None,
    "arrow": 2,
    "text": 1,
    "box": 2,
}
"""How many points a shape has; None: as many as were drawn, at least three."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One thing drawn on a film.

    ``points`` by kind: ruler, its ends; angle, arm, vertex, arm; Cobb, two ends of each of two lines;
    cardiothoracic, the ends of the heart's width and those of the chest's; ellipse and rectangle, opposite corners
    of the upright box around them; freehand, the closed line; arrow, tail and tip; text, its place; box, opposite
    corners of a box around a finding, whose identifier is ``text``.

    Raises
    ------
    ValueError
        When the kind has another number of points.
    """

    id: str
    kind: Kind
    points: tuple[Point, ...]
    text: str = ""
    origin: Origin = "reader"

    def __post_init__(self) -> None:
        needed = POINTS[self.kind]
        right = len(self.points) >= 3 if needed is None else len(self.points) == needed
        if not right:
            raise ValueError(
                f"A shape of the kind {self.kind} has {needed or 'at least 3'} points; got {len(self.points)}."
            )

    def moved(self, rows: float, columns: float) -> Measurement:
        """Return the same shape moved by the reader by so many pixels down and across."""
        return self._corrected(tuple((row + rows, column + columns) for row, column in self.points))

    def reshaped(self, index: int, to: Point) -> Measurement:
        """Return the shape after the reader put one of its points elsewhere."""
        return self._corrected((*self.points[:index], to, *self.points[index + 1 :]))

    def _corrected(self, points: tuple[Point, ...]) -> Measurement:
        return replace(self, points=points, origin="corrected" if self.origin == "network" else self.origin)


def to_record(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as plain values for JSON."""
    points = [list(point) for point in measurement.points]
    values = {"id": measurement.id, "kind": measurement.kind, "points": points, "text": measurement.text}
    return {**values, "origin": measurement.origin}


def from_record(record: dict[str, Any]) -> Measurement:
    """Return the measurement that ``to_record`` wrote down.

    Raises
    ------
    ValueError
        When the kind is unknown or a value is missing or not usable.
    """
    try:
        kind = record["kind"]
        points = tuple((float(row), float(column)) for row, column in record["points"])
        identifier, text = str(record["id"]), str(record["text"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"This is not a stored measurement: {error}.") from error
    if kind not in KINDS:
        raise ValueError(f"There is no measurement of the kind {kind!r}.")
    origin = record.get("origin", "reader")
    if origin not in ORIGINS:
        raise ValueError(f"Nobody draws measurements as {origin!r}.")
    return Measurement(identifier, kind, points, text, origin)
