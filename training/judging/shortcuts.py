"""Shortcuts: what can be told without looking at the lungs, by the network and by who reads the file's label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from model.card import ModelCard
from training.answers import SHOWN, Answer, Shown
from training.calibrate import answer_of
from training.datasets.row import Row
from training.judging.findings import ADULTS, NAMES, covid_sets, opacity_sets
from training.judging.lines import Chosen, Goal, Line, Section
from training.metrics.ranking import chance, roc_auc

GOALS: dict[tuple[str, Shown], Goal] = {("covid19", "lungs out"): Goal(most=0.55)}


def shortcut_section(answers: Sequence[Answer], card: ModelCard, trained: Sequence[Row]) -> Section:
    """Ask the network about parts of films, and a regression about nothing but the labels of the files.

    ``trained`` are the films that the regression learns from; without them only the network is asked.
    """
    lines: list[Line] = []
    for finding, sets in (("lung_opacity", opacity_sets(answers)[:2]), ("covid19", covid_sets(answers))):
        for chosen in sets:
            lines += _parts(finding, chosen, card)
            lots = chance(chosen.truth, chosen.logits(finding), chosen.groups)
            lines.append(Line(f"{NAMES[finding]}, answers of patients drawn by lot, ROC AUC", lots, chosen.words))
            if trained and chosen.telling:
                scores = metadata_scores(finding, trained, [answer.row for answer in chosen.answers])
                auc = chosen.measure(roc_auc(chosen.truth, scores))
                lines.append(
                    Line(f"{NAMES[finding]} from source, site, view, sex and age alone, ROC AUC", auc, chosen.words)
                )
    note = (
        "A film without its lungs should tell nothing. Where labels alone do as well as the network, "
        "the number above says nothing of medicine. Answers drawn by lot show what luck reaches on so few patients."
    )
    return Section("Shortcuts", note, tuple(lines))


def _parts(finding: str, chosen: Chosen, card: ModelCard) -> list[Line]:
    lines = []
    rule = card.rule_of(finding).calibration
    for view in ("whole", *SHOWN):
        shown = chosen.where(lambda answer, view=view: view in answer.logits, chosen.words)  # type: ignore[misc]
        if not shown.telling:
            continue
        logits = shown.logits(finding, view)
        goal = GOALS.get((finding, view)) if chosen.words == ADULTS else None
        lines.append(
            Line(f"{NAMES[finding]}, {view}, ROC AUC", shown.measure(roc_auc(shown.truth, logits)), shown.words, goal)
        )
        if view in ("lungs out", "border only"):
            called = [
                rule.probability(logit) >= rule.threshold and view not in answer.refused
                for logit, answer in zip(logits, shown.answers, strict=True)
            ]
            goal = Goal(most=0.01) if view == "lungs out" else None
            lines.append(
                Line(f"{NAMES[finding]}, {view}, called above threshold", shown.share(called), shown.words, goal)
            )
    return lines


def metadata_scores(
    finding: str, trained: Sequence[Row], judged: Sequence[Row]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what a logistic regression on source, site, view, sex and age gives each film.

    It learns from ``trained`` films of adults whose answer is known.
    """
    known = [row for row in trained if row.frontal and row.adult is not False and answer_of(row, finding) is not None]
    truths = [bool(answer_of(row, finding)) for row in known]
    if len(set(truths)) < 2:
        return np.zeros(len(judged))
    fitted = _regression().fit(_table(known), truths)
    return np.asarray(fitted.predict_proba(_table(judged))[:, 1], np.float64)


def _table(rows: Sequence[Row]) -> pd.DataFrame:
    names = ("source", "site", "view", "sex", "age")
    table = pd.DataFrame([[getattr(row, name) for name in names] for row in rows], columns=list(names))
    table["age"] = table["age"].astype("float64")
    return table


def _regression() -> Pipeline:
    age = make_pipeline(SimpleImputer(keep_empty_features=True, add_indicator=True), StandardScaler())
    columns = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), ["source", "site", "view", "sex"]), (age, ["age"])
    )
    return make_pipeline(columns, LogisticRegression(max_iter=2000))
