"""Values within a shape equal numpy's, count pixels by their centres, and leave padding out."""

import numpy as np
import pytest
from greys import film_of
from hypothesis import given
from hypothesis import strategies as st

from viewer.measure.shapes import Measurement
from viewer.measure.statistics import statistics, within

PIXELS = np.random.default_rng(7).integers(-500, 3000, (60, 80)).astype(np.int16)


def shape(kind, *points) -> Measurement:
    return Measurement("m", kind, points)


@given(st.integers(0, 59), st.integers(0, 79), st.integers(1, 60), st.integers(1, 80))
def test_a_rectangle_on_whole_pixels_equals_numpy(top, left, height, width):
    found = statistics(film_of(PIXELS), shape("rectangle", (top, left), (top + height, left + width)))
    part = PIXELS[top : top + height, left : left + width].astype(float)
    assert found.count == part.size
    assert (found.mean, found.sd) == (pytest.approx(part.mean()), pytest.approx(part.std()))
    assert (found.low, found.high) == (part.min(), part.max())


def test_corners_may_be_drawn_in_any_order():
    film = film_of(PIXELS)
    assert statistics(film, shape("rectangle", (40, 50), (10, 20))) == statistics(
        film, shape("rectangle", (10, 50), (40, 20))
    )


def test_an_ellipse_holds_the_pixels_whose_centres_it_holds():
    mask = within(shape("ellipse", (10, 20), (30, 60)), slice(0, 60), slice(0, 80))
    rows, columns = np.mgrid[0:60, 0:80] + 0.5
    assert np.array_equal(mask, ((rows - 20) / 10) ** 2 + ((columns - 40) / 20) ** 2 <= 1)


def test_a_freehand_square_equals_the_rectangle():
    film = film_of(PIXELS)
    square = statistics(film, shape("freehand", (10.2, 10.2), (10.2, 29.8), (29.8, 29.8), (29.8, 10.2)))
    assert square.count == 20 * 20
    assert square.mean == pytest.approx(PIXELS[10:30, 10:30].mean())


def test_padding_does_not_count():
    padding = np.zeros(PIXELS.shape, bool)
    padding[:30] = True
    found = statistics(film_of(PIXELS, padding=padding), shape("rectangle", (0, 0), (60, 80)))
    assert found.count == 30 * 80 and found.mean == pytest.approx(PIXELS[30:].mean())


def test_nothing_within_is_none():
    film = film_of(PIXELS)
    assert statistics(film, shape("ellipse", (5, 5), (5, 5))) is None
    assert statistics(film, shape("rectangle", (-50, -50), (-10, -10))) is None
    assert statistics(film, shape("freehand", (-9, -9), (-9, -5), (-5, -9))) is None


def test_a_line_encloses_nothing():
    with pytest.raises(ValueError, match="ruler"):
        statistics(film_of(PIXELS), shape("ruler", (0, 0), (9, 9)))
