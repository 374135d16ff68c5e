"""The network's boxes as buttons: number, score and the reader's word; a click zooms to the box."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from model.findings.prediction import Box, Prediction
from viewer.qt.icons import icon
from viewer.qt.language import say
from viewer.qt.panels.parts import Key, with_key
from viewer.qt.theme import theme
from viewer.qt.words import finding_name
from viewer.session.numbers import probability_text
from viewer.session.verdicts import SIGNS, Judgement


class BoxList(QWidget):
    """One button a box, in the order of the prediction.

    Signals
    -------
    box_chosen
        The place of a box in the prediction's list.
    """

    box_chosen = Signal(int)

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Show the boxes of this prediction."""
        for button in self.buttons:
            button.deleteLater()
        boxes = prediction.boxes if prediction is not None else ()
        self.buttons = [self._button(place, box) for place, box in enumerate(boxes)]
        for button in self.buttons:
            self._column.addWidget(button)
        self.setVisible(bool(boxes))

    def select(self, place: int) -> None:
        """Mark one box as chosen."""
        for number, button in enumerate(self.buttons):
            button.setChecked(number == place)

    def show_judgements(self, judged: tuple[Judgement | None, ...]) -> None:
        """Show the reader's word beside each box."""
        for button, judgement in zip(self.buttons, judged, strict=False):
            words = button.text().removesuffix(button.property("word") or "")
            word = "" if judgement is None else f"   {SIGNS[judgement]}"
            button.setProperty("word", word)
            button.setText(words + word)

    def _button(self, place: int, box: Box) -> QPushButton:
        score = probability_text(box.score)
        button = QPushButton(self.tr("Box {number}   {score}").format(number=place + 1, score=score))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIcon(icon("boxes", theme().colours["above"], theme().colours["faint"]))
        button.setProperty("flat", True)
        button.setCheckable(True)
        button.setAccessibleDescription(finding_name(box.finding))
        button.setStyleSheet("text-align: left;")
        say(button, tip=self._tip)
        button.clicked.connect(lambda: self.box_chosen.emit(place))
        return button

    def _tip(self) -> str:
        keys = [key for command in ("findings.next_box", "findings.previous_box") if (key := self._key(command))]
        return with_key(self.tr("Zoom to this box"), ", ".join(keys))
