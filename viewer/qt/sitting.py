"""One sitting at the light box: films come, are read, hang and go; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.display.look import Look
from viewer.messages import batch_message
from viewer.qt.analysis import Analysis
from viewer.qt.answers import Answers
from viewer.qt.choices import Choices
from viewer.qt.reader import Crowd, Errand, Reader
from viewer.qt.reasons import Reasons
from viewer.session.edits import Edits
from viewer.session.keeping import Keeper
from viewer.session.reading import Reading, Sketch
from viewer.session.shelf import Shelf
from viewer.session.state import Sheet, Table
from viewer.session.wants import Wants

WAKE_MS = 700
"""How long an empty light box rests before the network is loaded, so that the first film need not wait for it."""


class Sitting(QObject):
    """Holds the films and sets the lanes to work; ``choices`` and ``answers`` hold what is chosen and said of them.

    Signals
    -------
    table_changed
        Films came, went, or another one is in front.
    sheet_changed
        Facts of one sheet (its id) changed.
    sketched
        A sketch of the film in front, which is still being read, as a ``Film``, and the ``Look`` to see it with.
    opened
        The paths that are to be opened, as they were given.
    hung
        The film in front changed: a ``Reading``, or None while there is nothing to show.
    beside_read
        The id of a sheet whose film was to hang beside the one in front and is in memory now.
    answer_changed
        What is known of the network's answer for the film in front changed.
    crowd_found
        The paths of a drop that is too much for the table.
    cleared
        Every film was taken off the table.
    told
        A ``Message`` for the user.
    surprised
        An ``Exception`` that nobody foresaw; the user has been told, a report is worth writing.
    """

    table_changed = Signal()
    sheet_changed = Signal(int)
    sketched = Signal(object, object)
    opened = Signal(object)
    hung = Signal(object)
    beside_read = Signal(int)
    answer_changed = Signal()
    crowd_found = Signal(object)
    cleared = Signal()
    told = Signal(object)
    surprised = Signal(object)

    def __init__(
        self,
        analysis: Analysis,
        shelf_bytes: int,
        analyse_on_opening: bool = True,
        parent: QObject | None = None,
        *,
        keeper: Keeper | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = Table()
        self.guide: Callable[[Path, int], Path | None] | None = None
        self._reasons = Reasons(self)
        self._reasons.told.connect(self.told)
        self._reasons.surprised.connect(self.surprised)
        self.choices = Choices(keeper, self._reasons, self)
        self.answers = Answers(self.table, analysis, self._hanging, self._reasons, self)
        self.answers.unbidden = analyse_on_opening
        self.answers.changed.connect(self._on_answer_changed)
        self._shelf = Shelf(shelf_bytes)
        self._wants = Wants(self.table, self._shelf, self._further)
        self._reading: Reading | None = None
        self._reader = Reader(self._next_errand, self)
        self._reader.found.connect(self._on_found)
        self._reader.read.connect(self._on_read)
        self._reader.sketched.connect(self._on_sketched)
        self._reader.failed.connect(self._on_failed)
        self._closed = False
        self._wake = QTimer(self, singleShot=True, interval=WAKE_MS)
        self._wake.timeout.connect(self._on_wake)

    # What is in front

    @property
    def reading(self) -> Reading | None:
        """The film on the box with what was computed from it."""
        return self._reading

    @property
    def film(self) -> Film | None:
        """The film on the box."""
        return None if self._reading is None else self._reading.film

    @property
    def look(self) -> Look | None:
        """How the film on the box is seen."""
        return None if self.edits is None else self.edits.look

    @property
    def edits(self) -> Edits | None:
        """Everything the reader chose for the film on the box."""
        return None if self._reading is None else self.choices.of(self._reading.film.key)

    @property
    def prediction(self) -> Prediction | None:
        """What the network said about the film on the box."""
        sheet = self.table.current
        return sheet.prediction if sheet is not None and self._reading is not None else None

    @property
    def analysing(self) -> bool:
        """Whether the network is looking at the film on the box."""
        current = self.table.current
        return current is not None and self.answers.sheet_id == current.id

    def _hanging(self) -> Iterator[tuple[int, Film]]:
        """Yield sheet id and film of what hangs and of its companions, as far as they are in memory, front first."""
        for sheet_id in self._wants.looked_at:
            reading = self.reading_of(sheet_id)
            if reading is not None:
                yield sheet_id, reading.film

    # Films come and go

    def open(self, paths: Iterable[Path]) -> None:
        """Find the films in files and folders and lay them on the table; the first of them comes in front."""
        wanted = tuple(path.absolute() for path in paths)
        if wanted:
            self.opened.emit(wanted)
            self._reader.find(wanted)

    def hang(self, sheet_id: int, frame: int | None = None) -> None:
        """Bring a sheet in front, at once if it is in memory, else as soon as it is read."""
        sheet = self.table.bring_forward(sheet_id)
        if frame is not None and frame != sheet.frame:
            sheet = self.table.change(sheet_id, frame=frame, answer="none", prediction=None, answer_error="")
            self.answers.veil.forget(sheet_id)
        if frame is not None or self.answers.sheet_id not in self._wants.looked_at:
            self.answers.give_up()
        self._wants.begin()
        self._show(sheet)
        self.table_changed.emit()
        self._reader.wake()

    def set_aside(self) -> None:
        """Have no film in front; all stay on the table."""
        self.table.set_aside()
        self._show(None)
        self.table_changed.emit()

    def hang_beside(self, sheet_ids: Iterable[int], companions: Iterable[int] = ()) -> None:
        """Read these sheets next, and keep them in memory while they hang beside the one in front.

        ``companions`` are sheets that do not hang but are to be analysed too, once all that hangs is.
        """
        self._wants.hang_beside(sheet_ids, companions)
        self._reader.wake()
        self.answers.settle()

    def reading_of(self, sheet_id: int) -> Reading | None:
        """Return the film of a sheet with what was computed from it, its choices taken up; None while not in memory."""
        sheet = self.table.get(sheet_id)
        reading = None if sheet is None else self._shelf.take((sheet.id, sheet.frame))
        if reading is not None:
            self.choices.take_up(reading)
        return reading

    def step(self, step: int) -> None:
        """Hang the film so many places further down the list."""
        current = self.table.current
        heir = None if current is None else self._further(current, step)
        if heir is not None:
            self.hang(heir.id)

    def hang_path(self, path: Path) -> None:
        """Bring a film of a longer list in front."""
        self.hang(self.table.seat(path).id)

    def _further(self, sheet: Sheet, step: int) -> Sheet | None:
        if self.guide is None:
            return self.table.beside(sheet.id, step)
        path = self.guide(sheet.path, step)
        return None if path is None else self.table.seat(path)

    def step_frame(self, step: int) -> None:
        """Show another frame of the film in front."""
        current = self.table.current
        if current is not None and 0 <= current.frame + step < current.frames:
            self.hang(current.id, current.frame + step)

    def remove(self, sheet_id: int) -> None:
        """Take a sheet off the table."""
        was_current = self.table.current is not None and self.table.current.id == sheet_id
        self._take_off(sheet_id)
        if was_current:
            self._after_removal()
        else:
            self.table_changed.emit()

    def clear(self) -> None:
        """Take every sheet off the table."""
        for sheet in list(self.table):
            self._take_off(sheet.id)
        self._after_removal()
        self.cleared.emit()

    def _take_off(self, sheet_id: int) -> None:
        self.table.remove(sheet_id)
        self.answers.veil.forget(sheet_id)
        self._shelf.drop(sheet_id)

    def _after_removal(self) -> None:
        current = self.table.current
        if current is not None:
            self.hang(current.id)
            return
        self.answers.give_up()
        self._show(None)
        self.table_changed.emit()

    def _show(self, sheet: Sheet | None) -> None:
        self.choices.keep()
        self._reading = None if sheet is None else self.reading_of(sheet.id)
        self._wants.hold()
        self.answers.settle()
        self.hung.emit(self._reading)
        self.answer_changed.emit()

    # Choices for the film in front

    def set_look(self, look: Look, gesture: int | None = None) -> None:
        """See the film on the box with this look."""
        if self.edits is not None:
            self.set_edits(replace(self.edits, look=look), gesture)

    def set_edits(self, edits: Edits, gesture: int | None = None) -> None:
        """Choose all this for the film on the box; without a gesture it is kept at once."""
        if self.film is not None:
            self.choices.choose(self.film.key, edits, gesture)

    # Reading

    def _next_errand(self) -> Errand | None:
        wanted = self._wants.next()
        return None if wanted is None else Errand(wanted[0].id, wanted[0].path, wanted[0].frame, sketch=wanted[1])

    def _on_found(self, found: tuple[Path, ...] | Crowd | Exception) -> None:
        if isinstance(found, Exception):
            self._reasons.tell(found)
            return
        if isinstance(found, Crowd) or self.guide is not None:
            self.crowd_found.emit(found.paths if isinstance(found, Crowd) else found)
            return
        sheets = self.table.lay(found)
        self.table_changed.emit()
        self._tell_batches()
        if sheets:
            self.hang(sheets[0].id)

    def mark(self, sheet_id: int, reviewed: bool) -> None:
        """Note whether a film is reviewed."""
        self.table.change(sheet_id, reviewed=reviewed)
        self.sheet_changed.emit(sheet_id)

    def _on_read(self, errand: Errand, reading: Reading) -> None:
        sheet = self.table.get(errand.sheet_id)
        if sheet is None:
            return
        sheet = self.table.read(sheet.id, reading)
        if any(near.id == sheet.id for near in self._wants.near()):
            self._shelf.put((errand.sheet_id, errand.frame), reading)
        self.sheet_changed.emit(sheet.id)
        self._tell_batches()
        current = self.table.current
        if current is not None and current.id == sheet.id and current.frame == errand.frame:
            self._show(current)
        elif sheet.id in self._wants.looked_at and sheet.frame == errand.frame:
            self.answers.settle()
            if sheet.id in self._wants.beside:
                self.beside_read.emit(sheet.id)

    def _on_sketched(self, errand: Errand, sketch: Sketch) -> None:
        current = self.table.current
        waited_for = current is not None and (current.id, current.frame) == (errand.sheet_id, errand.frame)
        if waited_for and self._reading is None:
            self.sketched.emit(sketch.film, self.choices.look_of(sketch.film, sketch.first_look))

    def _on_failed(self, errand: Errand, error: Exception) -> None:
        sheet = self.table.get(errand.sheet_id)
        if sheet is None:
            return
        self.table.change(sheet.id, reading="failed", error=self._reasons.sentence(error))
        self.sheet_changed.emit(sheet.id)
        self._tell_batches()
        if self.table.current is not None and self.table.current.id == sheet.id:
            self._show(self.table.current)

    def _tell_batches(self) -> None:
        for batch in self.table.finished_batches():
            message = batch_message(batch)
            if message is not None:
                self.told.emit(message)

    # The network

    def allow_analysis(self) -> None:
        """Let decoders and network wake up; called once the window has been painted."""
        if self._closed:
            return
        self._reader.warm()
        self.answers.allow()
        if self.film is None:
            self._wake.start()

    def _on_wake(self) -> None:
        """Load the network, unless a film is about to come in front: it would have to wait for the processor."""
        if not self._reader.busy:
            self.answers.load()

    def analyse(self, force: bool = False, correct: bool = False) -> None:
        """Ask the network about the film on the box."""
        if self.table.current is not None and self.film is not None:
            self.answers.analyse(self.table.current.id, self.film, force, correct)

    def set_habits(self, device: str, shelf_bytes: int, analyse_on_opening: bool) -> None:
        """Follow the reader's settings: where the network runs, how much is kept, whether it is asked unbidden."""
        self.answers.use(device)
        self.answers.unbidden = analyse_on_opening
        self._shelf.set_limit(shelf_bytes)

    def _on_answer_changed(self, sheet_id: int) -> None:
        self.sheet_changed.emit(sheet_id)
        if self.table.current is not None and self.table.current.id == sheet_id:
            self.answer_changed.emit()

    def close(self) -> None:
        """Stop all work and wait for the steps under way."""
        self._closed = True
        self.choices.keep()
        self._wake.stop()
        self.answers.close()
        self._reader.close()
