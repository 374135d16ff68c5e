"""The order of reading: urgent films rise, old ones are lifted, unknown ones never pass for normal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viewer.triage.ledger import PENDING, Entry

_BANDS = {"above": 1, "uncertain": 2}
_UNKNOWN, _BELOW, _PENDING, _REVIEWED, _ASIDE = 3, 4, 5, 6, 7


@dataclass(frozen=True, slots=True)
class Urgency:
    """How films are ordered.

    ``longest_wait_s``: an unread film that has waited longer goes to the top, the oldest first, whatever its
    score; None lifts none. Sorting by score alone shortens the mean wait and lengthens the worst one.
    """

    longest_wait_s: float | None = 3600.0


def by_urgency(entries: Iterable[Entry], now: float, urgency: Urgency) -> list[int]:
    """Return the numbers of the entries, most urgent first.

    First films that waited too long, those that came first before the others, then above threshold, uncertain, failed
    and not assessable (nobody knows what is on them), below threshold, not yet analysed, reviewed, and last duplicates
    and things that are no films. Within a group the higher probability, then the longer wait comes first.
    """
    return [entry.number for entry in sorted(entries, key=lambda entry: _rank(entry, now, urgency))]


def _rank(entry: Entry, now: float, urgency: Urgency) -> tuple[float, ...]:
    group = _group(entry)
    rank = (group, -(entry.probability or 0.0), entry.arrived, entry.number)
    waited = urgency.longest_wait_s is not None and now - entry.arrived > urgency.longest_wait_s
    return (0, entry.arrived, *rank) if waited and group < _REVIEWED else rank


def _group(entry: Entry) -> int:
    if entry.status in {"duplicate", "other"}:
        return _ASIDE
    if entry.reviewed:
        return _REVIEWED
    if entry.status in PENDING or entry.status == "analysing":
        return _PENDING
    if entry.status in {"failed", "not_assessable"} or entry.band is None:
        return _UNKNOWN
    return _BANDS.get(entry.band, _BELOW)


def settle(shown: Sequence[int], wanted: Sequence[int], held: int | None) -> list[int]:
    """Return a new order that does not move rows under the reader's hand.

    Parameters
    ----------
    shown
        Numbers as they stand on the screen.
    wanted
        Numbers in the order they ought to have, each once.
    held
        The entry being read: it and all rows above it stay where they are. None lets every row move.
    """
    if held is None or held not in shown:
        return list(wanted)
    present = set(wanted)
    kept = [number for number in shown[: shown.index(held) + 1] if number in present]
    fixed = set(kept)
    return kept + [number for number in wanted if number not in fixed]
