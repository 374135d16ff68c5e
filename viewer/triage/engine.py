"""The engine: reads many films in worker processes while the network works, and keeps every answer at once; no Qt."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model.errors import NegatoscopeError
from model.film import find_films
from viewer.export.table import answered, as_object
from viewer.jobs import Analyst
from viewer.session.store import AnswerKey, Store
from viewer.triage.intake import Taken, Task, take_in, whole_shape
from viewer.triage.ledger import Entry, Ledger

_PER_WORKER = 2
"""Tasks given out per worker: one at work, one ready, so that memory stays bounded whatever the number of films."""
_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """News of one entry: ``taken`` is there when it was just read, ``answer`` when it was judged."""

    entry: Entry
    taken: Taken | None = None
    answer: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to run. ``jobs`` is the number of reading processes; ``force`` answers films that are not assessable."""

    jobs: int = max(1, (os.cpu_count() or 2) - 1)
    force: bool = False

    @property
    def settings(self) -> str:
        """What of this changes an answer, as canonical JSON for ``AnswerKey``."""
        return json.dumps({"force": self.force}, sort_keys=True)


class Engine:
    """Takes paths in, works through all of them, and tells a listener; ``run`` blocks, so give it a thread.

    Reading happens in processes that can die without harm: a film that kills its reader twice is entered as failed
    and the rest goes on. With a store, every answer is kept the moment it is there, and what is kept already is not
    asked of the network again.
    """

    def __init__(
        self,
        analyst: Analyst,
        listener: Callable[[Progress], None],
        wishes: Wishes | None = None,
        store: Store | None = None,
        reader: Callable[[Task], Taken] = take_in,
    ) -> None:
        self.ledger = Ledger()
        self._analyst = analyst
        self._listener = listener
        self._wishes = wishes or Wishes()
        self._store = store
        self._reader = reader
        self._lock = threading.Lock()
        self._queue: list[int] = []
        self._suspects: list[int] = []
        self._stopped = threading.Event()
        self._going = threading.Event()
        self._going.set()

    def add(self, paths: Iterable[Path]) -> int:
        """Enter every file below these paths as queued and return how many were new."""
        added = 0
        for path in find_films(paths):
            with self._lock:
                entry = self.ledger.find(path, arrived=time.time())
                self._queue.append(entry.number)
            self._listener(Progress(entry))
            added += 1
        return added

    def prefer(self, number: int) -> None:
        """Take this entry next: it is the one being looked at."""
        with self._lock:
            if number in self._queue:
                self._queue.remove(number)
                self._queue.insert(0, number)

    def pause(self) -> None:
        """Start nothing new until ``resume``."""
        self._going.clear()

    def resume(self) -> None:
        """Go on after ``pause``."""
        self._going.set()

    def cancel(self) -> None:
        """Stop after what is at work now; ``run`` returns, everything answered is kept, the rest stays queued."""
        self._stopped.set()
        self._going.set()

    @property
    def waiting(self) -> int:
        """How many entries have not been started."""
        with self._lock:
            return len(self._queue) + len(self._suspects)

    def run(self) -> None:
        """Work until nothing is left or ``cancel`` is called."""
        self._stopped.clear()
        while self.waiting and not self._stopped.is_set():
            alone = not self._queue
            with self._pool(1 if alone else self._wishes.jobs) as pool:
                self._work(pool, alone)

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))

    def _work(self, pool: ProcessPoolExecutor, alone: bool) -> None:
        """Keep the workers busy and judge what they hand back; returns when the queue is empty or the pool is broken.

        ``alone`` takes films one at a time that were at work when a worker died, to learn which of them kills it.
        """
        flying: dict[Future[Taken], int] = {}
        limit = 1 if alone else self._wishes.jobs * _PER_WORKER
        while True:
            self._going.wait()
            while len(flying) < limit and not self._stopped.is_set() and (number := self._next(alone)) is not None:
                self._tell(replace(self.ledger[number], status="reading"))
                task = Task(number, self.ledger[number].path, self._analyst.card.input_size)
                flying[pool.submit(self._reader, task)] = number
            if not flying:
                return
            done, _ = wait(flying, timeout=_PAUSE_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                number = flying.pop(future)
                try:
                    self._judge(future.result())
                except BrokenProcessPool:
                    self._mourn([number, *flying.values()], alone)
                    return

    def _next(self, alone: bool) -> int | None:
        with self._lock:
            queue = self._suspects if alone else self._queue
            return queue.pop(0) if queue else None

    def _mourn(self, numbers: list[int], alone: bool) -> None:
        """A worker died: try its films one by one; one that was alone with it is the cause."""
        if alone:
            sentence = "Reading this file crashed its decoder; it is damaged or hostile, ask for it again."
            self._tell(replace(self.ledger[numbers[0]], status="failed", reason_code="crashed", reason=sentence))
            return
        with self._lock:
            self._suspects += numbers
        for number in numbers:
            self._tell(replace(self.ledger[number], status="queued"))

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
                patient=said.patient_name,
                study_date=said.study_date,
                view=said.view,
            )
        entry = self._tell(entry, taken)
        if entry.status == "analysing":
            self._answer(entry, taken)

    def _answer(self, entry: Entry, taken: Taken) -> None:
        key = AnswerKey(taken.content, self._analyst.card.sha256, self._wishes.settings)
        answer = self._store.answer(key) if self._store else None
        if answer is None:
            try:
                answer = self._ask(entry, taken)
            except NegatoscopeError as error:
                failed = replace(entry, status="failed", reason_code=error.code, reason=error.message)
                self._tell(failed)
                return
            if self._store:
                self._store.keep_answer(key, answer)
        answer = answer | {"path": str(entry.path)}
        self._tell(judged(entry, answer), answer=answer)

    def _ask(self, entry: Entry, taken: Taken) -> dict[str, Any]:
        film = whole_shape(taken)
        prediction = self._analyst.analyse(film, force=self._wishes.force, admission=taken.admission)
        return as_object(answered(entry.path, film, prediction, taken.seconds))

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
        status="done" if answer["status"] == "analysed" else "not_assessable",
        reason_code=reason.get("code", ""),
        reason=reason.get("message", ""),
        probability=first.get("probability"),
        band=first.get("band"),
        opacity_extent=answer["opacity_extent"],
    )
