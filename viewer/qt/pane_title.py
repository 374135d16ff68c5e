"""The line above a film in a pane: what hangs there, in words; by it the film is dragged to another pane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from viewer.qt.drop import carry
from viewer.qt.theme import theme


@dataclass(frozen=True, slots=True)
class TitleWords:
    """What is said of a film; ``flag`` and ``note`` in the colour of warnings, ``rest`` what can be missed best."""

    text: str = ""
    flag: str = ""
    note: str = ""
    rest: str = ""

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """Return what there is to say in its order, each with whether it warns."""
        said = ((self.flag, True), (self.text, False), (self.note, True), (self.rest, False))
        return tuple((words, warns) for words, warns in said if words)


class PaneTitle(QWidget):
    """One line, shortened where it is too long; its tip says all of it.

    Signals
    -------
    touched
        The line was clicked.
    """

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = TitleWords()
        self._film: Path | None = None
        self._picture = QPixmap()
        self._pressed: QPointF | None = None
        self._in_front = False
        self.setFixedHeight(self.fontMetrics().height() + 2 * theme().space["half"])

    @property
    def text(self) -> str:
        """The whole line."""
        return " · ".join(words for words, _ in self._words.parts)

    def show_words(self, words: TitleWords, in_front: bool) -> None:
        """Say this, brighter in front."""
        self._words, self._in_front = words, in_front
        self.setToolTip(self.text)
        self.setAccessibleName(self.text)
        self.update()

    def hold(self, film: Path | None, picture: QPixmap) -> None:
        """Be the handle of this film, seen as this picture under the pointer; None is no handle."""
        self._film, self._picture = film, picture
        if film is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the film."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a press without a drag brings the pane in front."""
        del event
        if self._pressed is not None:
            self.touched.emit()
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the film once the hand has moved far enough."""
        if self._pressed is None or self._film is None:
            return
        if (event.position() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        carry(self, self._film, self._picture)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        tokens = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.colour("raised" if self._in_front else "floor"))
        room = self.rect().adjusted(tokens.space["one"], 0, -tokens.space["one"], 0)
        plain = "text" if self._in_front else "quiet"
        for place, (words, warns) in enumerate(self._words.parts):
            between = " · " if place else ""
            room.setLeft(self._write(painter, room, between + words, "uncertain" if warns else plain))
        painter.end()

    def _write(self, painter: QPainter, room: QRect, text: str, colour: str) -> int:
        """Write one part and return where the next one begins."""
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.setPen(theme().colour(colour))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        return room.left() + metrics.horizontalAdvance(shown)
