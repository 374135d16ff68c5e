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

    @property
    def n(self) -> int:
        """All films."""
        return self.true_positive + self.false_positive + self.false_negative + self.true_negative


def confusion(truth: Truth, called: Truth) -> Confusion:
    """Count the four kinds."""
    kinds = (truth & called, ~truth & called, truth & ~called, ~truth & ~called)
    return Confusion(*(int(kind.sum()) for kind in kinds))


def recall(truth: Truth, called: Truth) -> Measure:
    """Share of true films that are called (sensitivity; with both arguments negated, specificity)."""
    return _share(truth & called, truth)


def precision(truth: Truth, called: Truth) -> Measure:
    """Share of called films that are true (positive predictive value at the films' own prevalence)."""
    return _share(truth & called, called)


def accuracy(truth: Truth, called: Truth) -> Measure:
    """Share of films called rightly."""
    return _share(truth == called, np.ones_like(truth))


def balanced_accuracy(truth: Truth, called: Truth) -> Measure:
    """Mean of sensitivity and specificity."""
    sensitivity, specificity = recall(truth, called), recall(~truth, ~called)
    return lambda weights: (sensitivity(weights) + specificity(weights)) / 2


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


def _share(part: Truth, whole: Truth) -> Measure:
    hits, all_ = part.astype(float), whole.astype(float)
    return lambda weights: ratio(weights @ hits, weights @ all_)
