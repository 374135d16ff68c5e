"""The prediction lane: one film at a time to the network, and its answer only to that very film."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from model.errors import NetworkError
from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.jobs import Analyst, Report, Token
from viewer.qt.lanes import Lane, Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One film for the network."""

    sheet_id: int
    film: Film
    force: bool = False
    correct: bool = False


class Analysis(QObject):
    """Asks the network about the film in front and gives up as soon as another one hangs there.

    Signals
    -------
    answered
        Sheet id and ``Prediction``.
    failed
        Sheet id and ``Exception``.
    cancelled
        Sheet id.
    progressed
        What is being done, and the share done in 0 .. 1.
    """

    answered = Signal(int, object)
    failed = Signal(int, object)
    cancelled = Signal(int)
    progressed = Signal(str, float)

    def __init__(self, analyst: Analyst, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._analyst = analyst
        self._lane: Lane[Question, Prediction] = Lane("prediction", self._work, self)
        self._lane.finished.connect(self._on_finished)
        self._lane.progressed.connect(self._on_progressed)
        self._sheet_id: int | None = None

    @property
    def sheet_id(self) -> int | None:
        """The sheet whose film the network is looking at, None when it rests."""
        return self._sheet_id

    def use(self, device: str) -> None:
        """Run the network on another device from the next question on."""
        self._analyst.use(device)

    def wake(self) -> None:
        """Load the network while nothing is asked of it."""
        self._lane.warm(self._analyst.load)

    def ask(self, sheet_id: int, film: Film, force: bool = False, correct: bool = False) -> None:
        """Ask about a film; whatever was asked before is given up."""
        self._sheet_id = sheet_id
        self._lane.ask(Question(sheet_id, film, force, correct))

    def cancel(self) -> None:
        """Stop as soon as the network lets go; ``cancelled`` follows."""
        self._lane.cancel()

    def drop(self) -> None:
        """Stop and announce nothing: nobody waits for this answer any more."""
        if self._sheet_id is not None:
            self._sheet_id = None
            self._lane.drop()

    def close(self) -> None:
        """Stop and wait for the network's present step."""
        self._lane.close()

    def _work(self, question: Question, token: Token, report: Report) -> Prediction:
        """Ask the network (worker thread)."""
        return self._analyst.analyse(question.film, token, report, force=question.force, correct=question.correct)

    def _on_progressed(self, _serial: int, doing: str, share: float) -> None:
        if self._sheet_id is not None:
            self.progressed.emit(doing, share)

    def _on_finished(self, outcome: Outcome[Question, Prediction]) -> None:
        question = outcome.request
        self._sheet_id = None
        if outcome.error is not None:
            self.failed.emit(question.sheet_id, outcome.error)
        elif outcome.value is None:
            self.cancelled.emit(question.sheet_id)
        elif outcome.value.film_key != question.film.key:
            self.failed.emit(question.sheet_id, _foreign_answer())
        else:
            self.answered.emit(question.sheet_id, outcome.value)


def _foreign_answer() -> NetworkError:
    return NetworkError(
        "foreign_answer", "The network's answer belongs to another film and was thrown away; analyse this film again."
    )
