"""A field for a few words that opens on the film where they belong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

WIDTH = 240


class Field(QLineEdit):
    """Asks for one line; Enter takes it, Esc or a click elsewhere gives it up."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._told: Callable[[str], None] | None = None
        self.setFixedWidth(WIDTH)
        self.hide()
        self.returnPressed.connect(self._on_return)

    def ask(self, at: QPointF, hint: str, told: Callable[[str], None]) -> None:
        """Open at a place on the parent, wholly inside it, and call ``told`` with what was written."""
        self._told = told
        self.clear()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        room = self._room.rect()
        height = self.sizeHint().height()
        x = min(max(round(at.x()) + 8, 0), max(room.width() - WIDTH, 0))
        y = min(max(round(at.y()) + 8, 0), max(room.height() - height, 0))
        self.setGeometry(x, y, WIDTH, height)
        self.show()
        self.raise_()
        self.setFocus()

    def give_up(self) -> bool:
        """Close without an answer; return whether the field was open."""
        asked, self._told = self._told is not None, None
        if asked:
            self._close()
        return asked

    def _on_return(self) -> None:
        told, self._told = self._told, None
        self._close()
        if told is not None:
            told(self.text().strip())

    def _close(self) -> None:
        focused = self.hasFocus()
        self.hide()
        if focused:
            self._room.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep keys that are commands elsewhere, Enter among them, for the words that are written here."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up when the hand goes elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.give_up()
