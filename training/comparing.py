"""Comparing: measures of several ways to train, seed by seed, as a table and as a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.stats import t as student

from training.drawing.style import INK, QUIET, WARM, canvas

Found = Mapping[str, Sequence[Mapping[str, float]]]
"""By variant, the measures of each seed; the first variant is what the others are held against."""
_ACROSS = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of one variant over all seeds, and its difference from the first variant, seed by seed.

    ``low`` and ``high`` are the 95 % interval of the difference by Student's t; NaN for the first variant and for
    fewer than two seeds.
    """

    variant: str
    measure: str
    values: tuple[float, ...]
    difference: float
    low: float
    high: float

    @property
    def mean(self) -> float:
        """The mean over the seeds."""
        return float(np.mean(self.values))


def compare(found: Found) -> list[Comparison]:
    """Hold every variant against the first, measure by measure, with the same seeds side by side.

    Measures come in the order of the first run; those that some run lacks are left out, and so are seeds that some
    variant lacks.
    """
    seeds = min(len(runs) for runs in found.values())
    kept = {variant: runs[:seeds] for variant, runs in found.items()}
    first = next(iter(kept.values()))
    shared = set.intersection(*(set(run) for runs in kept.values() for run in runs))
    comparisons = []
    for measure in (name for name in first[0] if name in shared):
        before = np.array([run[measure] for run in first])
        for number, (variant, runs) in enumerate(kept.items()):
            values = np.array([run[measure] for run in runs])
            comparisons.append(_against(variant, measure, values, before if number else None))
    return comparisons


def _against(variant: str, measure: str, values: NDArray[np.float64], before: NDArray[np.float64] | None) -> Comparison:
    apart = values - before if before is not None else np.zeros_like(values)
    half = math.nan if before is None else half_width(apart)
    mean = float(apart.mean())
    return Comparison(variant, measure, tuple(values.tolist()), mean, mean - half, mean + half)


def half_width(values: NDArray[np.float64]) -> float:
    """Return half the 95 % interval of the mean by Student's t; NaN for fewer than two values."""
    count = len(values)
    if count < 2:
        return math.nan
    return float(student.ppf(0.975, count - 1) * values.std(ddof=1) / math.sqrt(count))


def table(comparisons: Sequence[Comparison], films: Mapping[str, int]) -> str:
    """Return the comparisons as a Markdown table.

    Parameters
    ----------
    comparisons
        What ``compare`` gave.
    films
        How many films stand behind a measure, where that is known.
    """
    first = comparisons[0].variant
    lines = [
        f"| Measure | n | Variant | Mean | Lowest to highest | Difference from “{first}” [95 %] |",
        "|---|---|---|---|---|---|",
    ]
    for found in comparisons:
        spread = f"{shown(min(found.values))} to {shown(max(found.values))}"
        apart = "" if found.variant == first else _signed(found)
        count = films.get(found.measure, "")
        lines.append(f"| {found.measure} | {count} | {found.variant} | {shown(found.mean)} | {spread} | {apart} |")
    return "\n".join(lines)


def shown(value: float) -> str:
    """Return a measure with as many digits as it deserves."""
    return f"{value:.3f}" if abs(value) < 2 else f"{value:.2f}"


def _signed(found: Comparison) -> str:
    if math.isnan(found.low):
        return f"{found.difference:+.3f}"
    return f"{found.difference:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"


def picture(comparisons: Sequence[Comparison]) -> Figure:
    """Draw one panel a measure: every seed a dot, every variant's mean a bar."""
    measures = list(dict.fromkeys(found.measure for found in comparisons))
    variants = list(dict.fromkeys(found.variant for found in comparisons))
    across = min(_ACROSS, len(measures))
    figure, axes = canvas(-(-len(measures) // across), across, 3.6, 0.75 + 0.3 * len(variants))
    for place in axes.ravel()[len(measures) :]:
        place.set_axis_off()
    for number, (place, measure) in enumerate(zip(axes.ravel(), measures, strict=False)):
        _panel(place, [found for found in comparisons if found.measure == measure])
        place.set_yticks(range(len(variants)), variants if number % across == 0 else [])
    return figure


def _panel(place: Axes, comparisons: Sequence[Comparison]) -> None:
    place.axvline(comparisons[0].mean, color=QUIET, lw=0.8, ls=":")
    for line, found in enumerate(comparisons):
        place.scatter(found.values, [line] * len(found.values), s=14, color=INK, alpha=0.6, lw=0)
        place.plot([found.mean] * 2, [line - 0.3, line + 0.3], color=WARM, lw=2)
    place.set_title(comparisons[0].measure)
    place.set_ylim(len(comparisons) - 0.4, -0.6)
    place.margins(x=0.12)
