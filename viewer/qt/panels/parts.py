"""The small parts panels are built from: labels by role, folding sections, the probability bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from model.findings.prediction import Finding
from viewer.qt.icons import icon
from viewer.qt.language import say
from viewer.qt.theme import theme

Key = Callable[[str], str]
"""Returns the key that a command has now, as this platform writes it; empty while it has none."""


def with_key(text: str, key: str) -> str:
    """Return a text with the key behind it that does the same; the bare text while there is none."""
    return f"{text} ({key})" if key else text


def label(role: str = "", text: str = "", wrap: bool = True) -> QLabel:
    """Return a label in one of the style sheet's roles; its text can be selected when it wraps."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties and let the style sheet act on them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Card(QFrame):
    """A raised frame with a column to fill."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        space = theme().space
        self.column.setContentsMargins(space["two"] - 4, space["two"] - 4, space["two"] - 4, space["two"] - 4)
        self.column.setSpacing(space["half"] + 2)


class Fold(QWidget):
    """A titled section that opens and closes."""

    def __init__(self, title: Callable[[], str], body: QWidget, opened: bool = False) -> None:
        super().__init__()
        self._button = QToolButton()
        say(self._button, title)
        self._button.setCheckable(True)
        self._button.setProperty("fold", True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setIconSize(QSize(14, 14))
        self._body = body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space["half"])
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(body)
        self._button.toggled.connect(self._on_toggled)
        self._button.setChecked(opened)
        self._on_toggled(opened)

    def _on_toggled(self, opened: bool) -> None:
        colours = theme().colours
        name = "chevron-down" if opened else "chevron-right"
        self._button.setIcon(icon(name, colours["quiet"], colours["faint"]))
        self._body.setVisible(opened)


class ProbabilityBar(QWidget):
    """A probability between 0 and 1 with a tick at its threshold, in the colour of its band."""

    def __init__(self, height: int = 8) -> None:
        super().__init__()
        self._finding: Finding | None = None
        self._height = height
        self.setFixedHeight(height + 8)

    def show_finding(self, finding: Finding) -> None:
        """Show this finding's probability."""
        self._finding = finding
        self.setAccessibleName(f"{finding.probability:.3f}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        del event
        if self._finding is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, 4, self.width(), self._height)
        painter.setBrush(theme().colour("edge"))
        painter.drawRoundedRect(groove, self._height / 2, self._height / 2)
        filled = QRectF(groove)
        filled.setWidth(max(self._height, groove.width() * self._finding.probability))
        painter.setBrush(theme().colour(self._finding.band))
        painter.drawRoundedRect(filled, self._height / 2, self._height / 2)
        tick = QRectF(groove.width() * self._finding.threshold - 1, 0, 2, self._height + 8)
        painter.setBrush(theme().colour("text"))
        painter.drawRect(tick)
        painter.end()
