"""The hanging: which film hangs in which pane of the light box, and which pane is in front."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

LAYOUTS = ((1, 1), (1, 2), (2, 1), (2, 2))
"""Rows and columns of panes that the light box can be parted into."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """One arrangement; every change gives a new one. A film hangs in one pane at most.

    ``sheets`` holds the sheet id in each pane, row by row, None in an empty pane; ``front`` is the place of the
    pane that commands act on.

    Raises
    ------
    ValueError
        When the panes do not fill a layout of the light box, a film hangs twice, or no such pane can be in front.
    """

    rows: int = 1
    columns: int = 1
    sheets: tuple[int | None, ...] = (None,)
    front: int = 0

    def __post_init__(self) -> None:
        hung = self.hung
        if (self.rows, self.columns) not in LAYOUTS or len(self.sheets) != self.rows * self.columns:
            raise ValueError(f"{len(self.sheets)} panes do not fill {self.rows} × {self.columns}.")
        if len(set(hung)) != len(hung) or not 0 <= self.front < len(self.sheets):
            raise ValueError("A film hangs in one pane at most, and one of the panes is in front.")

    @property
    def layout(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def hung(self) -> tuple[int, ...]:
        """Every film that hangs, pane by pane."""
        return tuple(sheet for sheet in self.sheets if sheet is not None)

    @property
    def current(self) -> int | None:
        """The film in front, None where an empty pane is."""
        return self.sheets[self.front]

    @property
    def beside(self) -> tuple[int, ...]:
        """The films in the other panes."""
        return tuple(sheet for sheet in self.hung if sheet != self.current)

    def place_of(self, sheet: int) -> int | None:
        """Return the pane in which a film hangs, None when it hangs in none."""
        return self.sheets.index(sheet) if sheet in self.sheets else None

    def fronted(self, place: int) -> Hanging:
        """Return the hanging with this pane in front."""
        return replace(self, front=place)

    def with_current(self, sheet: int | None) -> Hanging:
        """Return the hanging with this film in front: where it hangs already, else in the pane in front."""
        there = None if sheet is None else self.place_of(sheet)
        return self._put(sheet, self.front) if there is None else self.fronted(there)

    def with_film(self, sheet: int, place: int) -> Hanging:
        """Return the hanging with this film in this pane, which comes in front.

        Where it hung in another pane, the two panes exchange their films.
        """
        there = self.place_of(sheet)
        held = self._put(sheet, place) if there is None else self.exchanged(there, place)
        return held.fronted(place)

    def exchanged(self, one: int, other: int) -> Hanging:
        """Return the hanging with the films of two panes exchanged; the film in front stays in front."""
        sheets = list(self.sheets)
        sheets[one], sheets[other] = sheets[other], sheets[one]
        front = {one: other, other: one}.get(self.front, self.front)
        return replace(self, sheets=tuple(sheets), front=front)

    def arranged(self, rows: int, columns: int) -> Hanging:
        """Return the films in another layout, in the same order; the last leave where there is less room.

        The film in front stays in front, and hangs in the last pane when its own is gone.
        """
        count = rows * columns
        front = min(self.front, count - 1)
        sheets = [*self.sheets[:count], *(None for _ in range(count - len(self.sheets)))]
        sheets[front] = self.current
        return Hanging(rows, columns, tuple(sheets), front)

    def filled(self, sheets: Iterable[int]) -> Hanging:
        """Return the hanging with these films in its empty panes, as far as there are; none hangs twice."""
        waiting = iter([sheet for sheet in sheets if sheet not in self.hung])
        return replace(self, sheets=tuple(next(waiting, None) if sheet is None else sheet for sheet in self.sheets))

    def renamed(self, names: Mapping[int, int]) -> Hanging:
        """Return the hanging with every film under another id; those that have none are taken down."""
        return replace(self, sheets=tuple(None if sheet is None else names.get(sheet) for sheet in self.sheets))

    def without(self, sheets: Collection[int]) -> Hanging:
        """Return the hanging with these films taken down."""
        return replace(self, sheets=tuple(None if sheet in sheets else sheet for sheet in self.sheets))

    def _put(self, sheet: int | None, place: int) -> Hanging:
        sheets = tuple(sheet if number == place else other for number, other in enumerate(self.sheets))
        return replace(self, sheets=sheets)
