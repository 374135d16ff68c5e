"""The canvas under the reader's hands: every gesture becomes the right wish, and what is told is shown."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from predictions import prediction_for
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from model.film.film import Description, Film, FilmWarning, Origin, Window
from model.findings.prediction import Box
from viewer.display.look import Look, Pose
from viewer.display.pose import ALL_POSES
from viewer.display.render import render
from viewer.qt.canvas import Canvas
from viewer.qt.magnifier import Lens
from viewer.session.hands import HandChoice
from viewer.session.overlays import OverlayChoice

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
PLAIN, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
LOOK = Look(Window(2000, 3000))


def make_film(key="k", rows=300, columns=240) -> Film:
    pixels = np.random.default_rng(5).integers(0, 4096, (rows, columns)).astype(np.uint16)
    return Film(
        key,
        Path("f.dcm"),
        pixels,
        False,
        Origin("DICOM", None, "MONOCHROME2", 12, False),
        description=Description(patient_name="Doe^Jane", patient_id="0815", view="PA"),
        orientation=("L", "F"),
    )


@pytest.fixture
def film() -> Film:
    return make_film()


@pytest.fixture
def canvas(qtbot, film) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    canvas.show()
    canvas.setFocus()
    canvas.look_changed.connect(lambda look, _gesture: canvas.set_look(look))
    canvas.overlays_held.connect(canvas.hold_overlays)
    canvas.show_film(film, LOOK)
    return canvas


def mouse(canvas, kind, at, button=LEFT, modifiers=PLAIN) -> None:
    position, nothing = QPointF(*at), Qt.MouseButton.NoButton
    changed = nothing if kind == QMouseEvent.Type.MouseMove else button
    held = nothing if kind == QMouseEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(kind, position, QPointF(canvas.mapToGlobal(position)), changed, held, modifiers)
    QApplication.sendEvent(canvas, event)


def drag(canvas, start, *stops, button=LEFT, modifiers=PLAIN) -> None:
    mouse(canvas, QMouseEvent.Type.MouseButtonPress, start, button, modifiers=modifiers)
    for stop in stops:
        mouse(canvas, QMouseEvent.Type.MouseMove, stop, button, modifiers=modifiers)
    mouse(canvas, QMouseEvent.Type.MouseButtonRelease, stops[-1] if stops else start, button, modifiers=modifiers)


def wheel(canvas, at, angle=120, modifiers=PLAIN) -> None:
    position = QPointF(*at)
    event = QWheelEvent(
        position,
        QPointF(canvas.mapToGlobal(position)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def bytes_of(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return np.array(grey.constBits()).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]


def grey(canvas) -> np.ndarray:
    return bytes_of(canvas.grab_picture())


# Left drag: the window


def test_dragging_right_widens_and_up_brightens(canvas):
    looks = []
    canvas.look_changed.connect(lambda look, _g: looks.append(look))
    drag(canvas, (300, 200), (320, 200), (360, 200))
    assert looks[-1].grey.width > 3000 and looks[-1].grey.center == 2000
    before = grey(canvas).mean()
    drag(canvas, (300, 200), (300, 160))
    assert looks[-1].grey.center < 2000
    assert grey(canvas).mean() > before


def test_one_drag_is_one_gesture_and_the_next_another(canvas):
    gestures = []
    canvas.look_changed.connect(lambda _l, gesture: gestures.append(gesture))
    drag(canvas, (300, 200), (310, 200), (320, 210), (330, 220))
    drag(canvas, (300, 200), (310, 200), (320, 210))
    assert len(gestures) == 5
    assert len(set(gestures[:3])) == 1 and len(set(gestures[3:])) == 1
    assert gestures[0] != gestures[-1]


def test_a_film_with_white_low_values_brightens_upwards_too(canvas, film):
    canvas.show_film(replace(film, key="m1", low_is_white=True), LOOK)
    before = grey(canvas).mean()
    drag(canvas, (300, 200), (300, 150))
    assert grey(canvas).mean() > before


def test_shift_is_finer_and_ctrl_coarser(canvas, film):
    def widened(modifiers) -> float:
        canvas.show_film(film, LOOK)
        looks = []
        keep = canvas.look_changed.connect(lambda look, _g: looks.append(look))
        drag(canvas, (300, 200), (340, 200), modifiers=modifiers)
        canvas.look_changed.disconnect(keep)
        return looks[-1].grey.width

    assert 3000 < widened(SHIFT) < widened(PLAIN) < widened(CTRL)


def test_a_press_that_hardly_moves_changes_nothing(canvas, qtbot):
    with qtbot.assertNotEmitted(canvas.look_changed):
        drag(canvas, (300, 200), (301, 201))


def test_the_session_decides_the_canvas_only_wishes(qtbot, film):
    alone = Canvas()
    qtbot.addWidget(alone)
    alone.resize(400, 400)
    alone.show_film(film, LOOK)
    alone.set_text_mode("none")
    before = grey(alone)
    drag(alone, (200, 200), (280, 100))
    assert np.array_equal(grey(alone), before)


def test_the_direction_of_a_window_drag_can_be_reversed(canvas):
    looks = []
    canvas.look_changed.connect(lambda look, _g: looks.append(look))
    canvas.set_hands(HandChoice(left_widens=True, down_brightens=True))
    drag(canvas, (300, 200), (260, 240))
    assert looks[-1].grey.width > 3000 and looks[-1].grey.center < 2000


def test_buttons_can_do_other_deeds_and_clicks_stay(canvas, qtbot):
    canvas.set_hands(HandChoice(left="pan", middle="zoom", right="window"))
    before = canvas.view.to_screen(150, 120)
    drag(canvas, (300, 200), (330, 190))
    assert np.subtract(canvas.view.to_screen(150, 120), before) == pytest.approx((30, -10), abs=1)
    with qtbot.waitSignal(canvas.look_changed, timeout=500), qtbot.assertNotEmitted(canvas.menu_requested):
        drag(canvas, (300, 200), (330, 190), button=RIGHT)
    zoom = canvas.zoom
    drag(canvas, (300, 200), (300, 150), button=MIDDLE)
    assert canvas.zoom > zoom
    with qtbot.waitSignal(canvas.menu_requested, timeout=500):
        drag(canvas, (250, 150), button=RIGHT)


# Pan and zoom


def test_middle_drag_pans(canvas):
    before = canvas.view.to_screen(150, 120)
    drag(canvas, (300, 200), (310, 205), (330, 190), button=MIDDLE)
    assert np.subtract(canvas.view.to_screen(150, 120), before) == pytest.approx((30, -10), abs=1)


def test_space_and_left_drag_pan_and_leave_the_text_as_it_is(canvas, qtbot):
    before = canvas.view.to_screen(150, 120)
    with qtbot.assertNotEmitted(canvas.text_mode_requested), qtbot.assertNotEmitted(canvas.look_changed):
        QTest.keyPress(canvas, Qt.Key.Key_Space)
        drag(canvas, (300, 200), (310, 205), (330, 190))
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert np.subtract(canvas.view.to_screen(150, 120), before) == pytest.approx((30, -10), abs=1)


def test_space_alone_asks_for_the_next_text_mode(canvas, qtbot):
    with qtbot.waitSignal(canvas.text_mode_requested, timeout=500):
        QTest.keyClick(canvas, Qt.Key.Key_Space)


def test_right_drag_zooms_at_the_press_and_asks_for_no_menu(canvas, qtbot):
    held = canvas.view.to_film(250, 150)
    with qtbot.assertNotEmitted(canvas.menu_requested):
        drag(canvas, (250, 150), (250, 130), (260, 100), button=RIGHT)
    assert canvas.zoom > canvas.view.fit_zoom
    assert canvas.view.to_screen(*held) == pytest.approx((250, 150), abs=1)


def test_right_click_asks_for_the_menu_there(canvas, qtbot):
    with qtbot.waitSignal(canvas.menu_requested, timeout=500) as asked:
        drag(canvas, (250, 150), button=RIGHT)
    assert asked.args == [canvas.mapToGlobal(QPoint(250, 150))]


@pytest.mark.parametrize("pose", ALL_POSES)
def test_the_wheel_zooms_at_the_cursor_in_every_pose(canvas, pose):
    canvas.set_look(replace(LOOK, pose=pose))
    for at in ((300.0, 200.0), (360.0, 300.0)):
        held = canvas.view.to_film(*at)
        for angle in (120, 120, 240, -120, 15, 120, -240):
            wheel(canvas, at, angle)
            assert canvas.view.to_screen(*held) == pytest.approx(at, abs=1)


def test_ctrl_and_wheel_step_one_film_a_notch(canvas):
    steps = []
    canvas.film_step_requested.connect(steps.append)
    zoom = canvas.zoom
    for angle in (-120, -60, -60, 120):
        wheel(canvas, (300, 200), angle, CTRL)
    assert steps == [1, 1, -1]
    assert canvas.zoom == zoom


def test_fit_follows_the_size_until_the_reader_zooms(canvas):
    canvas.resize(800, 700)
    assert canvas.zoom == pytest.approx(700 / 300)
    wheel(canvas, (400, 350))
    zoom = canvas.zoom
    canvas.resize(500, 500)
    assert canvas.zoom == zoom
    canvas.fit()
    assert canvas.zoom == pytest.approx(500 / 300)


def test_two_canvases_can_be_linked_without_an_echo(canvas, qtbot):
    other = Canvas()
    qtbot.addWidget(other)
    other.resize(300, 500)
    other.show_film(make_film("prior", 600, 480), LOOK)
    canvas.place_changed.connect(other.look_at)
    other.place_changed.connect(canvas.look_at)
    told = []
    canvas.place_changed.connect(told.append)
    wheel(canvas, (300, 200))
    drag(canvas, (300, 200), (330, 190), button=MIDDLE)
    assert len(told) == 2
    assert (other.place.row, other.place.column) == pytest.approx((canvas.place.row, canvas.place.column))
    assert other.place.enlargement == pytest.approx(canvas.place.enlargement)
    wheel(other, (100, 100), -120)
    assert canvas.place.enlargement == pytest.approx(other.place.enlargement)
    assert len(told) == 2


def test_zooms_are_told(canvas, qtbot):
    with qtbot.waitSignal(canvas.zoom_changed, timeout=500) as told:
        canvas.actual_pixels()
    assert told.args == [1.0]


@pytest.mark.parametrize("pose", ALL_POSES)
def test_at_actual_pixels_the_screen_shows_the_renderers_bytes(canvas, film, pose):
    look = replace(LOOK, pose=pose)
    canvas.set_look(look)
    canvas.set_text_mode("none")
    canvas.clearFocus()
    canvas.actual_pixels()
    left, top = canvas.view.corner()
    expected = render(film, look, "native").pixels
    rows, columns = expected.shape
    assert np.array_equal(grey(canvas)[top : top + rows, left : left + columns], expected)


def test_a_turn_keeps_the_fit(canvas):
    canvas.set_look(replace(LOOK, pose=Pose(False, 1)))
    assert canvas.zoom == pytest.approx(canvas.view.fit_zoom)


def test_a_turn_keeps_the_point_in_the_middle_when_zoomed(canvas):
    canvas.zoom_by(4, QPointF(200, 200))
    middle = canvas.view.to_film(320, 240)
    canvas.set_look(replace(LOOK, pose=Pose(True, 3)))
    assert canvas.view.to_screen(*middle) == pytest.approx((320, 240), abs=1.5)


def test_after_a_zoom_the_picture_comes_to_rest_at_its_best(canvas, qtbot):
    canvas.show_film(make_film("large", 1200, 900), LOOK)
    canvas.zoom_by(1.1)
    moving = bytes_of(canvas.grab().toImage())
    qtbot.wait(200)
    resting = bytes_of(canvas.grab().toImage())
    assert not np.array_equal(moving, resting)
    assert np.array_equal(resting, grey(canvas))


# The rest of the hands


def test_double_click_asks_for_the_full_screen(canvas, qtbot):
    with qtbot.waitSignal(canvas.full_screen_requested, timeout=500):
        qtbot.mouseDClick(canvas, LEFT, pos=QPoint(300, 200))


def test_the_pixel_under_the_cursor_is_told_with_its_value(canvas, film):
    told = []
    canvas.pointer_moved.connect(lambda *pixel: told.append(pixel))
    x, y = canvas.view.to_screen(100.5, 37.5)
    mouse(canvas, QMouseEvent.Type.MouseMove, (x, y), Qt.MouseButton.NoButton)
    assert told[-1] == (100, 37, film.pixels[100, 37])
    mouse(canvas, QMouseEvent.Type.MouseMove, (3, 3), Qt.MouseButton.NoButton)
    assert told[-1][2] is None


def test_a_lens_is_held_over_the_film_only(canvas):
    canvas.set_text_mode("none")
    bare = grey(canvas)
    canvas.set_lens(Lens())
    assert np.array_equal(grey(canvas), bare)
    mouse(canvas, QMouseEvent.Type.MouseMove, (320, 240), Qt.MouseButton.NoButton)
    changed = grey(canvas) != bare
    assert changed[240 - 60 : 240 + 60, 320 - 60 : 320 + 60].any() and not changed[:60].any()
    mouse(canvas, QMouseEvent.Type.MouseMove, (3, 3), Qt.MouseButton.NoButton)
    assert np.array_equal(grey(canvas), bare)
    mouse(canvas, QMouseEvent.Type.MouseMove, (320, 240), Qt.MouseButton.NoButton)
    canvas.set_lens(None)
    assert np.array_equal(grey(canvas), bare)


def test_dropped_files_are_told(canvas):
    dropped = []
    canvas.paths_dropped.connect(dropped.extend)
    files = QMimeData()
    paths = [Path("/films/один.dcm"), Path("/films/two")]
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    assert canvas.acceptDrops()
    canvas.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, files, LEFT, PLAIN))
    assert dropped == paths


def test_clicking_the_empty_light_box_asks_for_films(canvas, qtbot):
    canvas.show_film(None, None)
    with qtbot.waitSignal(canvas.open_requested, timeout=500):
        qtbot.mouseClick(canvas, LEFT, pos=canvas.rect().center())


def test_a_failure_is_said_in_place(canvas):
    canvas.show_failure("It is locked; unlock it.")
    assert canvas.accessibleDescription() == "It is locked; unlock it."
    assert canvas.view is None


def test_hands_on_an_empty_light_box_do_nothing(canvas):
    canvas.show_film(None, None)
    drag(canvas, (300, 200), (320, 260))
    wheel(canvas, (300, 200))
    canvas.fit()
    canvas.actual_pixels()
    canvas.center_on_box(0)
    assert canvas.zoom == 1.0


def test_a_film_without_a_look_is_refused(canvas, film):
    with pytest.raises(ValueError, match="look"):
        canvas.show_film(film, None)


# Overlays


def test_a_prediction_of_another_film_is_never_shown(canvas):
    before = grey(canvas)
    canvas.set_prediction(prediction_for(make_film("another")))
    assert np.array_equal(grey(canvas), before)


def test_a_new_film_takes_the_old_ones_marks_away(canvas, film):
    canvas.show_film(film, LOOK)
    before = grey(canvas)
    canvas.set_prediction(prediction_for(film))
    assert not np.array_equal(grey(canvas), before)
    canvas.show_film(replace(film, key="next"), LOOK)
    assert np.array_equal(grey(canvas), before)


def test_tab_hides_all_overlays_while_held(canvas, film):
    canvas.set_overlays(OverlayChoice(heatmap=True, boxes=True, lungs=True))
    bare = grey(canvas)
    canvas.set_prediction(prediction_for(film))
    marked = grey(canvas)
    QTest.keyPress(canvas, Qt.Key.Key_Tab)
    assert np.array_equal(grey(canvas), bare)
    QTest.keyRelease(canvas, Qt.Key.Key_Tab)
    assert np.array_equal(grey(canvas), marked)


def test_tab_is_let_go_when_the_focus_leaves(canvas, film):
    canvas.set_prediction(prediction_for(film))
    marked = grey(canvas)
    QTest.keyPress(canvas, Qt.Key.Key_Tab)
    canvas.clearFocus()
    canvas.setFocus()
    assert np.array_equal(grey(canvas), marked)


def test_tab_brings_back_nothing_that_was_hidden_otherwise(canvas, film):
    bare = grey(canvas)
    canvas.set_prediction(prediction_for(film))
    canvas.hide_overlays(True)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    canvas.clearFocus()
    assert np.array_equal(grey(canvas), bare)


@pytest.mark.parametrize(("reason", "ringed"), [("TabFocusReason", True), ("MouseFocusReason", False)])
def test_the_focus_shows_when_a_key_brought_it(canvas, reason, ringed):
    canvas.clearFocus()
    bare = canvas.grab().toImage()
    canvas.setFocus(Qt.FocusReason[reason])
    assert (canvas.grab().toImage() != bare) == ringed
    assert canvas.grab_picture() == bare


def test_shift_tab_is_left_to_the_window(canvas):
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Backtab, SHIFT)
    event.ignore()
    QApplication.sendEvent(canvas, event)
    assert not event.isAccepted()


@pytest.mark.parametrize("part", ["heatmap", "boxes", "lungs"])
def test_every_overlay_can_be_switched(canvas, film, part):
    canvas.set_prediction(prediction_for(film))
    off = OverlayChoice(heatmap=False, boxes=False, lungs=False)
    canvas.set_overlays(off)
    bare = grey(canvas)
    canvas.set_overlays(replace(off, **{part: True}))
    assert not np.array_equal(grey(canvas), bare)
    canvas.set_overlays(off)
    assert np.array_equal(grey(canvas), bare)


def test_more_opacity_covers_more(canvas, film):
    canvas.set_prediction(prediction_for(film))
    canvas.set_text_mode("none")
    shown = []
    for opacity in (0.0, 0.4, 1.0):
        canvas.set_overlays(OverlayChoice(heatmap=True, boxes=False, opacity=opacity))
        x, y = (round(v) for v in canvas.view.to_screen(0.62 * 300, 0.28 * 240))
        colour = canvas.grab_picture().pixelColor(x, y)
        shown.append(
            max(colour.red(), colour.green(), colour.blue()) - min(colour.red(), colour.green(), colour.blue())
        )
    assert shown[0] == 0 and shown[0] < shown[1] < shown[2]


def test_a_click_on_a_box_tells_which(canvas, film, qtbot):
    boxes = (Box("lung_opacity", 0.8, 50, 40, 100, 100), Box("covid19", 0.5, 80, 60, 30, 30))
    canvas.set_prediction(prediction_for(film, boxes=boxes))
    for index, at in ((1, (95, 75)), (0, (140, 130))):
        with qtbot.waitSignal(canvas.box_clicked, timeout=500) as told:
            x, y = canvas.view.to_screen(*at)
            qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(x), round(y)))
        assert told.args == [index]
    with qtbot.assertNotEmitted(canvas.box_clicked):
        x, y = canvas.view.to_screen(280, 220)
        qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(x), round(y)))


def test_a_box_comes_to_the_middle(canvas, film):
    canvas.set_prediction(prediction_for(film, boxes=(Box("lung_opacity", 0.8, 20, 30, 40, 60),)))
    canvas.center_on_box(0)
    assert canvas.view.to_screen(40, 60) == pytest.approx((320, 240), abs=1)
    assert canvas.zoom > canvas.view.fit_zoom


def test_the_chosen_box_stands_out(canvas, film):
    canvas.set_prediction(prediction_for(film))
    before = grey(canvas)
    canvas.select_box(0)
    assert not np.array_equal(grey(canvas), before)


@pytest.mark.parametrize("zoom", [1.0, 2.7])
@pytest.mark.parametrize("pose", ALL_POSES)
def test_a_hot_spot_lies_where_it_belongs_in_every_pose_and_zoom(canvas, pose, zoom):
    film = make_film("flat", 400, 260)
    film = replace(film, pixels=np.zeros_like(film.pixels))
    canvas.show_film(film, Look(Window(2000, 3000), pose=pose))
    canvas.set_text_mode("none")
    spot = (230.0, 90.0)
    canvas.set_prediction(prediction_for(film, hot_spot=spot))
    canvas.set_overlays(OverlayChoice(heatmap=True, boxes=False, map="opacity", finding="lung_opacity", opacity=1.0))
    x, y = canvas.view.to_screen(*spot)
    canvas.zoom_by(zoom, QPointF(x, y))
    picture = grey(canvas).astype(float)
    left = picture[:, : (640 - 90)]
    rows, columns = np.nonzero(left > 0.9 * left.max())
    found = canvas.view.to_film(columns.mean() + 0.5, rows.mean() + 0.5)
    cell = 400 / 40
    assert found == pytest.approx(spot, abs=cell)


# Words


def test_hiding_the_patient_hides_every_word_about_them(canvas):
    canvas.set_anonymous(True)
    assert "Doe" not in canvas.accessibleName() + canvas.accessibleDescription()


def test_text_modes_show_less_and_less(canvas, film):
    warned = replace(film, warnings=(FilmWarning("w", "A tag is odd."),))
    canvas.show_film(warned, LOOK)
    pictures = []
    for mode in ("all", "minimal", "none"):
        canvas.set_text_mode(mode)
        pictures.append(grey(canvas))
    canvas.clearFocus()
    view = canvas.view
    beside = [np.count_nonzero(p[:, : view.corner()[0] - 1] > 60) for p in pictures]
    assert beside[0] > beside[1] > beside[2]
