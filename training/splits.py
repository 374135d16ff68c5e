"""Splits: whole groups go to train, validation or test, by seed alone, alike in source, label and annotation."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from training.datasets.row import Row, Split

SPLITS: tuple[Split, ...] = ("train", "validation", "test")
FRACTIONS: Mapping[Split, float] = {"train": 0.7, "validation": 0.1, "test": 0.2}


def strata(row: Row) -> list[str]:
    """Return the kinds of film that each split should hold its share of."""
    kinds = [f"{row.source}|{row.opacity}|{row.covid}", f"{row.source}|{row.view}"]
    if "opacity" in row.masked:
        kinds.append("masked for opacity")
    elif row.masked:
        kinds.append("masked for lungs")
    if row.boxed:
        kinds.append(row.label)
    if row.severity is not None:
        kinds.append("severity")
    return kinds


@dataclass(frozen=True, slots=True)
class Division:
    """How films are divided: ``held`` names sources or sites kept for the test alone, with all their groups."""

    seed: int = 0
    fractions: Mapping[Split, float] = field(default_factory=lambda: FRACTIONS)
    held: frozenset[str] = frozenset()


USUAL = Division()


def split(rows: Sequence[Row], division: Division = USUAL) -> list[Row]:
    """Return the rows with their split.

    Groups are placed largest first (ties by a hash of seed and group), each where its kinds of film are most
    lacking, as in iterative stratification (Sechidis et al. 2011).
    """
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    held = {name for name, members in groups.items() if any({row.source, row.site} & division.held for row in members)}
    chosen: dict[str, Split] = dict.fromkeys(held, "test")
    placed = _placed({name: members for name, members in groups.items() if name not in held}, division)
    chosen.update(placed)
    return [replace(row, split=chosen[row.group]) for row in rows]


def _placed(groups: Mapping[str, Sequence[Row]], division: Division) -> dict[str, Split]:
    kinds = {name: Counter(kind for row in members for kind in strata(row)) for name, members in groups.items()}
    totals: Counter[str] = sum(kinds.values(), Counter())
    places = {kind: number for number, kind in enumerate(sorted(totals))}
    lacking = np.outer([division.fractions[name] for name in SPLITS], [float(totals[kind]) for kind in sorted(totals)])
    weight = np.array([1.0 / totals[kind] for kind in sorted(totals)])
    share = np.array([division.fractions[name] for name in SPLITS])
    chosen: dict[str, Split] = {}
    for name in sorted(groups, key=lambda group: (-len(groups[group]), _shuffled(division.seed, group))):
        counts = np.zeros(len(places))
        for kind, count in kinds[name].items():
            counts[places[kind]] = count
        need = (np.minimum(lacking, 1e9) / share[:, None]) @ (counts * weight)
        best = int(np.argmax(need))
        lacking[best] -= counts
        chosen[name] = SPLITS[best]
    return chosen


def spanning(rows: Sequence[Row]) -> list[str]:
    """Return the groups that stand in more than one split; there must be none."""
    seen: defaultdict[str, set[Split | None]] = defaultdict(set)
    for row in rows:
        seen[row.group].add(row.split)
    return sorted(group for group, where in seen.items() if len(where) > 1)


def random_leak(rows: Sequence[Row], seed: int = 0, test_fraction: float = 0.2, rounds: int = 20) -> dict[str, float]:
    """Return, for each source, the share of test films whose group is also trained on when films split at random."""
    generator = np.random.default_rng(seed)
    names, codes = np.unique([row.group for row in rows], return_inverse=True)
    sources = np.array([row.source for row in rows])
    leaks: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        test = generator.random(len(rows)) < test_fraction
        trained = np.bincount(codes[~test], minlength=len(names)) > 0
        of_source = {str(source): test & (sources == source) for source in np.unique(sources)}
        for source, chosen in (*of_source.items(), ("all", test)):
            if chosen.any():
                leaks[source].append(float(trained[codes[chosen]].mean()))
    return {source: float(np.mean(shares)) for source, shares in leaks.items()}


def _shuffled(seed: int, group: str) -> str:
    return hashlib.sha256(f"{seed}:{group}".encode()).hexdigest()
