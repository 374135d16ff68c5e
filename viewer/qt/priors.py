"""Priors: an earlier film of the same patient beside the one in front, moving with it where that makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.display.look import Look
from viewer.display.view import Place
from viewer.measure.shapes import Measurement
from viewer.qt.canvas import Canvas
from viewer.qt.panels.parts import label
from viewer.qt.sitting import Sitting
from viewer.qt.theme import theme
from viewer.qt.words import date_text, translate
from viewer.session.edits import Edits
from viewer.session.priors import days_earlier, may_move_together, priors_of, same_patient
from viewer.session.reading import Reading

if TYPE_CHECKING:
    from viewer.qt.desk import Desk


class PriorPane(QWidget):
    """One canvas with a line above it that says what hangs there and how long ago it was taken."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("room")
        self.canvas = Canvas()
        self.words = label("quiet", wrap=False)
        space = theme().space
        self.words.setContentsMargins(space["one"], space["half"], space["one"], space["half"])
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(self.canvas, 1)
        self.hide()


class Priors(QObject):
    """Implements ``viewer.commands.hand.PriorHand``.

    Signals
    -------
    changed
        Another prior, or none, hangs beside the film in front, or the two were linked or parted.
    """

    changed = Signal()

    def __init__(self, sitting: Sitting, canvas: Canvas, desk: Desk) -> None:
        super().__init__(canvas)
        self.pane = PriorPane()
        self._sitting = sitting
        self._front = canvas
        self._desk = desk
        self._sheet: int | None = None
        self._reading: Reading | None = None
        self._others: list[int] = []
        self._wish_linked = True
        beside = self.pane.canvas
        canvas.place_changed.connect(lambda place: self._follow(place, beside))
        beside.place_changed.connect(lambda place: self._follow(place, canvas))
        beside.look_changed.connect(self._on_look)
        beside.measurement_changed.connect(self._on_drawn)
        beside.gesture_ended.connect(sitting.choices.keep)
        beside.film_step_requested.connect(self.step)
        beside.full_screen_requested.connect(self.swap)
        beside.paths_dropped.connect(sitting.open)
        sitting.hung.connect(self._on_hung)
        sitting.beside_hung.connect(self._on_beside)
        sitting.table_changed.connect(self._on_table)
        sitting.sheet_changed.connect(self._on_sheet)
        desk.changed.connect(self._dress)

    def _look_for_others(self) -> None:
        """Find the other films of the patient in front; known until films come, go or are read."""
        current = self._sitting.table.current
        self._others = [] if current is None else [other.id for other in priors_of(current, self._sitting.table)]

    @property
    def available(self) -> bool:
        """Whether another film of the patient in front lies on the table."""
        return bool(self._others)

    @property
    def shown(self) -> bool:
        """Whether a prior hangs beside the film in front."""
        return self._sheet is not None

    @property
    def can_link(self) -> bool:
        """Whether the two films may move together."""
        film, reading = self._sitting.film, self._reading
        if film is None or reading is None:
            return False
        return may_move_together(reading.film.description, film.description)

    @property
    def linked(self) -> bool:
        """Whether the two films move together."""
        return self._wish_linked and self.can_link

    def toggle(self) -> None:
        """Hang the nearest prior beside the film in front, or take it away."""
        self._hang(None if self.shown or not self._others else self._others[0])

    def step(self, step: int) -> None:
        """Hang the next or the previous of the patient's other films."""
        ids = self._others
        if self._sheet in ids:
            self._hang(ids[(ids.index(self._sheet) + step) % len(ids)])

    def set_linked(self, linked: bool) -> None:
        """Let zoom and pan of both films move together, or each alone."""
        self._wish_linked = linked
        if self.linked and self._front.place is not None:
            self.pane.canvas.look_at(self._front.place)
        self._say()

    def swap(self) -> None:
        """Bring the prior in front, and the film in front beside it."""
        current, prior = self._sitting.table.current, self._sheet
        if current is not None and prior is not None:
            self._sitting.hang(prior)
            self._hang(current.id)

    def fit(self) -> None:
        """Show the whole of the prior too, while the two move together."""
        if self.linked:
            self.pane.canvas.fit()

    def _hang(self, sheet_id: int | None) -> None:
        self._sheet, self._reading = sheet_id, None
        self.pane.setVisible(sheet_id is not None)
        sheet = None if sheet_id is None else self._sitting.table.get(sheet_id)
        if sheet is not None:
            self.pane.canvas.show_loading("")
        self._sitting.hang_beside(sheet_id)
        self._say()

    def _on_beside(self, reading: Reading) -> None:
        """Show the prior that has been read."""
        self._reading = reading
        canvas, edits = self.pane.canvas, self._sitting.choices.of(reading.film.key)
        canvas.show_film(reading.film, edits.look)
        sheet = None if self._sheet is None else self._sitting.table.get(self._sheet)
        canvas.set_prediction(None if sheet is None else sheet.prediction)
        self._dress()
        self._show(edits)
        self.set_linked(self._wish_linked)

    def _show(self, edits: Edits) -> None:
        canvas, reading = self.pane.canvas, self._reading
        if reading is not None:
            canvas.set_spacing(edits.calibration or reading.film.spacing)
        canvas.set_look(edits.look)
        canvas.set_measurements(edits.shapes)

    def _dress(self) -> None:
        """Show on the prior what is chosen for all films."""
        canvas = self.pane.canvas
        canvas.set_overlays(self._desk.overlays)
        canvas.set_text_mode(self._desk.text_mode)
        canvas.set_anonymous(self._desk.anonymous)
        self._write()

    def _on_hung(self, reading: Reading | None) -> None:
        """Take the prior away when the film in front is another patient's, or is the prior itself."""
        self._look_for_others()
        if self.shown and reading is not None and self._sheet not in self._others:
            self._hang(None)
        self._say()

    def _on_sheet(self, sheet_id: int) -> None:
        """Notice a film of the patient in front that has just been read."""
        sheet, current = self._sitting.table.get(sheet_id), self._sitting.table.current
        if sheet is None or current is None or sheet.reading != "ready":
            return
        if sheet.id not in self._others and same_patient(sheet.description, current.description):
            self._look_for_others()
            self.changed.emit()

    def _on_table(self) -> None:
        self._look_for_others()
        if self._sheet is not None and self._sitting.table.get(self._sheet) is None:
            self._hang(None)

    def _follow(self, place: Place, other: Canvas) -> None:
        if self.linked:
            other.look_at(place)

    def _on_look(self, look: Look, gesture: int) -> None:
        self._choose(lambda edits: replace(edits, look=look), gesture)

    def _on_drawn(self, shape: Measurement, gesture: int) -> None:
        self._choose(lambda edits: edits.with_shape(shape), gesture)

    def _choose(self, change: Callable[[Edits], Edits], gesture: int) -> None:
        """Record a choice for the prior; undo belongs to the film in front."""
        if self._reading is not None:
            key = self._reading.film.key
            self._sitting.choices.choose(key, change(self._sitting.choices.of(key)), gesture)
            self._show(self._sitting.choices.of(key))

    def _say(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        """Say above the prior when it was taken, how long before the film in front, and whether they are linked."""
        film, reading = self._sitting.film, self._reading
        if film is None or reading is None:
            self.pane.words.setText("")
            return
        prior = reading.film.description
        when = "" if self._desk.anonymous else date_text(prior.study_date)
        apart = interval_words(days_earlier(prior, film.description))
        link = translate("Priors", "moves along") if self.linked else translate("Priors", "moves alone")
        self.pane.words.setText(" · ".join(part for part in (when, prior.view, apart, link) if part))


def interval_words(days: int | None) -> str:
    """Return how long before the film in front another was taken; months and years are rounded down."""
    if days is None:
        return translate("Priors", "date unknown")
    if days == 0:
        return translate("Priors", "same day")
    span = abs(days)
    if span < 61:
        count, words = span, (translate("Priors", "{n} d earlier"), translate("Priors", "{n} d later"))
    elif span < 731:
        count, words = int(span / 30.44), (translate("Priors", "{n} mo earlier"), translate("Priors", "{n} mo later"))
    else:
        count, words = int(span / 365.25), (translate("Priors", "{n} y earlier"), translate("Priors", "{n} y later"))
    return words[days < 0].format(n=count)
