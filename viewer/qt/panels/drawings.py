"""The drawings panel: everything measured on the film in front, with its values and the scale they rest on."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from model.film.film import Film
from viewer.measure.shapes import Kind, Measurement
from viewer.qt.corner_text import scale_words
from viewer.qt.language import say
from viewer.qt.panels.parts import Key, label
from viewer.qt.theme import theme
from viewer.qt.words import translate

ID = int(Qt.ItemDataRole.UserRole) + 1


def kind_name(kind: Kind) -> str:
    """Return what a kind of drawing is called."""
    return {
        "ruler": translate("Drawings", "Ruler"),
        "angle": translate("Drawings", "Angle"),
        "cobb": translate("Drawings", "Cobb angle"),
        "cardiothoracic": translate("Drawings", "Heart and chest"),
        "ellipse": translate("Drawings", "Ellipse"),
        "rectangle": translate("Drawings", "Rectangle"),
        "freehand": translate("Drawings", "Freehand area"),
        "arrow": translate("Drawings", "Arrow"),
        "text": translate("Drawings", "Note"),
        "box": translate("Drawings", "Box"),
    }[kind]


class DrawingsPanel(QWidget):
    """What is drawn on the film.

    Signals
    -------
    chosen
        The id of the drawing that was chosen here.
    """

    chosen = Signal(str)

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key
        self.setObjectName("column")
        self._list = QListWidget()
        self._list.setWordWrap(True)
        say(self._list, name=lambda: self.tr("Drawings"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.currentItemChanged.connect(self._on_current)
        self._scale = label("quiet")
        space = theme().space
        self._empty = label("quiet")
        say(self._empty, self._invitation)
        column = QVBoxLayout(self)
        column.setContentsMargins(space["one"], space["one"], space["one"], space["one"])
        column.setSpacing(space["half"])
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addStretch(0)
        column.addWidget(self._scale)
        self.show_drawings(None, (), None)

    def _invitation(self) -> str:
        """Say that nothing is drawn, and by which keys that could be changed."""
        tools = {
            "measure.ruler": self.tr("ruler"),
            "measure.cardiothoracic": self.tr("heart"),
            "measure.ellipse": self.tr("ellipse"),
            "measure.text": self.tr("note"),
        }
        offered = ", ".join(f"{self._key(command)} {name}" for command, name in tools.items() if self._key(command))
        if not offered:
            return self.tr("Nothing is drawn on this film.")
        return self.tr("Nothing is drawn on this film: {tools}.").format(tools=offered)

    def sizeHint(self) -> QSize:
        """Return a size that shows a few rows."""
        return QSize(248, 200)

    def show_drawings(
        self, film: Film | None, results: tuple[tuple[Measurement, tuple[str, ...]], ...], chosen: Measurement | None
    ) -> None:
        """List these drawings of a film with their results in words."""
        with QSignalBlocker(self._list):
            self._list.clear()
            for shape, words in results:
                item = QListWidgetItem("\n".join((kind_name(shape.kind), *(f"   {line}" for line in words))))
                item.setData(ID, shape.id)
                self._list.addItem(item)
                if chosen is not None and shape.id == chosen.id:
                    self._list.setCurrentItem(item)
        self._list.setVisible(bool(results))
        self._empty.setVisible(not results)
        self._scale.setText("" if film is None else scale_words(film.spacing))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(ID))
