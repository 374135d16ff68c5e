"""Views: teaching the linear layer that tells upright frontal films of adults from everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from model.errors import NegatoscopeError
from model.film import open_film
from model.film.film import Film
from model.net.predictor import Predictor
from model.net.view import VIEWS, View, ViewHead, describe
from training.datasets.row import Row

STRENGTH = 0.01
"""Inverse strength of the penalty on standardised descriptors."""
MOST_FRONTAL, MOST_CHILDREN = 600, 300
EVERY_SPOILT = 2
"""Every such frontal film is also shown spoilt: inverted or turned, one of these each time."""
_SPOILT: tuple[View, ...] = ("inverted", "turned_90", "inverted", "turned_180", "inverted", "turned_270")


class ViewError(NegatoscopeError):
    """The training films do not show every view."""


def fit(
    predictor: Predictor, root: Path, rows: Sequence[Row], tell: Callable[[float], None] = lambda share: None
) -> ViewHead:
    """Fit the layer on training films.

    Frontal films, laterals, cross sections and children are shown as they are; inverted and turned films are made of
    frontal ones.

    Parameters
    ----------
    predictor
        The network whose features are used.
    root
        What the rows' paths are relative to.
    rows
        Training films only.
    tell
        Called with the share done.

    Raises
    ------
    ViewError
        When a view has no film.
    """
    chosen = _chosen(rows)
    views, described = [], []
    for number, row in enumerate(chosen):
        for view, film in shown(row, open_film(root / row.path), number):
            views.append(VIEWS.index(view))
            described.append(describe(predictor.read(film)))
        tell((number + 1) / len(chosen))
    if missing := [view for index, view in enumerate(VIEWS) if index not in views]:
        raise ViewError("views", f"No training film shows {', '.join(missing)}: the gate will go by the lungs alone.")
    return _layer(np.stack(described).astype(np.float64), np.array(views))


def shown(row: Row, film: Film, number: int) -> Iterator[tuple[View, Film]]:
    """Give the film with its view and, of some frontal films, a spoilt version."""
    view = view_of(row)
    yield view, film
    if view == "frontal" and number % EVERY_SPOILT == 0:
        spoilt = _SPOILT[number // EVERY_SPOILT % len(_SPOILT)]
        yield spoilt, spoil(film, spoilt)


def view_of(row: Row) -> View:
    """Return what the row says that its film shows."""
    if not row.frontal:
        return "lateral" if row.view.upper().startswith("L") else "cross_section"
    return "child" if row.adult is False else "frontal"


def spoil(film: Film, view: View) -> Film:
    """Make of an upright frontal film one that is inverted or turned."""
    if view == "inverted":
        return replace(film, low_is_white=not film.low_is_white)
    turns = VIEWS.index(view) - VIEWS.index("turned_90") + 1
    return _with(film, np.rot90(film.pixels, -turns))


def _with(film: Film, pixels: NDArray[np.generic]) -> Film:
    return replace(film, pixels=np.ascontiguousarray(pixels), padding=None)


def _chosen(rows: Sequence[Row]) -> list[Row]:
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


def _layer(described: NDArray[np.float64], views: NDArray[np.int_]) -> ViewHead:
    """Fit a penalised multinomial regression on standardised descriptors and fold the standardising into it."""
    mean, spread = described.mean(axis=0), described.std(axis=0) + 1e-3
    fitted = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
    fitted.fit((described - mean) / spread, views)
    weight = fitted.coef_ / spread
    bias = fitted.intercept_ - weight @ mean
    return ViewHead(weight.astype(np.float32), bias.astype(np.float32))
