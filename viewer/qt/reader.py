"""The reading lanes: finding films in what was dropped, and reading them, the one in front first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

import model.film
from viewer.jobs import ReadRequest, Report, Token, read, sketch
from viewer.qt.lanes import Lane, Outcome
from viewer.session.reading import Reading, Sketch, prepared, sketched


@dataclass(frozen=True, slots=True)
class Errand:
    """One film to read: the sheet it is for, the file and the frame, and whether only its sketch is wanted."""

    sheet_id: int
    path: Path
    frame: int
    sketch: bool = False


HANDFUL = 12
"""More films than this make a worklist."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """A drop of too many films for thumbnails, or of what needs a password: the paths as they were dropped."""

    paths: tuple[Path, ...]


def _find(paths: tuple[Path, ...], token: Token, report: Report) -> tuple[Path, ...] | Crowd:
    from model.film.archive import is_locked

    del report
    if any(is_locked(path) for path in paths):
        return Crowd(paths)
    found = []
    for path in model.film.find_films(paths, archives=True):
        token.check()
        found.append(path)
        if len(found) > HANDFUL:
            return Crowd(paths)
    return tuple(found)


def _read(errand: Errand, token: Token, report: Report) -> Reading | Sketch | None:
    del report
    request = ReadRequest(errand.path, errand.frame)
    if not errand.sketch:
        return prepared(read(request, token))
    film = sketch(request, token)
    return None if film is None else sketched(film)


class Reader(QObject):
    """Reads whatever ``choose`` names next, until it names nothing.

    Signals
    -------
    found
        The paths in one drop, as a tuple, a ``Crowd``, or the ``Exception`` that stopped the search.
    read
        The errand and its ``Reading``.
    sketched
        The errand and its ``Sketch``; nothing is said of films that have none.
    failed
        The errand and the ``Exception``.
    """

    found = Signal(object)
    read = Signal(object, object)
    sketched = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, choose: Callable[[], Errand | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self._drops: deque[tuple[Path, ...]] = deque()
        self._finding: Lane[tuple[Path, ...], tuple[Path, ...] | Crowd] = Lane("finding", _find, self)
        self._finding.finished.connect(self._on_found)
        self._reading: Lane[Errand, Reading | Sketch | None] = Lane("reading", _read, self)
        self._reading.finished.connect(self._on_read)

    @property
    def busy(self) -> bool:
        """Whether anything is being sought or read."""
        return self._finding.busy or self._reading.busy

    def find(self, paths: tuple[Path, ...]) -> None:
        """Look for films in these files and folders, after those asked for before."""
        self._drops.append(paths)
        self._next_drop()

    def wake(self) -> None:
        """Read the next film if nothing is being read."""
        if not self._reading.busy:
            errand = self._choose()
            if errand is not None:
                self._reading.ask(errand)

    def warm(self) -> None:
        """Load the decoders while nothing is read."""
        self._reading.warm(lambda: model.film.open_film)

    def close(self) -> None:
        """Stop both lanes."""
        self._drops.clear()
        self._finding.close()
        self._reading.close()

    def _next_drop(self) -> None:
        if self._drops and not self._finding.busy:
            self._finding.ask(self._drops.popleft())

    def _on_found(self, outcome: Outcome[tuple[Path, ...], tuple[Path, ...] | Crowd]) -> None:
        if not outcome.cancelled:
            self.found.emit(outcome.error if outcome.error is not None else outcome.value)
        self._next_drop()

    def _on_read(self, outcome: Outcome[Errand, Reading | Sketch | None]) -> None:
        if outcome.error is not None:
            self.failed.emit(outcome.request, outcome.error)
        elif isinstance(outcome.value, Sketch):
            self.sketched.emit(outcome.request, outcome.value)
        elif outcome.value is not None:
            self.read.emit(outcome.request, outcome.value)
        self.wake()
