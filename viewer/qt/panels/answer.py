"""The network's answers: the first with its extent and boxes, the second with what it cannot be leaned on for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from model.card import ModelCard
from model.findings.prediction import Finding, Prediction
from viewer.qt.panels.box_list import BoxList
from viewer.qt.panels.parts import Card, ProbabilityBar, label, restyle
from viewer.qt.theme import theme
from viewer.qt.words import band_text, finding_name
from viewer.session.caveat import worst_figure
from viewer.session.numbers import extent_text, probability_text


class Answer(QWidget):
    """One finding: name, probability, bar, band and threshold."""

    def __init__(self, main: bool) -> None:
        super().__init__()
        self._name = label("title" if main else "", wrap=False)
        self._number = label("answer" if main else "title", wrap=False)
        self._bar = ProbabilityBar(8 if main else 5)
        self._band = label("", wrap=False)
        self._band.setProperty("badge", True)
        self._threshold = label("quiet", wrap=False)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignRight)
        foot = QHBoxLayout()
        foot.addWidget(self._band)
        foot.addStretch(1)
        foot.addWidget(self._threshold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space["half"])
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(foot)

    def show_finding(self, finding: Finding) -> None:
        """Show this finding."""
        self._name.setText(finding_name(finding.id))
        self._number.setText(probability_text(finding.probability))
        restyle(self._number, band=finding.band)
        self._bar.show_finding(finding)
        self._band.setText(band_text(finding.band))
        restyle(self._band, band=finding.band)
        self._threshold.setText(self.tr("threshold {number}").format(number=probability_text(finding.threshold)))


class FirstAnswer(Card):
    """The first finding, how much of the lungs it covers, and its boxes."""

    def __init__(self, boxes: BoxList) -> None:
        super().__init__()
        self._answer = Answer(main=True)
        self._extent = label("")
        self._boxes = boxes
        for widget in (self._answer, self._extent, boxes):
            self.column.addWidget(widget)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show this prediction's first finding; nothing where there is none."""
        self._boxes.show_prediction(prediction)
        self.setVisible(prediction is not None and bool(prediction.findings))
        if prediction is None or not prediction.findings:
            return
        self._answer.show_finding(prediction.findings[0])
        self._extent.setVisible(prediction.opacity_extent is not None)
        if prediction.opacity_extent is not None:
            extent = extent_text(prediction.opacity_extent)
            self._extent.setText(self.tr("Opacity covers {extent} of the lungs").format(extent=extent))


class SecondAnswer(Card):
    """The second finding and why it is not to be leaned on."""

    def __init__(self, card: Callable[[], ModelCard | None]) -> None:
        super().__init__()
        self._card = card
        self._answer = Answer(main=False)
        self._caveat = label("quiet")
        self.column.addWidget(self._answer)
        self.column.addWidget(self._caveat)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show this prediction's second finding; nothing where there is none."""
        findings = prediction.findings if prediction is not None else ()
        self.setVisible(len(findings) > 1)
        if len(findings) > 1:
            self._answer.show_finding(findings[1])
            self._caveat.setText(self._caveat_words(findings[1].id))

    def _caveat_words(self, finding: str) -> str:
        """Return why the second answer is not to be leaned on, with the card's own worst figure."""
        hedge = self.tr("A hedged second answer: a film alone never settles the cause.")
        model_card = self._card()
        figure = None if model_card is None else worst_figure(model_card, finding)
        if figure is None:
            return hedge
        measured = self.tr("Area under the curve {value} on {films} (n = {count}).").format(
            value=probability_text(figure.value), films=figure.measured_on, count=figure.n
        )
        return f"{hedge} {measured}"
