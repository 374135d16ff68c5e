"""The findings panel: the network's answer in one line first, then what stands behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from model.card import ModelCard
from model.findings.prediction import Prediction
from viewer.qt.language import say
from viewer.qt.panels.answer import FirstAnswer, SecondAnswer
from viewer.qt.panels.behind import Behind
from viewer.qt.panels.box_list import BoxList
from viewer.qt.panels.course import CourseCard
from viewer.qt.panels.impression import ImpressionCard
from viewer.qt.panels.parts import Key, label, restyle
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.words import translate
from viewer.session.impressions import Draft
from viewer.session.state import Sheet


class FindingsPanel(QWidget):
    """What the network says about the film in front.

    Signals
    -------
    analyse_requested
        True to judge a film that is not assessable.
    remedy_requested
        Put an inverted or turned film right and judge it.
    cancel_requested
        Stop the network.
    box_chosen
        The place of a box in the prediction's list.
    """

    analyse_requested = Signal(bool)
    remedy_requested = Signal()
    cancel_requested = Signal()
    box_chosen = Signal(int)

    def __init__(self, card: Callable[[], ModelCard | None], key: Key) -> None:
        super().__init__()
        self.setObjectName("column")
        self.impression = ImpressionCard(key)
        space = theme().space
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(space["two"] - 4, space["two"] - 4, space["two"] - 4, space["two"] - 4)
        self._column.setSpacing(space["one"] + 4)
        self._build_work()
        self.boxes = BoxList(key)
        self.boxes.box_chosen.connect(self.box_chosen)
        self.first = FirstAnswer(self.boxes)
        self.second = SecondAnswer(card)
        self.behind = Behind()
        self.course = CourseCard()
        for part in (self.first, self.course, self.second, self.behind):
            self._column.addWidget(part)
        self._again = self._button()
        self._again.clicked.connect(lambda: self.analyse_requested.emit(False))
        self._column.addWidget(self._again, alignment=Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        disclaimer = label("disclaimer")
        say(disclaimer, lambda: self.tr("Research and education only. Not for diagnosis."))
        disclaimer.setContentsMargins(space["two"] - 4, space["one"], space["two"] - 4, space["one"])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._ask = QWidget()
        asking = QVBoxLayout(self._ask)
        asking.setContentsMargins(space["two"] - 4, space["two"] - 4, space["two"] - 4, 0)
        asking.addWidget(self.impression)
        asking.addStretch(1)
        column.addWidget(self._ask, 1)
        column.addWidget(scroll, 1)
        column.addWidget(disclaimer)
        self.setMinimumWidth(250)
        self.show_sheet(None)
        self.show_draft(None)

    def sizeHint(self) -> QSize:
        """Return a width that shows an answer in one line."""
        return QSize(300, 420)

    def _build_work(self) -> None:
        self._status = label("title")
        self._reason = label("quiet")
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        say(self._progress, name=lambda: self.tr("Progress of the network"))
        self._remedy = self._button()
        self._remedy.clicked.connect(self.remedy_requested)
        self._anyway = self._button()
        say(self._anyway, lambda: self.tr("Analyse anyway"))
        self._anyway.clicked.connect(lambda: self.analyse_requested.emit(True))
        self._cancel = self._button()
        say(self._cancel, lambda: self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_requested)
        for widget in (self._status, self._reason, self._progress):
            self._column.addWidget(widget)
        for button in (self._remedy, self._anyway, self._cancel):
            self._column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_draft(self, draft: Draft | None) -> None:
        """Ask what the reader sees, and show nothing else meanwhile; None asks nothing."""
        self.impression.show_draft(draft)
        self._ask.setVisible(draft is not None)
        self._scroll.setVisible(draft is None)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show what is known of this film."""
        ready = sheet is not None and sheet.reading == "ready"
        prediction = sheet.prediction if ready and sheet is not None else None
        running = ready and sheet is not None and sheet.answer == "running"
        self._show_status(sheet, prediction)
        for part in (self.first, self.second, self.behind):
            part.show_prediction(prediction)
        self._progress.setVisible(running)
        self._progress.setValue(0)
        self._cancel.setVisible(running)
        asked = prediction is not None or (sheet is not None and sheet.answer in ("failed", "cancelled"))
        self._again.setText(self.tr("Analyse again") if asked else self.tr("Analyse"))
        refused = prediction is not None and prediction.refused
        self._offer(prediction if refused and not running else None)
        self._anyway.setVisible(refused and not running)
        self._again.setVisible(ready and not running and not refused)

    def _offer(self, prediction: Prediction | None) -> None:
        """Offer what would put a refused film right."""
        refusal = None if prediction is None else prediction.refusal
        remedy = None if refusal is None else refusal.remedy
        self._remedy.setVisible(remedy is not None)
        self._remedy.setText(self.tr("Invert and analyse") if remedy == "invert" else self.tr("Turn and analyse"))

    def show_progress(self, doing: str, share: float) -> None:
        """Show how far the network is."""
        self._progress.setValue(round(1000 * share))
        self._reason.setText(_stage_text(doing))
        self._reason.setVisible(True)

    def _show_status(self, sheet: Sheet | None, prediction: Prediction | None) -> None:
        title, reason, tone = self._status_words(sheet, prediction)
        self._status.setText(title)
        self._status.setVisible(bool(title))
        restyle(self._status, band=tone)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def _status_words(self, sheet: Sheet | None, prediction: Prediction | None) -> tuple[str, str, str]:
        """Return title, reason and tone of what stands above the answer; empty where the answer speaks for itself."""
        if sheet is None:
            return self.tr("No film on the box"), self.tr("Open a film to see what the network sees on it."), ""
        if sheet.reading != "ready":
            return self.tr("Nothing to analyse"), "", ""
        if sheet.answer in ("running", "failed"):
            return self._work_words(sheet)
        if prediction is not None:
            return self._refusal_words(prediction)
        cancelled = sheet.answer == "cancelled"
        return self.tr("The analysis was cancelled") if cancelled else self.tr("Not analysed yet"), "", ""

    def _work_words(self, sheet: Sheet) -> tuple[str, str, str]:
        if sheet.answer == "running":
            return self.tr("Analysing…"), self.tr("The film can be read meanwhile."), ""
        return self.tr("The analysis failed"), sentence_text(sheet.answer_error), "error"

    def _refusal_words(self, prediction: Prediction) -> tuple[str, str, str]:
        if prediction.refusal is None:
            return "", "", ""
        title = self.tr("Not assessable")
        if prediction.forced:
            title = self.tr("Analysed although not assessable")
        elif prediction.corrected is not None:
            title = self.tr("Analysed after it was put right")
        return title, sentence_text(prediction.refusal.message), "uncertain"


def _stage_text(stage: str) -> str:
    return {
        "load": translate("Stages", "Waking the network…"),
        "prepare": translate("Stages", "Preparing the film…"),
        "network": translate("Stages", "The network looks at the film…"),
        "maps": translate("Stages", "Drawing the maps…"),
    }.get(stage, "")
