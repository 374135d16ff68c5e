"""Measuring by hand: drawn with real presses, taken hold of, moved, and told as one wish a gesture."""

from dataclasses import replace

import numpy as np
import pytest
from greys import film_of
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from model.film.film import Description, Spacing, Window
from viewer.display.look import Look
from viewer.display.pose import ALL_POSES
from viewer.measure.geometry import Area, Length
from viewer.measure.shapes import Measurement
from viewer.qt.canvas import Canvas
from viewer.qt.measure_items import area_words, length_words, words_of

PRESS, MOVE, RELEASE = (
    QMouseEvent.Type.MouseButtonPress,
    QMouseEvent.Type.MouseMove,
    QMouseEvent.Type.MouseButtonRelease,
)
LOOK = Look(Window(500, 1000))
SPACING = Spacing(0.2, 0.2, "detector")


@pytest.fixture
def canvas(qtbot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 500)
    canvas.show()
    canvas.overlays_held.connect(canvas.hold_overlays)
    pixels = np.random.default_rng(1).integers(0, 1000, (400, 300)).astype(np.uint16)
    canvas.show_film(film_of(pixels, spacing=SPACING), LOOK)
    canvas.shapes = {}
    canvas.gestures = []

    def keep(shape, gesture) -> None:
        canvas.shapes[shape.id] = shape
        canvas.gestures.append(gesture)
        canvas.set_measurements(tuple(canvas.shapes.values()))

    canvas.measurement_changed.connect(keep)
    return canvas


def at(canvas, row, column) -> QPointF:
    return QPointF(*canvas.view.to_screen(row, column))


def mouse(canvas, kind, place) -> None:
    left = Qt.MouseButton.LeftButton
    none = Qt.MouseButton.NoButton
    changed = none if kind == MOVE else left
    held = none if kind == RELEASE else left
    event = QMouseEvent(kind, place, QPointF(canvas.mapToGlobal(place)), changed, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def drag(canvas, *film_points) -> None:
    places = [at(canvas, *point) for point in film_points]
    mouse(canvas, PRESS, places[0])
    for place in places[1:]:
        mouse(canvas, MOVE, place)
    mouse(canvas, RELEASE, places[-1])


def click(canvas, row, column) -> None:
    drag(canvas, (row, column))


def only(canvas) -> Measurement:
    (shape,) = canvas.shapes.values()
    return shape


@pytest.mark.parametrize("kind", ["ruler", "ellipse", "rectangle", "arrow"])
@pytest.mark.parametrize("pose", ALL_POSES[::3])
def test_a_drag_draws_a_shape_of_two_points(canvas, kind, pose):
    canvas.set_look(replace(LOOK, pose=pose))
    canvas.set_tool(kind)
    drag(canvas, (100, 80), (120, 100), (200, 180))
    assert only(canvas).kind == kind
    assert np.array(only(canvas).points) == pytest.approx(np.array([(100, 80), (200, 180)]), abs=0.01)
    assert len(canvas.gestures) == 1


def test_two_clicks_draw_a_ruler_too(canvas):
    canvas.set_tool("ruler")
    click(canvas, 100, 80)
    assert not canvas.shapes
    click(canvas, 150, 90)
    assert np.array(only(canvas).points) == pytest.approx(np.array([(100, 80), (150, 90)]), abs=0.01)


def test_two_quick_clicks_set_points_and_ask_for_no_full_screen(canvas, qtbot):
    canvas.set_tool("angle")
    drag(canvas, (100, 80), (200, 80))
    with qtbot.assertNotEmitted(canvas.full_screen_requested):
        mouse(canvas, QMouseEvent.Type.MouseButtonDblClick, at(canvas, 200, 180))
        mouse(canvas, RELEASE, at(canvas, 200, 180))
    assert only(canvas).kind == "angle"


def test_an_angle_takes_a_drag_and_a_click(canvas):
    canvas.set_tool("angle")
    drag(canvas, (100, 80), (200, 80))
    assert not canvas.shapes
    click(canvas, 200, 180)
    assert words_of(only(canvas), film_of(np.zeros((400, 300), np.uint16))) == ("90.0°",)


def test_a_cobb_angle_takes_two_drags(canvas):
    canvas.set_tool("cobb")
    drag(canvas, (100, 80), (100, 180))
    drag(canvas, (200, 80), (300, 180))
    assert words_of(only(canvas), film_of(np.zeros((400, 300), np.uint16))) == ("Cobb 45.0°",)


def test_a_freehand_line_follows_the_hand(canvas):
    canvas.set_tool("freehand")
    drag(canvas, (100, 80), (100, 180), (200, 180), (200, 80))
    assert only(canvas).kind == "freehand" and len(only(canvas).points) == 4


def test_a_click_alone_draws_no_freehand_and_no_shape_without_size(canvas):
    canvas.set_tool("freehand")
    click(canvas, 100, 80)
    canvas.set_tool("ruler")
    click(canvas, 100, 80)
    click(canvas, 100, 80)
    assert not canvas.shapes and not canvas.cancel_drawing()


def test_an_unfinished_shape_can_be_cancelled(canvas):
    canvas.set_tool("angle")
    drag(canvas, (100, 80), (200, 80))
    assert canvas.cancel_drawing()
    drag(canvas, (100, 80), (200, 80))
    click(canvas, 200, 180)
    assert len(canvas.shapes) == 1


def test_without_a_tool_the_left_button_stays_the_windows(canvas, qtbot):
    with qtbot.waitSignal(canvas.look_changed, timeout=500), qtbot.assertNotEmitted(canvas.measurement_changed):
        drag(canvas, (100, 80), (120, 120))


def ruler(canvas) -> Measurement:
    shape = Measurement("r", "ruler", ((100.0, 80.0), (200.0, 180.0)))
    canvas.shapes["r"] = shape
    canvas.set_measurements((shape,))
    return shape


def test_an_end_is_taken_hold_of_and_moved_in_one_gesture(canvas):
    ruler(canvas)
    drag(canvas, (200, 180), (210, 190), (250, 100))
    assert np.array(only(canvas).points) == pytest.approx(np.array([(100, 80), (250, 100)]), abs=0.01)
    assert len(set(canvas.gestures)) == 1


def test_a_line_is_taken_hold_of_and_moved_whole(canvas, qtbot):
    ruler(canvas)
    with qtbot.waitSignal(canvas.measurement_chosen, timeout=500) as chosen:
        drag(canvas, (150, 130), (160, 140), (170, 150))
    assert chosen.args == ["r"]
    assert np.array(only(canvas).points) == pytest.approx(np.array([(120, 100), (220, 200)]), abs=0.01)


def test_a_press_beside_lets_go_of_the_chosen_one(canvas, qtbot):
    ruler(canvas)
    canvas.select_measurement("r")
    with qtbot.waitSignal(canvas.measurement_chosen, timeout=500) as chosen:
        click(canvas, 350, 20)
    assert chosen.args == [None]


def test_points_stay_on_the_film(canvas):
    canvas.set_tool("ruler")
    drag(canvas, (100, 80), (-300, 5000))
    assert only(canvas).points[1] == (0.0, 300.0)


def test_measurements_are_drawn_and_hidden_with_tab(canvas):
    canvas.set_text_mode("none")
    bare = canvas.grab_picture()
    ruler(canvas)
    drawn = canvas.grab_picture()
    assert drawn != bare
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_Tab)
    assert canvas.grab_picture() == bare
    QTest.keyRelease(canvas, Qt.Key.Key_Tab)
    assert canvas.grab_picture() == drawn


