"""Seen: which films a network was trained and tuned on, kept beside its weights, so that it is never judged on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from training.datasets.collection import stem
from training.datasets.row import Row

SUFFIX = ".seen.txt"
"""Takes the place of the weights' ending."""
_DIGITS = 12


def mark(row: Row) -> str:
    """Return a short mark of a film: its collection and name, whatever the ending or the folder."""
    return sha256(f"{row.source}/{stem(row.path)}".encode()).hexdigest()[:_DIGITS]


def write(rows: Iterable[Row], weights: Path) -> Path:
    """Write the marks of these films beside the weights."""
    path = weights.with_suffix(SUFFIX)
    path.write_text("\n".join(sorted({mark(row) for row in rows})) + "\n", encoding="ascii")
    return path


def read(weights: Path) -> frozenset[str]:
    """Return the marks beside the weights; none when there is no such file."""
    path = weights.with_suffix(SUFFIX)
    return frozenset(path.read_text(encoding="ascii").split()) if path.is_file() else frozenset()


def unseen(rows: Sequence[Row], every: Iterable[Row], marks: frozenset[str]) -> list[Row]:
    """Return those of ``rows`` whose group holds no film with one of these marks; ``every`` is the whole manifest."""
    spoilt = {row.group for row in every if mark(row) in marks}
    return [row for row in rows if row.group not in spoilt]
