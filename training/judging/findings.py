"""Findings: how well the answers tell films apart, and whether their probabilities mean what they say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.card import ModelCard
from training.answers import Answer
from training.datasets.row import Row
from training.judging.lines import Chosen, Goal, Line, Section, Truth, Values, adults, children, choose
from training.metrics import calibration, classes, ranking
from training.metrics.intervals import Estimate

NAMES = {"lung_opacity": "Lung opacity", "covid19": "COVID-19"}
ADULTS = "all adult frontal films"
ATLASES = "pneumonias of Radiopaedia and Eurorad"
WITHIN = "pneumonias within covid-chestxray"
RANKING = "How well the answers rank films"
CALLING = "What calling films at the threshold gives"
CALIBRATION = "Whether probabilities mean what they say"
COVID_SOURCES = frozenset({"covid-chestxray", "covid-segmentations"})
WEB_ATLASES = frozenset({"radiopaedia.org", "eurorad.org"})


def opacity_sets(answers: Sequence[Answer]) -> list[Chosen]:
    """Return the sets on which lung opacity is judged; empty and one-sided sets are left out."""
    grown = adults(answers)
    sets = [
        choose(
            [answer for answer in grown if answer.row.boxed],
            lambda answer: answer.row.opacity,
            "films with an RSNA radiologists' verdict",
        ),
        choose(grown, lambda answer: answer.row.opacity, ADULTS),
        choose(children(answers), lambda answer: answer.row.opacity, "films of children (bacterial or none)"),
    ]
    return [chosen for chosen in sets if chosen.telling]


def covid_sets(answers: Sequence[Answer]) -> list[Chosen]:
    """Return the sets on which COVID-19 is judged."""
    grown = adults(answers)
    pneumonias = [answer for answer in grown if answer.row.opacity]
    own = [answer for answer in pneumonias if answer.row.source in COVID_SOURCES]
    sets = [
        choose(grown, _covid, ADULTS),
        choose([a for a in grown if not (a.row.opacity and not a.row.covid)], _covid, "COVID-19 against clear films"),
        choose(pneumonias, _covid, "films with opacity of all sources"),
        choose(own, _covid, WITHIN),
        choose([a for a in own if a.row.site in WEB_ATLASES], _covid, ATLASES),
    ]
    return [chosen for chosen in sets if chosen.telling]


def _covid(answer: Answer) -> bool | None:
    return answer.row.covid


def probabilities(chosen: Chosen, card: ModelCard, finding: str) -> Values:
    """Return calibrated probabilities."""
    rule = card.rule_of(finding).calibration
    return np.array([rule.probability(logit) for logit in chosen.logits(finding)])


def ranking_section(answers: Sequence[Answer], trained: Sequence[Row] = ()) -> Section:
    """Say how well each answer ranks films, on every set that can tell.

    The goal for sites that were left out of training is held up only where ``trained`` has no film of them.
    """
    left_out = bool(trained) and not any(row.site in WEB_ATLASES for row in trained)
    lines: list[Line] = []
    for chosen in opacity_sets(answers):
        goal = Goal(least=0.86) if "RSNA" in chosen.words else None
        lines += _ranked("Lung opacity", chosen, chosen.logits("lung_opacity"), goal)
        extents = np.array([answer.extent or 0.0 for answer in chosen.answers])
        lines.append(
            Line(
                "Opacity extent as a score, ROC AUC",
                chosen.measure(ranking.roc_auc(chosen.truth, extents)),
                chosen.words,
            )
        )
    for chosen in covid_sets(answers):
        among = "pneumonias" in chosen.words
        goal = Goal(least=0.75) if left_out and chosen.words == ATLASES else None
        lines += _ranked("COVID-19", chosen, chosen.logits("covid19"), goal)
        if among or "opacity" in chosen.words:
            alarms = ranking.false_alarms_at(chosen.truth, chosen.logits("covid19"), 0.8)
            name = "Other pneumonias called COVID-19 at sensitivity .80"
            lines.append(Line(name, chosen.measure(alarms), chosen.words, Goal(most=0.35)))
    note = "Area under the ROC curve: .5 is guessing. Sets of one source are the fairer test."
    return Section(RANKING, note, tuple(lines))


def _ranked(name: str, chosen: Chosen, scores: Values, goal: Goal | None) -> list[Line]:
    return [
        Line(f"{name}, ROC AUC", chosen.measure(ranking.roc_auc(chosen.truth, scores)), chosen.words, goal),
        Line(
            f"{name}, area under precision-recall",
            chosen.measure(ranking.average_precision(chosen.truth, scores)),
            f"{chosen.words}, {chosen.truth.mean():.0%} positive",
        ),
    ]


def calling_section(answers: Sequence[Answer], card: ModelCard) -> Section:
    """Say what calling films at the card's thresholds gives."""
    lines: list[Line] = []
    for finding, sets in (("lung_opacity", opacity_sets(answers)), ("covid19", covid_sets(answers))):
        threshold = card.rule_of(finding).calibration.threshold
        for chosen in sets:
            called = probabilities(chosen, card, finding) >= threshold
            words = f"{chosen.words}, threshold {threshold:.2f}"
            lines += [Line(f"{NAMES[finding]}, {name}", found, words) for name, found in _called(chosen, called)]
    note = (
        "Thresholds come from validation films; n is the number of films that a share is of. Saying yes to every film "
        "needs no network: what it gets follows from the mix of films alone."
    )
    return Section(CALLING, note, tuple(lines))


def _called(chosen: Chosen, called: Truth) -> list[tuple[str, Estimate]]:
    """Return what calling gives; ``n`` is the number of films that each share is of."""
    truth = chosen.truth
    return [
        ("sensitivity (recall)", chosen.at(truth).share(called[truth])),
        ("specificity", chosen.at(~truth).share(~called[~truth])),
        ("precision", chosen.at(called).share(truth[called])),
        ("precision of no", chosen.at(~called).share(~truth[~called])),
        ("F1", chosen.measure(classes.f1(truth, called))),
        ("F1 of no", chosen.measure(classes.f1(~truth, ~called))),
        ("accuracy", chosen.share(truth == called)),
        ("accuracy of always yes (no network)", chosen.share(truth)),
        ("F1 of always yes (no network)", chosen.measure(classes.f1(truth, np.ones_like(truth)))),
    ]


def calibration_section(answers: Sequence[Answer], card: ModelCard) -> Section:
    """Say whether probabilities mean what they say."""
    lines: list[Line] = []
    for finding, sets in (("lung_opacity", opacity_sets(answers)), ("covid19", covid_sets(answers))):
        for chosen in sets:
            said = probabilities(chosen, card, finding)
            goal = Goal(most=0.05) if chosen.words == ADULTS else None
            error = calibration.expected_error(chosen.truth, said)
            brier = calibration.brier(chosen.truth, said)
            name = NAMES[finding]
            lines.append(Line(f"{name}, expected calibration error", chosen.measure(error), chosen.words, goal))
            lines.append(Line(f"{name}, Brier score", chosen.measure(brier), chosen.words))
    note = (
        "Probabilities are calibrated to the mix of the validation films; with another share of ill people they shift."
    )
    return Section(CALIBRATION, note, tuple(lines))
