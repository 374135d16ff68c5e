"""Films that the desktop hands to the running program, as macOS does on a double click, instead of by arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Handed(QObject):
    """Keeps what is handed over until it is known who opens it, then passes it on."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.waiting: list[Path] = []
        self._opens: Callable[[Sequence[Path]], None] | None = None
        application.installEventFilter(self)

    def pass_to(self, opens: Callable[[Sequence[Path]], None]) -> None:
        """From now on let ``opens`` have the films, those that wait first."""
        self._opens = opens
        if self.waiting:
            opens(tuple(self.waiting))
            self.waiting.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the desktop's request; everything else goes its way."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().eventFilter(watched, event)
        path = Path(event.file())
        if self._opens is None:
            self.waiting.append(path)
        else:
            self._opens((path,))
        return True
