"""Classes: what calling films at a threshold gives: confusion, precision, recall, F1, predictive values, benefit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.metrics.intervals import Measure, Values, Weights, ratio

Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts of called and true."""

    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int


def confusion(truth: Truth, called: Truth) -> Confusion:
    """Count the four kinds."""
    kinds = (truth & called, ~truth & called, truth & ~called, ~truth & ~called)
    return Confusion(*(int(kind.sum()) for kind in kinds))


def f1(truth: Truth, called: Truth) -> Measure:
    """Harmonic mean of precision and recall."""
    hits, both = (truth & called).astype(float), truth.astype(float) + called.astype(float)

    def score(weights: Weights) -> Values:
        return ratio(2 * (weights @ hits), weights @ both)

    return score


def predictive_values(sensitivity: float, specificity: float, prevalence: float) -> tuple[float, float]:
    """Return positive and negative predictive value by Bayes' rule at this prevalence."""
    hit, alarm = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    quiet, miss = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    positive = hit / (hit + alarm) if hit + alarm else float("nan")
    negative = quiet / (quiet + miss) if quiet + miss else float("nan")
    return positive, negative


def net_benefit(truth: Truth, probability: Values, thresholds: Values) -> Values:
    """Return the net benefit of acting on films above each threshold (decision curve, Vickers & Elkin 2006)."""
    called = probability[None, :] >= thresholds[:, None]
    true, false = (called & truth).mean(axis=1), (called & ~truth).mean(axis=1)
    return np.asarray(true - false * thresholds / (1 - thresholds))
