"""Pixels: masks, boxes, extent and heat maps against what radiologists drew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.card import ModelCard
from training.answers import Answer
from training.judging.lines import Chosen, Goal, Line, Section, adults
from training.metrics import boxes, maps
from training.metrics.boxes import BoxedFilm
from training.metrics.intervals import Measure, weighted_mean

MAPS = ("opacity pixels", "opacity pixels in lungs", "class map", "layer 19")
CLEAR = "adult films without opacity or other finding"


def mask_section(answers: Sequence[Answer]) -> Section:
    """Say how well masks agree (mean Dice over films)."""
    lines = []
    grown = adults(answers)
    for kind, goal in (("lungs", Goal(least=0.96)), ("opacity", None), ("heart", None)):
        for source in sorted({answer.row.source for answer in grown if f"dice {kind}" in answer.measures}):
            films = [answer for answer in grown if answer.row.source == source and f"dice {kind}" in answer.measures]
            lines.append(_mean(f"Dice of {kind}", films, f"dice {kind}", f"masked films of {source}", goal))
    return Section("Masks", "Dice is 1 for equal masks, 0 for masks that share nothing.", tuple(lines))


def box_section(answers: Sequence[Answer], card: ModelCard) -> Section:
    """Say how well boxes are found, beside the trivial answer of a box round each lung."""
    grown = adults(answers)
    masked = [answer for answer in grown if "opacity" in answer.row.masked and answer.boxes is not None]
    verdicts = [answer for answer in grown if answer.row.boxed and answer.boxes is not None]
    drawn = [answer for answer in verdicts if len(answer.boxes.true)]  # type: ignore[union-attr]
    lines: list[Line] = []
    for films, words in ((masked, "radiologist-masked films"), (drawn, "films with RSNA boxes")):
        lines += _precision(films, words, goals=films is masked)
        lines += _at_the_card(films, words, card.boxes.minimum_score)
    if verdicts:
        called = [_at_score(answer, card.boxes.minimum_score) for answer in verdicts]
        words = f"films with an RSNA verdict, score from {card.boxes.minimum_score:.2f}"
        lines.append(_line("RSNA challenge score, mean over IoU .40 to .75", verdicts, boxes.rsna_mean(called), words))
    lines += _false_boxes(grown, card)
    note = "A piece of the drawn opacity mask, or a radiologist's box, is a true box. Lungs as boxes need no network."
    return Section("Boxes", note, tuple(lines))


def _precision(films: Sequence[Answer], words: str, goals: bool) -> list[Line]:
    found = [answer.boxes for answer in films if answer.boxes is not None]
    trivial = [as_lungs(answer) for answer in films]
    if not found:
        return []
    lines = []
    for level, least in ((0.3, 0.78), (0.5, 0.55)):
        goal = Goal(least=least) if goals else None
        lines.append(_line(f"Boxes, AP at IoU {level}", films, boxes.average_precision(found, level), words, goal))
        name = f"Each lung as a box, AP at IoU {level}"
        lines.append(_line(name, films, boxes.average_precision(trivial, level), words))
    goal = Goal(least=0.6) if goals else None
    name = "Share of true boxes found (IoU .3) at 1 false box a film"
    return [*lines, _line(name, films, boxes.sensitivity_at(found, 1.0), words, goal)]


def _at_the_card(films: Sequence[Answer], words: str, least: float) -> list[Line]:
    """Say what the boxes are worth that the viewer shows: those from the card's score on."""
    if not films:
        return []
    called = [_at_score(answer, least) for answer in films]
    on = f"{words}, score from {least:.2f}"
    return [
        _line("Share of true boxes found (IoU .3)", films, boxes.sensitivity_at(called, np.inf), on),
        _line("False boxes a film (IoU .3)", films, boxes.false_boxes(called), on),
    ]


