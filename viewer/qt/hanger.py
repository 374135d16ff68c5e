"""The hanger: hangs films in the panes of the light box, the patient's earlier ones beside the one in front."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from model.film.film import Description, Film
from viewer.display.look import Look
from viewer.qt.light_box import LightBox
from viewer.qt.link import Link
from viewer.qt.pane import Pane
from viewer.qt.pane_title import TitleWords
from viewer.qt.pane_words import beside_words, front_words
from viewer.qt.sitting import Sitting
from viewer.qt.words import film_title
from viewer.session.hanging import Hanging
from viewer.session.priors import another_patient, may_move_together, priors_of, same_patient
from viewer.session.reading import Reading
from viewer.session.state import Sheet


class Hanger(QObject):
    """Implements ``viewer.commands.hand.PaneHand``.

    Signals
    -------
    changed
        Panes, the films in them or the link between them are others now.
    front_changed
        Another pane came in front.
    """

    changed = Signal()
    front_changed = Signal()

    def __init__(self, sitting: Sitting, box: LightBox) -> None:
        super().__init__(box)
        self._sitting = sitting
        self._box = box
        self._link = Link(box)
        self._hanging = Hanging()
        self._prior_wished = False
        self._filling = False
        self._last: Description | None = None
        self._others: list[int] = []
        self._anonymous = False
        box.touched.connect(lambda pane: self.bring_forward(box.panes.index(pane)))
        box.film_dropped.connect(self._on_dropped)
        sitting.hung.connect(self._on_hung)
        sitting.sketched.connect(self._on_sketched)
        sitting.beside_read.connect(lambda _sheet_id: self._show())
        sitting.table_changed.connect(self._on_table)
        sitting.sheet_changed.connect(self._on_sheet)
        sitting.choices.look_changed.connect(self._on_look)
        sitting.choices.edits_changed.connect(self._on_edits)

    # Panes

    @property
    def hanging(self) -> Hanging:
        """Which film hangs in which pane."""
        return self._hanging

    @property
    def layout(self) -> tuple[int, int]:
        """Rows and columns of panes."""
        return self._hanging.layout

    def arrange(self, rows: int, columns: int) -> None:
        """Part the light box; new panes take the patient's other films."""
        self._prior_wished, self._filling = False, True
        self._hang(self._hanging.arranged(rows, columns).filled(self._others))

    def step(self, step: int) -> None:
        """Bring the next or the previous pane in front, and the keyboard with it."""
        self.bring_forward((self._hanging.front + step) % len(self._hanging.sheets))
        self._box.canvas.setFocus(Qt.FocusReason.TabFocusReason)

    def exchange(self) -> None:
        """Exchange the film in front with the one in the next pane, which comes in front then."""
        place = self._hanging.front
        self._hang(self._hanging.exchanged(place, (place + 1) % len(self._hanging.sheets)).fronted(place))

    def bring_forward(self, place: int) -> None:
        """Bring a pane in front."""
        if place != self._hanging.front:
            self._hang(self._hanging.fronted(place))

    def restore(self, hanging: Hanging) -> None:
        """Hang films as they hung before."""
        self._prior_wished = self._filling = False
        self._hang(hanging)

    def set_anonymous(self, anonymous: bool) -> None:
        """Say no dates above the films, or say them."""
        self._anonymous = anonymous
        self._write()

    # Priors

    @property
    def prior_available(self) -> bool:
        """Whether another film of the patient in front lies on the table."""
        return bool(self._others)

    @property
    def prior_wished(self) -> bool:
        """Whether every film is to have an earlier one of its patient beside it, where there is one."""
        return self._prior_wished

    def toggle_prior(self) -> None:
        """Hang the nearest prior beside the film in front, and beside every film that follows; or do so no more."""
        self._prior_wished = not self._prior_wished
        self._hang(self._with_prior() if self._prior_wished else self._hanging.arranged(1, 1))

    def _with_prior(self) -> Hanging:
        alone = self._hanging.arranged(1, 1)
        return alone.arranged(1, 2).filled(self._others[:1]) if self._others else alone

    def next_prior(self, step: int) -> None:
        """Hang the next or the previous of the patient's other films in the pane after the one in front."""
        place = (self._hanging.front + 1) % len(self._hanging.sheets)
        there = self._hanging.sheets[place]
        free = [sheet for sheet in self._others if sheet == there or sheet not in self._hanging.hung]
        if place != self._hanging.front and free:
            start = free.index(there) + step if there in free else 0
            bare = self._hanging if there is None else self._hanging.without({there})
            self._hang(bare.with_film(free[start % len(free)], place).fronted(self._hanging.front))

    # The link

    @property
    def can_link(self) -> bool:
        """Whether any film may move together with the one in front."""
        return bool(self._link.partners(self._box.front))

    @property
    def linked(self) -> bool:
        """Whether films move together with the one in front."""
        return self._link.wished and self.can_link

    def set_linked(self, linked: bool) -> None:
        """Let zoom and pan of films that may move together do so, or each alone."""
        self._link.wished = linked
        self._link.draw_level()
        self._write()
        self.changed.emit()

    def fit(self) -> None:
        """Show the whole film in front, and those that move along with it."""
        self._link.fit()

    # Hanging

    def _hang(self, hanging: Hanging) -> None:
        """Hang films; another film in front is told to the sitting, which has the last word on what that is."""
        current = self._sitting.table.current
        moved = hanging.front != self._hanging.front
        self._hanging = hanging
        self._sitting.hang_beside(hanging.beside, self._companions())
        if hanging.current == (None if current is None else current.id):
            self._show()
            return
        self._last = None
        if hanging.current is None:
            self._sitting.set_aside()
        else:
            self._sitting.hang(hanging.current)
        if moved:
            self.front_changed.emit()

    def _on_hung(self, reading: Reading | None) -> None:
        """Follow the sitting: another film may be in front, and be another patient's."""
        sheet, front = self._sitting.table.current, self._hanging.front
        self._hanging = self._hanging.without(self._gone()).with_current(None if sheet is None else sheet.id)
        self._look_for_others()
        if reading is not None:
            self._turn_page(self._last, reading.film.description)
            self._last = reading.film.description
        self._sitting.hang_beside(self._hanging.beside, self._companions())
        self._show()
        if front != self._hanging.front:
            self.front_changed.emit()

    def _turn_page(self, before: Description | None, now: Description) -> None:
        """Where another patient's film came in front, take down what belonged to the one before."""
        if before is None or same_patient(before, now):
            return
        if self._prior_wished:
            self._hanging = self._with_prior()
        elif another_patient(before, now):
            theirs = [sheet for sheet in map(self._sitting.table.get, self._hanging.beside) if sheet is not None]
            gone = {sheet.id for sheet in theirs if same_patient(sheet.description, before)}
            if gone or self._filling:
                self._hanging = self._hanging.without(gone).filled(self._others)

    def _on_dropped(self, pane: Pane, film: Path) -> None:
        """Hang a film where it was dragged; where it hung in another pane, the two exchange their films."""
        self._prior_wished = self._filling = False
        sheet = self._sitting.table.seat(film)
        self._hang(self._hanging.with_film(sheet.id, self._box.panes.index(pane)))

    def _on_table(self) -> None:
        self._look_for_others()
        if self._gone():
            self._hang(self._hanging.without(self._gone()))

    def _gone(self) -> set[int]:
        return {sheet for sheet in self._hanging.hung if self._sitting.table.get(sheet) is None}

    def _on_sheet(self, sheet_id: int) -> None:
        """Notice an answer, and a film of the patient in front that has just been read."""
        sheet, current = self._sitting.table.get(sheet_id), self._sitting.table.current
        if sheet is None or current is None:
            return
        if sheet.id in self._hanging.beside and sheet.reading == "failed":
            self._show()
        for pane in self._box.panes:
            if pane.sheet is not None and pane.sheet.id == sheet_id:
                pane.show_answer(sheet)
        known = sheet.id == current.id or sheet.id in self._others or sheet.reading != "ready"
        if not known and same_patient(sheet.description, current.description):
            self._on_prior_found()

    def _on_prior_found(self) -> None:
        self._look_for_others()
        if self._prior_wished and not self._hanging.beside:
            self._hang(self._with_prior())
        elif self._filling and None in self._hanging.sheets:
            self._hang(self._hanging.filled(self._others))
        else:
            self._sitting.hang_beside(self._hanging.beside, self._companions())
            self.changed.emit()

    def _look_for_others(self) -> None:
        """Find the other films of the patient in front; known until films come, go or are read."""
        current = self._sitting.table.current
        self._others = [] if current is None else [other.id for other in priors_of(current, self._sitting.table)]

    def _companions(self) -> list[int]:
        """Return the patient's other films that show the chest from the same side as the one in front."""
        current, table = self._sitting.table.current, self._sitting.table
        others = [other for other in map(table.get, self._others) if other is not None]
        return [
            other.id
            for other in others
            if current is not None and may_move_together(other.description, current.description)
        ]

    # Showing

    def _show(self) -> None:
        """Show in every pane what hangs there."""
        self._box.follow(self._hanging)
        for pane, sheet_id in zip(self._box.panes, self._hanging.sheets, strict=True):
            self._show_pane(pane, sheet_id)
        self._write()
        self.changed.emit()

    def _show_pane(self, pane: Pane, sheet_id: int | None) -> None:
        sheet = None if sheet_id is None else self._sitting.table.get(sheet_id)
        reading = None if sheet is None else self._sitting.reading_of(sheet.id)
        edits = None if reading is None else self._sitting.choices.of(reading.film.key)
        if sheet is None:
            pane.show_nothing(invite=len(self._box.panes) > 1 or bool(len(self._sitting.table)))
        elif reading is None or edits is None:
            pane.show_waiting(sheet, self._name(sheet))
        else:
            pane.show_film(sheet, reading, edits)

    def _name(self, sheet: Sheet) -> str:
        number = 1 + [other.id for other in self._sitting.table].index(sheet.id)
        return film_title(sheet, number, self._anonymous)

    def _on_sketched(self, film: Film, look: Look) -> None:
        self._box.canvas.show_sketch(film, look)

    def _on_look(self, key: str) -> None:
        for pane in self._box.panes:
            if pane.film_key == key:
                pane.canvas.set_look(self._sitting.choices.of(key).look)

    def _on_edits(self, key: str) -> None:
        for pane in self._box.panes:
            if pane.film_key == key and pane is not self._box.front:
                pane.show_edits(self._sitting.choices.of(key))

    def speak(self) -> None:
        """Say everything in and above the panes in the language that holds now."""
        for pane in self._box.panes:
            pane.speak()
        self._write()

    def _write(self) -> None:
        """Say above each film what it is and how it stands to the one in front."""
        front = self._box.front
        for pane in self._box.panes:
            pane.title.show_words(self._words(pane, front), pane is front)

    def _words(self, pane: Pane, front: Pane) -> TitleWords:
        if pane.description is None:
            return TitleWords()
        if pane is front or front.description is None:
            return front_words(pane.description, self._anonymous)
        linked = self._link.wished and self._link.allowed(pane, front)
        return beside_words(pane.description, front.description, self._anonymous, linked)
