"""Lines: one measured number each, with its interval, what it was measured on and the goal it is held against."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.card import Figure
from training.answers import Answer, Shown
from training.metrics.intervals import Estimate, Measure, estimate, proportion, weighted_mean

Truth = NDArray[np.bool_]
Values = NDArray[np.float64]
FEWEST = 30
"""Numbers of subgroups with fewer films are not shown."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed at: at least (``least``) or at most (``most``) so much."""

    least: float | None = None
    most: float | None = None

    def met(self, value: float) -> bool:
        """Tell whether the value itself (not its interval) reaches the goal."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured number."""

    name: str
    estimate: Estimate
    measured_on: str
    goal: Goal | None = None

    @property
    def verdict(self) -> str:
        """Return "met" or "missed"; "" without a goal or a value."""
        if self.goal is None or math.isnan(self.estimate.value):
            return ""
        return "met" if self.goal.met(self.estimate.value) else "missed"

    def figure(self) -> Figure | None:
        """Return the line as a figure of a model card; None when nothing could be measured."""
        found = self.estimate
        if math.isnan(found.value):
            return None
        low, high = (None if math.isnan(end) else end for end in (found.low, found.high))
        return Figure(self.name, found.value, low, high, found.n, self.measured_on)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that answer one question, and a sentence on how to read them."""

    title: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Films chosen for one question: their answers, truths and names in one place."""

    answers: tuple[Answer, ...]
    truth: Truth
    words: str

    @property
    def groups(self) -> list[str]:
        """Group of each film; a film without one is its own patient's."""
        return [answer.row.group or answer.row.patient for answer in self.answers]

    @property
    def telling(self) -> bool:
        """Whether both answers occur."""
        return bool(self.truth.any() and not self.truth.all())

    def measure(self, measure: Measure) -> Estimate:
        """Return the measure of these films with its interval."""
        return estimate(measure, self.groups)

    def share(self, hits: Sequence[bool] | Truth) -> Estimate:
        """Return the share of these films that are hits; where it is none or all, with Wilson's interval."""
        values = np.asarray(hits, np.float64)
        if values.size == 0 or values.min() == values.max():
            return proportion([bool(hit) for hit in hits], self.groups)
        return self.measure(weighted_mean(values))

    def logits(self, finding: str, shown: Shown = "whole") -> Values:
        """Return one raw logit a film."""
        return np.array([answer.logits[shown][finding] for answer in self.answers], np.float64)

    def at(self, kept: Truth) -> Chosen:
        """Return those films at which ``kept`` is true."""
        places = np.flatnonzero(kept)
        return Chosen(tuple(self.answers[place] for place in places), self.truth[places], self.words)

    def where(self, keep: Callable[[Answer], bool], words: str) -> Chosen:
        """Return those films of which ``keep`` is true."""
        kept = [number for number, answer in enumerate(self.answers) if keep(answer)]
        return Chosen(tuple(self.answers[number] for number in kept), self.truth[kept], words)


def choose(answers: Iterable[Answer], truth: Callable[[Answer], bool | None], words: str) -> Chosen:
    """Choose the films of which ``truth`` is known."""
    known = [(answer, truth(answer)) for answer in answers]
    kept = [(answer, bool(value)) for answer, value in known if value is not None]
    return Chosen(tuple(answer for answer, _ in kept), np.array([value for _, value in kept], bool), words)


def adults(answers: Sequence[Answer]) -> list[Answer]:
    """Return frontal films of adults and of people whose age is not known."""
    return [answer for answer in answers if answer.row.frontal and answer.row.adult is not False]


def children(answers: Sequence[Answer]) -> list[Answer]:
    """Return frontal films of children."""
    return [answer for answer in answers if answer.row.frontal and answer.row.adult is False]
