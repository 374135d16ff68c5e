"""The pace of a run: how much time is left, pauses not counted."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

_RECENT = 200
"""Films by which the present pace is judged."""


class Pace:
    """Counts finished films against a clock that stands still in pauses."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._paused_at: float | None = None
        self._paused = 0.0
        self._ends: deque[float] = deque(maxlen=_RECENT)

    def start(self) -> None:
        """Begin anew: what came before a rest says nothing of the pace."""
        self._ends.clear()
        self._ends.append(self._now())

    def pause(self) -> None:
        """Stop the clock."""
        if self._paused_at is None:
            self._paused_at = self._clock()

    def resume(self) -> None:
        """Let the clock go on."""
        if self._paused_at is not None:
            self._paused += self._clock() - self._paused_at
            self._paused_at = None

    def count(self) -> None:
        """Note that one more is finished."""
        self._ends.append(self._now())

    def seconds_left(self, waiting: int) -> float | None:
        """Return how long so many more will take; None before there is a pace."""
        ends = list(self._ends)
        if len(ends) < 2:
            return None
        return waiting * (ends[-1] - ends[0]) / (len(ends) - 1)

    def _now(self) -> float:
        at = self._clock() if self._paused_at is None else self._paused_at
        return at - self._paused


def rounded_up(seconds: float) -> tuple[int, int, int]:
    """Return hours, minutes and seconds as people say them: whole minutes from one minute on, rounded up."""
    whole = max(0, round(seconds))
    if whole < 60:
        return 0, 0, whole
    minutes = -(-whole // 60)
    return minutes // 60, minutes % 60, 0


def time_left_text(seconds: float) -> str:
    """Return a duration for people, rounded up: "45 s", "12 min", "2 h 05 min"."""
    hours, minutes, rest = rounded_up(seconds)
    if hours:
        return f"{hours} h {minutes:02d} min"
    return f"{minutes} min" if minutes else f"{rest} s"
