"""Views: teaching the linear layer that tells upright frontal films of adults from everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

from model.errors import NegatoscopeError
from model.film.film import Film
from model.net import gate
from model.net.gate import Shape
from model.net.predictor import Predictor
from model.net.preprocess import Placement
from model.net.view import VIEWS, View, ViewHead, describe
from training.datasets.row import Row
from training.lessons import Lungs, choose, lessons

FEWEST = 3
"""Lessons from which a view can be learned."""
NEVER = -50.0
"""Log-odds of a view that was not learned."""


class ViewError(NegatoscopeError):
    """The training films do not show what is to be let in."""


@dataclass(frozen=True, slots=True, eq=False)
class Notes:
    """What the network's own features say of every lesson, in one order.

    ``views``: int, (n,), places in ``VIEWS``. ``described``: float64, (n, descriptors). ``shapes``: the predicted
    lungs. ``kinds``, ``groups`` and ``plain`` as in ``training.lessons.Lesson``.
    """

    views: NDArray[np.int64]
    described: NDArray[np.float64]
    shapes: tuple[Shape, ...]
    kinds: NDArray[np.str_]
    groups: NDArray[np.str_]
    plain: NDArray[np.bool_]

    def showing(self, view: View) -> NDArray[np.bool_]:
        """Return where this view was shown, (n,)."""
        return np.asarray(self.views == VIEWS.index(view))

    @property
    def absent(self) -> list[View]:
        """The views that too few lessons showed."""
        return [view for view in VIEWS if self.showing(view).sum() < FEWEST]


def take(
    predictor: Predictor, root: Path, rows: Sequence[Row], tell: Callable[[float], None] = lambda share: None
) -> Notes:
    """Show the network every lesson.

    Parameters
    ----------
    predictor
        The network whose features are used.
    root
        What the rows' paths are relative to.
    rows
        Training films only.
    tell
        Called with the share of films done.
    """
    films, taken = len(choose(rows)), []
    for lesson in lessons(root, rows, lungs_by(predictor)):
        reading = predictor.read(lesson.film)
        shape = gate.measure(reading.full("lungs"), reading.prepared.grey, reading.prepared.inside)
        taken.append((VIEWS.index(lesson.view), describe(reading), shape, lesson.kind, lesson.group, lesson.plain))
        tell(min(sum(plain for *_, plain in taken) / films, 1.0))
    views, described, shapes, kinds, groups, plain = zip(*taken, strict=True)
    values = np.stack(described).astype(np.float64)
    return Notes(np.array(views), values, shapes, np.array(kinds), np.array(groups), np.array(plain))


def lungs_by(predictor: Predictor) -> Lungs:
    """Return what finds the lungs of a film for ``training.lessons``."""

    def lungs(film: Film) -> NDArray[np.float32]:
        area = Placement(film.rows, film.columns, predictor.card.input_size).area
        return predictor.read(film).full("lungs")[area]

    return lungs


def teach(notes: Notes, kept: NDArray[np.bool_] | None = None) -> ViewHead:
    """Part the views by linear discriminant analysis of the standardised descriptors, the standardising folded in.

    The views share the mean of their covariances, each shrunken after Ledoit and Wolf (2004), and are as likely as they
    were often shown. A view that fewer than ``FEWEST`` lessons showed is never told.

    Parameters
    ----------
    notes
        Of every lesson.
    kept
        Which of them to learn from, (n,); all without.

    Raises
    ------
    ViewError
        When there are too few frontal films of adults among them.
    """
    kept = np.ones(len(notes.views), np.bool_) if kept is None else kept
    known, counts = np.unique(notes.views[kept], return_counts=True)
    known = known[counts >= FEWEST]
    if VIEWS.index("frontal") not in known or len(known) < 3:
        raise ViewError("views", "Too few training films show adults from the front: the gate will go by lungs alone.")
    kept = kept & np.isin(notes.views, known)
    described = notes.described[kept]
    mean, spread = described.mean(axis=0), described.std(axis=0) + 1e-3
    fitted = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
    fitted.fit((described - mean) / spread, notes.views[kept])
    weight, bias = np.zeros((len(VIEWS), described.shape[1])), np.full(len(VIEWS), NEVER)
    weight[known] = fitted.coef_ / spread
    bias[known] = fitted.intercept_ - weight[known] @ mean
    return ViewHead(weight.astype(np.float32), bias.astype(np.float32))
