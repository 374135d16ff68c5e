"""The view keeps the point under the hand, the film's corner on whole pixels, and its inverse exact."""

import math
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.display.pose import ALL_POSES
from viewer.display.view import MAX_ZOOM, View

poses = st.sampled_from(ALL_POSES)
sides = st.integers(1, 5000)
screens = st.tuples(st.integers(50, 4000), st.integers(50, 4000))


def fitted(rows=300, columns=200, screen=(800, 600), pose=ALL_POSES[0], aspect=1.0) -> View:
    return View.fitted(rows, columns, *screen, pose=pose, aspect=aspect)


@given(poses, sides, sides, screens, st.floats(0.5, 2.0))
def test_a_fitted_film_lies_wholly_on_the_screen_and_touches_two_sides(pose, rows, columns, screen, aspect):
    width, height = screen
    view = fitted(rows, columns, screen, pose, aspect)
    corners = np.array([view.to_screen(r, c) for r in (0, rows) for c in (0, columns)])
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    assert left >= -1 and top >= -1 and right <= width + 1 and bottom <= height + 1
    if view.zoom < MAX_ZOOM:
        assert math.isclose(right - left, width, abs_tol=1) or math.isclose(bottom - top, height, abs_tol=1)


@given(poses, st.floats(0.05, 50), st.floats(0, 799), st.floats(0, 599), st.floats(0.25, 4))
def test_the_point_under_the_cursor_moves_at_most_half_a_pixel(pose, zoom, x, y, factor):
    view = fitted(pose=pose).zoomed_to(zoom, 400, 300)
    row, column = view.to_film(x, y)
    if not (0 <= row <= view.rows and 0 <= column <= view.columns):
        return
    zoomed = view.zoomed_to(view.zoom * factor, x, y)
    middle = zoomed.centre
    if middle[0] in (0.0, view.rows) or middle[1] in (0.0, view.columns):
        return  # held back at the film's edge
    x_now, y_now = zoomed.to_screen(row, column)
    assert max(abs(x_now - x), abs(y_now - y)) <= 0.5 + 1e-6


@pytest.mark.parametrize("pose", ALL_POSES)
def test_many_small_zooms_do_not_drift(pose):
    view = fitted(rows=3000, columns=2400, pose=pose).zoomed_to(1.0, 400, 300)
    row, column = view.to_film(123, 456)
    for step in range(400):
        view = view.zoomed_to(view.zoom * (1.03 if step % 2 else 1 / 1.03), 123, 456, (row, column))
    x, y = view.to_screen(row, column)
    assert max(abs(x - 123), abs(y - 456)) <= 0.5 + 1e-6


@given(poses, st.floats(0.05, 60), st.floats(-500, 500), st.floats(-500, 500), st.floats(0.5, 2.0))
def test_screen_and_film_are_each_others_inverse(pose, zoom, x, y, aspect):
    view = fitted(pose=pose, aspect=aspect).zoomed_to(zoom, 10, 20)
    assert view.to_screen(*view.to_film(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(poses, st.floats(0.05, 60), st.floats(-300, 300), st.floats(-300, 300))
def test_the_corner_falls_on_whole_pixels_and_is_where_the_matrix_puts_it(pose, zoom, dx, dy):
    view = fitted(pose=pose).zoomed_to(zoom, 400, 300).panned(dx, dy)
    corners = np.array([view.to_screen(r, c) for r in (0, view.rows) for c in (0, view.columns)])
    assert tuple(corners.min(axis=0)) == pytest.approx(view.corner(), abs=1e-6)


def test_panning_stops_with_the_edge_of_the_film_in_the_middle():
    view = fitted().panned(1e6, -1e6)
    assert view.centre == (300, 0)


def test_zoom_is_kept_within_what_can_be_shown():
    view = fitted()
    assert view.zoomed_to(1e9, 0, 0).zoom == MAX_ZOOM
    assert view.zoomed_to(1e-9, 0, 0).zoom == pytest.approx(48 / 300)


@pytest.mark.parametrize("pose", ALL_POSES)
def test_a_centred_box_fills_half_the_screen_in_its_middle(pose):
    view = fitted(pose=pose).centred(100, 50, 30, 60)
    points = np.array([view.to_screen(r, c) for r in (100, 130) for c in (50, 110)])
    size = points.max(axis=0) - points.min(axis=0)
    assert points.mean(axis=0) == pytest.approx((400, 300), abs=1)
    assert max(size[0] / 800, size[1] / 600) == pytest.approx(0.5, abs=0.01)


def test_pixels_that_are_twice_as_high_are_drawn_twice_as_high():
    view = fitted(rows=100, columns=100, aspect=2.0).zoomed_to(3.0, 400, 300)
    (left, top), (right, bottom) = view.to_screen(0, 0), view.to_screen(100, 100)
    assert (right - left, bottom - top) == pytest.approx((300, 600))


@given(poses, st.floats(0.2, 10), st.floats(0, 300), st.floats(0, 200))
def test_a_place_brings_the_view_back_and_holds_for_a_film_twice_as_large(pose, zoom, row, column):
    view = replace(fitted(pose=pose), zoom=zoom, centre=(row, column))
    assert astuple(fitted(pose=pose).placed(view.place).place) == pytest.approx(astuple(view.place))
    twice = fitted(rows=600, columns=400, pose=pose).placed(view.place)
    assert twice.centre == pytest.approx((2 * row, 2 * column))
    assert twice.zoom == pytest.approx(zoom / 2)
