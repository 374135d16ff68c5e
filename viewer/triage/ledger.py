"""The ledger: one entry for everything that was found, so that nothing is ever lost or counted twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from model.findings.prediction import Band

Status = Literal["queued", "reading", "analysing", "done", "not_assessable", "withheld", "duplicate", "other", "failed"]
"""``withheld`` is only shown, never entered: there is an answer, but the reader is to judge the film first."""
PENDING: frozenset[Status] = frozenset({"queued", "reading"})
NOT_FILMS = frozenset({"not_a_film", "no_pixels"})
"""Codes of files that are sound but hold no film."""
ANSWERED: frozenset[Status] = frozenset({"done", "not_assessable", "withheld"})
OPENED: frozenset[Status] = ANSWERED | {"analysing"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was found and what became of it.

    ``inside`` names it within an archive, outermost archive first. ``reason`` is a sentence for every status that
    needs one. ``arrived`` is when it came with others, in seconds since the epoch. ``probability`` belongs to the
    first finding.
    """

    number: int
    path: Path
    inside: tuple[str, ...] = ()
    status: Status = "queued"
    reason_code: str = ""
    reason: str = ""
    film_key: str = ""
    appearance: str = ""
    content: str = ""
    patient: str = ""
    study_date: str = ""
    view: str = ""
    probability: float | None = None
    band: Band | None = None
    findings: tuple[str, ...] = ()
    """Identifiers of the findings above threshold."""
    opacity_extent: float | None = None
    older_network: str = ""
    """Version of the network that answered, when it is not the present one."""
    duplicate_of: int | None = None
    reviewed: bool = False
    arrived: float = 0.0

    @property
    def identities(self) -> tuple[str, ...]:
        """What other entries of the same film share with this one; empty before it was read."""
        film = f"{self.film_key} {self.appearance}" if self.film_key else ""
        return tuple(identity for identity in (film, self.content) if identity)

    @property
    def name(self) -> str:
        """Name for people: the file's, and the member's inside an archive."""
        return " › ".join((self.path.name, *self.inside))

    @property
    def place(self) -> Path:
        """The path by which it is opened: the file's, followed by the names inside an archive."""
        return self.path.joinpath(*self.inside)


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found and what became of them; ``found`` is always the sum of the rest."""

    opened: int
    duplicate: int
    other: int
    failed: int
    waiting: int

    @property
    def found(self) -> int:
        """Everything that was found."""
        return self.opened + self.duplicate + self.other + self.failed + self.waiting

    def sentence(self) -> str:
        """Return the sum in words."""
        parts = f"{self.opened} opened + {self.duplicate} duplicate + {self.other} other + {self.failed} failed"
        return f"{self.found} found = {parts}" + (f" + {self.waiting} waiting" if self.waiting else "")


class Ledger:
    """Entries by number, in the order they were found; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[int, Entry] = {}
        self._first_of: dict[str, int] = {}

    def find(self, path: Path, inside: tuple[str, ...] = (), arrived: float = 0.0) -> Entry:
        """Enter something new and return its entry."""
        with self._lock:
            entry = Entry(number=len(self._entries), path=path, inside=inside, arrived=arrived)
            self._entries[entry.number] = entry
        return entry

    def change(self, number: int, **changes: Any) -> Entry:
        """Change these fields of an entry; one whose film or content stands here already becomes a duplicate.

        The same film is one with the same identity that also looks the same: files that share a SOP Instance UID but
        show something else are kept apart.

        Returns
        -------
        The entry as it is now in the ledger.

        Raises
        ------
        KeyError
            When there is no such entry.
        """
        with self._lock:
            entry = replace(self._entries[number], **changes)
            first = self._first(entry)
            if first is not None and first != number and entry.status != "failed":
                reason = f"The same film as {self._entries[first].name}."
                entry = replace(entry, status="duplicate", duplicate_of=first, reason_code="duplicate", reason=reason)
            elif entry.status != "failed":
                for identity in entry.identities:
                    self._first_of.setdefault(identity, number)
            self._entries[number] = entry
        return entry

    def __getitem__(self, number: int) -> Entry:
        return self._entries[number]

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order they were found."""
        return tuple(self._entries.values())

    def count(self) -> Count:
        """Count what became of everything."""
        return count(self._entries.values())

    def _first(self, entry: Entry) -> int | None:
        known = (self._first_of.get(identity) for identity in entry.identities)
        return next((number for number in known if number is not None), None)


def verdict(code: str) -> Status:
    """Return what something counts as that cannot be opened for this reason: sound but no film, or failed."""
    return "other" if code in NOT_FILMS else "failed"


def count(entries: Iterable[Entry]) -> Count:
    """Count what became of these entries."""
    counted = Counter(counted_as(entry.status) for entry in entries)
    return Count(*(counted[part.name] for part in fields(Count)))


def counted_as(status: Status) -> str:
    """Return the part of a ``Count`` that an entry with this status belongs to."""
    if status in OPENED:
        return "opened"
    return "waiting" if status in PENDING else status
