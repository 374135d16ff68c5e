"""Intervals: the patient-cluster bootstrap for any measure, and Wilson's interval for proportions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]
"""Shape (rounds, films): how often each film counts in each round."""
Values = NDArray[np.float64]
Measure = Callable[[Weights], Values]
"""From weights, shape (rounds, films), to one value a round, shape (rounds,); NaN where it cannot be told."""
ROUNDS = 2000
LEVEL = 0.95
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval; ``n`` films of ``clusters`` patients (or groups of copies).

    All three numbers are NaN when the measure is not defined on these films.
    """

    value: float
    low: float
    high: float
    n: int
    clusters: int

    def __str__(self) -> str:
        if math.isnan(self.value):
            return f"not defined (n={self.n})"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] (n={self.n})"


def resample(groups: Sequence[str], rounds: int = ROUNDS, seed: int = 0) -> Weights:
    """Draw whole groups with replacement.

    Returns
    -------
    Weights, shape (rounds + 1, films); the first row is all ones: the films as they are.
    """
    _, codes = np.unique(np.asarray(groups), return_inverse=True)
    count = int(codes.max()) + 1 if len(codes) else 0
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / max(count, 1)), size=rounds)
    return np.concatenate([np.ones((1, len(codes))), drawn[:, codes].astype(np.float64)])


def estimate(measure: Measure, groups: Sequence[str], rounds: int = ROUNDS, seed: int = 0) -> Estimate:
    """Return the measure on the films as they are, with the percentile interval of the cluster bootstrap.

    Parameters
    ----------
    measure
        Any measure of this package, with its films already given.
    groups
        One group a film; films of a group are drawn together. A single group gives no interval.
    """
    if not groups:
        return Estimate(math.nan, math.nan, math.nan, 0, 0)
    values = measure(resample(groups, rounds, seed))
    clusters = len(set(groups))
    drawn = values[1:][~np.isnan(values[1:])]
    if math.isnan(values[0]) or len(drawn) < rounds // 2 or clusters < 2:
        return Estimate(float(values[0]), math.nan, math.nan, len(groups), clusters)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(values[0]), float(low), float(high), len(groups), clusters)


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a proportion; (nan, nan) without trials."""
    if trials <= 0:
        return math.nan, math.nan
    share = successes / trials
    spread = _Z * math.sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2))
    centre, scale = share + _Z**2 / (2 * trials), 1 + _Z**2 / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def proportion(hits: Sequence[bool], groups: Sequence[str]) -> Estimate:
    """Return a share of films with Wilson's interval, counting as many trials as there are groups."""
    count, clusters = len(hits), len(set(groups))
    if not count:
        return Estimate(math.nan, math.nan, math.nan, 0, 0)
    share = sum(hits) / count
    return Estimate(share, *wilson(share * clusters, clusters), count, clusters)


def weighted_mean(values: Values) -> Measure:
    """Return the mean of one value a film as a measure; films with NaN are left out."""
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)

    def mean(weights: Weights) -> Values:
        return ratio(weights @ filled, weights @ known.astype(np.float64))

    return mean


def ratio(above: Values, below: Values) -> Values:
    """Divide, NaN where the divisor is zero."""
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), math.nan), where=below > 0))
