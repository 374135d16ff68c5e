"""The reins of a run: pause, go on, stop, and whether more is still being found; any thread may hold them; no Qt."""

from __future__ import annotations

import threading

from viewer.triage.crew import MOMENT_S
from viewer.triage.pace import Pace


class Reins:
    """What the thread that works asks before each step.

    Parameters
    ----------
    pace
        Its clock stands still in pauses.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._lock = threading.Lock()
        self._finding = 0
        self._given_up = False
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._going = threading.Event()
        self._going.set()

    def begin_finding(self) -> None:
        """Let the run wait for what will be found, until ``end_finding``."""
        with self._lock:
            self._finding += 1

    def end_finding(self) -> None:
        """Say that what ``begin_finding`` announced is found."""
        with self._lock:
            self._finding -= 1
        self._news.set()

    def pause(self) -> None:
        """Start nothing new until ``resume``."""
        self._going.clear()
        self._pace.pause()

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._pace.resume()
        self._going.set()
        self._news.set()

    @property
    def paused(self) -> bool:
        """Whether nothing new is started."""
        return not self._going.is_set()

    def start(self) -> None:
        """Begin a run."""
        self._stopped.clear()
        self._pace.start()

    def cancel(self) -> None:
        """Stop after what is at work now; everything answered is kept, the rest stays queued."""
        self._stopped.set()
        self.resume()

    def give_up(self) -> None:
        """Stop finding and working as soon as can be, for good."""
        self._given_up = True
        self.cancel()

    @property
    def stopped(self) -> bool:
        """Whether the run is to end."""
        return self._stopped.is_set()

    @property
    def given_up(self) -> bool:
        """Whether all work is to be dropped."""
        return self._given_up

    # The thread that works

    def wake(self) -> None:
        """Say that there is something new to do."""
        self._news.set()

    def listen(self) -> bool:
        """Listen for news from now on, and return whether more is still being found."""
        self._news.clear()
        with self._lock:
            return self._finding > 0

    def rest(self) -> None:
        """Wait a moment, less when there is news."""
        self._news.wait(MOMENT_S)
