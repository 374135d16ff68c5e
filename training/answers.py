"""Answers: what a network says of each film, whole and with parts taken away, and how that compares with the truth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from model.card import BoxRule, ModelCard
from model.film import open_film
from model.film.film import Film
from model.net import boxes as boxing
from model.net import heatmap
from model.net.architecture import FINDINGS
from model.net.predictor import Predictor
from model.net.preprocess import Placement, Prepared, standardise
from model.net.reading import Reading
from training import truth
from training.datasets.row import PixelKind, Row
from training.metrics import maps
from training.metrics.boxes import BoxedFilm, Boxes
from training.truth import Mask, Truth

Progress = Callable[[float], None]
Shown = Literal["whole", "lungs only", "lungs out", "border only"]
BORDER = 0.12
"""Of each side of the film, what "border only" leaves to be seen."""
GROWN = 1 / 32
"""Of the input's side, by how much lungs are widened before they are cut out or taken away."""
SHOWN: tuple[Shown, ...] = ("lungs only", "lungs out", "border only")


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the network says of one film, in plain numbers.

    ``logits``: raw, by what was shown and finding; a view that cannot be shown (no lungs found) is not in it.
    ``refused``: what was shown -> code of the gate, where it refused. ``extent``: opacity over lung area,
    ``lung_extents`` the same for each lung alone.
    ``boxes``: found and true, in fractions of the film, every piece however unsure; None when nobody drew boxes
    (then the found ones stand in ``found`` alone). ``lungs``: each predicted lung as a box. ``measures``: agreement
    with masks, by name.
    """

    row: Row
    logits: dict[Shown, dict[str, float]]
    refused: dict[Shown, str]
    extent: float | None
    lung_extents: tuple[float, ...]
    found: BoxedFilm
    boxes: BoxedFilm | None
    lungs: Boxes
    measures: dict[str, float]


def gather(
    predictor: Predictor,
    root: Path,
    rows: Sequence[Row],
    shown: Sequence[Shown] = (),
    progress: Progress = lambda share: None,
) -> list[Answer]:
    """Ask the network about every film.

    Parameters
    ----------
    predictor
        The network with its card.
    root
        What the rows' paths are relative to.
    shown
        Besides whole films, what else to show of adults: see ``SHOWN``.
    progress
        Called with the share done.
    """
    answers = []
    for number, row in enumerate(rows):
        answers.append(_answer(predictor, root, row, () if row.adult is False else shown))
        progress((number + 1) / len(rows))
    return answers


def _answer(predictor: Predictor, root: Path, row: Row, shown: Sequence[Shown]) -> Answer:
    film = open_film(root / row.path)
    reading = predictor.read(film)
    placement = Placement(film.rows, film.columns, predictor.card.input_size)
    drawn = truth.of(root, row, placement)
    lungs = boxing.lung_mask(reading.chest(), predictor.card.pixels)
    logits: dict[Shown, dict[str, float]] = {"whole": _logits(reading)}
    refused: dict[Shown, str] = {}
    _ask_gate(refused, "whole", reading, predictor)
    for view in shown:
        prepared = _hide(reading.prepared, view, _widened(lungs | drawn.masks.get("lungs", lungs)), placement)
        if prepared is not None:
            part = Reading(film, prepared, predictor.forward(prepared))
            logits[view] = _logits(part)
            _ask_gate(refused, view, part, predictor)
    found = find_boxes(reading, predictor.card, replace(predictor.card.boxes, minimum_score=0.0), film)
    return Answer(
        row=row,
        logits=logits,
        refused=refused,
        extent=boxing.extent(reading.chest(), predictor.card.pixels),
        lung_extents=_lung_extents(lungs, reading.full("opacity") >= predictor.card.pixels.opacity),
        found=found,
        boxes=None if drawn.boxes is None else replace(found, true=drawn.boxes),
        lungs=_lung_boxes(drawn.masks.get("lungs", lungs), placement),
        measures=dict(_measures(reading, drawn, lungs, predictor.card)),
    )


def find_boxes(reading: Reading, card: ModelCard, rule: BoxRule, film: Film) -> BoxedFilm:
    """Return the boxes that ``rule`` finds, in fractions of the film, without true ones."""
    return assembled(boxing.pieces(reading.chest(), card.pixels, rule.threshold), reading, rule, film)


def assembled(pieces: boxing.Pieces, reading: Reading, rule: BoxRule, film: Film) -> BoxedFilm:
    """Return the boxes that ``rule`` makes of pieces of opacity, in fractions of the film, without true ones."""
    size = (film.rows, film.columns)
    found = boxing.assemble(pieces, rule, reading.prepared.grid, size)
    places = [[box.row / size[0], box.column / size[1], box.height / size[0], box.width / size[1]] for box in found]
    scores = np.array([box.score for box in found], np.float64)
    return BoxedFilm(np.array(places, np.float64).reshape(-1, 4), scores, np.empty((0, 4)))


def _logits(reading: Reading) -> dict[str, float]:
    return {finding: reading.logit(finding) for finding in FINDINGS}


def _ask_gate(refused: dict[Shown, str], view: Shown, reading: Reading, predictor: Predictor) -> None:
    answer = predictor.refuse(reading)
    if answer is not None:
        refused[view] = answer.code


def _widened(lungs: Mask) -> Mask:
    radius = max(1, round(lungs.shape[0] * GROWN))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate(lungs.astype(np.uint8), kernel) > 0)


def _hide(prepared: Prepared, view: Shown, lungs: Mask, placement: Placement) -> Prepared | None:
    """Black out what is not to be seen; None when there are no lungs to go by."""
    if view == "border only":
        kept = prepared.inside.copy()
        down, across = round(BORDER * placement.height), round(BORDER * placement.width)
        kept[placement.top + down : placement.top + placement.height - down, :][
            :, placement.left + across : placement.left + placement.width - across
        ] = False
    elif not lungs.any():
        return None
    else:
        kept = lungs if view == "lungs only" else ~lungs
    grey = np.where(kept, prepared.grey, 0).astype(np.uint8)
    return replace(prepared, image=standardise(grey), grey=grey)


def _lung_boxes(lungs: Mask, placement: Placement) -> Boxes:
    found = truth.pieces(lungs, 0.01 * placement.height * placement.width)
    largest = np.argsort(-found[:, 2] * found[:, 3], kind="stable")[:2]
    return truth.as_fractions(found[largest], placement)


def _measures(reading: Reading, drawn: Truth, lungs: Mask, card: ModelCard) -> Iterator[tuple[str, float]]:
    limits: dict[PixelKind, float] = {
        "lungs": card.pixels.lungs,
        "opacity": card.pixels.opacity,
        "heart": card.pixels.heart,
    }
    for kind, mask in drawn.masks.items():
        if not mask.any():
            continue
        seen = lungs if kind == "lungs" else reading.full(kind) >= limits[kind]
        yield f"dice {kind}", maps.dice(seen & reading.prepared.inside, mask)
    opacity = drawn.masks.get("opacity")
    if opacity is None or not opacity.any():
        return
    for name, heat in heats(reading, card):
        yield f"pointing {name}", maps.points_inside(heat, opacity)
        yield f"energy in opacity {name}", maps.energy_inside(heat, opacity)
        if "lungs" in drawn.masks:
            yield f"energy in lungs {name}", maps.energy_inside(heat, drawn.masks["lungs"])
    if "lungs" in drawn.masks:
        yield "pointing lung centre", _centres_inside(drawn.masks["lungs"], opacity)
        yield "pointing random lung pixel", float(opacity[drawn.masks["lungs"]].mean())


def heats(reading: Reading, card: ModelCard) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Give each map as heat above what counts as cold: the threshold of the class map, the bar's low end of others."""
    rule = card.rule_of("lung_opacity").calibration
    evidence = reading.output.evidence[0, FINDINGS.index("lung_opacity")]
    classes = heatmap.class_map(evidence, reading.output.lungs[0, 0], rule) - rule.threshold_log_odds
    layer = heatmap.layer_sum(reading.output.layer19[0], "positive")
    inside = reading.prepared.inside
    yield "opacity pixels", np.where(inside, reading.full("opacity"), 0)
    yield "opacity pixels in lungs", np.where(inside, reading.full("opacity") * reading.full("lungs"), 0)
    yield "class map", np.where(inside, _enlarged(classes, inside.shape), classes.min())
    low = card.scale_of("intensity", None).low
    yield "layer 19", np.where(inside, _enlarged(layer, inside.shape) - low, -low)


