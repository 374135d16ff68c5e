"""The morning's films: the engine at work beside the window, and the worklist it fills; no widgets."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
from PySide6.QtCore import QObject, QTimer, Signal

from viewer.jobs import Analyst
from viewer.session.store import Store
from viewer.triage.ledger import ANSWERED, Entry
from viewer.triage.order import Urgency
from viewer.triage.watch import Watch
from viewer.triage.worklist import Worklist

if TYPE_CHECKING:
    from viewer.triage.engine import Engine, Progress

NEWS_MS = 150
"""How often news of the engine reaches the window: often enough to look alive, seldom enough to cost nothing."""
LOOK_MS = 3000
"""How often watched folders are looked into."""


@dataclass(frozen=True, slots=True, eq=False)
class PasswordQuestion:
    """What a discovery waits for; ``answer`` takes the password, None to leave the archive.

    ``again`` says that another one was given before and did not fit.
    """

    archive: Path
    name: str
    again: bool
    answer: Future[str | None]


class Morning(QObject):
    """Works through folders, archives and many files, and keeps the worklist.

    Signals
    -------
    changed
        Entries, order or progress are new.
    opened_first
        The first film that can be looked at was found; carries its ``Entry``.
    password_wanted
        A ``PasswordQuestion``.
    """

    changed = Signal()
    opened_first = Signal(object)
    password_wanted = Signal(object)

    def __init__(self, analyst: Analyst, store: Store | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worklist = Worklist()
        self.thumbnails: dict[int, bytes] = {}
        self.held: int | None = None
        self._analyst = analyst
        self._own_store = Store(None) if store is None else None
        self.store: Store = store or self._own_store  # type: ignore[assignment]
        self._engine: Engine | None = None
        self._finding = ThreadPoolExecutor(1, "discovery")
        self._working = ThreadPoolExecutor(1, "triage")
        self._futures: list[Future[None]] = []
        self._news: deque[Progress | PasswordQuestion] = deque()
        self._asked: list[PasswordQuestion] = []
        self._given: set[tuple[Path, str]] = set()
        self._numbers: dict[Path, int] = {}
        self._wants_first = False
        self._tick = QTimer(self, interval=NEWS_MS)
        self._tick.timeout.connect(self._on_tick)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._watch: Watch | None = None
        self._looking: Future[list[Path]] | None = None

    @property
    def active(self) -> bool:
        """Whether there is a worklist."""
        return self._engine is not None

    @property
    def engine(self) -> Engine:
        """The engine; made, and its decoders loaded, when it is first needed: the window is painted before."""
        if self._engine is None:
            from viewer.triage.answers import Wishes
            from viewer.triage.engine import Engine

            wishes = Wishes(adopt_older=True, thumbnails=True)
            self._engine = Engine(self._analyst, self._news.append, wishes, self.store)
        return self._engine

    @property
    def busy(self) -> bool:
        """Whether anything is being found or analysed."""
        return any(not future.done() for future in self._futures)

    # Deeds

    def add(self, paths: Iterable[Path], hang_first: bool = True) -> None:
        """Take in everything below these paths; ``hang_first`` announces the first film among them."""
        engine, wanted = self.engine, tuple(paths)
        self._wants_first = self._wants_first or hang_first
        engine.reins.begin_finding()
        self._futures = [future for future in self._futures if not future.done()]
        self._futures.append(self._finding.submit(self._find, engine, wanted))
        self._futures.append(self._working.submit(engine.run))
        self._tick.start()

    def watch(self, folders: Iterable[Path] | None) -> None:
        """Take in what appears in these folders from now on; None watches nothing any more."""
        self._watch = None if folders is None else Watch(folders, [entry.path for entry in self.worklist.entries])
        if self._watch is None:
            self._look.stop()
        else:
            self._look.start()
        self.changed.emit()

    @property
    def watching(self) -> bool:
        """Whether folders are watched."""
        return self._watch is not None

    def set_paused(self, paused: bool) -> None:
        """Let the engine rest or go on."""
        if paused:
            self.engine.reins.pause()
        else:
            self.engine.reins.resume()
        self.changed.emit()

    def cancel(self) -> None:
        """Analyse no more; what waits stays in the list and ``go_on`` takes it up."""
        self.engine.reins.cancel()

    def go_on(self) -> None:
        """Work on what still waits, after ``cancel``."""
        self._futures.append(self._working.submit(self.engine.run))
        self._tick.start()

    def lift_after(self, minutes: int) -> None:
        """Lift unread films to the top of the list once they have waited so long; 0 lifts none."""
        self.worklist.urgency = Urgency(60.0 * minutes or None)
        self.changed.emit()

    def renew(self) -> None:
        """Ask the present network about every film that only an older one has answered."""
        self.engine.renew()
        self.go_on()

    def mark_reviewed(self, film_key: str, reviewed: bool) -> None:
        """Mark a film as reviewed or unread, for good."""
        self.store.mark_reviewed(film_key, reviewed)
        for entry in self.worklist.entries:
            if entry.film_key == film_key and entry.status != "duplicate":
                self.worklist.put(self.engine.mark_reviewed(entry.number, reviewed))
        self.changed.emit()

    def look_at(self, place: Path | None) -> None:
        """Hold this film's row where it is, and let the engine take it next."""
        self.held = None if place is None else self._numbers.get(place)
        if self.held is not None:
            self.engine.prefer(self.held)

    def beside(self, place: Path, step: int) -> Path | None:
        """Return the film so many rows further down the list than this one, None beyond the ends."""
        number = self._numbers.get(place)
        if number is None:
            return None
        entry = self.worklist.beside(number, step)
        return None if entry is None else entry.place

    def next_unread(self) -> Entry | None:
        """Return the next film below the held one that nobody has reviewed, else the first such one."""
        rows = self.worklist.rows
        start = rows.index(self.held) + 1 if self.held in rows else 0
        order = [self.worklist[number] for number in rows[start:] + rows[:start]]
        unread = (entry for entry in order if not entry.reviewed and entry.status in ANSWERED)
        return next((entry for entry in unread if entry.number != self.held), None)

    def number_of(self, place: Path) -> int | None:
        """Return the number of the entry that is opened by this path."""
        return self._numbers.get(place)

    def clear(self) -> None:
        """Forget the worklist; files and kept answers stay."""
        self._stop()
        self._finding, self._working = ThreadPoolExecutor(1, "discovery"), ThreadPoolExecutor(1, "triage")
        self._engine = None
        self.held = None
        self._numbers.clear()
        self.thumbnails.clear()
        self.worklist.clear()
        self.watch(None)

    def close(self) -> None:
        """Stop all work and wait for the steps under way."""
        self._stop()
        if self._own_store is not None:
            self._own_store.close()

    def _stop(self) -> None:
        self._tick.stop()
        self._look.stop()
        if self._engine is not None:
            self._engine.reins.give_up()
        self._answer_questions()
        self._finding.shutdown(wait=True, cancel_futures=True)
        self._working.shutdown(wait=True, cancel_futures=True)
        if self._engine is not None:
            self._engine.close()
        self._news.clear()
        self._futures.clear()

    # On the other threads

    def _find(self, engine: Engine, paths: tuple[Path, ...]) -> None:
        self._given.clear()
        try:
            engine.add(paths, self._ask)
        finally:
            engine.reins.end_finding()

    def _ask(self, archive: Path, name: str) -> str | None:
        again = (archive, name) in self._given
        question = PasswordQuestion(archive, name, again, Future())
        self._news.append(question)
        password = question.answer.result()
        if password is not None:
            from model.film.archive import remember_passwords

            self._given.add((archive, name))
            remember_passwords(archive, {name: password})
        return password

    # On the main thread

    def _answer_questions(self) -> None:
        """Leave every archive that a password is still wanted for."""
        waiting = [*self._asked, *(one for one in list(self._news) if isinstance(one, PasswordQuestion))]
        for question in waiting:
            if not question.answer.done():
                question.answer.set_result(None)
        self._asked.clear()

    def _on_tick(self) -> None:
        """Take over the news; the end of the work is news too."""
        ended, some = not self.busy, bool(self._news)
        while self._news:
            news = self._news.popleft()
            if isinstance(news, PasswordQuestion):
                self._asked.append(news)
                self.password_wanted.emit(news)
            else:
                self._take_over(news)
        if some or ended:
            self.changed.emit()
        if ended:
            self._tick.stop()
            self._settle_up()

    def _settle_up(self) -> None:
        """Let what nobody foresaw on the other threads be raised on this one, where it is noticed."""
        ended, self._futures = self._futures, []
        for future in ended:
            future.result()

    def _take_over(self, news: Progress) -> None:
        entry = news.entry
        self.worklist.put(entry)
        self._numbers.setdefault(entry.place, entry.number)
        if news.taken is not None and news.taken.thumbnail is not None:
            self.thumbnails[entry.number] = cv2.imencode(".jpg", news.taken.thumbnail)[1].tobytes()
        if self._wants_first and not entry.reason_code:
            self._wants_first = False
            self.opened_first.emit(entry)

    def _on_look(self) -> None:
        """Let the discovery thread look into the watched folders, and take in what it found there last time."""
        if self._looking is not None and not self._looking.done():
            return
        if self._looking is not None and (new := self._looking.result()):
            self.add(new, hang_first=False)
        self._looking = None if self._watch is None else self._finding.submit(self._watch.look)
