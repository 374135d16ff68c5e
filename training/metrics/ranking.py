"""Ranking: how well scores put positive films above negative ones (ROC, precision-recall, operating points)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.metrics.intervals import LEVEL, Estimate, Measure, Values, Weights, ratio

Truth = NDArray[np.bool_]


def roc_auc(truth: Truth, scores: Values) -> Measure:
    """Area under the ROC curve: the chance that a positive film scores above a negative one, ties half."""
    order, starts = _levels(scores)

    def area(weights: Weights) -> Values:
        positive, negative = _per_level(weights, truth, order, starts)
        below = np.cumsum(negative, axis=1) - negative / 2
        totals = positive.sum(axis=1) * negative.sum(axis=1)
        return ratio((positive * below).sum(axis=1), totals)

    return area


def average_precision(truth: Truth, scores: Values) -> Measure:
    """Area under the precision-recall curve as a step function (no interpolation)."""
    order, starts = _levels(scores)

    def area(weights: Weights) -> Values:
        positive, negative = (side[:, ::-1] for side in _per_level(weights, truth, order, starts))
        found, called = np.cumsum(positive, axis=1), np.cumsum(positive + negative, axis=1)
        precision = np.divide(found, called, out=np.zeros_like(found), where=called > 0)
        return ratio((precision * positive).sum(axis=1), positive.sum(axis=1))

    return area


def false_alarms_at(truth: Truth, scores: Values, sensitivity: float) -> Measure:
    """Share of negative films called positive at the highest threshold that finds ``sensitivity`` of the positive."""
    order, starts = _levels(scores)

    def alarms(weights: Weights) -> Values:
        positive, negative = (side[:, ::-1] for side in _per_level(weights, truth, order, starts))
        found, false = np.cumsum(positive, axis=1), np.cumsum(negative, axis=1)
        reached = found >= sensitivity * positive.sum(axis=1, keepdims=True) - 1e-9
        first = reached.argmax(axis=1)
        return ratio(false[np.arange(len(first)), first], negative.sum(axis=1))

    return alarms


def chance(truth: Truth, scores: Values, groups: Sequence[str], rounds: int = 500, seed: int = 0) -> Estimate:
    """ROC AUC when the answer of every patient is drawn by lot: its mean, and the range of 95 % of the draws.

    Films of a group get one answer, positive as often as films are. What a network reaches within this range, it may
    have reached by luck on so few patients.
    """
    names, codes = np.unique(np.asarray(groups), return_inverse=True)
    lots = np.random.default_rng(seed).random((rounds, len(names))) < truth.mean()
    films = np.ones((1, len(truth)))
    areas = np.array([roc_auc(lot[codes], scores)(films)[0] for lot in lots])
    drawn = areas[~np.isnan(areas)]
    if not len(drawn):
        return Estimate(np.nan, np.nan, np.nan, len(truth), len(names))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(drawn.mean()), float(low), float(high), len(truth), len(names))


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Points of a curve with the threshold of each, from the highest threshold to the lowest."""

    x: Values
    y: Values
    thresholds: Values


def roc_curve(truth: Truth, scores: Values) -> Curve:
    """Return false-positive rate (x) and true-positive rate (y)."""
    found, false, thresholds = _running(truth, scores)
    return Curve(
        np.concatenate([[0.0], false / max(false[-1], 1)]),
        np.concatenate([[0.0], found / max(found[-1], 1)]),
        np.concatenate([[np.inf], thresholds]),
    )


def precision_recall_curve(truth: Truth, scores: Values) -> Curve:
    """Return recall (x) and precision (y)."""
    found, false, thresholds = _running(truth, scores)
    return Curve(found / max(found[-1], 1), found / (found + false), thresholds)


def youden_threshold(truth: Truth, scores: Values) -> float:
    """Return the score from which calling a film positive makes sensitivity + specificity largest."""
    curve = roc_curve(truth, scores)
    return float(curve.thresholds[int(np.argmax(curve.y - curve.x))])


def threshold_at_sensitivity(truth: Truth, scores: Values, sensitivity: float) -> float:
    """Return the highest score from which at least this share of the positive films is called."""
    curve = roc_curve(truth, scores)
    return float(curve.thresholds[int(np.argmax(curve.y >= sensitivity - 1e-9))])


def threshold_at_specificity(truth: Truth, scores: Values, specificity: float) -> float:
    """Return the lowest score from which at most ``1 - specificity`` of the negative films is called."""
    curve = roc_curve(truth, scores)
    return float(curve.thresholds[np.flatnonzero(curve.x <= 1 - specificity + 1e-9)[-1]])


def _levels(scores: Values) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Order of rising scores and where each distinct score begins in it."""
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    return order, np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _per_level(
    weights: Weights, truth: Truth, order: NDArray[np.intp], starts: NDArray[np.intp]
) -> tuple[Values, Values]:
    ordered = weights[:, order]
    sides = (np.where(truth[order], ordered, 0.0), np.where(truth[order], 0.0, ordered))
    positive, negative = (np.add.reduceat(side, starts, axis=1) for side in sides)
    return positive, negative


def _running(truth: Truth, scores: Values) -> tuple[Values, Values, Values]:
    order, starts = _levels(scores)
    positive, negative = _per_level(np.ones((1, len(scores))), truth, order, starts)
    return np.cumsum(positive[0, ::-1]), np.cumsum(negative[0, ::-1]), scores[order][starts][::-1]
