"""One sitting at the light box: films on the table, choices made, work under way; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from model.errors import NegatoscopeError
from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.display.look import Look
from viewer.messages import QT_TRANSLATE_NOOP, Message, batch_message
from viewer.qt.analysis import Analysis
from viewer.qt.reader import Crowd, Errand, Reader
from viewer.qt.words import translate
from viewer.session.edits import EditBook, Edits
from viewer.session.keeping import Keeper
from viewer.session.reading import Reading, Sketch
from viewer.session.shelf import Shelf
from viewer.session.state import Sheet, Table

SETTLE_MS = 150
"""How long a film hangs before the network is asked, so that leafing through films costs nothing."""
WAKE_MS = 700
"""How long an empty light box rests before the network is loaded, so that the first film need not wait for it."""


class Sitting(QObject):
    """Holds the facts and choices and sets the lanes to work.

    Signals
    -------
    table_changed
        Films came, went, or another one is in front.
    sheet_changed
        Facts of one sheet (its id) changed.
    sketched
        A sketch of the film in front, which is still being read, as a ``Film``, and the ``Look`` to see it with.
    hung
        The film in front changed: a ``Reading``, or None while there is nothing to show.
    look_changed
        The film in front is to be seen with another ``Look``.
    beside_hung
        The ``Reading`` of the film that was to hang beside the one in front.
    edits_changed
        Anything else that the reader chose for the film in front changed.
    answer_changed
        What is known of the network's answer for the film in front changed.
    progressed
        What the network is doing, and the share done.
    told
        A ``Message`` for the user.
    surprised
        An ``Exception`` that nobody foresaw; the user has been told, a report is worth writing.
    """

    table_changed = Signal()
    sheet_changed = Signal(int)
    sketched = Signal(object, object)
    hung = Signal(object)
    look_changed = Signal(object)
    edits_changed = Signal()
    beside_hung = Signal(object)
    answer_changed = Signal()
    progressed = Signal(str, float)
    told = Signal(object)
    crowd_found = Signal(object)
    cleared = Signal()
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
        self.book = EditBook()
        self._keeper = keeper
        self._unkept: set[str] = set()
        self._prior: int | None = None
        self.guide: Callable[[Path, int], Path | None] | None = None
        self._shelf = Shelf(shelf_bytes)
        self._fetched: set[tuple[int, int]] = set()
        self._sketched: tuple[int, int] | None = None
        self._reading: Reading | None = None
        self._reader = Reader(self._next_errand, self)
        self._reader.found.connect(self._on_found)
        self._reader.read.connect(self._on_read)
        self._reader.sketched.connect(self._on_sketched)
        self._reader.failed.connect(self._on_failed)
        self._analysis = analysis
        analysis.setParent(self)
        analysis.answered.connect(self._on_answered)
        analysis.failed.connect(self._on_answer_failed)
        analysis.cancelled.connect(self._on_answer_cancelled)
        analysis.progressed.connect(self.progressed)
        self._may_analyse = False
        self._closed = False
        self._analyse_on_opening = analyse_on_opening
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
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
        return None if self._reading is None else self.book.history(self._reading.film.key).present

    @property
    def prediction(self) -> Prediction | None:
        """What the network said about the film on the box."""
        sheet = self.table.current
        return sheet.prediction if sheet is not None and self._reading is not None else None

    @property
    def analysing(self) -> bool:
        """Whether the network is looking at the film on the box."""
        return self._analysis.sheet_id is not None

    # Films come and go

    def open(self, paths: Iterable[Path]) -> None:
        """Find the films in files and folders and lay them on the table; the first of them comes in front."""
        wanted = tuple(path.absolute() for path in paths)
        if wanted:
            self._reader.find(wanted)

    def hang(self, sheet_id: int, frame: int | None = None) -> None:
        """Bring a sheet in front, at once if it is in memory, else as soon as it is read."""
        sheet = self.table.bring_forward(sheet_id)
        if frame is not None and frame != sheet.frame:
            sheet = self.table.change(sheet_id, frame=frame, answer="none", prediction=None, answer_error="")
        self._give_up_answer()
        self._fetched.clear()
        self._sketched = None
        self._show(sheet)
        self.table_changed.emit()
        self._reader.wake()

    def hang_beside(self, sheet_id: int | None) -> None:
        """Read this sheet, to hang beside the one in front as long as it is wished for; None ends that."""
        self._prior = sheet_id
        sheet = None if sheet_id is None else self.table.get(sheet_id)
        if sheet is None:
            return
        self._fetched.discard((sheet.id, sheet.frame))
        self._show_beside(sheet)
        self._reader.wake()

    def _show_beside(self, sheet: Sheet) -> None:
        reading = self._shelf.take((sheet.id, sheet.frame))
        if reading is not None:
            self._take_up(reading)
            self.beside_hung.emit(reading)

    def step(self, step: int) -> None:
        """Hang the film so many places further down the list."""
        current = self.table.current
        heir = None if current is None else self._beside(current, step)
        if heir is not None:
            self.hang(heir.id)

    def hang_path(self, path: Path) -> None:
        """Bring a film of a longer list in front."""
        self.hang(self.table.seat(path).id)

    def _beside(self, sheet: Sheet, step: int) -> Sheet | None:
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
        self.table.remove(sheet_id)
        self._shelf.drop(sheet_id)
        if was_current:
            self._after_removal()
        else:
            self.table_changed.emit()

    def clear(self) -> None:
        """Take every sheet off the table."""
        for sheet in list(self.table):
            self.table.remove(sheet.id)
            self._shelf.drop(sheet.id)
        self._after_removal()
        self.cleared.emit()

    def _after_removal(self) -> None:
        current = self.table.current
        if current is not None:
            self.hang(current.id)
            return
        self._give_up_answer()
        self._show(None)
        self.table_changed.emit()

    def _show(self, sheet: Sheet | None) -> None:
        self.keep()
        reading = None if sheet is None else self._shelf.take((sheet.id, sheet.frame))
        self._reading = reading
        if reading is not None:
            self._take_up(reading)
            self._settle.start()
        self.hung.emit(reading)
        self.answer_changed.emit()

    # Choices

    def set_look(self, look: Look, gesture: int | None = None) -> None:
        """See the film on the box with this look."""
        if self.edits is not None:
            self.set_edits(replace(self.edits, look=look), gesture)

    def set_edits(self, edits: Edits, gesture: int | None = None) -> None:
        """Choose all this for the film on the box; without a gesture it is kept at once, else by ``keep``."""
        before = self.edits
        if self.film is None or edits == before:
            return
        self.book.record(self.film.key, edits, gesture)
        self._chosen(before, gesture)

    def set_edits_of(self, key: str, edits: Edits, gesture: int | None = None) -> None:
        """Choose all this for a film that was opened in this sitting, whether or not it is in front."""
        if self.film is not None and key == self.film.key:
            self.set_edits(edits, gesture)
            return
        self.book.record(key, edits, gesture)
        self._unkept.add(key)
        if gesture is None:
            self.keep()

    def undo(self) -> None:
        """Take back the last choice on the film on the box."""
        if self.film is not None:
            before = self.edits
            self.book.history(self.film.key).undo()
            self._chosen(before)

    def redo(self) -> None:
        """Take again the choice last taken back."""
        if self.film is not None:
            before = self.edits
            self.book.history(self.film.key).redo()
            self._chosen(before)

    def _chosen(self, before: Edits | None, gesture: int | None = None) -> None:
        """Tell what became of the choices, and keep them unless a gesture is still under way."""
        after, film = self.edits, self.film
        if after is None or film is None or after == before:
            return
        self._unkept.add(film.key)
        if before is None or after.look != before.look:
            self.look_changed.emit(after.look)
        if before is None or replace(after, look=before.look) != before:
            self.edits_changed.emit()
        if gesture is None:
            self.keep()

    def keep(self) -> None:
        """Write down what a gesture that is over has changed."""
        keys, self._unkept = self._unkept, set()
        if self._keeper is None:
            return
        for key in sorted(keys):
            try:
                self._keeper.keep(key, self.book.history(key).present, self.book.first_look(key))
            except NegatoscopeError as error:
                self._tell_reason(error)

    def _take_up(self, reading: Reading) -> None:
        """Open a film's choices, with those of an earlier sitting if it is new in this one."""
        film, first, kept = reading.film, reading.first_look, None
        if self._keeper is not None and film.key not in self.book:
            try:
                kept = self._keeper.kept(film, first)
            except NegatoscopeError as error:
                self._tell_reason(error)
        self.book.open(film.key, first, kept)

    def _tell_reason(self, error: Exception) -> None:
        text = QT_TRANSLATE_NOOP("Messages", "{reason}")
        self.told.emit(Message("error", text, {"reason": self._sentence(error)}))

    # Reading

    def _next_errand(self) -> Errand | None:
        """Name the film to read next: the one in front after its sketch, those beside it, the rest in list order."""
        current = self.table.current
        for sheet in self._near(current):
            place = (sheet.id, sheet.frame)
            if sheet.reading == "failed" or place in self._shelf or place in self._fetched:
                continue
            if sheet is current and self._sketched != place:
                self._sketched = place
                return Errand(sheet.id, sheet.path, sheet.frame, sketch=True)
            self._fetched.add(place)
            return Errand(sheet.id, sheet.path, sheet.frame)
        waiting = next(self.table.waiting(), None)
        return None if waiting is None else Errand(waiting.id, waiting.path, waiting.frame)

    def _near(self, current: Sheet | None) -> list[Sheet]:
        if current is None:
            return []
        prior = None if self._prior is None else self.table.get(self._prior)
        beside = [prior, *(self._beside(current, step) for step in (1, -1))]
        return [current, *(sheet for sheet in beside if sheet is not None)]

    def _on_found(self, found: tuple[Path, ...] | Crowd | Exception) -> None:
        if isinstance(found, Exception):
            self._tell_reason(found)
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
        if any(near.id == sheet.id for near in self._near(self.table.current)):
            self._shelf.put((errand.sheet_id, errand.frame), reading)
        self.sheet_changed.emit(sheet.id)
        self._tell_batches()
        current = self.table.current
        if current is not None and current.id == sheet.id and current.frame == errand.frame:
            self._show(current)
        if sheet.id == self._prior and sheet.frame == errand.frame:
            self._show_beside(sheet)

    def _on_sketched(self, errand: Errand, sketch: Sketch) -> None:
        current = self.table.current
        waited_for = current is not None and (current.id, current.frame) == (errand.sheet_id, errand.frame)
        if waited_for and self._reading is None:
            self.sketched.emit(sketch.film, self._look_of(sketch))

    def _look_of(self, sketch: Sketch) -> Look:
        """Return the look in which the film itself will be seen."""
        key = sketch.film.key
        if key in self.book:
            return self.book.history(key).present.look
        try:
            kept = None if self._keeper is None else self._keeper.kept(sketch.film, sketch.first_look)
        except NegatoscopeError:  # told when the film itself is taken up
            kept = None
        return sketch.first_look if kept is None else kept.look

    def _on_failed(self, errand: Errand, error: Exception) -> None:
        sheet = self.table.get(errand.sheet_id)
        if sheet is None:
            return
        self.table.change(sheet.id, reading="failed", error=self._sentence(error))
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
        self._may_analyse = True
        self._reader.warm()
        if self.film is None:
            self._wake.start()
        else:
            self._settle.start()

    def _on_wake(self) -> None:
        """Load the network, unless a film is about to come in front: it would have to wait for the processor."""
        if not self._reader.busy and not self.analysing:
            self._analysis.wake()

    def analyse(self, force: bool = False, correct: bool = False) -> None:
        """Ask the network about the film on the box."""
        sheet = self.table.current
        if sheet is None or self.film is None:
            return
        self.table.change(sheet.id, answer="running", answer_error="")
        self._analysis.ask(sheet.id, self.film, force, correct)
        self._answer_changed(sheet.id)

    def set_habits(self, device: str, shelf_bytes: int, analyse_on_opening: bool) -> None:
        """Follow the reader's settings: where the network runs, how much is kept, whether it is asked unbidden."""
        self._analysis.use(device)
        self._shelf.set_limit(shelf_bytes)
        self._analyse_on_opening = analyse_on_opening

    def cancel_analysis(self) -> None:
        """Stop the network."""
        self._analysis.cancel()

    def _on_settled(self) -> None:
        sheet = self.table.current
        wanted = self._may_analyse and self._analyse_on_opening and not self.analysing
        if wanted and sheet is not None and sheet.answer == "none":
            self.analyse()

    def _give_up_answer(self) -> None:
        """Stop the network without a word; the film it looked at can be asked about again."""
        self._settle.stop()
        sheet_id = self._analysis.sheet_id
        self._analysis.drop()
        if sheet_id is not None and (sheet := self.table.get(sheet_id)) is not None:
            self.table.change(sheet_id, answer=_settled_answer(sheet.prediction))
            self.sheet_changed.emit(sheet_id)

    def _on_answered(self, sheet_id: int, prediction: Prediction) -> None:
        sheet = self.table.get(sheet_id)
        if sheet is not None and sheet.key == prediction.film_key:
            self.table.change(sheet_id, answer=_settled_answer(prediction), prediction=prediction, answer_error="")
            self._answer_changed(sheet_id)

    def _on_answer_failed(self, sheet_id: int, error: Exception) -> None:
        if self.table.get(sheet_id) is not None:
            self.table.change(sheet_id, answer="failed", answer_error=self._sentence(error))
            self._answer_changed(sheet_id)

    def _on_answer_cancelled(self, sheet_id: int) -> None:
        sheet = self.table.get(sheet_id)
        if sheet is not None:
            answer = "cancelled" if sheet.prediction is None else _settled_answer(sheet.prediction)
            self.table.change(sheet_id, answer=answer)
            self._answer_changed(sheet_id)

    def _sentence(self, error: Exception) -> str:
        """Return what to tell of an error: its own sentence, or that nobody foresaw it."""
        if isinstance(error, NegatoscopeError):
            return error.message
        self.surprised.emit(error)
        text = translate("Sitting", "Something unforeseen happened ({kind}); a report was written, please send it.")
        return text.format(kind=type(error).__name__)

    def _answer_changed(self, sheet_id: int) -> None:
        self.sheet_changed.emit(sheet_id)
        self.answer_changed.emit()

    def close(self) -> None:
        """Stop all work and wait for the steps under way."""
        self._closed = True
        self.keep()
        self._settle.stop()
        self._wake.stop()
        self._analysis.close()
        self._reader.close()


def _settled_answer(prediction: Prediction | None) -> str:
    if prediction is None:
        return "none"
    return "not_assessable" if prediction.refused else "analysed"
