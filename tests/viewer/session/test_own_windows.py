from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.film.film import Window
from viewer.display.auto import shown_window
from viewer.display.look import Look
from viewer.display.windowing import grey_bytes
from viewer.session.own_windows import OwnWindow, kept_window


@given(shift=st.floats(-5000, 5000), width=st.floats(1, 30000), low_is_white=st.booleans())
def test_on_its_own_film_it_is_the_window_that_was_kept(png_film, shift, width, low_is_white):
    film, automatic = replace(png_film, low_is_white=low_is_white), Window(1500, 2000)
    again = kept_window(film, automatic, Window(1500 + shift, width)).on(film, automatic)
    assert (again.center, again.width) == pytest.approx((1500 + shift, width))


def test_a_film_in_another_unit_and_of_the_other_polarity_is_seen_alike(png_film):
    other = (65000 - 15 * png_film.pixels.astype(np.int64)).astype(np.uint16)
    white_first = replace(png_film, pixels=other, low_is_white=True)
    own = kept_window(png_film, shown_window(png_film), Window(1200, 900))
    seen = [
        grey_bytes(film.pixels, film, Look(own.on(film, shown_window(film)))).astype(int)
        for film in (png_film, white_first)
    ]
    assert np.abs(seen[0] - seen[1]).max() <= 3


@pytest.mark.parametrize("numbers", [(0, 0), (0, -1), (float("nan"), 1), (0, float("inf"))])
def test_what_makes_no_window_is_refused(numbers):
    with pytest.raises(ValueError, match="kept window"):
        OwnWindow(*numbers)
