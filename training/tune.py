"""Tuning on validation films: everything in a model card that is chosen rather than learned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from model.card import BoxRule, GateRule, MapScale, PixelRule
from model.errors import NegatoscopeError
from model.findings.calibration import Calibration
from model.findings.prediction import Grid
from model.findings.vocabulary import COVID19, LUNG_OPACITY
from model.net import boxes
from model.net.architecture import FINDINGS
from model.net.heatmap import Reduction
from training.datasets.row import PixelKind
from training.metrics.boxes import BoxedFilm, average_precision
from training.metrics.ranking import threshold_at_sensitivity, threshold_at_specificity, youden_threshold
from training.survey import Answer

BAND = 0.95
"""The uncertain band ends where this share of the positive films lies above and of the negative ones below."""
FALSE_BOXES = 0.3
"""Boxes that a film without opacity may have on average."""
FEWEST = 10
"""Positive and negative films that a calibration needs."""
THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(13))
AREAS = (0.004, 0.008, 0.015, 0.03, 0.05)
GAPS = (0.0, 0.02, 0.05)
SCORES = tuple(round(0.05 * step, 2) for step in range(20))
_INPUT = Grid(0.0, 0.0, 1.0, 1.0)


class TuningError(NegatoscopeError):
    """The validation films do not suffice to choose a rule."""


def calibration(answers: Sequence[Answer], finding: str) -> Calibration:
    """Fit temperature and offset by likelihood, take the threshold of the best Youden index, and the band around it.

    Only films of adults on which the finding is known count.

    Raises
    ------
    TuningError
        When there are fewer than ``FEWEST`` films of either answer.
    """
    known = [(answer.logit(finding), true) for answer in answers if (true := _truth(answer, finding)) is not None]
    logits = np.array([logit for logit, _ in known])
    truth = np.array([true for _, true in known], dtype=np.bool_)
    if min(truth.sum(), (~truth).sum()) < FEWEST:
        raise TuningError("films", f"The validation films hold fewer than {FEWEST} of either answer on {finding}.")
    scale, offset = _fit(logits, truth)
    probability = expit(scale * logits + offset)
    threshold = _inside(youden_threshold(truth, probability))
    return Calibration(
        temperature=1 / scale,
        offset=offset,
        threshold=threshold,
        lower=min(threshold, _inside(threshold_at_sensitivity(truth, probability, BAND))),
        upper=max(threshold, _inside(threshold_at_specificity(truth, probability, BAND))),
    )


def _truth(answer: Answer, finding: str) -> bool | None:
    if answer.row.adult is False:
        return None
    return {LUNG_OPACITY.id: answer.row.opacity, COVID19.id: answer.row.covid}[finding]


def _fit(logits: NDArray[np.float64], truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Return scale (positive) and offset of the likeliest logistic curve (Platt 1999, with his targets)."""
    positive = truth.sum()
    target = np.where(truth, (positive + 1) / (positive + 2), 1 / (len(truth) - positive + 2))

    def loss(parameters: NDArray[np.float64]) -> float:
        odds = np.exp(parameters[0]) * logits + parameters[1]
        return float((np.logaddexp(0, odds) - target * odds).mean())

    found = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 4000})
    return float(np.exp(found.x[0])), float(found.x[1])


def _inside(probability: float) -> float:
    return float(np.clip(probability, 0.01, 0.99))


def pixel_rule(answers: Iterable[Answer]) -> PixelRule:
    """Take for every class the threshold of the best mean Dice on films with such masks; 0.5 where there are none."""
    known = list(answers)
    return PixelRule(*(_best_threshold(known, kind) for kind in ("lungs", "opacity", "heart")))


def _best_threshold(answers: Sequence[Answer], kind: PixelKind) -> float:
    masked = [answer for answer in answers if kind in answer.truth and answer.truth[kind].any()]
    if not masked:
        return 0.5
    scores = [np.mean([_dice(answer, kind, threshold) for answer in masked]) for threshold in THRESHOLDS]
    return float(THRESHOLDS[int(np.argmax(scores))])


def _dice(answer: Answer, kind: PixelKind, threshold: float) -> float:
    truth = answer.truth[kind] & answer.inside
    marked = (answer.probability(kind) >= threshold) & answer.inside
    return float(2 * (truth & marked).sum() / (truth.sum() + marked.sum()))