def test_another_film_has_no_measurements_of_the_last(canvas):
    canvas.set_text_mode("none")
    film = film_of(np.zeros((400, 300), np.uint16))
    canvas.show_film(film, LOOK)
    bare = canvas.grab_picture()
    ruler(canvas)
    canvas.show_film(film, LOOK)
    assert canvas.grab_picture() == bare


# Words


def test_lengths_tell_what_they_hold_for(qapp):
    assert length_words(Length(12.34, "mm", "detector")) == "12.3 mm  at detector"
    assert length_words(Length(12.34, "px")) == "12.3 px"


def test_large_areas_are_in_square_centimetres(qapp):
    assert area_words(Area(1234.0, "mm", "patient")) == "12.34 cm²  calibrated"
    assert area_words(Area(12.34, "mm", "patient")) == "12.3 mm²  calibrated"
    assert area_words(Area(1234.4, "px")) == "1234 px²"


def test_a_region_tells_area_and_values(qapp):
    pixels = np.arange(100, dtype=np.uint16).reshape(10, 10)
    shape = Measurement("a", "rectangle", ((0.0, 0.0), (10.0, 10.0)), "nodule")
    lines = words_of(shape, film_of(pixels))
    assert lines == ("nodule", "100 px²", "mean 49.5  SD 28.9", "min 0  max 99")


def test_the_cardiothoracic_ratio_warns_on_an_ap_film(qapp):
    shape = Measurement("a", "cardiothoracic", ((50, 40), (50, 90), (70, 10), (70, 110)))
    pixels = np.zeros((100, 120), np.uint16)
    widths = "heart 50.0 px, chest 100.0 px"
    assert words_of(shape, film_of(pixels)) == ("Cardiothoracic ratio 0.50", widths)
    anteroposterior = film_of(pixels, description=Description(view="AP"))
    assert "AP film" in words_of(shape, anteroposterior)[-1]
