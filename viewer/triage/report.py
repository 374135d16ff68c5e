"""What is told of a whole worklist: the answer of every entry for a table, and the summary in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.errors import NegatoscopeError
from viewer.export.table import CsvLines, as_object, duplicate_of, failed, object_line
from viewer.triage.answers import Answer
from viewer.triage.engine import Engine
from viewer.triage.intake import Taken, whole_shape
from viewer.triage.ledger import PENDING, Count, Entry, count, counted_as

BINS = 10
"""Of the histogram of scores, over 0 .. 1."""


def answer_for(engine: Engine, entry: Entry, taken: Taken | None = None) -> Answer:
    """Return the object of ``analyse --json`` for an entry; one that has no answer says why."""
    if entry.status in {"done", "not_assessable"} and (shown := engine.answers.shown(entry)) is not None:
        return shown
    if entry.duplicate_of is not None:
        first = engine.answers.shown(engine.ledger[entry.duplicate_of])
        if first is not None:
            return duplicate_of(first, entry.place, entry.reason)
    error = NegatoscopeError(entry.reason_code, entry.reason)
    if entry.status in PENDING or entry.status == "analysing":
        error = NegatoscopeError("waiting", "It is waiting to be analysed.")
    if taken is None or taken.film is None:
        return as_object(failed(entry.place, error))
    return as_object(failed(entry.place, error, whole_shape(taken), taken.seconds))


def counted(entry: Entry, answer: Answer) -> Answer:
    """Return the answer of an entry with the part of the sum it belongs to, so that a table adds up like the list."""
    return answer | {"counted_as": counted_as(entry.status)}


def save_table(engine: Engine, path: Path) -> None:
    """Write every entry that was found: JSON lines when the name ends so, else CSV.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    as_json = path.suffix.lower() in {".json", ".jsonl"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = None if as_json else CsvLines(stream)
        for entry in engine.ledger.entries:
            answer = counted(entry, answer_for(engine, entry))
            if lines is None:
                print(object_line(answer), file=stream)
            else:
                lines.write_object(answer)


@dataclass(frozen=True, slots=True)
class Summary:
    """A worklist in numbers. ``histogram`` counts the films of each tenth of the score."""

    count: Count
    above: int
    uncertain: int
    below: int
    not_assessable: int
    reviewed: int
    histogram: tuple[int, ...]
    failures: tuple[tuple[str, str], ...]
    """Name and reason of everything that failed."""


def summary(entries: Iterable[Entry]) -> Summary:
    """Sum up what became of these entries."""
    given: Sequence[Entry] = list(entries)
    done = [entry for entry in given if entry.status == "done"]
    bands = [entry.band for entry in done]
    histogram = [0] * BINS
    for entry in done:
        if entry.probability is not None:
            histogram[min(BINS - 1, int(entry.probability * BINS))] += 1
    return Summary(
        count=count(given),
        above=bands.count("above"),
        uncertain=bands.count("uncertain"),
        below=bands.count("below"),
        not_assessable=sum(entry.status == "not_assessable" for entry in given),
        reviewed=sum(entry.reviewed for entry in given),
        histogram=tuple(histogram),
        failures=tuple((entry.name, entry.reason) for entry in given if entry.status == "failed"),
    )
