"""Fuzzy search: which commands a few typed letters mean, best first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

WORD_START = 8.0
RUN = 5.0
GAP = -0.25
TITLE_START = 4.0


def score(typed: str, title: str) -> float | None:
    """Return how well ``typed`` fits ``title``; None when its letters do not all occur in order.

    Letters that begin a word or follow one another count most, as in editors' command palettes.
    """
    wanted = "".join(typed.casefold().split())
    text = title.casefold()
    best: dict[int, float] = {-1: 0.0}
    for letter in wanted:
        step: dict[int, float] = {}
        for place in (i for i, other in enumerate(text) if other == letter):
            reached = [value + _gain(text, before, place) for before, value in best.items() if before < place]
            if reached:
                step[place] = max(reached)
        best = step
    return max(best.values(), default=None)


def _gain(text: str, before: int, place: int) -> float:
    gain = 1.0
    if place == 0:
        gain += TITLE_START
    if place == 0 or not text[place - 1].isalnum():
        gain += WORD_START
    elif place == before + 1:
        gain += RUN
    return gain + GAP * (place - before - 1 if before >= 0 else min(place, 8))


def found(typed: str, titled: Iterable[tuple[str, T]]) -> list[T]:
    """Return the things whose titles fit, best first; all of them, in order, for nothing typed."""
    scored = [(score(typed, title), thing) for title, thing in titled]
    fitting = [(value, thing) for value, thing in scored if value is not None]
    return [thing for _, thing in sorted(fitting, key=lambda pair: -pair[0])]
