"""Drawing on films in the whole window, with real keys and presses: kept, undone, corrected, calibrated."""

from dataclasses import replace

import pytest
from predictions import refused
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from room import WAIT_MS, write_films

from viewer.app import build
from viewer.session.store import Store
from viewer.settings.options import NOTICE, Options


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "store.sqlite")
    yield store
    store.close()


@pytest.fixture
def open_room(dressed, qtbot, analyst, store, tmp_path):
    """Return a maker of windows that share one store, each with two films read and the first one answered."""
    films = write_films(tmp_path, 2, (240, 200))
    made = []

    def make():
        window = build(Options(accepted_notice=NOTICE), analyst, store)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window, timeout=WAIT_MS)
        window.open(films)
        qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def room(open_room):
    return open_room()


def press(qtbot, widget, keys):
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())


def place(room, row, column) -> QPoint:
    canvas = room.canvas
    return (QPointF(*canvas.view.to_screen(row, column)) / canvas.devicePixelRatioF()).toPoint()


def click(room, row, column):
    QTest.mouseClick(room.canvas, Qt.MouseButton.LeftButton, pos=place(room, row, column))


def drag(room, *points, button=Qt.MouseButton.LeftButton):
    canvas = room.canvas
    places = [place(room, *point) for point in points]
    QTest.mousePress(canvas, button, pos=places[0])
    for at in places[1:]:
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            QPointF(at),
            QPointF(canvas.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(canvas, event)
    QTest.mouseRelease(canvas, button, pos=places[-1])


def shapes(room):
    return room.desk.drawings.shapes


def rows(room):
    rows = room.drawings.findChild(QListWidget)
    return [rows.item(i).text() for i in range(rows.count())]


@pytest.mark.parametrize(
    ("key", "kind", "points"),
    [
        ("D", "ruler", [(50, 50), (80, 70), (150, 150)]),
        ("E", "ellipse", [(50, 50), (80, 70), (150, 150)]),
        ("Shift+E", "rectangle", [(50, 50), (80, 70), (150, 150)]),
        ("Shift+F", "freehand", [(50, 50), (50, 150), (150, 150), (150, 50)]),
        ("Shift+T", "arrow", [(50, 50), (80, 70), (150, 150)]),
    ],
)
def test_a_key_and_a_drag_draw_one_thing_that_is_listed_and_undone_in_one_step(qtbot, room, key, kind, points):
    press(qtbot, room.canvas, key)
    drag(room, *points)
    (shape,) = shapes(room)
    assert shape.kind == kind
    assert len(rows(room)) == 1
    assert room.desk.drawings.tool is None
    press(qtbot, room.canvas, "Ctrl+Z")
    assert shapes(room) == ()
    assert rows(room) == []
    press(qtbot, room.canvas, "Ctrl+Shift+Z")
    assert shapes(room) == (shape,)


@pytest.mark.parametrize(("key", "kind", "count"), [("G", "angle", 3), ("Shift+G", "cobb", 4)])
def test_angles_are_drawn_click_by_click(qtbot, room, key, kind, count):
    press(qtbot, room.canvas, key)
    for row, column in [(40, 60), (120, 60), (120, 140), (60, 160)][:count]:
        click(room, row, column)
    assert [shape.kind for shape in shapes(room)] == [kind]


def test_the_pointer_is_a_cross_while_a_tool_is_held(qtbot, room):
    usual = room.canvas.cursor().shape()
    press(qtbot, room.canvas, "D")
    assert room.canvas.cursor().shape() == Qt.CursorShape.CrossCursor != usual
    drag(room, (50, 50), (150, 150))
    assert room.canvas.cursor().shape() == usual


def test_a_drag_at_a_handle_is_one_step_and_delete_needs_no_dialog(qtbot, room):
    press(qtbot, room.canvas, "D")
    drag(room, (50, 50), (150, 150))
    (drawn,) = shapes(room)
    drag(room, (150, 150), (160, 150), (170, 150), (180, 150))
    (moved,) = shapes(room)
    assert moved.points[1][0] == pytest.approx(180, abs=1)
    press(qtbot, room.canvas, "Ctrl+Z")
    assert shapes(room) == (drawn,)
    press(qtbot, room.canvas, "Ctrl+Shift+Z")
    press(qtbot, room.canvas, "Del")
    assert shapes(room) == ()
    assert room.desk.film_count == 2
    press(qtbot, room.canvas, "Ctrl+Z")
    assert shapes(room) == (moved,)


def test_escape_forgets_the_draft_then_the_tool_then_resets_the_film(qtbot, room):
    first = room.desk.look
    press(qtbot, room.canvas, "I")
    press(qtbot, room.canvas, "G")
    click(room, 40, 60)
    press(qtbot, room.canvas, "Esc")
    assert room.desk.drawings.tool == "angle"
    click(room, 40, 60)
    click(room, 80, 60)
    press(qtbot, room.canvas, "Esc")
    press(qtbot, room.canvas, "Esc")
    assert room.desk.drawings.tool is None
    assert shapes(room) == ()
    assert room.desk.look.inverted
    press(qtbot, room.canvas, "Esc")
    assert room.desk.look == first


def test_a_note_is_written_where_the_film_was_clicked(qtbot, room):
    press(qtbot, room.canvas, "T")
    click(room, 100, 80)
    field = room.desk.drawings._field
    assert field.isVisible()
    qtbot.keyClicks(field, "old rib fracture")
    press(qtbot, field, "Return")
    (note,) = shapes(room)
    assert note.text == "old rib fracture"
    assert note.points[0] == pytest.approx((100, 80), abs=1)
    assert room.canvas.hasFocus()
    assert not room.desk.look.inverted


def test_a_note_that_is_given_up_leaves_nothing(qtbot, room):
    press(qtbot, room.canvas, "T")
    click(room, 100, 80)
    qtbot.keyClicks(room.desk.drawings._field, "x")
    press(qtbot, room.desk.drawings._field, "Esc")
    assert shapes(room) == ()
    assert not room.desk.drawings._field.isVisible()
    assert room.canvas.hasFocus()


def test_the_ratio_is_proposed_corrected_and_says_who_drew_it(qtbot, room):
    press(qtbot, room.canvas, "C")
    (proposed,) = shapes(room)
    assert proposed.origin == "network"
    assert "proposed by the network" in rows(room)[0]
    (row, column), *_ = proposed.points
    drag(room, (row, column), (row, column - 8), (row, column - 20))
    (corrected,) = shapes(room)
    assert corrected.origin == "corrected"
    assert corrected.points[0][1] == pytest.approx(column - 20, abs=1)
    assert corrected.points[1:] == proposed.points[1:]
    assert "corrected by hand" in rows(room)[0]
    press(qtbot, room.canvas, "C")
    assert len(shapes(room)) == 1
    press(qtbot, room.canvas, "Ctrl+Z")
    assert shapes(room) == (proposed,)


def test_a_film_that_was_refused_gets_no_proposal(qtbot, analyst, open_room):
    analyst.answer = lambda film, force: refused(film)
    room = open_room()
    press(qtbot, room.canvas, "C")
    assert shapes(room) == ()
    assert room.desk.drawings.tool == "cardiothoracic"
    for row, column in [(150, 80), (150, 140), (120, 30), (120, 180)]:
        click(room, row, column)
    (drawn,) = shapes(room)
    assert drawn.origin == "reader"
    assert "Cardiothoracic ratio 0.40" in rows(room)[0]


def test_a_line_of_known_length_sets_the_scale_and_says_so(qtbot, room):
    press(qtbot, room.canvas, "Shift+C")
    drag(room, (50, 20), (50, 120))
    field = room.desk.drawings._field
    qtbot.keyClicks(field, "25,4")
    press(qtbot, field, "Return")
    assert "25.4 mm  calibrated by hand" in rows(room)[0]
    assert room.desk.drawings.calibrated
    press(qtbot, room.canvas, "Ctrl+Z")
    assert "px" in rows(room)[0]
    press(qtbot, room.canvas, "Ctrl+Shift+Z")
    room.actions_["measure.forget_calibration"].trigger()
    assert not room.desk.drawings.calibrated
    assert "px" in rows(room)[0]


@pytest.mark.parametrize("words", ["0", "-3", "wide", "inf"])
def test_a_length_that_is_none_sets_no_scale(qtbot, room, words):
    press(qtbot, room.canvas, "Shift+C")
    drag(room, (50, 20), (50, 120))
    qtbot.keyClicks(room.desk.drawings._field, words)
    press(qtbot, room.desk.drawings._field, "Return")
    assert not room.desk.drawings.calibrated


def test_what_was_drawn_and_chosen_is_there_in_the_next_sitting(qtbot, open_room):
    room = open_room()
    press(qtbot, room.canvas, "H")
    press(qtbot, room.canvas, "D")
    drag(room, (50, 50), (150, 150))
    drag(room, (200, 20), (180, 60))
    kept, look = shapes(room), room.desk.look
    room.close()
    again = open_room()
    assert shapes(again) == kept
    assert again.desk.look == look
    assert look.pose.mirrored
    assert not again.desk.can_undo
    press(qtbot, again.canvas, "PgDown")
    assert shapes(again) == ()
    press(qtbot, again.canvas, "PgUp")
    assert shapes(again) == kept
    press(qtbot, again.canvas, "Esc")
    assert again.desk.look == replace(look, grey=again._sitting.reading.first_look.grey, pose=type(look.pose)())


def test_a_window_drag_is_kept_when_the_button_is_let_go(room, store):
    QTest.mousePress(room.canvas, Qt.MouseButton.LeftButton, pos=place(room, 120, 100))
    drag_to = place(room, 120, 160)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(drag_to),
        QPointF(room.canvas.mapToGlobal(drag_to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(room.canvas, event)
    key = room.desk.film.key
    assert "look" not in store.choices(key)
    QTest.mouseRelease(room.canvas, Qt.MouseButton.LeftButton, pos=drag_to)
    assert store.choices(key)["look"]["grey"]["width"] == room.desk.look.grey.width


def test_the_magnifier_comes_and_goes_with_its_key(qtbot, room):
    QTest.mouseMove(room.canvas, place(room, 100, 100))
    without = room.canvas.grab().toImage()
    press(qtbot, room.canvas, "Z")
    assert room.canvas.grab().toImage() != without
    own = room.canvas.grab().toImage()
    press(qtbot, room.canvas, "Shift+Z")
    assert room.canvas.grab().toImage() != own
    press(qtbot, room.canvas, "Z")
    assert room.canvas.grab().toImage() == without


def test_choosing_a_row_chooses_the_drawing_on_the_film(qtbot, room):
    press(qtbot, room.canvas, "D")
    drag(room, (50, 50), (150, 150))
    press(qtbot, room.canvas, "Shift+T")
    drag(room, (60, 150), (90, 120))
    first, second = shapes(room)
    assert room.desk.drawings.chosen == second
    room.drawings.findChild(QListWidget).setCurrentRow(0)
    assert room.desk.drawings.chosen == first
    press(qtbot, room.canvas, "Del")
    assert shapes(room) == (second,)
