"""Lessons: the films and pictures that the gate learns from, each with its view and the kind that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from model.film import open_film
from model.film.film import Film
from model.net.preprocess import Placement, display_grey
from model.net.view import VIEWS, View
from training import augment
from training.config import Augmentation
from training.datasets.row import Row
from training.negatives import drawn, limbs, shipped
from training.negatives.photographed import photographed
from training.negatives.picture import Grey, as_film

MOST_FRONTAL, MOST_CHILDREN = 800, 240
RARE_COPIES = 6
"""Laterals and cross sections are few: each is also shown so many times changed."""
SIDE = 320
"""Of films that are changed or photographed, in pixels."""
LEAST_LUNG = 0.04
"""Share of a part of a film that may be lung for the part to pass as no chest."""
_SPOILT: tuple[View, ...] = ("inverted", "turned_90", "inverted", "turned_180", "inverted", "turned_270")
_POSES = Augmentation(scale=0.2, shift=0.05, rotate_degrees=8.0, stretch=0.1, mirror=0.0)

Lungs = Callable[[Film], NDArray[np.float32]]
"""Gives the probability of lung over a film, any shape, first row and column at its top left."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One picture that the gate is shown.

    ``kind`` is what it came from in words; ``group`` that of its film, or "" for what no film went into.
    ``plain`` is False for what was made of a film.
    """

    view: View
    kind: str
    film: Film
    group: str = ""
    plain: bool = True


def lessons(root: Path, rows: Sequence[Row], lungs: Lungs, seed: int = 7) -> Iterator[Lesson]:
    """Give everything that is shown, the same in every run: films of ``rows`` below ``root``, then what is made.

    Frontal films are shown as they are and changed in pose and tone; some inverted, turned, photographed or only a part
    without lungs. What is made without films is a quarter as many of each kind as there are frontal films.
    """
    chosen = choose(rows)
    for number, row in enumerate(chosen):
        random = np.random.default_rng((seed, number))
        yield from of_row(row, open_film(root / row.path), number, lungs, random)
    yield from made(max(1, sum(view_of(row) == "frontal" for row in chosen) // 4), seed)


def of_row(row: Row, film: Film, number: int, lungs: Lungs, random: Generator) -> Iterator[Lesson]:
    """Give the film as it is and what is made of it, by its place in the list."""
    view, group = view_of(row), row.group or row.patient
    yield Lesson(view, row.source, film, group)
    if view in {"lateral", "cross_section"}:
        for _ in range(RARE_COPIES):
            yield Lesson(view, row.source, changed(film, random, mirror=0.5), group, False)
    if view != "frontal":
        return
    if number % 2 == 0:
        yield Lesson("frontal", row.source, changed(film, random), group, False)
        spoilt = _SPOILT[number // 2 % len(_SPOILT)]
        yield Lesson(spoilt, row.source, spoil(film, spoilt), group, False)
    if number % 4 == 1:
        yield Lesson("photograph", "photographed films", as_film(photographed(_grey(film), random)), group, False)
    if number % 4 == 3 and (part := without_lungs(film, lungs(film), random)) is not None:
        yield Lesson("not_chest", "parts of films", part, group, False)


def made(each: int, seed: int) -> Iterator[Lesson]:
    """Give ``each`` limbs, drawings and cuts of photographs, and every shipped photograph once."""
    random = np.random.default_rng(seed)
    kinds = list(drawn.KINDS.values())
    photographs = [film for films in shipped.photographs().values() for film in films]
    yield from (Lesson("photograph", "photographs", film) for film in photographs)
    for number in range(each):
        yield Lesson("photograph", "photographs", shipped.cut(photographs[number % len(photographs)], random))
        yield Lesson("photograph", "drawings", as_film(kinds[number % len(kinds)](random)))
        yield Lesson("not_chest", "limbs", as_film(limbs.limb(random)))


def view_of(row: Row) -> View:
    """Return what the row says that its film shows."""
    if not row.frontal:
        return "lateral" if row.view.upper().startswith("L") else "cross_section"
    return "child" if row.adult is False else "frontal"


def changed(film: Film, random: Generator, mirror: float = 0.0) -> Film:
    """Return the film in another pose and tone, in a square with black around it, as another hospital might send it."""
    square = np.zeros((SIDE, SIDE), np.uint8)
    square[Placement(film.rows, film.columns, SIDE).area] = _grey(film)
    matrix = augment.pose(SIDE, SIDE, None, replace(_POSES, mirror=mirror), random)
    grey = augment.change_tone(augment.apply_pose(square, matrix, SIDE), _POSES, random)
    return as_film(augment.change_border(grey, _POSES, random))


def spoil(film: Film, view: View) -> Film:
    """Make of an upright frontal film one that is inverted or turned."""
    if view == "inverted":
        return replace(film, low_is_white=not film.low_is_white, windows=(), tables=())
    turns = VIEWS.index(view) - VIEWS.index("turned_90") + 1
    return _with(film, np.rot90(film.pixels, -turns))


def without_lungs(film: Film, lungs: NDArray[np.float32], random: Generator) -> Film | None:
    """Return a part of a frontal film with hardly any lung in it (a shoulder, a belly); None when none is met."""
    for _ in range(40):
        high, wide = random.uniform(0.15, 0.5, 2)
        top, left = random.uniform(0, 1 - high), random.uniform(0, 1 - wide)
        kept, seen = (_window(shape, top, left, high, wide) for shape in (film.pixels.shape, lungs.shape))
        if (lungs[seen] > 0.5).mean() < LEAST_LUNG and film.pixels[kept].min() < film.pixels[kept].max():
            return _with(film, film.pixels[kept])
    return None


def choose(rows: Sequence[Row]) -> list[Row]:
    """Take evenly spread frontal films and children up to their limits, and everything else."""
    by_view: dict[View, list[Row]] = {view: [] for view in VIEWS}
    for row in rows:
        by_view[view_of(row)].append(row)
    limits = {"frontal": MOST_FRONTAL, "child": MOST_CHILDREN}
    return [row for view, found in by_view.items() for row in _spread(found, limits.get(view, len(found)))]


def _spread(rows: Sequence[Row], most: int) -> list[Row]:
    if len(rows) <= most:
        return list(rows)
    return [rows[int(place)] for place in np.linspace(0, len(rows) - 1, most)]


def _window(shape: tuple[int, ...], top: float, left: float, high: float, wide: float) -> tuple[slice, slice]:
    rows, columns = shape
    return (
        slice(int(top * rows), max(int((top + high) * rows), int(top * rows) + 1)),
        slice(int(left * columns), max(int((left + wide) * columns), int(left * columns) + 1)),
    )


def _grey(film: Film) -> Grey:
    placement = Placement(film.rows, film.columns, SIDE)
    return display_grey(film, placement.height, placement.width)


def _with(film: Film, pixels: NDArray[np.generic]) -> Film:
    return replace(film, pixels=np.ascontiguousarray(pixels), padding=None)