def box_rule(answers: Sequence[Answer], pixels: PixelRule) -> BoxRule:
    """Choose threshold, area and gap by average precision, then the score that keeps false boxes on clear films rare.

    The truth is radiologists' boxes, or the connected parts of their opacity masks.

    Raises
    ------
    TuningError
        When no film has either.
    """
    judged = [(answer, truth) for answer in answers if (truth := true_boxes(answer)) is not None]
    if not any(len(truth) for _, truth in judged):
        raise TuningError("boxes", "No validation film has a box or an opacity mask.")
    best, most = BoxRule(0.5, 0.0, 0.0, 0.0), -1.0
    for threshold in THRESHOLDS:
        found = [(boxes.pieces(answer.chest(), pixels, threshold), truth) for answer, truth in judged]
        for area, gap in product(AREAS, GAPS):
            rule = BoxRule(threshold, area, 0.0, gap)
            precision = _precision([_boxed(pieces, truth, rule) for pieces, truth in found])
            if precision > most:
                best, most = rule, precision
    return replace(best, minimum_score=_sure_enough(answers, pixels, best))


def _sure_enough(answers: Sequence[Answer], pixels: PixelRule, rule: BoxRule) -> float:
    """Return the lowest score that keeps boxes on clear films within ``FALSE_BOXES`` a film."""
    clear = [answer for answer in answers if _truth(answer, LUNG_OPACITY.id) is False]
    found = [boxes.pieces(answer.chest(), pixels, rule.threshold) for answer in clear]
    for score in SCORES:
        films = [_boxed(pieces, np.empty((0, 4)), replace(rule, minimum_score=score)) for pieces in found]
        if sum(len(film.found) for film in films) <= FALSE_BOXES * len(films):
            return score
    return SCORES[-1]


def true_boxes(answer: Answer) -> NDArray[np.float64] | None:
    """Return the boxes that radiologists drew or that enclose the parts of their opacity masks; None when neither."""
    if answer.boxes is not None:
        return answer.boxes
    if "opacity" not in answer.truth:
        return None
    mask = answer.truth["opacity"]
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    smallest = 0.001 * answer.inside.sum()
    parts = [stats[i, [1, 0, 3, 2]] for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= smallest]
    return np.array(parts, dtype=np.float64).reshape(-1, 4)


def _boxed(pieces: boxes.Pieces, truth: NDArray[np.float64], rule: BoxRule) -> BoxedFilm:
    found = boxes.assemble(pieces, rule, _INPUT, (pieces.side, pieces.side))
    corners = np.array([(box.row, box.column, box.height, box.width) for box in found], dtype=np.float64)
    return BoxedFilm(corners.reshape(-1, 4), np.array([box.score for box in found], dtype=np.float64), truth)


def _precision(films: Sequence[BoxedFilm]) -> float:
    weights = np.ones((1, len(films)))
    return float(np.mean([average_precision(films, overlap)(weights)[0] for overlap in (0.3, 0.5)]))


def gate_rule(answers: Iterable[Answer]) -> GateRule:
    """Take limits that nearly all frontal films of adults keep: the extreme percents with half as much room again."""
    shapes = [answer.shape for answer in answers if answer.row.frontal and answer.row.adult is not False]

    def limits(values: list[float]) -> tuple[float, float]:
        low, middle, high = np.percentile(values, (1, 50, 99))
        return float(max(0.0, middle - 1.5 * (middle - low))), float(middle + 1.5 * (high - middle))

    return GateRule(
        area=limits([shape.area for shape in shapes]),
        certainty=limits([shape.certainty for shape in shapes])[0],
        balance=limits([shape.balance for shape in shapes])[0],
        contrast=limits([shape.contrast for shape in shapes])[0],
        tallness=limits([shape.tallness for shape in shapes]),
    )


def map_scales(
    answers: Sequence[Answer], calibrations: dict[str, Calibration], pixels: PixelRule, reduction: Reduction
) -> tuple[MapScale, ...]:
    """Take every colour bar from percentiles over all validation films.

    The intensity goes from the median cell to the 99.5th percentile; class maps reach equally far to both sides of
    their threshold, as far as 99 % of the cells in the lungs; probabilities go from 0 to 1.
    """
    low, high = np.percentile(np.concatenate([answer.layer.ravel() for answer in answers]), (50, 99.5))
    layer = [MapScale(kind, None, float(low), float(high), None, reduction) for kind in ("intensity", "smoothed")]
    classes = [_class_scale(answers, finding, rule) for finding, rule in calibrations.items()]
    marks = (
        MapScale("opacity", LUNG_OPACITY.id, 0.0, 1.0, pixels.opacity, None),
        MapScale("lungs", None, 0.0, 1.0, pixels.lungs, None),
        MapScale("heart", None, 0.0, 1.0, pixels.heart, None),
    )
    return (*layer, *classes, *marks)


def _class_scale(answers: Sequence[Answer], finding: str, rule: Calibration) -> MapScale:
    channel = FINDINGS.index(finding)
    cells = np.concatenate([answer.evidence[channel][answer.lungs > 0.5] for answer in answers])
    away = np.abs(cells / rule.temperature + rule.offset - rule.threshold_log_odds)
    reach = float(np.percentile(away, 99)) if len(away) else 1.0
    middle = rule.threshold_log_odds
    return MapScale("class", finding, middle - reach, middle + reach, middle, None)
