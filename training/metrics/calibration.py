"""Calibration: whether a probability of 0.8 means four of five (Brier score, calibration error, reliability)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.metrics.intervals import Measure, Values, Weights, ratio, weighted_mean

Truth = NDArray[np.bool_]
BINS = 10


def brier(truth: Truth, probability: Values) -> Measure:
    """Mean squared difference between probability and truth (0 is perfect, .25 is always one half)."""
    return weighted_mean((probability - truth) ** 2)


def expected_error(truth: Truth, probability: Values, bins: int = BINS) -> Measure:
    """Expected calibration error over ``bins`` equally wide bins (Naeini et al. 2015)."""
    member = _member(probability, bins)

    def error(weights: Weights) -> Values:
        gap = np.abs(weights @ (member * (probability - truth)[:, None]))
        return ratio(gap.sum(axis=1), weights.sum(axis=1))

    return error


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the reliability diagram."""

    low: float
    high: float
    n: int
    said: float
    """Mean probability; NaN when no film fell in."""
    seen: float
    """Share of positive films."""


def reliability(truth: Truth, probability: Values, bins: int = BINS) -> list[Bin]:
    """Return the reliability diagram's bars."""
    member = _member(probability, bins) > 0
    bars = []
    for number in range(bins):
        inside = member[:, number]
        count = int(inside.sum())
        said = float(probability[inside].mean()) if count else float("nan")
        seen = float(truth[inside].mean()) if count else float("nan")
        bars.append(Bin(number / bins, (number + 1) / bins, count, said, seen))
    return bars


def _member(probability: Values, bins: int) -> Values:
    place = np.minimum((probability * bins).astype(int), bins - 1)
    return np.asarray(np.eye(bins)[place])
