"""The queue: what worker processes do next: pictures, then films in the order found or preferred; no Qt."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from model.findings.prediction import Prediction


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One thing for a worker: reading the film of an entry, or drawing its picture when there is a prediction.

    ``again`` says that a worker was lost over it once already.
    """

    number: int
    prediction: Prediction | None = None
    picture: Path = Path()
    again: bool = False

    @property
    def draws(self) -> bool:
        """Whether a picture is to be drawn."""
        return self.prediction is not None


class Queue:
    """Jobs that have not been started; any thread may add to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._films: deque[Job] = deque()
        self._pictures: deque[Job] = deque()

    def put(self, job: Job) -> None:
        """Add a job behind the others of its kind."""
        with self._lock:
            (self._pictures if job.draws else self._films).append(job)

    def prefer(self, number: int) -> None:
        """Bring an entry's film, if it waits, before all others."""
        with self._lock:
            wanted = next((job for job in self._films if job.number == number), None)
            if wanted is not None:
                self._films.remove(wanted)
                self._films.appendleft(wanted)

    def take(self, films_too: bool = True) -> Job | None:
        """Take out what is to be done now, None when nothing is; without ``films_too`` pictures only."""
        with self._lock:
            if self._pictures:
                return self._pictures.popleft()
            return self._films.popleft() if self._films and films_too else None

    @property
    def films(self) -> int:
        """How many films wait to be read."""
        return len(self._films)

    @property
    def pictures(self) -> int:
        """How many pictures wait to be drawn."""
        return len(self._pictures)
