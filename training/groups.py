"""Groups: films that must stay in one split, because patient, file or picture says that they belong together."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from training.datasets.collection import stem
from training.datasets.row import Row
from training.duplicates import Pair

JoinReason = Literal["file", "name", "picture"]
DERIVED = frozenset({"covid-chestxray", "covid-segmentations", "darkcovidnet"})
"""Collections that took films from each other and kept their names: one name is one film."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two films of different patient ids that were put into one group, and why."""

    first: str
    second: str
    patients: tuple[str, str]
    reason: JoinReason
    correlation: float | None = None


def join(rows: Sequence[Row], pairs: Iterable[Pair]) -> tuple[list[Row], list[Join]]:
    """Give every row its group; films under several patient ids become one row.

    Parameters
    ----------
    rows
        Films of all collections.
    pairs
        Near-duplicates, by place in ``rows``.

    Returns
    -------
    rows, joins
        One row a file, in the old order, and the joins between different patients.
    """
    links = [(i, j) for same in _places(rows, lambda row: row.patient) for i, j in _chain(same)]
    joins: list[Join] = []
    for reason, i, j, correlation in (*_by_file(rows), *_by_name(rows), *_by_picture(pairs)):
        links.append((i, j))
        if rows[i].patient != rows[j].patient:
            patients = (rows[i].patient, rows[j].patient)
            joins.append(Join(rows[i].path, rows[j].path, patients, reason, correlation))
    number = _components(len(rows), links)
    members: defaultdict[int, list[str]] = defaultdict(list)
    for row, group in zip(rows, number, strict=True):
        members[group].append(row.path)
    names = {group: _name(paths) for group, paths in members.items()}
    unique: dict[str, Row] = {}
    for row, group in zip(rows, number, strict=True):
        unique.setdefault(row.path, replace(row, group=names[group]))
    return list(unique.values()), joins


def merged_patients(joins: Iterable[Join]) -> dict[tuple[str, str], Join]:
    """Return, for each two patient ids of one collection that turned out to be one patient, the strongest join."""
    merged: dict[tuple[str, str], Join] = {}
    for found in joins:
        first, second = sorted(found.patients)
        if first.partition(":")[0] == second.partition(":")[0]:
            known = merged.get((first, second))
            if known is None or (found.correlation or 1.0) > (known.correlation or 1.0):
                merged[(first, second)] = found
    return merged


def _by_file(rows: Sequence[Row]) -> list[tuple[JoinReason, int, int, float | None]]:
    return [("file", i, j, None) for same in _places(rows, lambda row: row.path) for i, j in _chain(same)]


def _by_name(rows: Sequence[Row]) -> list[tuple[JoinReason, int, int, float | None]]:
    named = _places(rows, lambda row: stem(row.path) if row.source in DERIVED else row.path)
    return [("name", i, j, None) for same in named for i, j in _chain(same) if rows[i].source != rows[j].source]


def _by_picture(pairs: Iterable[Pair]) -> list[tuple[JoinReason, int, int, float | None]]:
    return [("picture", pair.first, pair.second, pair.correlation) for pair in pairs]


def _places(rows: Sequence[Row], key: Callable[[Row], str]) -> list[list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        places[key(row)].append(number)
    return list(places.values())


def _chain(same: Sequence[int]) -> Iterable[tuple[int, int]]:
    return itertools.pairwise(same)


def _components(count: int, links: Sequence[tuple[int, int]]) -> list[int]:
    ends = np.array(links, np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return [int(label) for label in connected_components(graph, directed=False)[1]]


def _name(paths: Sequence[str]) -> str:
    return hashlib.sha256(min(paths).encode()).hexdigest()[:12]
