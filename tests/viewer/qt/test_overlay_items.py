"""Labels stay readable: inside the view, apart from each other, and upright under every flip."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from model.findings.prediction import Box, Grid, HeatMap
from viewer.display.pose import ALL_POSES
from viewer.display.view import View
from viewer.qt.colour_bar import bar_rect, footnotes
from viewer.qt.edge_letters import edge_places
from viewer.qt.overlay_items import Screen, box_at, box_label, box_rects, outline_path, place_labels
from viewer.qt.words import finding_name

BOUNDS = QRectF(0, 0, 800, 600)
SIZE = QSizeF(120, 20)
rects = st.builds(QRectF, st.floats(-200, 900), st.floats(-200, 700), st.floats(1, 700), st.floats(1, 700))


@given(st.lists(rects, max_size=8))
def test_labels_never_leave_the_view(boxes):
    for place in place_labels(boxes, [SIZE] * len(boxes), BOUNDS):
        assert BOUNDS.contains(place)


@given(st.lists(rects, max_size=5))
def test_few_labels_never_overlap_when_boxes_lie_apart(boxes):
    wide = [box.adjusted(-130, -50, 130, 50) for box in boxes]
    apart = [box for i, box in enumerate(boxes) if not any(wide[i].intersects(w) for w in wide[:i])]
    inside = [box for box in apart if BOUNDS.adjusted(130, 50, -130, -50).contains(box)]
    places = place_labels(inside, [SIZE] * len(inside), BOUNDS)
    for i, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[:i])


def test_boxes_on_one_spot_get_labels_apart():
    box = QRectF(300, 300, 100, 80)
    places = place_labels([box] * 4, [SIZE] * 4, BOUNDS)
    for i, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[:i])


def test_the_first_choice_is_above_the_box():
    (place,) = place_labels([QRectF(300, 300, 200, 80)], [SIZE], BOUNDS)
    assert place.left() == 300 and place.bottom() < 300


@pytest.mark.parametrize("pose", ALL_POSES)
def test_boxes_lie_where_the_film_lies(pose):
    view = View.fitted(300, 200, 800, 600, pose=pose)
    (rect,) = box_rects([Box("covid19", 0.5, 30, 20, 60, 40)], Screen(view, 2.0))
    points = np.array([view.to_screen(r, c) for r in (30, 90) for c in (20, 60)]) / 2
    assert (rect.left(), rect.top()) == pytest.approx(points.min(axis=0))
    assert (rect.right(), rect.bottom()) == pytest.approx(points.max(axis=0))


def test_the_smaller_of_two_boxes_is_hit():
    screen = Screen(View.fitted(600, 800, 800, 600, pose=ALL_POSES[0]), 1.0)
    boxes = [Box("covid19", 0.5, 100, 100, 300, 300), Box("covid19", 0.5, 150, 150, 50, 50)]
    assert box_at(boxes, screen, QPointF(175, 175)) == 1
    assert box_at(boxes, screen, QPointF(300, 300)) == 0
    assert box_at(boxes, screen, QPointF(700, 500)) is None


def test_a_label_tells_finding_and_score_to_three_decimals(qapp):
    assert box_label(Box("lung_opacity", 0.78, 0, 0, 1, 1)) == "Lung opacity  0.780"
    assert finding_name("unheard_of") == "unheard_of"


def test_an_outline_is_closed_and_in_film_coordinates():
    path = outline_path([np.array([[10.0, 20.0], [10.0, 40.0], [30.0, 40.0]])])
    assert path.boundingRect() == QRectF(20, 10, 20, 20)
    assert path.currentPosition() == QPointF(20, 10)


def test_the_colour_bar_says_opacity_and_known_smoothing(qapp):
    values = np.zeros((2, 2), np.float32)
    raw = HeatMap("intensity", None, values, Grid(0, 0, 1, 1), 0, 1)
    smoothed = HeatMap("smoothed", None, values, Grid(0, 0, 1, 1), 0, 1, sigma=8.0)
    assert footnotes(raw, 0.4) == ["opacity 40 %"]
    assert footnotes(smoothed, 1.0) == ["σ 8 px", "opacity 100 %"]


def test_letters_keep_clear_of_the_colour_bar():
    places = edge_places(BOUNDS, (20, 20), BOUNDS.right() - bar_rect(BOUNDS).left() + 40)
    assert places["right"].x() + 20 < bar_rect(BOUNDS).left()
    assert places["left"].x() < 20 and places["top"].y() < 20 and places["bottom"].y() > 560
