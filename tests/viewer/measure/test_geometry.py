"""Lengths, angles and areas are those of the patient, not of the screen, and never millimetres without a scale."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.film.film import Spacing
from viewer.display.pose import ALL_POSES, to_posed
from viewer.measure.geometry import (
    Length,
    angle_deg,
    cardiothoracic_ratio,
    cobb_deg,
    ellipse_area,
    length,
    polygon_area,
    rectangle_area,
)

points = st.tuples(st.floats(0, 3000), st.floats(0, 2500))
spacings = st.builds(Spacing, st.floats(0.05, 2), st.floats(0.05, 2), st.just("detector"))
SQUARE = Spacing(0.2, 0.2, "patient")
OBLONG = Spacing(0.4, 0.1, "detector")


def test_without_a_scale_lengths_are_pixels():
    assert length((0, 0), (3, 4), None) == Length(5.0, "px", None)


def test_with_a_scale_lengths_are_millimetres_of_its_source():
    measured = length((0, 0), (30, 40), SQUARE)
    assert measured.value == pytest.approx(10.0)
    assert (measured.unit, measured.source) == ("mm", "patient")


def test_pixels_that_are_not_square_are_right_to_a_tenth_of_a_millimetre():
    assert length((0, 0), (100, 0), OBLONG).value == pytest.approx(40.0, abs=0.05)
    assert length((0, 0), (0, 100), OBLONG).value == pytest.approx(10.0, abs=0.05)
    assert length((0, 0), (75, 400), OBLONG).value == pytest.approx(50.0, abs=0.05)


def test_angles_know_that_pixels_are_not_square():
    assert angle_deg((0, 10), (0, 0), (10, 10), None) == pytest.approx(45)
    assert angle_deg((0, 40), (0, 0), (10, 40), OBLONG) == pytest.approx(45)


@pytest.mark.parametrize(("other", "expected"), [((0, 5), 0), ((5, 0), 90), ((0, -5), 180), ((-5, 5), 45)])
def test_angles_run_from_0_to_180(other, expected):
    assert angle_deg((0, 10), (0, 0), other, None) == pytest.approx(expected)


def test_an_arm_without_length_makes_no_angle():
    assert angle_deg((4, 4), (4, 4), (9, 9), None) == 0.0


@given(points, points, points, points, spacings)
def test_cobb_does_not_ask_which_way_a_line_was_drawn(a, b, c, d, spacing):
    angle = cobb_deg((a, b), (c, d), spacing)
    assert 0 <= angle <= 90
    assert cobb_deg((b, a), (c, d), spacing) == pytest.approx(angle, abs=1e-6)


@pytest.mark.parametrize("pose", ALL_POSES)
@given(a=points, b=points, c=points, spacing=spacings)
def test_no_turn_or_flip_changes_a_measurement(pose, a, b, c, spacing):
    rows, columns = 3000, 2500
    turned = [tuple(p) for p in to_posed(np.array([a, b, c]), pose, rows, columns)]
    seen = Spacing(spacing.column_mm, spacing.row_mm, "detector") if pose.quarter_turns % 2 else spacing
    assert length(turned[0], turned[1], seen).value == pytest.approx(length(a, b, spacing).value, abs=1e-6)
    assert polygon_area(turned, seen).value == pytest.approx(polygon_area([a, b, c], spacing).value, abs=1e-3)
    if min(math.dist(a, b), math.dist(b, c)) > 1:
        assert angle_deg(*turned, seen) == pytest.approx(angle_deg(a, b, c, spacing), abs=1e-4)


def test_areas_of_simple_shapes():
    assert rectangle_area((10, 10), (0, 30), None).value == 200
    assert rectangle_area((0, 0), (10, 20), OBLONG).value == pytest.approx(4 * 2)
    assert ellipse_area((0, 0), (10, 20), None).value == pytest.approx(math.pi * 5 * 10)
    assert polygon_area([(0, 0), (0, 4), (3, 0)], None).value == 6
    assert rectangle_area((0, 0), (1, 1), None).unit == "px"


def test_the_cardiothoracic_ratio_is_one_width_over_the_other():
    assert cardiothoracic_ratio(((5, 0), (5, 120)), ((9, 0), (9, 240)), SQUARE) == pytest.approx(0.5)
    assert cardiothoracic_ratio(((5, 0), (5, 120)), ((9, 7), (9, 7)), SQUARE) is None