def _enlarged(values: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(values, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)


def _centres_inside(lungs: Mask, opacity: Mask) -> float:
    """Return the share of the two lungs whose centre of mass lies in an opacity."""
    centres = [np.argwhere(lung).mean(axis=0).round().astype(int) for lung in _two_lungs(lungs)]
    hits = [bool(opacity[row, column]) for row, column in centres]
    return float(np.mean(hits)) if hits else math.nan


def _lung_extents(lungs: Mask, opacity: Mask) -> tuple[float, ...]:
    return tuple(float(opacity[lung].mean()) for lung in _two_lungs(lungs))


def _two_lungs(lungs: Mask) -> list[Mask]:
    """Return the two largest pieces; lungs that touch are parted in the middle of their width."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lungs.astype(np.uint8), connectivity=4)
    order = sorted(range(1, count), key=lambda label: -int(stats[label, cv2.CC_STAT_AREA]))[:2]
    if not order:
        return []
    areas = [int(stats[label, cv2.CC_STAT_AREA]) for label in order]
    if len(areas) == 2 and areas[1] >= 0.1 * areas[0]:
        return [labels == label for label in order]
    whole = labels == order[0]
    middle = int(stats[order[0], cv2.CC_STAT_LEFT] + stats[order[0], cv2.CC_STAT_WIDTH] // 2)
    left, right = whole.copy(), whole.copy()
    left[:, middle:], right[:, :middle] = False, False
    return [left, right]
