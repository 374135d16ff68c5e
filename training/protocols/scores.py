"""Scores: what several networks say of films, as one number with its interval over patients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training.metrics.intervals import Estimate, Measure, Values, Weights, estimate, proportion, wilson
from training.metrics.ranking import false_alarms_at, roc_auc
from training.protocols.series import Finding, Said

Score = Callable[[Said], Values]


def extent(said: Said) -> Values:
    """Rank by the segmented extent of opacity."""
    return said.extent


def covid(said: Said) -> Values:
    """Rank by the logit of COVID-19."""
    return said.covid


def auc(networks: Sequence[Said], finding: Finding, score: Score) -> Estimate:
    """Return the mean AUC of several networks; patients are drawn, each with the same weight for all networks."""
    return mean_of(networks, lambda said: roc_auc(said.truth(finding), score(said)))


def mean_of(networks: Sequence[Said], measure: Callable[[Said], Measure]) -> Estimate:
    """Return the mean of a measure over networks that were judged on the same films or on other films each."""
    groups = [group for said in networks for group in said.groups]
    ends = np.cumsum([0, *(len(said.rows) for said in networks)])
    measures = [measure(said) for said in networks]

    def mean(weights: Weights) -> Values:
        parts = zip(measures, ends, ends[1:], strict=False)
        return np.asarray(np.mean([part(weights[:, first:last]) for part, first, last in parts], axis=0))

    found = estimate(mean, groups)
    return replace(found, n=_films(networks))


def false_alarms(networks: Sequence[Said], sensitivity: float = 0.8) -> Estimate:
    """Return the mean share of films without COVID-19 called so, where this share of those with it is found."""
    return mean_of(networks, lambda said: false_alarms_at(said.truth("covid"), said.covid, sensitivity))


def share(networks: Sequence[Said], hits: Sequence[NDArray[np.bool_]]) -> Estimate:
    """Return a share of films, over all networks, with Wilson's interval and as many trials as patients.

    ``hits`` says for each network which of its films count.
    """
    groups = [group for said in networks for group in said.groups]
    found = proportion([bool(hit) for of_network in hits for hit in of_network], groups)
    return replace(found, n=_films(networks))


def counted(successes: int, trials: int) -> Estimate:
    """Return a share of films with Wilson's interval, each film a trial, as published tables count."""
    return Estimate(successes / trials if trials else float("nan"), *wilson(successes, trials), trials, trials)


def words(found: Estimate) -> str:
    """Return the number with its interval for a table."""
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"


def _films(networks: Sequence[Said]) -> int:
    """Return how many different films were judged."""
    return len({row.path for said in networks for row in said.rows})
