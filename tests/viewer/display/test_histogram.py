"""The histogram counts every pixel once."""

import numpy as np
import pytest
from greys import film_of

from viewer.display.histogram import histogram


@pytest.mark.parametrize("dtype", ["u1", "u2", "i2", ">i2", "i4", "f4"])
def test_counts_equal_numpy(dtype: str) -> None:
    pixels = np.random.default_rng(3).normal(60, 20, (50, 70)).clip(0, 255).astype(dtype)
    found = histogram(film_of(pixels), 32)
    expected, _ = np.histogram(pixels.astype(float), found.edges)
    np.testing.assert_array_equal(found.counts, expected)
    assert found.counts.sum() == pixels.size
    assert len(found.counts) <= 32


def test_signed_values_stay_in_order() -> None:
    found = histogram(film_of(np.array([[-5, -5], [3, 4]], dtype=np.int16)))
    np.testing.assert_array_equal(found.counts, [2, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    assert found.edges[0] == -5.5


def test_padding_is_left_out() -> None:
    pixels = np.array([[0, 1], [2, 900]], dtype=np.uint16)
    found = histogram(film_of(pixels, padding=pixels == 900))
    assert found.counts.sum() == 3
    assert found.edges[-1] == 2.5
