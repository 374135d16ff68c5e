"""The feature map panel: where the film in front falls among the training films, and which of them lie nearest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from model.errors import WeightsError
from model.findings.prediction import Prediction
from model.net.atlas import UNKNOWN, Atlas, Neighbour
from viewer.qt.atlas_plot import AtlasPlot, Place, draw_mark
from viewer.qt.language import say, say_again
from viewer.qt.panels.parts import label
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.words import finding_name, translate
from viewer.session.impressions import QUESTIONS

LISTED = 15
"""How many of the nearest training films are listed."""


class _Sign(QWidget):
    """The mark of one kind of training film, beside its name in the legend."""

    def __init__(self, answer: int) -> None:
        super().__init__()
        self._answer = answer
        self.setFixedSize(12, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QPointF(self.rect().center()) + QPointF(0.5, 0.5), self._answer)
        painter.end()


class FeatureMapPanel(QWidget):
    """Shows the network's atlas; it is read when the panel is first seen.

    Parameters
    ----------
    atlas
        Returns the atlas, None when the network came without; may raise WeightsError.
    """

    def __init__(self, atlas: Callable[[], Atlas | None]) -> None:
        super().__init__()
        self.setObjectName("column")
        self._find_atlas = atlas
        self._atlas: Atlas | None = None
        self._problem = ""
        self._asked = False
        self._prediction: Prediction | None = None
        self._probe: Place | None = None
        self._near: tuple[Neighbour, ...] = ()
        self._findings = QComboBox()
        self._findings.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(self._findings, name=lambda: self.tr("Finding"), tip=lambda: self.tr("Which answer the marks show"))
        for finding in QUESTIONS:
            self._findings.addItem("", finding)
        self._findings.currentIndexChanged.connect(self._show)
        self.plot = AtlasPlot()
        say(
            self.plot,
            name=lambda: self.tr("Feature map"),
            tip=lambda: self.tr(
                "Click, or move with the arrow keys, to list the training films there; Home goes back to this film.\n"
                "The network learned from these films, so they lie apart more clearly than new ones do."
            ),
        )
        self.plot.place_chosen.connect(self._on_place)
        self.said = label("quiet")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        say(self.list, name=lambda: self.tr("Nearest training films"))
        self.list.currentRowChanged.connect(self._on_row)
        self._arrange()
        say_again(self, self._speak)

    def sizeHint(self) -> QSize:
        """Return a size that shows the map and a few of the nearest films."""
        return QSize(248, 420)

    def _arrange(self) -> None:
        space = theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space["one"], space["one"], space["one"], space["one"])
        column.setSpacing(space["half"])
        column.addWidget(self._findings)
        column.addWidget(self.plot)
        legend = QHBoxLayout()
        legend.setSpacing(space["half"])
        for answer, word in (
            (1, lambda: self.tr("confirmed")),
            (0, lambda: self.tr("not")),
            (UNKNOWN, lambda: self.tr("unknown")),
        ):
            name = label("quiet", wrap=False)
            say(name, word)
            legend.addWidget(_Sign(answer))
            legend.addWidget(name)
        legend.addStretch(1)
        column.addLayout(legend)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show where the film with this prediction falls; None while there is nothing to show."""
        self._prediction, self._probe = prediction, None
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the atlas when the panel is first seen."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            try:
                self._atlas = self._find_atlas()
            except WeightsError as error:
                self._problem = error.message
        self._show()

    def _speak(self) -> None:
        for place, finding in enumerate(QUESTIONS):
            self._findings.setItemText(place, finding_name(finding))
        self._show()

    @property
    def _film(self) -> Place | None:
        features = None if self._prediction is None else self._prediction.features
        return None if features is None or self._atlas is None else self._atlas.place(features)

    def _show(self) -> None:
        if not self.isVisible():
            return
        film = self._film
        place = self._probe or film
        for widget in (self._findings, self.plot, self.list):
            widget.setEnabled(self._atlas is not None)
        self._near = () if self._atlas is None or place is None else self._atlas.nearest(place, LISTED)
        self.plot.show_atlas(self._atlas, self._findings.currentData())
        self.plot.show_film(film, self._probe, self._near)
        self.said.setText(self._words(film))
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in self._near:
                self.list.addItem(QListWidgetItem(neighbour_text(one)))

    def _words(self, film: Place | None) -> str:
        """Say what the map shows of this film, or why it shows nothing."""
        if self._problem:
            return sentence_text(self._problem)
        if self._atlas is None:
            return self.tr("This network came without a feature map.")
        if self._probe is None and film is None:
            return self.tr("Once the network has judged the film, its place among the training films is marked here.")
        where = (
            self.tr("Nearest to the place you chose:") if self._probe is not None else self.tr("Nearest to this film:")
        )
        words = f"{where} {counted(self._near, self._findings.currentData())}"
        if self._near and self._near[0].distance > self._atlas.gap:
            words += " " + self.tr("No training film lies near: the network has seen little like it.")
        return words

    def _on_place(self, place: Place | None) -> None:
        self._probe = place
        self._show()

    def _on_row(self, row: int) -> None:
        self.plot.mark(self._near[row] if 0 <= row < len(self._near) else None)


def counted(near: tuple[Neighbour, ...], finding: str) -> str:
    """Return how many of these training films show a finding, of those of which it is known."""
    known = [answer for one in near if (answer := one.answer(finding)) is not None]
    text = translate("FeatureMap", "{finding} on {yes} of {known}.")
    return text.format(yes=sum(known), known=len(known), finding=finding_name(finding))


def neighbour_text(one: Neighbour) -> str:
    """Return a training film in words: its collection, how far off it lies, and its answers."""
    answers = "\n".join(f"   {finding_name(finding)}: {_answer_text(one.answer(finding))}" for finding in QUESTIONS)
    return f"{one.source}  {one.distance:.2f}\n{answers}"


def _answer_text(answer: bool | None) -> str:
    if answer is None:
        return translate("FeatureMap", "unknown")
    return translate("FeatureMap", "yes") if answer else translate("FeatureMap", "no")
