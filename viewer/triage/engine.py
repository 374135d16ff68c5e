"""The engine: reads many films in worker processes while the network works, and keeps every answer at once; no Qt."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model.errors import NegatoscopeError
from viewer.export.overlay import is_picture_of
from viewer.jobs import Analyst
from viewer.session.store import Store
from viewer.triage.answers import Answer, Answers, Wishes
from viewer.triage.crew import Crew, WorkerLostError
from viewer.triage.discover import AskPassword, Found, Passwords, discover
from viewer.triage.intake import Taken, Task, take_in
from viewer.triage.ledger import Entry, Ledger, verdict
from viewer.triage.pace import Pace
from viewer.triage.queue import Job, Queue
from viewer.triage.reins import Reins
from viewer.triage.workers import Workers, draw

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """News of one entry: ``taken`` is there when it was just read, ``answer`` when it was judged.

    ``taken`` comes again when the film was read but could not be analysed.
    """

    entry: Entry
    taken: Taken | None = None
    answer: Answer | None = None


Listener = Callable[[Progress], None]
Known = Callable[[Found], Answer | None]
Picture = Callable[[Entry], Path]


class Engine:
    """Takes paths in, works through all of them, and tells a listener; ``run`` blocks, so give it a thread.

    Reading happens in processes that can die or hang without harm: a film over which two of them were lost is
    entered as failed and the rest goes on. With a store, every answer is kept the moment it is there, and what is
    kept already is not asked of the network again. ``close`` ends the processes.

    Parameters
    ----------
    analyst, listener, wishes, store
        The network, who is told, how, and where answers are kept.
    reader
        What worker processes do with a task.

    Attributes
    ----------
    ledger, answers, pace, reins, crew
        What became of everything, what the network said, how fast it goes, what holds it, and who reads films.
    picture
        Where the picture of an entry with the network's maps is to lie; None draws none.
    """

    def __init__(
        self,
        analyst: Analyst,
        listener: Listener,
        wishes: Wishes | None = None,
        store: Store | None = None,
        reader: Callable[[Task], Taken] = take_in,
    ) -> None:
        self._wishes = wishes or Wishes()
        self.ledger = Ledger()
        self.answers = Answers(analyst, self._wishes, store)
        self.pace = Pace()
        self.reins = Reins(self.pace)
        self.crew = Crew(lambda: Workers(self._wishes.jobs, self._wishes.patience_s), self._wishes.jobs)
        self.picture: Picture | None = None
        self._listener = listener
        self._store = store
        self._reader = reader
        self._queue = Queue()
        self._passwords: dict[Path, Passwords] = {}

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop finding and end the worker processes; what they have at work is given up."""
        self.reins.give_up()
        self.crew.end()

    # From any thread

    def add(self, paths: Iterable[Path], ask: AskPassword | None = None, known: Known | None = None) -> int:
        """Enter everything below these paths, each the moment it is found, and return how many there were.

        What comes together arrived together: among films that waited too long, the score then tells which goes first.

        Parameters
        ----------
        paths
            Files and folders.
        ask
            Asked for the passwords of archives, on this thread.
        known
            Returns the answer there is already for what was found; it is entered without being read.
        """
        added, arrived = 0, time.time()
        self.reins.begin_finding()
        try:
            for found in discover(paths, ask):
                self._enter(found, arrived, known(found) if known else None)
                added += 1
                if self.reins.given_up:
                    break
        finally:
            self.reins.end_finding()
        return added

    def prefer(self, number: int) -> None:
        """Take this entry next: it is the one being looked at."""
        self._queue.prefer(number)

    def renew(self) -> None:
        """Queue every entry that only an older network has answered, for the present one."""
        for entry in self.ledger.entries:
            if entry.older_network:
                self.answers.renew(entry.number)
                self._tell(entry.number, status="queued")
                self._queue.put(Job(entry.number))

    @property
    def waiting(self) -> int:
        """How many films have not been started."""
        return self._queue.films

    @property
    def unfinished(self) -> int:
        """How many films wait or are at work."""
        return self._queue.films + self.crew.reading

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take, None before that can be told."""
        return self.pace.seconds_left(self.unfinished)

    def mark_reviewed(self, number: int, reviewed: bool) -> Entry:
        """Mark an entry as reviewed or unread, for good where there is a store."""
        entry = self.ledger[number]
        if self._store and (identity := entry.film_key or entry.content):
            self._store.mark_reviewed(identity, reviewed)
        return self._tell(number, reviewed=reviewed)

    # On the thread that works

    def run(self) -> None:
        """Work until nothing is left and nothing more is being found, or the reins say stop."""
        self.reins.start()
        try:
            while self._wait_for_work():
                while self.crew.has_room and (job := self._queue.take(films_too=not self.reins.paused)) is not None:
                    self._hand_out(job)
                self._take_back()
        finally:
            while len(self.crew) and not self.reins.given_up:
                self._take_back()

    def _wait_for_work(self) -> bool:
        """Return whether there is something to do, waiting for it while things are still being found."""
        while not self.reins.stopped:
            finding = self.reins.listen()
            if len(self.crew) or self._queue.pictures or (self._queue.films and not self.reins.paused):
                return True
            if not self._queue.films and not finding:
                return False
            self.reins.rest()
        return False

    def _hand_out(self, job: Job) -> None:
        try:
            task = self._task(job.number)
        except NegatoscopeError as error:
            self._fail(job.number, error)
            return
        if job.draws:
            self.crew.send(job, draw, task, job.prediction, job.picture)
        else:
            self.crew.send(job, self._reader, task)
            self._tell(job.number, status="reading")

    def _task(self, number: int) -> Task:
        """Return what a worker needs to know of an entry.

        Raises
        ------
        NegatoscopeError
            When there is no network to read films for.
        """
        entry, passwords = self.ledger[number], self._passwords.get(self.ledger[number].path, ())
        return Task(number, entry.path, self.answers.input_size, entry.inside, passwords, self._wishes.thumbnails)

    def _take_back(self) -> None:
        for job, result in self.crew.returned():
            if isinstance(result, WorkerLostError) and not job.again:
                self._try_again(job)
            elif job.draws:
                if isinstance(result, BaseException):
                    log.error("A picture could not be saved: %s", result)
            else:
                self.pace.count()
                self._judge(job.number, result)

    def _try_again(self, job: Job) -> None:
        """Queue a job behind all others: whatever became of its worker, it holds nobody up."""
        self._queue.put(replace(job, again=True))
        if not job.draws:
            self._tell(job.number, status="queued")

    def _enter(self, found: Found, arrived: float, answer: Answer | None) -> None:
        entry = self.ledger.find(found.path, found.inside, arrived)
        if found.passwords:
            self._passwords[found.path] = found.passwords
        if found.code:
            self._tell(entry.number, status=verdict(found.code), reason_code=found.code, reason=found.reason)
        elif answer is not None:
            self._tell(entry.number, answer=answer, **self.answers.said(answer))
        else:
            self._tell(entry.number)
            self._queue.put(Job(entry.number))
        self.reins.wake()

    def _judge(self, number: int, result: Taken | BaseException) -> None:
        """Enter what was read, then the network's answer or the one kept from before."""
        if isinstance(result, BaseException):
            self._fail(number, result)
            return
        entry = self._tell(number, result, **self._seen(result))
        if entry.status != "analysing":
            return
        try:
            self._answer(entry, result)
        except Exception as error:
            self._fail(number, error, result)

    def _seen(self, taken: Taken) -> dict[str, Any]:
        """Return what reading a film changes in its entry."""
        changes: dict[str, Any] = {
            name: getattr(taken, name) for name in ("status", "reason_code", "reason", "content")
        }
        if taken.film is not None:
            description = taken.film.description
            changes |= {
                "film_key": taken.film.key,
                "appearance": taken.appearance,
                "patient": description.patient_name,
                "study_date": description.study_date,
                "view": description.view,
                "reviewed": bool(self._store and self._store.reviewed([taken.film.key])),
            }
        return changes

    def _answer(self, entry: Entry, taken: Taken) -> None:
        answer = self.answers.remembered(entry)
        if answer is None and (older := self.answers.adopted(entry)) is not None:
            self._tell(entry.number, answer=older, **self.answers.said(older))
            return
        picture = self.picture(entry) if self.picture else None
        lacking = picture is not None and not is_picture_of(picture, entry.film_key, self.answers.network)
        if answer is None or lacking:
            answer, prediction = self.answers.ask(entry, taken)
            if picture is not None and lacking:
                self._queue.put(Job(entry.number, prediction, picture))
        self._tell(entry.number, answer=answer, **self.answers.said(answer))

    def _fail(self, number: int, error: BaseException, taken: Taken | None = None) -> None:
        if isinstance(error, NegatoscopeError):
            code, reason = error.code, error.message
        else:
            log.error("A film could not be analysed", exc_info=error)
            code = "internal_error"
            reason = f"An unexpected {type(error).__name__} stopped this film; please report it."
        self._tell(number, taken, status="failed", reason_code=code, reason=reason)

    def _tell(self, number: int, taken: Taken | None = None, answer: Answer | None = None, **changes: Any) -> Entry:
        """Change an entry and let the listener know."""
        entry = self.ledger.change(number, **changes)
        self._listener(Progress(entry, taken, answer))
        return entry
