"""Lanes: work off the main thread, one thing at a time, frozen requests in and frozen outcomes out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from viewer.jobs import Cancelled, Report, Stage, Token

Request = TypeVar("Request")
Value = TypeVar("Value")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome(Generic[Request, Value]):
    """What became of one request: a value or an error, neither when it was cancelled."""

    serial: int
    request: Request
    value: Value | None = None
    error: Exception | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the work stopped because it was told to."""
        return self.value is None and self.error is None


class Lane(QObject, Generic[Request, Value]):
    """One worker thread. A new request overtakes the one before it: only the newest outcome is ever announced.

    Parameters
    ----------
    name
        Of the thread.
    work
        What to do with one request, on that thread: it returns the value and raises ``Cancelled`` soon after the
        token was cancelled.

    Signals
    -------
    finished
        An ``Outcome``, on the main thread.
    progressed
        Serial, what is being done, and the share done in 0 .. 1.
    """

    finished = Signal(object)
    progressed = Signal(int, str, float)
    _arrived = Signal(object)
    _reported = Signal(int, str, float)

    def __init__(
        self, name: str, work: Callable[[Request, Token, Report], Value], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._serial = 0
        self._token: Token | None = None
        self._closed = threading.Event()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an outcome is still to come."""
        return self._token is not None

    def ask(self, request: Request) -> int:
        """Send a request and return its serial; whatever was under way is cancelled and will not be announced."""
        self._overtake()
        self._serial += 1
        self._token = Token()
        self._executor.submit(self._run, self._serial, request, self._token)
        return self._serial

    def warm(self, load: Callable[[], object]) -> None:
        """Load on the worker what its work will need; what fails here fails again, and is told, when it is needed."""
        if not self._closed.is_set():
            self._executor.submit(load)

    def cancel(self) -> None:
        """Tell the work under way to stop; its outcome is announced as cancelled."""
        if self._token is not None:
            self._token.cancel()

    def drop(self) -> None:
        """Tell the work under way to stop and announce nothing of it."""
        self._overtake()
        self._serial += 1

    def close(self) -> None:
        """Stop and wait for the worker's present step; nothing is announced any more."""
        self._closed.set()
        self._overtake()
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _overtake(self) -> None:
        self.cancel()
        self._token = None

    def _run(self, serial: int, request: Request, token: Token) -> None:
        """Do the work (worker thread)."""

        def report(doing: Stage, share: float) -> None:
            if not self._closed.is_set():
                self._reported.emit(serial, doing, share)

        outcome: Outcome[Request, Value]
        try:
            token.check()
            outcome = Outcome(serial, request, value=self._work(request, token, report))
        except Cancelled:
            outcome = Outcome(serial, request)
        except Exception as error:  # the main thread decides what to say of it
            _log.debug("work failed", exc_info=True)
            outcome = Outcome(serial, request, error=error)
        if not self._closed.is_set():
            self._arrived.emit(outcome)

    def _on_arrived(self, outcome: Outcome[Request, Value]) -> None:
        if outcome.serial == self._serial and self._token is not None:
            self._token = None
            self.finished.emit(outcome)

    def _on_reported(self, serial: int, doing: str, share: float) -> None:
        if serial == self._serial and self._token is not None:
            self.progressed.emit(serial, doing, share)
