"""The seed paper's protocol: 12 films of COVID-19 and 6 of other pneumonias, drawn by film, kept for the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace

import numpy as np
from matplotlib.figure import Figure

from training.datasets.row import Row
from training.judging.findings import COVID_SOURCES
from training.metrics.classes import Confusion, confusion
from training.protocols import scores
from training.protocols.classifier import PLAIN_CLASSIFIER, bare
from training.protocols.series import Judged, Plan, Said, SeriesError

POSITIVE, NEGATIVE = 12, 6
RULES = ("by film", "by patient")
TEST = "test"


def plans(rows: Sequence[Row], seeds: int) -> list[Plan]:
    """Return two trainings a draw: on all other films, and on those of other patients alone.

    Raises
    ------
    SeriesError
        When there are too few films to draw from.
    """
    films = [replace(bare(row), opacity=True) for row in rows if _told(row)]
    found = []
    for seed in range(seeds):
        test = _drawn(films, seed)
        paths, groups = {row.path for row in test}, {row.group for row in test}
        for rule in RULES:
            fair = rule == "by patient"
            train = tuple(row for row in films if (row.group not in groups if fair else row.path not in paths))
            found.append(Plan("seed-paper", rule, seed, train, {TEST: Judged(test)}, PLAIN_CLASSIFIER))
    return found


def part(plans_: Sequence[Plan], said: Mapping[str, Mapping[str, Said]]) -> tuple[str, dict[str, Figure]]:
    """Return the table; there is no plot."""
    always_true = Confusion(POSITIVE, NEGATIVE, 0, 0)
    lines = [
        "| Trained on | Films | of patients trained on | Called COVID-19 | Precision of True | Recall of True "
        "| F1 of True | Accuracy | AUC |",
        "|---|---|---|---|---|---|---|---|---|",
        f"| published | {POSITIVE + NEGATIVE} | | | .83 | .84 | .83 | | |",
        f"| nothing: “always True” | {POSITIVE + NEGATIVE} | 0 | {_counted(always_true)} | .500 |",
    ]
    for rule, words in zip(RULES, ("all other films", "films of other patients"), strict=True):
        draws = [(plan, said[plan.name][TEST]) for plan in plans_ if plan.way == rule]
        lines += [_row(f"{words}, draw {number}", [draw]) for number, draw in enumerate(draws, 1)]
        lines.append(_row(f"**{words}, all draws**", draws))
    text = (
        f"The seed paper tests on {POSITIVE + NEGATIVE} films of `covid-chestxray`, {POSITIVE} of them COVID-19. Here "
        f"every draw takes {POSITIVE} and {NEGATIVE} frontal films; the threshold is even odds. Intervals of accuracy "
        "are Wilson's, with every film a trial; those of AUC draw patients.\n\n"
    )
    return text + "\n".join(lines), {}


def _told(row: Row) -> bool:
    """Tell whether the film is a frontal one of a pneumonia whose cause is known, COVID-19 or another."""
    return row.source in COVID_SOURCES and row.frontal and row.covid is not None and bool(row.covid or row.opacity)


def _drawn(films: Sequence[Row], seed: int) -> tuple[Row, ...]:
    random = np.random.default_rng(seed)
    chosen: list[Row] = []
    for covid, count in ((True, POSITIVE), (False, NEGATIVE)):
        of_kind = [row for row in films if row.covid is covid]
        if len(of_kind) <= count:
            words = f"{POSITIVE} films of COVID-19 and {NEGATIVE} of other pneumonias"
            raise SeriesError("films", f"The manifest needs more than {words} of covid-chestxray; run prepare on it.")
        chosen += [of_kind[int(place)] for place in random.choice(len(of_kind), count, replace=False)]
    return tuple(chosen)


def _row(name: str, draws: Sequence[tuple[Plan, Said]]) -> str:
    trained = [{row.group for row in plan.train} for plan, _ in draws]
    leaked = sum(row.group in groups for groups, (_, said) in zip(trained, draws, strict=True) for row in said.rows)
    networks = [said for _, said in draws]
    truth = np.concatenate([said.truth("covid") for said in networks])
    called = np.concatenate([said.covid > 0 for said in networks])
    auc = scores.words(scores.auc(networks, "covid", scores.covid))
    return f"| {name} | {len(truth)} | {leaked} | {_counted(confusion(truth, called))} | {auc} |"


def _counted(counts: Confusion) -> str:
    """Return what was called, precision, recall, F1 and accuracy as cells of a table."""
    hit, alarm, miss, quiet = astuple(counts)
    called = f"{hit} of {hit + miss} COVID-19, {alarm} of {alarm + quiet} others"
    ratios = (_ratio(hit, hit + alarm), _ratio(hit, hit + miss), _ratio(2 * hit, 2 * hit + alarm + miss))
    accuracy = scores.words(scores.counted(hit + quiet, hit + alarm + miss + quiet))
    return " | ".join((called, *ratios, accuracy))


def _ratio(above: int, below: int) -> str:
    return f"{above / below:.2f}" if below else ""
