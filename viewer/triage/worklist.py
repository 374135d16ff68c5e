"""The worklist: entries as the reader sees them, ordered, filtered and searched; rows never jump under the hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from viewer.triage.ledger import OPENED, PENDING, Count, Entry, count
from viewer.triage.order import Urgency, by_urgency, settle

Column = Literal["state", "score", "film", "finding", "extent", "patient", "date", "view", "waiting"]
Filter = Literal["all", "unread", "above", "unknown", "aside"]
FILTERS: dict[Filter, Callable[[Entry], bool]] = {
    "all": lambda entry: True,
    "unread": lambda entry: not entry.reviewed and entry.status not in {"duplicate", "other"},
    "above": lambda entry: entry.band == "above" and entry.status != "duplicate",
    "unknown": lambda entry: entry.status in {"failed", "not_assessable"},
    "aside": lambda entry: entry.status in {"duplicate", "other"},
}
_STATES = ("queued", "reading", "analysing", "done", "withheld", "not_assessable", "failed", "duplicate", "other")


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what rows are ordered: None is by urgency."""

    column: Column | None = None
    descending: bool = False


class Worklist:
    """Entries by number and the numbers in the order in which they are shown.

    Attributes
    ----------
    urgency, sorting, filter, search
        How entries are ordered, and which are shown.
    text
        How an entry reads, which is what is searched: nothing is found that is not shown.
    rows
        Numbers of what is shown, in order.
    hides
        Tells by its key of which film no entry may give the answer away, nor its place in the order.
    """

    def __init__(self, urgency: Urgency | None = None) -> None:
        self.urgency = urgency or Urgency()
        self.sorting = Sorting()
        self.filter: Filter = "all"
        self.search = ""
        self.text: Callable[[Entry], str] = lambda entry: entry.name
        self.hides: Callable[[str], bool] = lambda film_key: False
        self.rows: list[int] = []
        self._entries: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, number: int) -> Entry:
        return self._veiled(self._entries[number])

    @property
    def entries(self) -> list[Entry]:
        """Every entry in the order found."""
        return [self._veiled(entry) for entry in self._entries.values()]

    def _veiled(self, entry: Entry) -> Entry:
        if entry.status not in {"done", "not_assessable"} or not self.hides(entry.film_key):
            return entry
        return replace(
            entry,
            status="withheld",
            reason_code="",
            reason="",
            probability=None,
            band=None,
            findings=(),
            opacity_extent=None,
        )

    def put(self, entry: Entry) -> None:
        """Take over news of an entry; its row moves only with ``ordered``."""
        self._entries[entry.number] = entry

    def clear(self) -> None:
        """Forget every entry."""
        self._entries.clear()
        self.rows = []

    def count(self) -> Count:
        """Count what became of everything, shown or not."""
        return count(self._entries.values())

    def ordered(self, now: float, held: int | None = None) -> list[int]:
        """Return the numbers to show, in order.

        Parameters
        ----------
        now
            Seconds since the epoch, for the waiting time.
        held
            The entry in the reader's hand: it and all rows above it stay, filtered out or not.
        """
        wanted = self._sorted([entry for entry in self.entries if self._shown(entry)], now)
        if held is None or held not in self.rows:
            return wanted
        here = set(wanted)
        above = self.rows[: self.rows.index(held) + 1]
        return settle(self.rows, wanted + [number for number in above if number not in here], held)

    def beside(self, number: int, step: int) -> Entry | None:
        """Return the entry ``step`` rows further down that can be opened, None beyond the ends."""
        if number not in self.rows:
            return self._first(self.rows) if step > 0 else None
        place = self.rows.index(number)
        onward = self.rows[place + 1 :] if step > 0 else self.rows[:place][::-1]
        return self._first(onward)

    def first(self) -> Entry | None:
        """Return the first row that can be opened."""
        return self._first(self.rows)

    def _first(self, numbers: Iterable[int]) -> Entry | None:
        return next((self[number] for number in numbers if is_openable(self._entries[number])), None)

    def _shown(self, entry: Entry) -> bool:
        if not FILTERS[self.filter](entry):
            return False
        wanted = self.search.casefold().split()
        text = self.text(entry).casefold() if wanted else ""
        return all(word in text for word in wanted)

    def _sorted(self, entries: list[Entry], now: float) -> list[int]:
        if self.sorting.column is None:
            return by_urgency(entries, now, self.urgency)
        key = _KEYS[self.sorting.column]
        known = [entry for entry in entries if key(entry) is not None]
        unknown = [entry.number for entry in entries if key(entry) is None]
        known.sort(key=key, reverse=self.sorting.descending)
        return [entry.number for entry in known] + unknown


def is_openable(entry: Entry) -> bool:
    """Tell whether an entry is a film or may yet turn out to be one."""
    return entry.status in PENDING or entry.status in OPENED


_KEYS: dict[Column, Callable[[Entry], Any]] = {
    "state": lambda entry: (_STATES.index(entry.status), entry.reviewed),
    "film": lambda entry: entry.name.casefold(),
    "score": lambda entry: entry.probability,
    "finding": lambda entry: entry.findings or None,
    "extent": lambda entry: entry.opacity_extent,
    "patient": lambda entry: entry.patient.casefold() or None,
    "date": lambda entry: entry.study_date or None,
    "view": lambda entry: entry.view or None,
    "waiting": lambda entry: entry.arrived,
}
