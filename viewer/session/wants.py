"""What is wanted in memory: the film in front, those beside it, what comes next in the list, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from viewer.session.shelf import Place, Shelf
from viewer.session.state import Sheet, Table


class Wants:
    """Names the film to read next and what the shelf must not let go of.

    Parameters
    ----------
    table, shelf
        The films there are, and those in memory.
    further
        Returns the sheet so many places further down the list than one of them, None beyond its ends.
    """

    def __init__(self, table: Table, shelf: Shelf, further: Callable[[Sheet, int], Sheet | None]) -> None:
        self.beside: tuple[int, ...] = ()
        """The sheets that hang beside the one in front."""
        self.companions: tuple[int, ...] = ()
        """Sheets that do not hang but are to be analysed too, once all that hangs is."""
        self._table = table
        self._shelf = shelf
        self._further = further
        self._fetched: set[Place] = set()
        self._sketched: Place | None = None

    @property
    def looked_at(self) -> tuple[int, ...]:
        """Every sheet that the network is asked about, the one in front first, each once."""
        current = self._table.current
        front = () if current is None else (current.id,)
        return tuple(dict.fromkeys((*front, *self.beside, *self.companions)))

    def begin(self) -> None:
        """Forget what was fetched already: another film came in front."""
        self._fetched.clear()
        self._sketched = None

    def hang_beside(self, sheets: Iterable[int], companions: Iterable[int]) -> None:
        """Want these beside the one in front, even if they have left the memory since they were read."""
        self.beside, self.companions = tuple(sheets), tuple(companions)
        self._fetched -= {_place(sheet) for sheet in self._known(self.beside)}
        self.hold()

    def hold(self) -> None:
        """Let the shelf keep what hangs."""
        current = self._table.current
        hung = [*([] if current is None else [current]), *self._known(self.beside)]
        self._shelf.hold(_place(sheet) for sheet in hung)

    def near(self) -> list[Sheet]:
        """Return the sheets whose films are wanted in memory."""
        current = self._table.current
        if current is None:
            return self._known(self.beside)
        further = [sheet for step in (1, -1) if (sheet := self._further(current, step)) is not None]
        unanswered = [sheet for sheet in self._known(self.companions) if sheet.answer == "none"]
        return [current, *self._known(self.beside), *further, *unanswered]

    def next(self) -> tuple[Sheet, bool] | None:
        """Return the sheet to read next, and whether a sketch of it; None while nothing is to be read.

        The one in front comes first, after its sketch, then those near it, then the rest in list order.
        """
        for sheet in self.near():
            place = _place(sheet)
            if sheet.reading == "failed" or place in self._shelf or place in self._fetched:
                continue
            if sheet is self._table.current and self._sketched != place:
                self._sketched = place
                return sheet, True
            self._fetched.add(place)
            return sheet, False
        waiting = next(self._table.waiting(), None)
        return None if waiting is None else (waiting, False)

    def _known(self, sheets: Iterable[int]) -> list[Sheet]:
        return [sheet for sheet in map(self._table.get, sheets) if sheet is not None]


def _place(sheet: Sheet) -> Place:
    return sheet.id, sheet.frame
