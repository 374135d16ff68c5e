"""Calibration: what is fitted on films of known odds is those odds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.card import BoxRule, FindingRule, GateRule, MapScale, PixelRule
from model.findings.calibration import Calibration
from model.net.architecture import Architecture, Network
from training import calibrate, subject


def test_temperature_and_offset_are_recovered() -> None:
    generator = np.random.default_rng(0)
    odds = generator.normal(0, 2, 20_000)
    truths = generator.random(20_000) < 1 / (1 + np.exp(-odds))
    found = calibrate.fit_calibration(truths, (odds - 0.7) * 3.0)
    assert found.temperature == pytest.approx(3.0, rel=0.05)
    assert found.offset == pytest.approx(0.7, abs=0.06)
    assert found.threshold == pytest.approx(0.5, abs=0.06)
    assert found.lower < found.threshold < found.upper


def test_films_that_are_told_apart_without_error_still_give_finite_numbers() -> None:
    found = calibrate.fit_calibration(np.array([False] * 10 + [True] * 10), np.linspace(-9, 9, 20))
    assert 0.1 < found.temperature < 100
    assert found.lower <= found.threshold <= found.upper


def test_the_score_leaves_as_many_boxes_as_allowed() -> None:
    scores = np.array([0.9, 0.2, 0.7, 0.7, 0.5])
    assert (scores >= calibrate._score_for(scores, 2)).sum() == 1
    assert (scores >= calibrate._score_for(scores, 3)).sum() == 3
    assert calibrate._score_for(scores, 5) == 0.0


def test_rules_are_written_and_read(tmp_path: Path) -> None:
    rules = calibrate.Rules(
        (FindingRule("lung_opacity", Calibration(1.5, 0.1, 0.5, 0.4, 0.6)),),
        PixelRule(0.5, 0.4, 0.5),
        BoxRule(0.4, 0.01, 0.2, 0.0),
        GateRule((0.1, 0.6), 0.8, 0.2, 0.0, (1.0, 3.0)),
        (MapScale("class", "lung_opacity", -1.0, 2.0, 0.0, None),),
        12,
    )
    calibrate.write(rules, tmp_path / "rules.json")
    assert calibrate.read(tmp_path / "rules.json") == rules
    card = calibrate.apply(subject.provisional_card(Network(Architecture()), 64, "made"), rules)
    assert card.boxes == rules.boxes
    (tmp_path / "rules.json").write_text("{}")
    with pytest.raises(calibrate.CalibrationError, match="run calibrate again"):
        calibrate.read(tmp_path / "rules.json")
