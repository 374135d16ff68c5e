"""Calibration: probabilities, bands, and what it refuses."""

from __future__ import annotations

import math

import pytest

from model.findings.calibration import Calibration, expit


def test_a_logit_becomes_its_probability() -> None:
    rule = Calibration(temperature=2.0, offset=-1.0, threshold=0.5, lower=0.4, upper=0.6)
    assert rule.log_odds(4.0) == 1.0
    assert rule.probability(4.0) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert rule.threshold_log_odds == 0.0


@pytest.mark.parametrize(
    ("probability", "band"), [(0.39, "below"), (0.4, "uncertain"), (0.6, "uncertain"), (0.61, "above")]
)
def test_bands(probability: float, band: str) -> None:
    assert Calibration(1.0, 0.0, 0.5, 0.4, 0.6).band(probability) == band


def test_without_a_margin_the_threshold_is_above() -> None:
    rule = Calibration(1.0, 0.0, 0.5, 0.5, 0.5)
    assert [rule.band(value) for value in (0.499, 0.5, 0.501)] == ["below", "above", "above"]


@pytest.mark.parametrize("log_odds", [-1e4, 1e4])
def test_no_overflow(log_odds: float) -> None:
    assert expit(log_odds) == pytest.approx(0.0 if log_odds < 0 else 1.0)


@pytest.mark.parametrize(
    "values",
    [(0.0, 0.0, 0.5, 0.4, 0.6), (1.0, math.nan, 0.5, 0.4, 0.6), (1.0, 0.0, 0.5, 0.6, 0.7), (1.0, 0.0, 0.5, 0.0, 0.6)],
)
def test_absurd_rules_are_refused(values: tuple[float, float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Calibration(*values)
