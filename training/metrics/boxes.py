"""Boxes: average precision, the RSNA challenge's mean over thresholds, and false boxes a film (FROC)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.metrics.intervals import Measure, Values, Weights, ratio, weighted_mean

Boxes = NDArray[np.float64]
"""Shape (n, 4): row, column, height, width, in any unit that is the same for both sides."""
RSNA_THRESHOLDS = tuple(np.round(np.arange(0.40, 0.76, 0.05), 2).tolist())


@dataclass(frozen=True, slots=True, eq=False)
class BoxedFilm:
    """The boxes of one film: those found, the surest first, with their scores, shape (n,); and the true ones."""

    found: Boxes
    scores: Values
    true: Boxes

    def __post_init__(self) -> None:
        if np.any(np.diff(self.scores) > 0):
            raise ValueError("boxes must come with the surest first")


def overlap(first: Boxes, second: Boxes) -> Values:
    """Return intersection over union of every pair, shape (len(first), len(second))."""
    top = np.maximum(first[:, None, :2], second[None, :, :2])
    bottom = np.minimum(first[:, None, :2] + first[:, None, 2:], second[None, :, :2] + second[None, :, 2:])
    shared = np.clip(bottom - top, 0, None).prod(axis=2)
    union = first[:, None, 2:].prod(axis=2) + second[None, :, 2:].prod(axis=2) - shared
    return np.asarray(np.divide(shared, union, out=np.zeros_like(shared), where=union > 0))


def hits(film: BoxedFilm, threshold: float) -> NDArray[np.bool_]:
    """Tell which found boxes are right: each takes the best true box left that it overlaps by ``threshold``."""
    free = np.ones(len(film.true), bool)
    right = np.zeros(len(film.found), bool)
    pairs = overlap(film.found, film.true)
    for number in range(len(film.found)):
        candidates = np.where(free, pairs[number], -1.0) if len(film.true) else np.empty(0)
        if len(candidates) and candidates.max() >= threshold:
            free[int(candidates.argmax())] = False
            right[number] = True
    return right


def average_precision(films: Sequence[BoxedFilm], threshold: float) -> Measure:
    """Area under the precision-recall curve of all boxes, precision made falling (as PASCAL VOC 2010 and COCO)."""
    flat = _flat(films, threshold)

    def area(weights: Weights) -> Values:
        found, false, total = flat.running(weights)
        precision = np.divide(found, found + false, out=np.zeros_like(found), where=found + false > 0)
        falling = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
        gained = np.diff(found, axis=1, prepend=0.0)
        return ratio((falling * gained).sum(axis=1), total)

    return area


def sensitivity_at(films: Sequence[BoxedFilm], false_per_film: float, threshold: float = 0.3) -> Measure:
    """Share of true boxes found at the lowest score that keeps false boxes a film within ``false_per_film`` (FROC)."""
    flat = _flat(films, threshold)

    def sensitivity(weights: Weights) -> Values:
        found, false, total = flat.running(weights)
        allowed = false <= false_per_film * weights.sum(axis=1, keepdims=True) + 1e-9
        return ratio(np.where(allowed, found, 0.0).max(axis=1, initial=0.0), total)

    return sensitivity


def froc(films: Sequence[BoxedFilm], threshold: float = 0.3) -> tuple[Values, Values]:
    """Return false boxes a film and sensitivity as the score falls."""
    found, false, total = _flat(films, threshold).running(np.ones((1, len(films))))
    return false[0] / max(len(films), 1), found[0] / max(total[0], 1)


def false_boxes(films: Sequence[BoxedFilm], threshold: float = 0.3) -> Measure:
    """Mean number of boxes on a film that are not right; on films without true boxes, of all boxes."""
    return weighted_mean(np.array([float((~hits(film, threshold)).sum()) for film in films]))


def rsna_mean(films: Sequence[BoxedFilm], thresholds: Sequence[float] = RSNA_THRESHOLDS) -> Measure:
    """Return the RSNA challenge's score: a film's TP / (TP + FP + FN), averaged over thresholds and films.

    Films with neither true nor found boxes do not count, as in the challenge.
    """
    return weighted_mean(np.array([_rsna_film(film, thresholds) for film in films]))


def _rsna_film(film: BoxedFilm, thresholds: Sequence[float]) -> float:
    if not len(film.true) and not len(film.found):
        return float("nan")
    shares = []
    for threshold in thresholds:
        right = int(hits(film, threshold).sum())
        shares.append(right / (len(film.found) + len(film.true) - right))
    return float(np.mean(shares))


@dataclass(frozen=True, slots=True, eq=False)
class _Flat:
    """All found boxes of all films, the surest first: whether right, and of which film; true boxes a film."""

    right: NDArray[np.bool_]
    film: NDArray[np.intp]
    ends: NDArray[np.intp]
    true: Values

    def running(self, weights: Weights) -> tuple[Values, Values, Values]:
        """Return right and false boxes down to each score, (rounds, scores), and true boxes, (rounds,)."""
        each = weights[:, self.film]
        found = np.cumsum(np.where(self.right, each, 0.0), axis=1)[:, self.ends]
        false = np.cumsum(np.where(self.right, 0.0, each), axis=1)[:, self.ends]
        return found, false, weights @ self.true


def _flat(films: Sequence[BoxedFilm], threshold: float) -> _Flat:
    right = np.concatenate([np.empty(0, bool), *(hits(film, threshold) for film in films)])
    scores = np.concatenate([np.empty(0), *(film.scores for film in films)])
    owner = np.repeat(np.arange(len(films)), [len(film.found) for film in films])
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    ends = np.flatnonzero(np.concatenate([ordered[1:] != ordered[:-1], np.ones(min(len(ordered), 1), bool)]))
    return _Flat(right[order], owner[order], ends, np.array([float(len(film.true)) for film in films]))
