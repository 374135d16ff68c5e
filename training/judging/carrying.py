"""Carrying: how the gate would have done on hospitals and kinds of pictures that it had not learned from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from model.net import gate
from model.net.predictor import Predictor
from model.net.view import ViewHead
from training.datasets.row import Row
from training.judging.lines import FEWEST, Goal, Line, Section
from training.metrics.intervals import proportion
from training.views import Notes, take, teach

FOLDS = 4
"""Parts of the films of one view, each judged by what the others taught."""
_KEPT_OUT, _LET_IN = Goal(most=0.01), Goal(most=0.02)

Chosen = NDArray[np.bool_]


def carrying_section(predictor: Predictor, root: Path, rows: tuple[Row, ...]) -> Section:
    """Teach the gate again without one collection, one kind of picture or some patients, and ask it about these.

    ``rows`` are training films; the network itself and the card's limits stay as they are.
    """
    notes = take(predictor, root, rows)
    note = (
        "Every line was judged by a view layer taught without it: a collection, a kind of picture, or a quarter of the "
        "patients at a time. Intervals are Wilson's."
    )
    return Section("The gate on what it was not taught", note, tuple(_lines(notes, predictor)))


def _lines(notes: Notes, predictor: Predictor) -> Iterator[Line]:
    frontal = notes.showing("frontal") & notes.plain
    for kind in dict.fromkeys(notes.kinds[frontal].tolist()):
        asked = frontal & (notes.kinds == kind)
        if asked.sum() >= FEWEST and (notes.kinds[frontal] != kind).any():
            refused = _refused(notes, predictor, teach(notes, notes.kinds != kind), asked)
            words = f"frontal films of adults, taught without {kind}"
            yield Line("Refused", proportion(refused.tolist(), _groups(notes, asked)), words, _LET_IN)
    for kind in dict.fromkeys(notes.kinds[notes.showing("photograph") | notes.showing("not_chest")].tolist()):
        asked = notes.kinds == kind
        let_in = ~_refused(notes, predictor, teach(notes, ~asked), asked)
        words = f"{kind}, taught without any"
        yield Line("Let in", proportion(let_in.tolist(), _groups(notes, asked)), words, _KEPT_OUT)
    for view in ("lateral", "cross_section"):
        asked = notes.showing(view) & notes.plain
        if len(set(notes.groups[asked])) >= FOLDS:
            let_in = _across(notes, predictor, asked)
            words = f"{view.replace('_', ' ')}s, taught without their patients"
            yield Line("Let in", proportion(let_in.tolist(), _groups(notes, asked)), words, _KEPT_OUT)


def _across(notes: Notes, predictor: Predictor, asked: Chosen) -> Chosen:
    """Return which of the asked films are let in by a layer that was taught without their patients."""
    let_in = np.zeros(len(notes.views), np.bool_)
    places = np.flatnonzero(asked)
    for _, fold in GroupKFold(FOLDS).split(places, groups=notes.groups[places]):
        out = np.zeros_like(asked)
        out[places[fold]] = True
        head = teach(notes, ~np.isin(notes.groups, notes.groups[out]))
        let_in[out] = ~_refused(notes, predictor, head, out)
    return np.asarray(let_in[asked])


def _refused(notes: Notes, predictor: Predictor, head: ViewHead, asked: Chosen) -> Chosen:
    rule = predictor.card.gate

    def refuses(place: int) -> bool:
        said = head.probabilities(notes.described[place].astype(np.float32))
        return gate.by_view(said, rule) is not None or gate.by_shape(notes.shapes[place], rule) is not None

    return np.array([refuses(int(place)) for place in np.flatnonzero(asked)])


def _groups(notes: Notes, asked: Chosen) -> list[Any]:
    """Return the group of each asked lesson; what was made without films stands each for itself."""
    return [group or f"made:{place}" for place, group in zip(np.flatnonzero(asked), notes.groups[asked], strict=True)]
