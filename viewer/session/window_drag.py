"""Dragging a window: what a movement of the hand does to width and level."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.film.film import Film, Window
from model.film.grey import exposed_sample
from viewer.display.look import GreyTable, Look

HAND = 300.0
"""Logical pixels of movement that double the width, or move the level by one width."""


@dataclass(frozen=True, slots=True)
class GreyRange:
    """Lowest and highest modality value of a film."""

    low: float
    high: float

    @property
    def span(self) -> float:
        """Return the distance between them, at least a tiny positive number."""
        return max(self.high - self.low, 1e-6)


def dragged(window: Window, right: float, up: float, values: GreyRange, *, white_first: bool) -> Window:
    """Return the window after the hand moved ``right`` and ``up`` by so many logical pixels.

    Right widens by doubling, so the width stays positive and small movements change little; up brightens by moving
    the level, against the values when high ones are white and with them when low ones are (``white_first``).
    The level stays within reach of the film's values, so the film cannot be lost.
    """
    width = window.width * 2.0 ** (min(right / HAND, 64.0))
    width = min(max(width, _least_width(window, values)), max(10.0 * values.span, window.width))
    pace = min(max(window.width, values.span / 20.0), values.span) / HAND
    center = window.center + (pace if white_first else -pace) * up
    reach = width / 2
    low, high = min(values.low - reach, window.center), max(values.high + reach, window.center)
    return replace(window, center=min(max(center, low), high), width=width, name="")


def _least_width(window: Window, values: GreyRange) -> float:
    return 1.0 if window.function == "LINEAR" else values.span / 1000.0


def range_of(film: Film) -> GreyRange:
    """Return the lowest and highest value of the exposed part of a film."""
    sample = exposed_sample(film)
    seen = sample.values[sample.inside]
    return GreyRange(float(seen.min()), float(seen.max()))


def window_of(film: Film, look: Look) -> Window:
    """Return the window that a drag starts from: the look's own, or the one nearest to the film's own curve."""
    if not isinstance(look.grey, GreyTable):
        return look.grey
    table = film.tables[look.grey.index]
    rise = np.abs(table.values.astype(np.float64) - table.values[0]) / max(float(np.ptp(table.values)), 1.0)
    start, end = (table.first + int(np.argmax(rise >= share)) for share in (0.02, 0.98))
    return Window((start + end) / 2, max(float(end - start), 1.0))
