"""Maps: whether masks agree, and whether a heat map is hot where the opacity is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.metrics.intervals import Measure, Values, Weights, ratio

Mask = NDArray[np.bool_]


def dice(first: Mask, second: Mask) -> float:
    """Return 2 |A and B| / (|A| + |B|); NaN when both are empty."""
    total = int(first.sum()) + int(second.sum())
    return 2 * int((first & second).sum()) / total if total else float("nan")


def energy_inside(heat: NDArray[np.floating], mask: Mask) -> float:
    """Return the share of a map's positive heat that lies inside the mask; NaN for a map without heat."""
    positive = np.clip(heat.astype(np.float64), 0, None)
    total = float(positive.sum())
    return float(positive[mask].sum()) / total if total > 0 else float("nan")


def points_inside(heat: NDArray[np.floating], mask: Mask) -> float:
    """Pointing game: 1 when the hottest pixel lies inside the mask, 0 when not; ties share."""
    hottest = heat == heat.max()
    return float(mask[hottest].mean())


def correlation(first: Values, second: Values) -> Measure:
    """Pearson's r between two values a film."""

    def r(weights: Weights) -> Values:
        total = weights.sum(axis=1)
        mean_first, mean_second = weights @ first / total, weights @ second / total
        shared = weights @ (first * second) / total - mean_first * mean_second
        spread_first = weights @ first**2 / total - mean_first**2
        spread_second = weights @ second**2 / total - mean_second**2
        return ratio(shared, np.sqrt(np.clip(spread_first * spread_second, 0, None)))

    return r
