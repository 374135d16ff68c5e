"""Ablation: runs are repeated by nobody, compared seed by seed, and written as a page."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from scipy import stats
from training_rows import make_row

from training import ablate, config, store
from training.datasets.row import MaskPart
from training.store import Store


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Store, Store]:
    generator = np.random.default_rng(0)
    mask = np.zeros((60, 60), np.uint8)
    mask[10:50, 5:25] = 255
    cv2.imwrite(str(tmp_path / "m.png"), mask)
    rows = []
    for number in range(8):
        cv2.imwrite(str(tmp_path / f"{number}.png"), generator.integers(0, 255, (60, 60)).astype(np.uint8))
        part = MaskPart("m.png", "lungs", 0, 0, 60, 60, 60, 60)
        rows.append(make_row(f"{number}.png", opacity=bool(number % 2), masked=("lungs",), masks=(part,)))
    side = store.side_for(64)
    first, second = (store.build(tmp_path, part, side, None, lambda share: None) for part in (rows, rows[:4]))
    return first, second


def test_a_finished_run_is_not_repeated(kept: tuple[Store, Store], tmp_path: Path) -> None:
    told: list[str] = []
    base = ("tiny", ("steps=2",))
    found = ablate.ask("channels", base, kept, (tmp_path / "runs", 2), told.append)
    assert set(found) == {"one channel", "three channels"}
    assert all(len(runs) == 2 and "dice_lungs" in runs[0] for runs in found.values())
    assert len(told) == 4
    files = sorted((tmp_path / "runs").rglob("checkpoint.pt"))
    before = [file.stat().st_mtime_ns for file in files]
    assert ablate.ask("channels", base, kept, (tmp_path / "runs", 2)) == found
    assert [file.stat().st_mtime_ns for file in files] == before


def test_differences_are_those_of_a_paired_t_test() -> None:
    first, second = [0.80, 0.82, 0.81, 0.84], [0.78, 0.83, 0.77, 0.80]
    found = ablate.compare(
        {"ELU": [{"auc": value} for value in first], "ReLU": [{"auc": value, "more": 1.0} for value in second]}
    )
    assert [each.measure for each in found] == ["auc", "auc"]
    expected = stats.ttest_rel(second, first).confidence_interval()
    assert (found[1].low, found[1].high) == pytest.approx((expected.low, expected.high))
    assert math.isnan(found[0].low)
    assert math.isnan(ablate.compare({"a": [{"x": 1.0}], "b": [{"x": 2.0}]})[1].low)


def test_the_page_shows_variants_and_intervals() -> None:
    found = ablate.compare({"ELU": [{"auc": 0.8}, {"auc": 0.9}], "ReLU": [{"auc": 0.7}, {"auc": 0.6}]})
    text = ablate.page([ablate.section("activation", found, config.load("tiny"))])
    assert "| auc | ELU | 0.850 | 0.800 to 0.900 |  |" in text
    assert "| auc | ReLU | 0.650 | 0.600 to 0.700 | -0.200 [" in text


def test_every_variant_is_a_setting_that_exists() -> None:
    for variants in ablate.QUESTIONS.values():
        loaded = [config.load("tiny", variant.changes) for variant in variants]
        assert len({str(settings) for settings in loaded}) == len(variants)
