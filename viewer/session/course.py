"""The course: what the network says of a patient's films, one point a film, over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from model.findings.prediction import Finding
from viewer.session.priors import same_patient, taken_on
from viewer.session.state import Sheet


@dataclass(frozen=True, slots=True)
class Point:
    """One film with its day, its first finding and its opacity extent, 0 .. 1; None where no lungs were found."""

    sheet: int
    day: date
    view: str
    finding: Finding
    extent: float | None


def course(current: Sheet, films: Iterable[Sheet]) -> tuple[Point, ...]:
    """Return the films of this film's patient that have a date and an answer, itself among them, oldest first."""
    theirs = [
        film
        for film in films
        if film.reading == "ready" and (film.id == current.id or same_patient(film.description, current.description))
    ]
    points = [point for film in theirs if (point := _point(film)) is not None]
    return tuple(sorted(points, key=lambda point: (point.day, point.sheet)))


def _point(film: Sheet) -> Point | None:
    day, prediction = taken_on(film.description), film.prediction
    if day is None or prediction is None or not prediction.findings:
        return None
    view = film.description.view.strip().upper()
    return Point(film.id, day, view, prediction.findings[0], prediction.opacity_extent)