def _false_boxes(grown: Sequence[Answer], card: ModelCard) -> list[Line]:
    kinds = (
        ([a for a in grown if a.row.opacity is False and _clear(a)], CLEAR, Goal(most=0.3)),
        (
            [a for a in grown if a.row.opacity is False and not _clear(a)],
            "adult films without opacity, not normal",
            None,
        ),
    )
    lines = []
    for films, words, goal in kinds:
        counts = np.array([float((answer.found.scores >= card.boxes.minimum_score).sum()) for answer in films])
        if films:
            lines.append(_line("False boxes a film", films, weighted_mean(counts), words, goal))
    return lines


def map_section(answers: Sequence[Answer]) -> Section:
    """Say whether each map is hot where the opacity is, beside answers that need no network."""
    films = [answer for answer in adults(answers) if any(name.startswith("pointing") for name in answer.measures)]
    words = "radiologist-masked films with opacity"
    lines: list[Line] = []
    for name in MAPS:
        goals = (Goal(least=0.85), Goal(least=0.65)) if name == "class map" else (None, None)
        lines.append(_mean(f"Pointing game, {name}", films, f"pointing {name}", words, goals[0]))
        lines.append(_mean(f"Energy in opacity, {name}", films, f"energy in opacity {name}", words, goals[1]))
        lines.append(_mean(f"Energy in lungs, {name}", films, f"energy in lungs {name}", words))
    for name in ("lung centre", "random lung pixel"):
        lines.append(_mean(f"Pointing game, {name} (no network)", films, f"pointing {name}", words))
    note = "Pointing: is the hottest pixel in an opacity? Energy: what share of the heat lies there?"
    return Section("Heat maps", note, tuple(line for line in lines if line.estimate.n))


def extent_section(answers: Sequence[Answer]) -> Section:
    """Compare the opacity extent with the raters' score (0 to 8, mean of three)."""
    films = [answer for answer in adults(answers) if answer.row.severity is not None and answer.lung_extents]
    if len(films) < 3:
        return Section("Opacity extent", "Too few films carry the raters' score.", ())
    raters = np.array([answer.row.severity for answer in films], np.float64)
    scores = np.array([extent_score(answer) for answer in films])
    words = "films with the raters' extent score"
    lines = (
        _line("Extent against the raters, Pearson r", films, maps.correlation(scores, raters), words, Goal(least=0.85)),
        _line(
            "Extent against the raters, mean error of 8",
            films,
            weighted_mean(abs(scores - raters)),
            words,
            Goal(most=1.0),
        ),
    )
    return Section("Opacity extent", "Two radiologists agree at r = .868 on this score (Cohen 2020).", lines)


def extent_score(answer: Answer) -> float:
    """Return the network's extent on the raters' scale: each lung 0 to 4, a quarter of the lung a point.

    The raters round up (any opacity below a quarter is 1); half a point is the mean of what rounding up adds.
    """
    return float(sum(min(4.0, 4 * share + 0.5) if share > 0.01 else 0.0 for share in answer.lung_extents))


def _clear(answer: Answer) -> bool:
    words = answer.row.label.lower()
    return "not normal" not in words and ("normal" in words or "no finding" in words)


def as_lungs(answer: Answer) -> BoxedFilm:
    """Return each lung as a box that was found, the answer that needs no network."""
    true = answer.boxes.true if answer.boxes is not None else np.empty((0, 4))
    return BoxedFilm(answer.lungs, np.ones(len(answer.lungs)), true)


def _at_score(answer: Answer, least: float) -> BoxedFilm:
    film = answer.boxes if answer.boxes is not None else answer.found
    kept = film.scores >= least
    return replace(film, found=film.found[kept], scores=film.scores[kept])


def _mean(name: str, films: Sequence[Answer], key: str, words: str, goal: Goal | None = None) -> Line:
    known = [answer for answer in films if key in answer.measures]
    values = np.array([answer.measures[key] for answer in known], np.float64)
    return _line(name, known, weighted_mean(values), words, goal)


def _line(name: str, films: Sequence[Answer], measure: Measure, words: str, goal: Goal | None = None) -> Line:
    chosen = Chosen(tuple(films), np.ones(len(films), bool), words)
    return Line(name, chosen.measure(measure), words, goal)
