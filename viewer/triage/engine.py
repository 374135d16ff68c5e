"""The engine: reads many films in worker processes while the network works, and keeps every answer at once; no Qt."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model.errors import NegatoscopeError
from model.findings.prediction import Prediction
from viewer.export.overlay import is_picture_of
from viewer.export.table import answered, as_object, path_text
from viewer.jobs import Analyst
from viewer.session.store import AnswerKey, Store
from viewer.triage.discover import AskPassword, Found, Passwords, discover
from viewer.triage.intake import Taken, Task, take_in, whole_shape
from viewer.triage.ledger import Entry, Ledger, Status, verdict
from viewer.triage.pace import Pace
from viewer.triage.workers import Pool, draw, start_workers

_PER_WORKER = 2
"""Tasks given out per worker: one at work, one ready, so that memory stays bounded whatever the number of films."""
_PAUSE_SECONDS = 0.2

_STATUSES: dict[str, Status] = {
    "analysed": "done",
    "not_assessable": "not_assessable",
    "failed": "failed",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """News of one entry: ``taken`` is there when it was just read, ``answer`` when it was judged.

    ``taken`` comes again when the film was read but could not be analysed.
    """

    entry: Entry
    taken: Taken | None = None
    answer: dict[str, Any] | None = None


Listener = Callable[[Progress], None]
Known = Callable[[Found], dict[str, Any] | None]
Picture = Callable[[Entry], Path]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to run. ``jobs`` is the number of reading processes; ``force`` answers films that are not assessable.

    ``remember`` takes answers that are kept from before instead of asking the network again; ``adopt_older`` also
    those of other networks, marked with their version, until ``renew``.
    """

    jobs: int = max(1, (os.cpu_count() or 2) - 1)
    force: bool = False
    remember: bool = True
    adopt_older: bool = False

    @property
    def settings(self) -> str:
        """What of this changes an answer, as canonical JSON for ``AnswerKey``."""
        return json.dumps({"force": self.force}, sort_keys=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawing:
    """A picture to be drawn, and whether a worker died over it already."""

    task: Task
    prediction: Prediction
    picture: Path
    again: bool = False


class Engine:
    """Takes paths in, works through all of them, and tells a listener; ``run`` blocks, so give it a thread.

    Reading happens in processes that can die without harm: a film that kills its reader twice is entered as failed
    and the rest goes on. With a store, every answer is kept the moment it is there, and what is kept already is not
    asked of the network again. ``close`` ends the processes.

    Parameters
    ----------
    analyst, listener, wishes, store
        The network, who is told, how, and where answers are kept.
    reader
        What worker processes do with a task.

    Attributes
    ----------
    picture
        Where the picture of an entry with the network's maps is to lie; None draws none.
    start_pool
        Starts whatever reads films, given ``wishes.jobs``: worker processes, or a cluster.
    """

    def __init__(
        self,
        analyst: Analyst,
        listener: Listener,
        wishes: Wishes | None = None,
        store: Store | None = None,
        reader: Callable[[Task], Taken] = take_in,
    ) -> None:
        self.ledger = Ledger()
        self.pace = Pace()
        self.picture: Picture | None = None
        self.start_pool: Callable[[int], Pool] = start_workers
        self._analyst = analyst
        self._listener = listener
        self._wishes = wishes or Wishes()
        self._store = store
        self._reader = reader
        self._lock = threading.Lock()
        self._queue: list[int] = []
        self._suspects: list[int] = []
        self._drawings: list[_Drawing] = []
        self._passwords: dict[Path, Passwords] = {}
        self._flying: dict[Future[Any], int | _Drawing] = {}
        self._pool: Pool | None = None
        self._finding = 0
        self._closed = False
        self._renewed: set[int] = set()
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._going = threading.Event()
        self._going.set()

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop finding and end the worker processes; what they have at work is given up."""
        self._closed = True
        self._end_pool()

    def _end_pool(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    # From any thread

    def add(self, paths: Iterable[Path], ask: AskPassword | None = None, known: Known | None = None) -> int:
        """Enter everything below these paths, each the moment it is found, and return how many there were.

        Parameters
        ----------
        paths
            Files and folders.
        ask
            Asked for the passwords of archives, on this thread.
        known
            Returns the answer there is already for what was found; it is entered without being read.
        """
        added = 0
        self.begin_finding()
        try:
            for found in discover(paths, ask):
                self._enter(found, known(found) if known else None)
                added += 1
                if self._closed:
                    break
        finally:
            self.end_finding()
        return added

    def begin_finding(self) -> None:
        """Let ``run`` wait for what ``add`` will find, until ``end_finding``."""
        with self._lock:
            self._finding += 1

    def end_finding(self) -> None:
        """Say that what ``begin_finding`` announced is found."""
        with self._lock:
            self._finding -= 1
        self._news.set()

    def prefer(self, number: int) -> None:
        """Take this entry next: it is the one being looked at."""
        with self._lock:
            if number in self._queue:
                self._queue.remove(number)
                self._queue.insert(0, number)

    def pause(self) -> None:
        """Start nothing new until ``resume``."""
        self._going.clear()
        self.pace.pause()

    def resume(self) -> None:
        """Go on after ``pause``."""
        self.pace.resume()
        self._going.set()
        self._news.set()

    @property
    def paused(self) -> bool:
        """Whether nothing new is started."""
        return not self._going.is_set()

    def cancel(self) -> None:
        """Stop after what is at work now; ``run`` returns, everything answered is kept, the rest stays queued."""
        self._stopped.set()
        self._going.set()
        self._news.set()

    def give_up(self) -> None:
        """Stop finding and working as soon as can be; nothing can be added any more."""
        self._closed = True
        self.cancel()

    def renew(self) -> None:
        """Queue every entry that only an older network has answered, for the present one."""
        for entry in self.ledger.entries:
            if entry.older_network:
                with self._lock:
                    self._renewed.add(entry.number)
                    self._queue.append(entry.number)
                self._tell(replace(entry, status="queued"))

    @property
    def waiting(self) -> int:
        """How many entries have not been started."""
        with self._lock:
            return len(self._queue) + len(self._suspects)

    @property
    def unfinished(self) -> int:
        """How many entries wait or are at work."""
        return self.waiting + sum(isinstance(job, int) for job in list(self._flying.values()))

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take, None before that can be told."""
        return self.pace.seconds_left(self.unfinished)

    def mark_reviewed(self, number: int, reviewed: bool) -> Entry:
        """Mark an entry as reviewed or unread, for good where there is a store."""
        entry = self.ledger[number]
        if self._store and (identity := entry.film_key or entry.content):
            self._store.mark_reviewed(identity, reviewed)
        return self._tell(replace(entry, reviewed=reviewed))

    # On the thread that works

    def run(self) -> None:
        """Work until nothing is left and nothing more is being found, or ``cancel`` is called."""
        self._stopped.clear()
        self.pace.start()
        try:
            while not self._stopped.is_set() and self._wait_for_work():
                self._step()
        finally:
            self._land()

    def _wait_for_work(self) -> bool:
        """Return whether there is something to do, waiting for it while things are still being found."""
        while not self._stopped.is_set():
            self._news.clear()
            with self._lock:
                if self._flying or self._drawings:
                    return True
                held = self._queue or self._suspects
                if held and not self.paused:
                    return True
                if not held and not self._finding:
                    return False
            self._news.wait(_PAUSE_SECONDS)
        return False

    def _step(self) -> None:
        """Keep the workers busy and judge what they hand back."""
        try:
            while len(self._flying) < self._wishes.jobs * _PER_WORKER and (job := self._next()) is not None:
                self._send(job)
            done, _ = wait(self._flying, timeout=_PAUSE_SECONDS, return_when=FIRST_COMPLETED)
            for future in self._in_order(done):
                self._receive(future)
        except BrokenProcessPool:
            self._mourn()

    def _land(self) -> None:
        """Take back what has not begun and wait for what has."""
        while self._flying:
            for future in [future for future in self._flying if future.cancel()]:
                self._withdraw(future)
            try:
                done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
                for future in self._in_order(done):
                    self._receive(future)
            except BrokenProcessPool:
                self._mourn()

    def _in_order(self, done: set[Future[Any]]) -> list[Future[Any]]:
        """Return what is done in the order in which it was begun."""
        return [future for future in self._flying if future in done]

    def _withdraw(self, future: Future[Any]) -> None:
        job = self._flying.pop(future)
        self._put_back(job)
        if isinstance(job, int):
            self._tell(replace(self.ledger[job], status="queued"))

    def _next(self) -> int | _Drawing | None:
        """Return what to start now; a film that was at work when a worker died is tried with nothing beside it."""
        with self._lock:
            if self._suspects:
                return None if self._flying or self.paused else self._suspects[0]
            if self._drawings:
                return self._drawings.pop(0)
            return self._queue.pop(0) if self._queue and not self.paused else None

    def _send(self, job: int | _Drawing) -> None:
        if self._pool is None:
            self._pool = self.start_pool(self._wishes.jobs)
        try:
            if isinstance(job, _Drawing):
                self._flying[self._pool.submit(draw, job.task, job.prediction, job.picture)] = job
                return
            self._flying[self._pool.submit(self._reader, self._task(job))] = job
        except BrokenProcessPool:
            self._put_back(job)
            raise
        self._tell(replace(self.ledger[job], status="reading"))

    def _put_back(self, job: int | _Drawing) -> None:
        with self._lock:
            if isinstance(job, _Drawing):
                self._drawings.insert(0, job)
            elif job not in self._suspects:
                self._queue.insert(0, job)

    def _task(self, number: int) -> Task:
        entry = self.ledger[number]
        passwords = self._passwords.get(entry.path, ())
        return Task(number, entry.path, self._analyst.card.input_size, entry.inside, passwords)

    def _receive(self, future: Future[Any]) -> None:
        if isinstance(error := future.exception(), BrokenProcessPool):
            raise error
        job = self._flying.pop(future)
        if isinstance(job, _Drawing):
            if error is not None:
                log.error("A picture could not be saved: %s", error)
            return
        with self._lock:
            if job in self._suspects:
                self._suspects.remove(job)
        self.pace.count()
        if error is not None:
            self._surprise(self.ledger[job], error)
        else:
            self._judge(future.result())

    def _mourn(self) -> None:
        """A worker died: try its films one by one; one that was alone with it is the cause."""
        self._end_pool()
        jobs = list(self._flying.values())
        self._flying.clear()
        with self._lock:
            drawings = [job for job in jobs if isinstance(job, _Drawing)]
            self._drawings = [replace(job, again=True) for job in drawings if not job.again] + self._drawings
            numbers = [job for job in jobs if isinstance(job, int)]
            alone = numbers == self._suspects[:1] and not drawings
            self._suspects = self._suspects[1:] if alone else [*numbers, *self._suspects]
        for number in numbers:
            if alone:
                sentence = "Reading this file crashed its decoder; it is damaged or hostile, ask for it again."
                self._fail(self.ledger[number], "crashed", sentence)
            else:
                self._tell(replace(self.ledger[number], status="queued"))

    def _enter(self, found: Found, answer: dict[str, Any] | None) -> None:
        with self._lock:
            entry = self.ledger.find(found.path, found.inside, arrived=time.time())
            if found.passwords:
                self._passwords[found.path] = found.passwords
            if found.code:
                status = verdict(found.code)
                entry = self.ledger.update(replace(entry, status=status, reason_code=found.code, reason=found.reason))
            elif answer is not None:
                entry = self.ledger.update(judged(entry, answer))
            else:
                self._queue.append(entry.number)
        self._listener(Progress(entry, answer=answer))
        self._news.set()

    def _judge(self, taken: Taken) -> None:
        """Enter what was read, then the network's answer or the one kept from before."""
        entry = replace(
            self.ledger[taken.number],
            status=taken.status,
            reason_code=taken.reason_code,
            reason=taken.reason,
            content=taken.content,
        )
        if taken.film is not None:
            said = taken.film.description
            entry = replace(
                entry,
                film_key=taken.film.key,
                appearance=taken.appearance,
                patient=said.patient_name,
                study_date=said.study_date,
                view=said.view,
                reviewed=bool(self._store and self._store.reviewed([taken.film.key])),
            )
        entry = self._tell(entry, taken)
        if entry.status == "analysing":
            self._answer(entry, taken)

    def _answer(self, entry: Entry, taken: Taken) -> None:
        try:
            answer = self.kept_answer(entry) if self._wishes.remember else None
            older = self._older_answer(entry) if answer is None else None
            if older is not None:
                version = (older["model"] or {}).get("version", "")
                self._tell(replace(judged(entry, older), older_network=version), answer=older)
                return
            picture = self.picture(entry) if self.picture else None
            lacking = picture and not is_picture_of(picture, entry.film_key, self._analyst.card.sha256)
            if answer is None or lacking:
                answer = self._ask(entry, taken, picture if lacking else None)
        except NegatoscopeError as error:
            self._fail(entry, error.code, error.message, taken)
        except Exception as error:
            log.exception("A film could not be analysed")
            self._surprise(entry, error, taken)
        else:
            self._tell(judged(entry, answer), answer=answer)

    def kept_answer(self, entry: Entry) -> dict[str, Any] | None:
        """Return the answer that is kept for an entry's content, under the entry's path; None when there is none."""
        key = AnswerKey(entry.content, self._analyst.card.sha256, self._wishes.settings)
        answer = self._store.answer(key) if self._store else None
        return None if answer is None else answer | {"path": path_text(entry.place)}

    def _older_answer(self, entry: Entry) -> dict[str, Any] | None:
        """Return what another network said of this content, where that is wanted."""
        if not (self._store and self._wishes.adopt_older) or entry.number in self._renewed:
            return None
        older = self._store.older_answers(entry.content, self._analyst.card.sha256)
        return older[0] | {"path": path_text(entry.place)} if older else None

    def _ask(self, entry: Entry, taken: Taken, picture: Path | None) -> dict[str, Any]:
        film = whole_shape(taken)
        prediction = self._analyst.analyse(film, force=self._wishes.force, admission=taken.admission)
        answer = as_object(answered(entry.place, film, prediction, taken.seconds))
        if self._store:
            key = AnswerKey(entry.content, self._analyst.card.sha256, self._wishes.settings)
            self._store.keep_answer(key, answer | {"path": ""})
        if picture is not None:
            with self._lock:
                self._drawings.append(_Drawing(self._task(entry.number), prediction, picture))
        return answer

    def _surprise(self, entry: Entry, error: BaseException, taken: Taken | None = None) -> None:
        sentence = f"An unexpected {type(error).__name__} stopped this film; please report it."
        self._fail(entry, "internal_error", sentence, taken)

    def _fail(self, entry: Entry, code: str, reason: str, taken: Taken | None = None) -> None:
        self._tell(replace(entry, status="failed", reason_code=code, reason=reason), taken)

    def _tell(self, entry: Entry, taken: Taken | None = None, answer: dict[str, Any] | None = None) -> Entry:
        with self._lock:
            entry = self.ledger.update(entry)
        self._listener(Progress(entry, taken, answer))
        return entry


def judged(entry: Entry, answer: dict[str, Any]) -> Entry:
    """Return an entry with what an answer (the object of ``analyse --json``) says of it."""
    first = answer["findings"][0] if answer["findings"] else {}
    reason = answer["reason"] or {}
    return replace(
        entry,
        status="duplicate" if reason.get("code") == "duplicate" else _STATUSES[answer["status"]],
        reason_code=reason.get("code", ""),
        reason=reason.get("message", ""),
        older_network="",
        probability=first.get("probability"),
        band=first.get("band"),
        opacity_extent=answer["opacity_extent"],
    )
