"""Dragging a window brightens upwards, widens to the right, and can neither invert a film nor lose it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.film.film import Film, Origin, VoiTable, Window
from model.film.grey import apply_window
from viewer.display.look import GreyTable, Look
from viewer.session.window_drag import GreyRange, dragged, range_of, window_of

TWELVE = GreyRange(0.0, 4095.0)
windows = st.builds(Window, st.floats(-5000, 9000), st.floats(1, 20000), st.sampled_from(["LINEAR", "SIGMOID"]))
moves = st.floats(-1e5, 1e5)


@given(windows, moves, moves, st.booleans())
def test_no_movement_makes_an_impossible_window(window, right, up, white_first):
    moved = dragged(window, right, up, TWELVE, white_first=white_first)
    assert np.isfinite(moved.center) and moved.width > 0
    assert moved.function == window.function
    if window.function == "LINEAR":
        assert moved.width >= 1


@given(st.floats(1000, 3000), st.floats(100, 4000), st.floats(-5, 5), st.floats(-5, 5))
def test_a_small_movement_changes_no_grey_by_more_than_a_few_levels(center, width, right, up):
    values = np.linspace(0, 4095, 500)
    before = Window(center, width)
    after = dragged(before, right, up, TWELVE, white_first=False)
    change = 255 * np.abs(apply_window(values, after) - apply_window(values, before))
    assert change.max() <= 16


@pytest.mark.parametrize("white_first", [False, True])
def test_up_brightens_whichever_values_are_white(white_first):
    before = Window(2000, 1000)
    after = dragged(before, 0, 50, TWELVE, white_first=white_first)
    grey = [float(apply_window(np.array([2000.0]), w)[0]) for w in (before, after)]
    seen = [1 - g for g in grey] if white_first else grey
    assert seen[1] > seen[0]
    assert after.width == before.width


def test_right_widens_and_left_narrows():
    before = Window(2000, 1000)
    assert dragged(before, 300, 0, TWELVE, white_first=False).width == pytest.approx(2000)
    assert dragged(before, -300, 0, TWELVE, white_first=False).width == pytest.approx(500)


def test_a_window_far_wider_than_the_film_moves_at_the_films_pace():
    after = dragged(Window(30000, 60000), 0, 300, TWELVE, white_first=False)
    assert 30000 - after.center == pytest.approx(4095)


def test_a_dragged_window_is_no_longer_the_preset():
    assert dragged(Window(1, 2, name="lung"), 5, 0, TWELVE, white_first=False).name == ""


def film_of(pixels, tables=()) -> Film:
    return Film("k", Path("f"), pixels, False, Origin("PNG", None, "MONOCHROME2", 16, False), tables=tables)


def test_the_range_is_that_of_the_film():
    pixels = np.random.default_rng(1).integers(100, 900, (60, 50), dtype=np.uint16)
    values = range_of(film_of(pixels))
    assert 100 <= values.low < 120 and 880 < values.high <= 900


def test_a_drag_from_the_films_own_curve_starts_at_the_window_nearest_to_it():
    ramp = np.concatenate([np.zeros(100), np.linspace(0, 4095, 201), np.full(99, 4095)]).astype(np.uint16)
    film = film_of(np.zeros((4, 4), np.uint16), (VoiTable(1000, 12, ramp),))
    window = window_of(film, Look(GreyTable(0)))
    assert window.center == pytest.approx(1200, abs=3)
    assert window.width == pytest.approx(192, abs=5)


def test_a_drag_from_a_window_starts_there():
    look = Look(Window(5, 6))
    assert window_of(film_of(np.zeros((4, 4), np.uint16)), look) is look.grey
    assert replace(look).grey == Window(5, 6)
