"""Smoothing: an independent reference, edges, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from model.findings.smoothing import smooth


def test_equals_a_direct_normalised_convolution() -> None:
    values = np.random.default_rng(1).normal(size=(11, 17)).astype(np.float32)
    sigma = 1.3
    row, column = np.mgrid[0:11, 0:17]
    expected = np.empty((11, 17))
    for i in range(11):
        for j in range(17):
            weight = np.exp(-((row - i) ** 2 + (column - j) ** 2) / (2 * sigma**2))
            expected[i, j] = (weight * values).sum() / weight.sum()
    np.testing.assert_allclose(smooth(values, sigma), expected, atol=2e-3)


def test_a_constant_map_stays_constant_up_to_its_edges() -> None:
    np.testing.assert_allclose(smooth(np.full((9, 6), 3.25, np.float32), 2.0), 3.25, rtol=1e-6)


def test_no_sigma_changes_nothing() -> None:
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    np.testing.assert_array_equal(smooth(values, 0.0), values)


@pytest.mark.parametrize("sigma", [-1.0, float("nan"), float("inf")])
def test_absurd_sigma_is_refused(sigma: float) -> None:
    with pytest.raises(ValueError, match="sigma"):
        smooth(np.zeros((3, 3), np.float32), sigma)
