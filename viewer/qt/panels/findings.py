"""The findings panel: the network's answer in one line first, then what stands behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from model.card import ModelCard
from model.findings.prediction import Box, Finding, Prediction
from model.findings.vocabulary import term
from viewer.qt.icons import icon
from viewer.qt.language import say
from viewer.qt.panels.parts import Fold, ProbabilityBar, card, label, restyle
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.words import band_text, translate
from viewer.session.caveat import worst_figure
from viewer.session.numbers import extent_text, probability_text, seconds_text
from viewer.session.state import Sheet
from viewer.session.verdicts import SIGNS, Judgement


def finding_name(identifier: str) -> str:
    """Return a finding's name in the user's language."""
    return translate("Vocabulary", term(identifier).name)


class _Answer(QWidget):
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


class _Seen(QLabel):
    """The prepared image exactly as the network was given it, as wide as the panel."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setMinimumWidth(1)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        say(self, name=lambda: self.tr("What the network saw"))

    def show_prediction(self, prediction: Prediction) -> None:
        """Show what this prediction was made from."""
        rows, columns = prediction.seen.shape
        image = QImage(prediction.seen.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
        self._picture = QPixmap.fromImage(image)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture as wide as the panel."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        side = round(min(self.width(), 280) * ratio)
        fitted = self._picture.scaled(
            QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        self.setPixmap(fitted)
        self.setFixedHeight(round(fitted.height() / ratio))


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

    def __init__(self, card: Callable[[], ModelCard | None]) -> None:
        super().__init__()
        self.setObjectName("column")
        self._card = card
        self._boxes: list[QPushButton] = []
        space = theme().space
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(space["two"] - 4, space["two"] - 4, space["two"] - 4, space["two"] - 4)
        self._column.setSpacing(space["one"] + 4)
        self._build_work()
        self._build_answer()
        self._build_behind()
        self._column.addStretch(1)
        scroll = QScrollArea()
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
        column.addWidget(scroll, 1)
        column.addWidget(disclaimer)
        self.setMinimumWidth(250)
        self.show_sheet(None)

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

    def _button(self, text: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build_answer(self) -> None:
        self._answer_card, inner = card()
        self._main = _Answer(main=True)
        self._extent = label("")
        self._box_list = QWidget()
        self._box_column = QVBoxLayout(self._box_list)
        self._box_column.setContentsMargins(0, 0, 0, 0)
        self._box_column.setSpacing(2)
        for widget in (self._main, self._extent, self._box_list):
            inner.addWidget(widget)
        self._second_card, inner = card()
        self._second = _Answer(main=False)
        self._second_caveat = label("quiet")
        inner.addWidget(self._second)
        inner.addWidget(self._second_caveat)
        self._column.addWidget(self._answer_card)
        self._column.addWidget(self._second_card)

    def _build_behind(self) -> None:
        self._seen = _Seen()
        self._seen_fold = Fold(lambda: self.tr("What the network saw"), self._seen)
        self._model = label("quiet")
        self._again = self._button()
        self._again.clicked.connect(lambda: self.analyse_requested.emit(False))
        self._column.addWidget(self._seen_fold)
        self._column.addWidget(self._model)
        self._column.addWidget(self._again, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show what is known of this film."""
        ready = sheet is not None and sheet.reading == "ready"
        prediction = sheet.prediction if ready and sheet is not None else None
        running = ready and sheet is not None and sheet.answer == "running"
        self._show_status(sheet, prediction)
        self._show_findings(prediction)
        self._show_boxes(prediction)
        self._show_behind(prediction)
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

    def select_box(self, place: int) -> None:
        """Mark one box as chosen."""
        for number, button in enumerate(self._boxes):
            button.setChecked(number == place)

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

    def _show_findings(self, prediction: Prediction | None) -> None:
        findings = prediction.findings if prediction is not None else ()
        self._answer_card.setVisible(bool(findings))
        self._second_card.setVisible(len(findings) > 1)
        if prediction is None or not findings:
            return
        self._main.show_finding(findings[0])
        self._extent.setVisible(prediction.opacity_extent is not None)
        if prediction.opacity_extent is not None:
            extent = extent_text(prediction.opacity_extent)
            self._extent.setText(self.tr("Opacity covers {extent} of the lungs").format(extent=extent))
        if len(findings) > 1:
            self._second.show_finding(findings[1])
            self._second_caveat.setText(self._caveat(findings[1].id))

    def _caveat(self, finding: str) -> str:
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

    def _show_boxes(self, prediction: Prediction | None) -> None:
        for button in self._boxes:
            button.deleteLater()
        self._boxes = []
        boxes = prediction.boxes if prediction is not None else ()
        for place, box in enumerate(boxes):
            self._boxes.append(self._box_button(place, box))
            self._box_column.addWidget(self._boxes[-1])
        self._box_list.setVisible(bool(boxes))

    def show_judgements(self, judged: tuple[Judgement | None, ...]) -> None:
        """Show the reader's word beside each box."""
        for button, judgement in zip(self._boxes, judged, strict=False):
            words = button.text().removesuffix(button.property("word") or "")
            word = "" if judgement is None else f"   {SIGNS[judgement]}"
            button.setProperty("word", word)
            button.setText(words + word)

    def _box_button(self, place: int, box: Box) -> QPushButton:
        score = probability_text(box.score)
        button = self._button(self.tr("Box {number}   {score}").format(number=place + 1, score=score))
        button.setIcon(icon("boxes", theme().colours["above"], theme().colours["faint"]))
        button.setProperty("flat", True)
        button.setCheckable(True)
        button.setAccessibleDescription(finding_name(box.finding))
        button.setStyleSheet("text-align: left;")
        button.setToolTip(self.tr("Zoom to this box (N, P: next, previous)"))
        button.clicked.connect(lambda: self.box_chosen.emit(place))
        return button

    def _show_behind(self, prediction: Prediction | None) -> None:
        self._seen_fold.setVisible(prediction is not None)
        self._model.setVisible(prediction is not None)
        if prediction is None:
            return
        self._seen.show_prediction(prediction)
        model = prediction.model
        lines = (
            self.tr("Network: {name} {version}").format(name=model.name, version=model.version),
            self.tr("Ran on {device}, {seconds}").format(
                device=prediction.device, seconds=seconds_text(prediction.seconds)
            ),
        )
        self._model.setText("\n".join(lines))


def _stage_text(stage: str) -> str:
    return {
        "load": translate("Stages", "Waking the network…"),
        "prepare": translate("Stages", "Preparing the film…"),
        "network": translate("Stages", "The network looks at the film…"),
        "maps": translate("Stages", "Drawing the maps…"),
    }.get(stage, "")
