"""The films on the table as facts: what was found, what became of it, and which one hangs on the box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.film.film import Description
from model.findings.prediction import Prediction
from viewer.messages import Batch
from viewer.session.reading import Reading

ReadingState = Literal["waiting", "ready", "failed"]
AnswerState = Literal["none", "running", "analysed", "not_assessable", "failed", "cancelled", "withheld"]
"""``withheld``: there is an answer, but the reader is to judge the film first."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One film on the table. Pixels are not held here; see ``viewer.session.shelf``."""

    id: int
    path: Path
    batch: int
    frame: int = 0
    frames: int = 1
    reading: ReadingState = "waiting"
    key: str = ""
    description: Description = field(default_factory=Description)
    format: str = ""
    thumbnail: NDArray[np.uint8] | None = None
    error: str = ""
    answer: AnswerState = "none"
    prediction: Prediction | None = None
    answer_error: str = ""
    reviewed: bool | None = None
    """None until the store was asked."""


class Table:
    """The films in the order in which they were laid down, and the one in front."""

    def __init__(self) -> None:
        self._sheets: dict[int, Sheet] = {}
        self._current: int | None = None
        self._next_id = 1
        self._batches: dict[int, _BatchCount] = {}

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._sheets.values())

    def __len__(self) -> int:
        return len(self._sheets)

    @property
    def current(self) -> Sheet | None:
        """Return the sheet in front, None on an empty table."""
        return None if self._current is None else self._sheets[self._current]

    def get(self, sheet_id: int) -> Sheet | None:
        """Return a sheet, None when it has left the table."""
        return self._sheets.get(sheet_id)

    def lay(self, paths: Iterable[Path], failures: Iterable[tuple[Path, str]] = ()) -> tuple[Sheet, ...]:
        """Lay new films down as one batch; return a sheet for each path, the one already there for a known path.

        A known path that could not be read before is tried again.

        Parameters
        ----------
        paths
            Files that may be films.
        failures
            Things found that are no films, each with its reason; they count in the batch and get a sheet that
            says so.
        """
        batch = len(self._batches)
        known = {sheet.path: sheet for sheet in self}
        sheets = []
        count = _BatchCount()
        for path in paths:
            count.found += 1
            there = known.get(path)
            if there is None:
                known[path] = self._add(Sheet(self._next_id, path, batch))
            elif there.reading == "failed":
                self._batches[there.batch].settle(there)
                known[path] = self.change(there.id, reading="waiting", error="", batch=batch)
            else:
                count.already_open += 1
            sheets.append(known[path])
        for path, reason in failures:
            count.found += 1
            sheets.append(self._add(Sheet(self._next_id, path, batch, reading="failed", error=reason)))
        self._batches[batch] = count
        return tuple(sheets)

    def seat(self, path: Path) -> Sheet:
        """Return the sheet of a path, laid down now if need be; it belongs to no batch that is reported."""
        there = next((sheet for sheet in self if sheet.path == path), None)
        if there is not None:
            return there
        batch = len(self._batches)
        self._batches[batch] = _BatchCount(reported=True)
        return self._add(Sheet(self._next_id, path, batch))

    def _add(self, sheet: Sheet) -> Sheet:
        self._sheets[sheet.id] = sheet
        self._next_id += 1
        return sheet

    def read(self, sheet_id: int, reading: Reading) -> Sheet:
        """Note that a film was read; an answer that was about other pixels is forgotten."""
        film = reading.film
        if self._sheets[sheet_id].key not in ("", film.key):
            self.change(sheet_id, answer="none", prediction=None, answer_error="")
        return self.change(
            sheet_id,
            reading="ready",
            key=film.key,
            description=film.description,
            format=film.origin.format,
            frames=film.frames,
            thumbnail=reading.thumbnail,
            error="",
        )

    def change(self, sheet_id: int, **facts: object) -> Sheet:
        """Replace facts of one sheet and return it as it is now."""
        self._sheets[sheet_id] = replace(self._sheets[sheet_id], **facts)  # type: ignore[arg-type]
        return self._sheets[sheet_id]

    def bring_forward(self, sheet_id: int) -> Sheet:
        """Hang this sheet on the box and return it."""
        self._current = sheet_id
        return self._sheets[sheet_id]

    def set_aside(self) -> None:
        """Hang no sheet on the box; all stay on the table."""
        self._current = None

    def remove(self, sheet_id: int) -> None:
        """Take a sheet off the table; the one after it (else before it) comes forward if it hung on the box."""
        heir = self.beside(sheet_id, 1) or self.beside(sheet_id, -1)
        gone = self._sheets.pop(sheet_id)
        self._batches[gone.batch].settle(gone)
        if self._current == sheet_id:
            self._current = None if heir is None else heir.id

    def beside(self, sheet_id: int, step: int) -> Sheet | None:
        """Return the sheet ``step`` places further down the list, None beyond its ends."""
        ids = list(self._sheets)
        place = ids.index(sheet_id) + step
        return self._sheets[ids[place]] if 0 <= place < len(ids) else None

    def waiting(self) -> Iterator[Sheet]:
        """Yield the sheets not read yet, in list order."""
        return (sheet for sheet in self if sheet.reading == "waiting")

    def finished_batches(self) -> list[Batch]:
        """Return, once each, the batches in which nothing waits any more."""
        busy = {sheet.batch for sheet in self.waiting()}
        done = [number for number, count in self._batches.items() if number not in busy and not count.reported]
        return [self._close(number) for number in done]

    def _close(self, number: int) -> Batch:
        count = self._batches[number]
        count.reported = True
        for sheet in self:
            if sheet.batch == number:
                count.settle(sheet)
        return Batch(count.found, count.opened, tuple(count.failures), count.already_open, count.withdrawn)


@dataclass(slots=True)
class _BatchCount:
    found: int = 0
    opened: int = 0
    already_open: int = 0
    withdrawn: int = 0
    failures: list[str] = field(default_factory=list)
    reported: bool = False

    def settle(self, sheet: Sheet) -> None:
        """Count what became of a sheet that leaves the table or whose batch is finished."""
        if sheet.reading == "ready":
            self.opened += 1
        elif sheet.reading == "waiting":
            self.withdrawn += 1
        else:
            self.failures.append(f"{sheet.path.name}: {sheet.error}")
