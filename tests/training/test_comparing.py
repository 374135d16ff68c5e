"""Comparing: differences are paired by seed, and every measure and variant is in table and picture."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from training import comparing


def test_differences_are_those_of_a_paired_t_test() -> None:
    first, second = [0.80, 0.82, 0.81, 0.84], [0.78, 0.83, 0.77, 0.80]
    found = comparing.compare(
        {"ELU": [{"auc": value} for value in first], "ReLU": [{"auc": value, "more": 1.0} for value in second]}
    )
    assert [each.measure for each in found] == ["auc", "auc"]
    expected = stats.ttest_rel(second, first).confidence_interval()
    assert (found[1].low, found[1].high) == pytest.approx((expected.low, expected.high))
    assert math.isnan(found[0].low)
    assert math.isnan(comparing.compare({"a": [{"x": 1.0}], "b": [{"x": 2.0}]})[1].low)


def test_seeds_that_a_variant_lacks_are_left_out() -> None:
    found = comparing.compare({"a": [{"x": 1.0}, {"x": 2.0}, {"x": 9.0}], "b": [{"x": 1.5}, {"x": 2.5}]})
    assert [each.values for each in found] == [(1.0, 2.0), (1.5, 2.5)]


def test_the_table_shows_variants_films_and_intervals() -> None:
    found = comparing.compare({"ELU": [{"auc": 0.8}, {"auc": 0.9}], "ReLU": [{"auc": 0.7}, {"auc": 0.6}]})
    text = comparing.table(found, {"auc": 35})
    assert "| auc | 35 | ELU | 0.850 | 0.800 to 0.900 |  |" in text
    assert "| auc | 35 | ReLU | 0.650 | 0.600 to 0.700 | -0.200 [-1.471, +1.071] |" in text


def test_the_picture_has_a_panel_a_measure_and_a_dot_a_seed() -> None:
    runs = [{"auc": 0.8, "dice": 0.9}, {"auc": 0.9, "dice": 0.7}]
    figure = comparing.picture(comparing.compare({"ELU": runs, "ReLU": runs, "none": runs}))
    panels = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_title() for axes in panels] == ["auc", "dice"]
    assert [label.get_text() for label in panels[0].get_yticklabels()] == ["ELU", "ReLU", "none"]
    assert all(sum(len(dots.get_offsets()) for dots in axes.collections) == 6 for axes in panels)
