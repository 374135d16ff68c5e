"""The reader's choices, film by film: each film has its own look and its own undo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.display.look import Look
from viewer.session.history import History


@dataclass(frozen=True, slots=True)
class Edits:
    """Everything a reader has chosen for one film; one snapshot of its history."""

    look: Look


class EditBook:
    """The histories of all films seen in this sitting, found by film key; they outlast the film's place in the list."""

    def __init__(self) -> None:
        self._histories: dict[str, History[Edits]] = {}
        self._first: dict[str, Edits] = {}

    def open(self, key: str, first: Look) -> Edits:
        """Return what was chosen for this film, starting from the look ``first`` when it is new."""
        if key not in self._histories:
            self._first[key] = Edits(first)
            self._histories[key] = History(self._first[key])
        return self._histories[key].present

    def history(self, key: str) -> History[Edits]:
        """Return the history of a film that was opened before."""
        return self._histories[key]

    def first_look(self, key: str) -> Look:
        """Return the look this film was opened with."""
        return self._first[key].look

    def set_look(self, key: str, look: Look, gesture: int | None = None) -> Edits:
        """Record a look for this film and return the snapshot that holds now."""
        history = self._histories[key]
        history.record(replace(history.present, look=look), gesture)
        return history.present
