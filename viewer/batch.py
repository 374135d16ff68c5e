"""Many films from the command line: the engine works, each answer is written in order at once, none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from model.errors import NegatoscopeError
from viewer.export.table import path_text
from viewer.jobs import Analyst
from viewer.outputs import Outputs
from viewer.session.store import Store
from viewer.triage.answers import Wishes
from viewer.triage.discover import AskPassword, Found
from viewer.triage.engine import Engine
from viewer.triage.engine import Progress as News
from viewer.triage.ledger import PENDING, Count, Entry, Ledger
from viewer.triage.pace import time_left_text
from viewer.triage.report import answer_for, counted

Show = Callable[[Engine], None]


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of everything that was found."""

    count: Count
    analysed: int
    not_assessable: int
    older: int
    """Answers that stand from another network, of a run that is gone on with."""

    @property
    def whole(self) -> bool:
        """Whether something was found and every path got an answer."""
        return bool(self.count.found) and not (self.count.failed or self.count.other or self.count.waiting)

    def line(self) -> str:
        """Return the sum as a sentence."""
        if not self.count.found:
            return "No files were found there; give films, or folders that hold some."
        told = f"{self.count.sentence()}: {self.analysed} analysed, {self.not_assessable} not assessable"
        if self.older:
            told += f"; answered by another network: {self.older}, run without --resume to ask this one"
        return told


def tally_of(ledger: Ledger) -> Tally:
    """Count what became of every entry."""
    statuses = [entry.status for entry in ledger.entries]
    older = sum(bool(entry.older_network) for entry in ledger.entries)
    return Tally(ledger.count(), statuses.count("done"), statuses.count("not_assessable"), older)


class Batch:
    """One run over some paths.

    Parameters
    ----------
    analyst, outputs, wishes, store
        The network, where answers go, how to run, and where answers are kept.
    show
        Told of every step, for a progress bar.
    """

    def __init__(
        self, analyst: Analyst, outputs: Outputs, wishes: Wishes, store: Store, show: Show | None = None
    ) -> None:
        self.engine = Engine(analyst, self._on_news, wishes, store)
        if outputs.overlays is not None:
            self.engine.picture = lambda entry: self._pictures[entry.number]
        self._outputs = outputs
        self._show = show
        self._pictures: list[Path] = []
        self._taken: set[str] = set()
        self._next = 0
        self._ready: dict[int, dict[str, Any]] = {}
        self._lock = threading.Lock()
        self._owner = threading.get_ident()
        self._analyst = analyst
        self._warmed = bool(outputs.kept)

    def run(self, paths: Sequence[Path], ask: AskPassword | None = None) -> Tally:
        """Work through everything below these paths; Ctrl-C ends it after the films at work, nothing is lost.

        Raises
        ------
        OSError
            When an output cannot be written.
        """

        def seek() -> None:
            try:
                self.engine.add(paths, ask, self._known)
            finally:
                self.engine.reins.end_finding()

        with self.engine:
            self.engine.reins.begin_finding()
            threading.Thread(target=seek, name="discovery", daemon=True).start()
            try:
                self.engine.run()
            finally:
                self._flush()
        return tally_of(self.engine.ledger)

    def _known(self, found: Found) -> dict[str, Any] | None:
        """Return the answer that an output holds already; with pictures every film is opened to check its own."""
        if self._outputs.overlays is not None:
            return None
        return self._outputs.kept.get(path_text(found.path.joinpath(*found.inside)))

    def _warm(self) -> None:
        """Load the network while the first film is read; when that fails, the first film asked about says why."""
        with suppress(NegatoscopeError):
            self._analyst.load()

    def _on_news(self, news: News) -> None:
        entry = news.entry
        if entry.status == "reading" and not self._warmed:
            self._warmed = True
            threading.Thread(target=self._warm, name="network", daemon=True).start()
        with self._lock:
            while len(self._pictures) <= entry.number:
                self._pictures.append(self._free_picture(self.engine.ledger[len(self._pictures)]))
            if entry.status not in PENDING and entry.status != "analysing":
                answer = news.answer or answer_for(self.engine, entry, news.taken)
                self._ready[entry.number] = counted(entry, answer)
        if threading.get_ident() == self._owner:
            self._flush()
            if self._show is not None:
                self._show(self.engine)

    def _flush(self) -> None:
        """Write what is ready in the order in which it was found."""
        while True:
            with self._lock:
                answer = self._ready.pop(self._next, None)
                if answer is None:
                    return
                self._next += 1
            self._outputs.write(answer)

    def _free_picture(self, entry: Entry) -> Path:
        """Return where the picture of an entry lies: named like the film, numbered where two have one name."""
        name = Path(entry.place).name
        stem, number = name.rsplit(".", 1)[0] or name, 1
        free = f"{stem}.png"
        while free.casefold() in self._taken:
            number += 1
            free = f"{stem}-{number}.png"
        self._taken.add(free.casefold())
        return (self._outputs.overlays or Path()) / free


@contextmanager
def progress() -> Iterator[Show]:
    """Show on a terminal how far an engine has come and how long the rest will take; nowhere else."""
    console = Console(stderr=True)
    columns = (TextColumn("analysing"), BarColumn(), TextColumn("{task.completed}/{task.total} {task.fields[left]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("analysing", left="")

        def show(engine: Engine) -> None:
            if console.is_terminal:
                found, left = len(engine.ledger), engine.seconds_left
                done = found - engine.unfinished
                bar.update(task, total=found, completed=done, left="" if left is None else time_left_text(left))

        yield show
