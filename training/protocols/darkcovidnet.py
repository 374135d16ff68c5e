"""DarkCovidNet (Ozturk et al. 2020): their films in five folds, by film as published and by patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from training.datasets import darkcovidnet, nih
from training.datasets.collection import stem
from training.datasets.row import Row
from training.drawing.style import INK, QUIET, WARM, canvas
from training.metrics.intervals import Estimate
from training.protocols import scores
from training.protocols.classifier import PLAIN_CLASSIFIER, bare
from training.protocols.held_out import pneumonia
from training.protocols.series import Judged, Plan, Said, SeriesError

RULES = ("by film", "by patient")
FOLDS = 5
PUBLISHED = {"COVID-19 or no finding": 0.9808, "three classes": 0.8702}
WEB = "pneumonias of other patients on the web"
CHILDREN = "pneumonias of children"
_Fold = tuple[Plan, Mapping[str, Said]]


def plans(root: Path, rows: Sequence[Row]) -> list[Plan]:
    """Return five trainings for each way to divide the films, each fold with its own seed.

    Parameters
    ----------
    root
        The data root: the classes of the 500 + 500 films are those of the report labels.
    rows
        All films of the manifest.

    Raises
    ------
    SeriesError
        When a class has fewer films than there are folds.
    """
    films = published(root, rows)
    if min(Counter(map(_class, films)).get(kind, 0) for kind in range(3)) < FOLDS:
        words = f"The manifest needs at least {FOLDS} films of {darkcovidnet.NAME} and of either label of {nih.NAME}."
        raise SeriesError("films", f"{words} Run prepare on both collections.")
    foreign = _foreign([row for row in rows if row.frontal], {row.group for row in films if row.covid})
    found = []
    for rule in RULES:
        for number, (train, test) in enumerate(_folds(films, rule)):
            judged = {"whole": Judged(test), "lungs out": Judged(test, "lungs out"), **foreign}
            found.append(Plan("darkcovidnet", rule, number, train, judged, PLAIN_CLASSIFIER))
    return found


def published(root: Path, rows: Sequence[Row]) -> list[Row]:
    """Return the 124 + 500 + 500 films with their published classes: COVID-19, no finding, pneumonia."""
    labels = nih.mined(root) if any(row.source == nih.NAME for row in rows) else {}
    films = []
    for row in rows:
        if row.source == darkcovidnet.NAME and row.covid:
            films.append(_plain(row, 2))
        elif row.source == nih.NAME:
            films.append(_plain(row, int("Pneumonia" in labels[stem(row.path)])))
    return films


def _foreign(rows: Sequence[Row], known: set[str]) -> dict[str, Judged]:
    """Return films of patients that no fold knows: pneumonias of COVID-19 and others, and of children."""
    web = (row for row in rows if pneumonia(row) and row.group not in known)
    children = (row for row in rows if row.adult is False and row.opacity)
    return {
        WEB: Judged(tuple(_plain(row, 1 + bool(row.covid)) for row in web)),
        CHILDREN: Judged(tuple(_plain(row, 1) for row in children)),
    }


def part(plans_: Sequence[Plan], said: Mapping[str, Mapping[str, Said]]) -> tuple[str, dict[str, Figure]]:
    """Return the table and the plot."""
    by_rule = {rule: [(plan, said[plan.name]) for plan in plans_ if plan.way == rule] for rule in RULES}
    table = {rule: _numbers(folds) for rule, folds in by_rule.items()}
    lines = [f"| | published | {' | '.join(f'folds {rule}' for rule in RULES)} | films |", "|---|---|---|---|---|"]
    for name in next(iter(table.values())):
        cells = [table[rule][name] for rule in RULES]
        claim = PUBLISHED.get(name.partition(": ")[2])
        lines.append(
            f"| {name} | {'' if claim is None else f'{claim:.3f}'} | {' | '.join(map(scores.words, cells))} "
            f"| {cells[0].n} |"
        )
    text = (
        "A network of one answer a film, trained on the films of Ozturk et al. 2020 (124 COVID-19, 500 no finding, 500 "
        "pneumonia), COVID-19 from one collection and the others from another. Folds by film leave copies and other "
        "films of the same patient in the training set. The lungs are blacked out as the bundled network marks them. "
        "The last lines ask the same networks about films of no patient that any fold was trained on.\n\n"
    )
    return text + "\n".join(lines), {"protocols-darkcovidnet": _picture(table)}


def _folds(films: Sequence[Row], rule: str) -> list[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    classes = [_class(row) for row in films]
    if rule == "by film":
        parts = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(classes, classes)
    else:
        grouped = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
        parts = grouped.split(classes, classes, [row.group for row in films])
    return [(tuple(films[place] for place in train), tuple(films[place] for place in test)) for train, test in parts]


def _plain(row: Row, kind: int) -> Row:
    """Return the film as one of three classes: 0 no finding, 1 pneumonia, 2 COVID-19."""
    return replace(bare(row), opacity=kind > 0, covid=kind == 2)


def _class(row: Row) -> int:
    return 2 if row.covid else int(bool(row.opacity))


def _numbers(folds: Sequence[_Fold]) -> dict[str, Estimate]:
    whole, out, web, children = ([said[name] for _, said in folds] for name in ("whole", "lungs out", WEB, CHILDREN))
    leaked = [_leaked(plan, said["whole"]) for plan, said in folds]
    binary = [_without_pneumonia(said) for said in whole]
    covid = "AUC of COVID-19"
    return {
        "test films with the same patient in training": scores.share(whole, leaked),
        "accuracy: COVID-19 or no finding": scores.share(
            binary, [(said.covid > 0) == said.truth("covid") for said in binary]
        ),
        "accuracy: three classes": scores.share(whole, [_called(said) == _classes(said) for said in whole]),
        f"{covid}, whole films": scores.auc(whole, "covid", scores.covid),
        f"{covid}, lungs blacked out": scores.auc(out, "covid", scores.covid),
        f"{covid}, {WEB}": scores.auc(web, "covid", scores.covid),
        "of the others there called COVID-19, at sensitivity .80": scores.false_alarms(web),
        f"{CHILDREN} called COVID-19": scores.share(children, [said.covid > 0 for said in children]),
    }


def _leaked(plan: Plan, said: Said) -> NDArray[np.bool_]:
    trained = {row.group for row in plan.train}
    return np.array([row.group in trained for row in said.rows])


def _without_pneumonia(said: Said) -> Said:
    kept = np.flatnonzero(_classes(said) != 1)
    return Said(tuple(said.rows[at] for at in kept), said.opacity[kept], said.covid[kept], said.extent[kept])


def _classes(said: Said) -> NDArray[np.int_]:
    return np.array([_class(row) for row in said.rows])


def _called(said: Said) -> NDArray[np.int_]:
    """Return the likeliest class: COVID-19 from even odds on, else pneumonia from even odds of any opacity on."""
    return np.where(said.covid > 0, 2, np.where(said.opacity > 0, 1, 0))


def _picture(table: Mapping[str, Mapping[str, Estimate]]) -> Figure:
    names = [name for name in next(iter(table.values())) if name.startswith("AUC")]
    figure, axes = canvas(1, 1, 7.0, 2.8)
    place = axes[0, 0]
    for rule, shade, away in zip(RULES, (WARM, INK), (-0.12, 0.12), strict=True):
        for line, name in enumerate(names):
            found = table[rule][name]
            place.plot([found.low, found.high], [line + away] * 2, color=shade, lw=1.5)
            place.plot(found.value, line + away, "o", color=shade, label=f"folds {rule}" if line == 0 else None)
    place.axvline(0.5, color=QUIET, lw=0.8, ls=":")
    place.set_yticks(range(len(names)), [name.removeprefix("AUC of COVID-19, ") for name in names])
    place.set(ylim=(len(names) - 0.5, -0.5), xlabel="AUC of COVID-19 [95 %]", xlim=(0.3, 1.01))
    figure.legend(loc="outside lower center", ncols=2)
    return figure
