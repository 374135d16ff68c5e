"""Operating points: what calling films at each threshold of the card means in counts, rates and predictive values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from model.card import ModelCard
from model.findings.calibration import Calibration
from training.answers import Answer
from training.judging.findings import covid_sets, opacity_sets, probabilities
from training.judging.lines import Chosen
from training.metrics import classes
from training.metrics.intervals import Estimate, wilson

PREVALENCES = (0.01, 0.05, 0.20)
Point = Literal["rule out", "threshold", "rule in"]


@dataclass(frozen=True, slots=True)
class Class:
    """How one answer fares: precision, recall, their harmonic mean, and how many films have it (support)."""

    answer: Literal["yes", "no"]
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Operating:
    """What calling from ``level`` on gives on one set of films; rates have Wilson's intervals.

    ``point`` says where the level comes from: validation films have 95 % of the positive films above "rule out", 95 %
    of the negative ones below "rule in", and Youden's index largest at "threshold".
    """

    finding: str
    words: str
    point: Point
    level: float
    counts: classes.Confusion
    classes: tuple[Class, Class]
    sensitivity: Estimate
    specificity: Estimate
    predictive: tuple[tuple[float, float, float], ...]
    """Prevalence, positive and negative predictive value."""


def operating_points(answers: Sequence[Answer], card: ModelCard) -> list[Operating]:
    """Return the three operating points of each finding on each set."""
    return [
        _operating(finding, chosen, card, point, level)
        for finding, sets in (("lung_opacity", opacity_sets(answers)), ("covid19", covid_sets(answers)))
        for chosen in sets
        for point, level in _levels(card.rule_of(finding).calibration)
    ]


def _levels(rule: Calibration) -> Iterator[tuple[Point, float]]:
    yield "rule out", rule.lower
    yield "threshold", rule.threshold
    yield "rule in", rule.upper


def _operating(finding: str, chosen: Chosen, card: ModelCard, point: Point, level: float) -> Operating:
    counts = classes.confusion(chosen.truth, probabilities(chosen, card, finding) >= level)
    sensitivity = _rate(counts.true_positive, counts.false_negative)
    specificity = _rate(counts.true_negative, counts.false_positive)
    predictive = tuple(
        (share, *classes.predictive_values(sensitivity.value, specificity.value, share)) for share in PREVALENCES
    )
    yes = _class("yes", counts.true_positive, counts.false_positive, counts.false_negative)
    no = _class("no", counts.true_negative, counts.false_negative, counts.false_positive)
    return Operating(finding, chosen.words, point, level, counts, (yes, no), sensitivity, specificity, predictive)


def _class(answer: Literal["yes", "no"], right: int, wrong: int, missed: int) -> Class:
    precision = right / (right + wrong) if right + wrong else float("nan")
    f1 = 2 * right / (2 * right + wrong + missed)
    return Class(answer, precision, right / (right + missed), f1, right + missed)


def _rate(right: int, wrong: int) -> Estimate:
    low, high = wilson(right, right + wrong)
    return Estimate(right / (right + wrong), low, high, right + wrong, right + wrong)
