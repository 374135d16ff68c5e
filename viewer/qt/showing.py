"""The showing: panels, title and status follow what hangs, what is chosen and what the network says."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from viewer.messages import Message, header_message
from viewer.qt.desk import Desk
from viewer.qt.language import say_again
from viewer.qt.light_box import LightBox
from viewer.qt.notices import NoticeBar
from viewer.qt.panels.drawings import DrawingsPanel
from viewer.qt.panels.feature_map import FeatureMapPanel
from viewer.qt.panels.films import FilmList
from viewer.qt.panels.findings import FindingsPanel
from viewer.qt.panels.overlays import OverlaysPanel
from viewer.qt.sitting import Sitting
from viewer.qt.status import StatusLine
from viewer.qt.words import film_title
from viewer.session.course import course
from viewer.session.reading import Reading


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is made of and what shows something of the films."""

    box: LightBox
    films: FilmList
    findings: FindingsPanel
    overlays: OverlaysPanel
    drawings: DrawingsPanel
    feature_map: FeatureMapPanel
    notices: NoticeBar
    status: StatusLine


class Showing(QObject):
    """Carries facts and choices to the parts, and the parts' wishes to sitting and desk; panes follow by themselves.

    Signals
    -------
    titled
        What to call the film in front; empty while none hangs.
    told
        A ``Message`` for the user.
    """

    titled = Signal(str)
    told = Signal(object)

    def __init__(self, sitting: Sitting, desk: Desk, parts: Parts) -> None:
        super().__init__(desk)
        self._sitting = sitting
        self._desk = desk
        self._parts = parts
        self._warning: Message | None = None
        self._follow()
        self._obey()
        self._on_table_changed()
        self._on_hung(None)
        say_again(self, self._speak)

    def _follow(self) -> None:
        sitting, desk, parts = self._sitting, self._desk, self._parts
        sitting.table_changed.connect(self._on_table_changed)
        sitting.sheet_changed.connect(self._on_sheet_changed)
        sitting.hung.connect(self._on_hung)
        sitting.answer_changed.connect(self._on_answer_changed)
        sitting.answers.progressed.connect(self._on_progressed)
        desk.drawings.changed.connect(self._show_drawings)
        desk.overlays_changed.connect(parts.overlays.show_choice)
        desk.anonymous_changed.connect(self._on_anonymous_changed)
        desk.box_chosen.connect(parts.findings.boxes.select)
        desk.first_read.changed.connect(self._on_first_read_changed)
        parts.overlays.show_choice(desk.overlays)
        parts.films.films.set_anonymous(desk.anonymous)

    def _obey(self) -> None:
        sitting, desk, parts = self._sitting, self._desk, self._parts
        parts.box.look_changed.connect(sitting.set_look)
        parts.box.film_step_requested.connect(sitting.step)
        parts.box.box_clicked.connect(desk.choose_box)
        parts.box.paths_dropped.connect(sitting.open)
        parts.box.open_requested.connect(desk.files.choose_files)
        parts.films.film_chosen.connect(sitting.hang)
        parts.drawings.chosen.connect(desk.drawings.choose)
        parts.findings.analyse_requested.connect(desk.analyse)
        parts.findings.remedy_requested.connect(desk.put_right)
        parts.findings.cancel_requested.connect(desk.cancel_analysis)
        parts.findings.box_chosen.connect(desk.choose_box)
        parts.findings.course.plot.film_chosen.connect(sitting.hang)
        parts.overlays.choice_changed.connect(desk.set_overlays)
        hand, card = desk.first_read, parts.findings.impression
        card.said.connect(hand.say)
        card.remarked.connect(hand.remark)
        card.recorded.connect(hand.record)
        hand.remark_wanted.connect(card.field.setFocus)

    def _speak(self) -> None:
        """Say again, in the language that holds now, what depends on the films."""
        sheet = self._sitting.table.current
        self._parts.films.films.set_anonymous(self._desk.anonymous)
        self._parts.findings.show_sheet(sheet)
        self._parts.overlays.show_prediction(self._sitting.prediction)
        self._show_course()
        self._show_drawings()
        self._desk.panes.speak()
        self._show_status()
        self._show_title()

    def _on_table_changed(self) -> None:
        current = self._sitting.table.current
        self._parts.films.follow(None if current is None else current.id)
        self._show_status()

    def _on_sheet_changed(self, sheet_id: int) -> None:
        self._parts.films.films.follow_sheet(sheet_id)
        self._show_course()
        self._show_status()

    def _on_hung(self, reading: Reading | None) -> None:
        self._desk.drawings.hang()
        self._show_course()
        self._show_title()
        self._show_warnings(reading)

    def _on_answer_changed(self) -> None:
        prediction = self._sitting.prediction
        self._parts.findings.show_sheet(self._sitting.table.current)
        self._parts.overlays.show_prediction(prediction)
        self._parts.feature_map.show_prediction(prediction)
        self._desk.drawings.choose_box(-1)

    def _on_first_read_changed(self) -> None:
        self._parts.findings.show_draft(self._desk.first_read.draft)

    def _on_progressed(self, sheet_id: int, doing: str, share: float) -> None:
        current = self._sitting.table.current
        if current is not None and current.id == sheet_id:
            self._parts.findings.show_progress(doing, share)

    def _on_anonymous_changed(self, anonymous: bool) -> None:
        self._parts.films.films.set_anonymous(anonymous)
        if anonymous:
            self._parts.notices.take_back_details()
        self._show_course()
        self._show_title()

    def _show_course(self) -> None:
        """Show what the network says of all films of the patient in front."""
        current = self._sitting.table.current
        points = () if current is None else course(current, self._sitting.table)
        self._parts.findings.course.show_points(points, None if current is None else current.id, self._desk.anonymous)

    def _show_drawings(self) -> None:
        drawings = self._desk.drawings
        self._parts.drawings.show_drawings(drawings.film, drawings.results(), drawings.chosen)
        self._parts.findings.boxes.show_judgements(drawings.judged)

    def _show_warnings(self, reading: Reading | None) -> None:
        """Say what was wrong with the header of the film in front, for as long as it hangs there."""
        self._parts.notices.take_back(self._warning)
        self._warning = None if reading is None else header_message(reading.film.warnings)
        if self._warning is not None:
            self.told.emit(self._warning)

    def _title(self) -> str:
        sheet = self._sitting.table.current
        if sheet is None:
            return ""
        number = 1 + [other.id for other in self._sitting.table].index(sheet.id)
        return film_title(sheet, number, self._desk.anonymous)

    def _show_title(self) -> None:
        self.titled.emit(self._title())

    def _show_status(self) -> None:
        if self._sitting.guide is None:
            self._parts.status.show_table(self._sitting.table)
        else:
            self._parts.status.clear()
