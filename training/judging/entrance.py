"""Entrance: whether the gate lets frontal films of adults in and keeps everything else out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from model.film import open_film
from model.film.film import Film
from model.net.admission import admit
from model.net.predictor import Predictor
from model.net.reading import Reading
from training.datasets.row import Row
from training.judging.lines import Goal, Line, Section
from training.metrics.intervals import proportion

FEW = 30
"""Frontal films that are also shown turned, upside down and inverted."""
KEPT_OUT, LET_IN = Goal(most=0.01), Goal(most=0.02)


def inverted(film: Film) -> Film:
    """Return the film with black and white exchanged, as if its header named the wrong polarity."""
    return replace(film, low_is_white=not film.low_is_white, windows=(), tables=())


def turned(quarters: int) -> Callable[[Film], Film]:
    """Return what turns a film by so many quarters."""
    return lambda film: replace(film, pixels=np.rot90(film.pixels, quarters).copy())


SPOILT: dict[str, Callable[[Film], Film]] = {
    "inverted": inverted,
    "on their side": turned(1),
    "upside down": turned(2),
}


def entrance_section(predictor: Predictor, root: Path, rows: Sequence[Row]) -> Section:
    """Ask the gate about every film of ``rows``, and about a few frontal ones spoilt."""
    frontal = [row for row in rows if row.frontal and row.adult is not False]
    kinds: list[tuple[str, list[Row], Callable[[Film], Film]]] = [
        ("lateral films", [row for row in rows if row.view == "L"], _as_is),
        ("CT slices", [row for row in rows if row.view == "CT"], _as_is),
        ("children", [row for row in rows if row.frontal and row.adult is False], _as_is),
        *((f"frontal films {words}", frontal[:FEW], spoil) for words, spoil in SPOILT.items()),
    ]
    lines = [_line("Refused", predictor, root, ("frontal films of adults", frontal, _as_is), LET_IN)]
    lines += [_line("Let in", predictor, root, kind, KEPT_OUT) for kind in kinds]
    note = "Only pixels count here: no header says what the film is. Intervals are Wilson's."
    return Section("The gate", note, tuple(line for line in lines if line.estimate.n))


def _line(
    name: str, predictor: Predictor, root: Path, kind: tuple[str, list[Row], Callable[[Film], Film]], goal: Goal
) -> Line:
    words, rows, spoil = kind
    refused = [_refused(predictor, spoil(open_film(root / row.path))) for row in rows]
    hits = refused if name == "Refused" else [not each for each in refused]
    return Line(name, proportion(hits, [row.group or row.patient for row in rows]), words, goal)


def _refused(predictor: Predictor, film: Film) -> bool:
    admission = admit(film, predictor.card.input_size)
    if admission.refusal is not None:
        return True
    reading = Reading(film, admission.prepared, predictor.forward(admission.prepared))
    return predictor.refuse(reading) is not None


def _as_is(film: Film) -> Film:
    return film
