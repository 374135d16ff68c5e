"""The crew: a pool of workers and what they have at hand, also when a worker is lost over it; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from model.errors import NegatoscopeError
from viewer.triage.queue import Job
from viewer.triage.workers import Pool

PER_WORKER = 2
"""Jobs given out per worker: one at work, one ready, so that memory stays bounded whatever the number of films."""
MOMENT_S = 0.2


class WorkerLostError(NegatoscopeError):
    """The worker died over its job, or was ended because it came to no end."""


class Crew:
    """Gives jobs out and takes results back; used by one thread.

    Parameters
    ----------
    start
        Starts the workers, when they are first needed and again when all of them were lost.
    size
        How many work at a time.

    Attributes
    ----------
    start
        As given; another one may take its place before the first job.
    """

    def __init__(self, start: Callable[[], Pool], size: int) -> None:
        self.start = start
        self._size = size
        self._pool: Pool | None = None
        self._flying: dict[Future[Any], Job] = {}

    def __len__(self) -> int:
        return len(self._flying)

    @property
    def reading(self) -> int:
        """How many films are at hand."""
        return sum(not job.draws for job in list(self._flying.values()))

    @property
    def has_room(self) -> bool:
        """Whether another job can be given out."""
        return len(self._flying) < self._size * PER_WORKER

    def send(self, job: Job, function: Callable[..., Any], *arguments: Any) -> None:
        """Give out a job: one call of a function. Workers that can take none any more have lost it."""
        if self._pool is None:
            self._pool = self.start()
        try:
            future = self._pool.submit(function, *arguments)
        except RuntimeError:
            future = Future()
            future.set_exception(_lost(None))
        self._flying[future] = job

    def returned(self) -> list[tuple[Job, Any]]:
        """Wait a moment and return what came back, in the order in which it was begun.

        Returns
        -------
        Each job with what its call returned or the exception that ended it, ``WorkerLostError`` where no call did.
        """
        pool = self._pool
        if pool is None:
            return []
        done, _ = wait(self._flying, timeout=MOMENT_S, return_when=FIRST_COMPLETED)
        whole = pool.whole
        ended = [future for future in self._flying if future in done or not whole]
        back = [(self._flying.pop(future), _result(future, pool)) for future in ended]
        if not whole:
            self.end()
        return back

    def end(self) -> None:
        """End the workers; what they have at hand is given up."""
        self._flying.clear()
        if self._pool is not None:
            self._pool.end()
            self._pool = None


def _result(future: Future[Any], pool: Pool) -> Any:
    if not future.done() or future.cancelled():
        return _lost(None)
    error = future.exception()
    if error is None:
        return future.result()
    return _lost(error) if isinstance(error, pool.losses) else error


def _lost(error: BaseException | None) -> WorkerLostError:
    if isinstance(error, TimeoutError):
        return WorkerLostError("hung", "Reading it came to no end, twice; it is damaged, or its disk does not answer.")
    return WorkerLostError(
        "crashed", "Reading it crashed its decoder, twice; it is damaged or hostile, ask for it again."
    )
