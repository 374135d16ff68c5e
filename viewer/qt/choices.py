"""What the reader chose for every film of a sitting, with undo, kept on disk the moment a gesture ends."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from model.errors import NegatoscopeError
from model.film.film import Film
from viewer.display.look import Look
from viewer.qt.reasons import Reasons
from viewer.session.edits import EditBook, Edits
from viewer.session.keeping import Keeper
from viewer.session.reading import Reading


class Choices(QObject):
    """Films are named by their keys; each has been taken up before anything is chosen for it.

    Signals
    -------
    look_changed
        The key of a film that is to be seen with another look.
    edits_changed
        The key of a film for which anything else was chosen.
    """

    look_changed = Signal(str)
    edits_changed = Signal(str)

    def __init__(self, keeper: Keeper | None, reasons: Reasons, parent: QObject) -> None:
        super().__init__(parent)
        self._book = EditBook()
        self._keeper = keeper
        self._reasons = reasons
        self._unkept: set[str] = set()

    def take_up(self, reading: Reading) -> None:
        """Open a film's choices, with those of an earlier sitting if it is new in this one."""
        film, first, kept = reading.film, reading.first_look, None
        if self._keeper is not None and film.key not in self._book:
            try:
                kept = self._keeper.kept(film, first)
            except NegatoscopeError as error:
                self._reasons.tell(error)
        self._book.open(film.key, first, kept)

    def of(self, key: str) -> Edits:
        """Return everything chosen for a film."""
        return self._book.history(key).present

    def look_of(self, film: Film, first: Look) -> Look:
        """Return the look in which a film will be seen that is not taken up yet, ``first`` when nothing was chosen."""
        if film.key in self._book:
            return self.of(film.key).look
        try:
            kept = None if self._keeper is None else self._keeper.kept(film, first)
        except NegatoscopeError:  # told when the film itself is taken up
            kept = None
        return first if kept is None else kept.look

    def first_look(self, key: str) -> Look:
        """Return the look in which a film is seen when nothing was chosen."""
        return self._book.first_look(key)

    def choose(self, key: str, edits: Edits, gesture: int | None = None) -> None:
        """Choose all this for a film; without a gesture it is kept at once, else by ``keep``."""
        before = self.of(key)
        self._book.record(key, edits, gesture)
        self._chosen(key, before, gesture)

    def can_undo(self, key: str) -> bool:
        """Tell whether a choice on this film can be taken back."""
        return self._book.history(key).can_undo

    def can_redo(self, key: str) -> bool:
        """Tell whether a choice on this film can be taken again."""
        return self._book.history(key).can_redo

    def undo(self, key: str) -> None:
        """Take back the last choice on this film."""
        before = self.of(key)
        self._book.history(key).undo()
        self._chosen(key, before)

    def redo(self, key: str) -> None:
        """Take again the choice last taken back."""
        before = self.of(key)
        self._book.history(key).redo()
        self._chosen(key, before)

    def _chosen(self, key: str, before: Edits, gesture: int | None = None) -> None:
        """Tell what became of the choices, and keep them unless a gesture is still under way."""
        after = self.of(key)
        if after == before:
            return
        self._unkept.add(key)
        if after.look != before.look:
            self.look_changed.emit(key)
        if replace(after, look=before.look) != before:
            self.edits_changed.emit(key)
        if gesture is None:
            self.keep()

    def keep(self) -> None:
        """Write down what a gesture that is over has changed."""
        keys, self._unkept = self._unkept, set()
        if self._keeper is None:
            return
        for key in sorted(keys):
            try:
                self._keeper.keep(key, self.of(key), self.first_look(key))
            except NegatoscopeError as error:
                self._reasons.tell(error)
