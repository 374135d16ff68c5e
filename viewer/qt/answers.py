"""The network's answers: when it is asked about which film, and what is noted of what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.qt.analysis import Analysis
from viewer.qt.reasons import Reasons
from viewer.session.state import Table
from viewer.session.veil import Veil

SETTLE_MS = 150
"""How long a film hangs before the network is asked, so that leafing through films costs nothing."""


class Answers(QObject):
    """Asks about the films that hang, the one in front first, and writes the answers on their sheets.

    Answers that ``veil`` hides stay off the sheets until it gives them out.

    Signals
    -------
    said
        A ``Prediction`` has come, hidden or not.
    changed
        The id of a sheet of whose answer something else is known.
    progressed
        The id of the sheet under the network's eye, what is being done, and the share done.
    """

    said = Signal(object)
    changed = Signal(int)
    progressed = Signal(int, str, float)

    def __init__(
        self,
        table: Table,
        analysis: Analysis,
        hung: Callable[[], Iterable[tuple[int, Film]]],
        reasons: Reasons,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.unbidden = True
        """Whether films are analysed without being asked for."""
        self.veil = Veil(table)
        self._table = table
        self._hung = hung
        self._reasons = reasons
        self._analysis = analysis
        self._allowed = False
        analysis.setParent(self)
        analysis.answered.connect(self._on_answered)
        analysis.failed.connect(self._on_failed)
        analysis.cancelled.connect(self._on_cancelled)
        analysis.progressed.connect(self._on_progressed)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)

    @property
    def sheet_id(self) -> int | None:
        """The sheet whose film the network is looking at, None when it rests."""
        return self._analysis.sheet_id

    def allow(self) -> None:
        """Let the network be asked unbidden from now on."""
        self._allowed = True
        self.settle()

    def settle(self) -> None:
        """Ask about the films that hang as soon as they have hung for a while."""
        self._settle.start()

    def load(self) -> None:
        """Load the network, unless it is at work."""
        if self.sheet_id is None:
            self._analysis.wake()

    def use(self, device: str) -> None:
        """Run the network on another device from the next question on."""
        self._analysis.use(device)

    def analyse(self, sheet_id: int, film: Film, force: bool = False, correct: bool = False) -> None:
        """Ask about a film; what was asked before is given up."""
        self.give_up()
        self._table.change(sheet_id, answer="running", answer_error="")
        self._analysis.ask(sheet_id, film, force, correct)
        self.changed.emit(sheet_id)

    def cancel(self) -> None:
        """Stop the network."""
        self._analysis.cancel()

    def give_up(self) -> None:
        """Stop the network without a word; the film it looked at can be asked about again."""
        self._settle.stop()
        sheet_id = self.sheet_id
        self._analysis.drop()
        if sheet_id is not None and self._table.get(sheet_id) is not None:
            self._table.change(sheet_id, answer=self.veil.state_of(sheet_id))
            self.changed.emit(sheet_id)

    def follow_veil(self) -> None:
        """Give out or hold back every answer as the veil hides them now."""
        for sheet_id in self.veil.follow():
            self.changed.emit(sheet_id)

    def close(self) -> None:
        """Stop and wait for the network's present step."""
        self._allowed = False
        self._settle.stop()
        self._analysis.close()

    def _on_settled(self) -> None:
        """Ask about the first film that has no answer, unless that is being done; a later one has to wait for it."""
        if not (self._allowed and self.unbidden):
            return
        for sheet_id, film in self._hung():
            sheet = self._table.get(sheet_id)
            if sheet is not None and sheet.answer in ("none", "running"):
                if sheet.answer == "none":
                    self.analyse(sheet_id, film)
                return

    def _on_progressed(self, doing: str, share: float) -> None:
        if self.sheet_id is not None:
            self.progressed.emit(self.sheet_id, doing, share)

    def _on_answered(self, sheet_id: int, prediction: Prediction) -> None:
        sheet = self._table.get(sheet_id)
        if sheet is not None and sheet.key == prediction.film_key:
            self.veil.give(sheet_id, prediction)
            self.said.emit(prediction)
            self._note(sheet_id)

    def _on_failed(self, sheet_id: int, error: Exception) -> None:
        self._note(sheet_id, answer="failed", answer_error=self._reasons.sentence(error))

    def _on_cancelled(self, sheet_id: int) -> None:
        before = self.veil.state_of(sheet_id)
        self._note(sheet_id, answer="cancelled" if before == "none" else before)

    def _note(self, sheet_id: int, **facts: object) -> None:
        if self._table.get(sheet_id) is not None:
            self._table.change(sheet_id, **facts)
            self.changed.emit(sheet_id)
        self.settle()
