"""Boxes by hand in the whole window: drawn, accepted, rejected, corrected, relabelled, saved and read."""

import json

import pytest
from predictions import box_around, prediction_for
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from room import WAIT_MS, write_films

from training.datasets import coco as training_coco
from viewer.qt.overlay_items import box_label
from viewer.session.verdicts import shape_id


def press(qtbot, widget, keys):
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())


def drag(room, *points):
    canvas, left = room.canvas, Qt.MouseButton.LeftButton
    places: list[QPoint] = [
        (QPointF(*canvas.view.to_screen(*point)) / canvas.devicePixelRatioF()).toPoint() for point in points
    ]
    QTest.mousePress(canvas, left, pos=places[0])
    for at in places[1:]:
        kind, none = QMouseEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(at), QPointF(canvas.mapToGlobal(at)), Qt.MouseButton.NoButton, left, none)
        QApplication.sendEvent(canvas, event)
    QTest.mouseRelease(canvas, left, pos=places[-1])


@pytest.fixture
def films(tmp_path):
    return write_films(tmp_path, 2, (240, 200))


@pytest.fixture
def room(qtbot, window, analyst, films):
    """The window with a film on which the network draws two boxes."""

    def answer(film, force):
        spots = [(150.0, 60.0), (90.0, 140.0)]
        boxes = [box_around(film, spot, score) for spot, score in zip(spots, (0.8, 0.6), strict=True)]
        return prediction_for(film, boxes=boxes)

    analyst.answer = answer
    window.open(films)
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
    return window


def hand(room):
    return room.desk.drawings


def test_b_draws_a_box_of_the_readers_own(qtbot, room):
    before = room.desk.prediction.boxes
    press(qtbot, room.canvas, "B")
    drag(room, (20, 20), (30, 40), (60, 90))
    (box,) = hand(room).shapes
    assert (box.kind, box.text, box.origin) == ("box", "lung_opacity", "reader")
    press(qtbot, room.canvas, "Shift+B")
    (box,) = hand(room).shapes
    assert box.text == "covid19"
    assert room.desk.prediction.boxes == before
    press(qtbot, room.canvas, "Ctrl+Z")
    press(qtbot, room.canvas, "Ctrl+Z")
    assert hand(room).shapes == ()


@pytest.mark.parametrize(
    ("key", "word", "sign"), [("Return", "accepted", "✓"), ("Enter", "accepted", "✓"), ("X", "rejected", "✗")]
)
def test_a_key_gives_the_readers_word_on_the_chosen_box_and_takes_it_back(qtbot, room, key, word, sign):
    before = room.canvas.grab().toImage()
    assert not room.actions_["findings.reject_box"].isEnabled()
    press(qtbot, room.canvas, "N")
    press(qtbot, room.canvas, key)
    assert hand(room).judged == (word, None)
    assert room.findings.boxes.buttons[0].text().endswith(sign)
    press(qtbot, room.canvas, "F")
    assert room.canvas.grab().toImage() != before
    press(qtbot, room.canvas, "N")
    press(qtbot, room.canvas, key)
    assert hand(room).judged == (None, None)
    assert not room.findings.boxes.buttons[0].text().endswith(sign)
    press(qtbot, room.canvas, "Ctrl+Z")
    assert hand(room).judged == (word, None)


def test_a_box_of_the_network_that_is_moved_stays_beside_the_readers(qtbot, room):
    box = room.desk.prediction.boxes[0]
    press(qtbot, room.canvas, "N")
    corner = (box.row, box.column)
    drag(room, corner, (box.row - 5, box.column - 3), (box.row - 10, box.column - 6))
    (own,) = hand(room).shapes
    assert own.id == shape_id(box)
    assert own.origin == "corrected"
    assert own.points[0] == pytest.approx((box.row - 10, box.column - 6), abs=1)
    assert own.points[1] == (box.row + box.height, box.column + box.width)
    assert hand(room).judged == ("corrected", None)
    assert room.desk.prediction.boxes[0] == box
    press(qtbot, room.canvas, "Ctrl+Z")
    assert hand(room).shapes == ()
    assert hand(room).judged == (None, None)
    press(qtbot, room.canvas, "Ctrl+Shift+Z")
    press(qtbot, room.canvas, "Return")
    assert hand(room).judged == ("corrected", None)
    press(qtbot, room.canvas, "X")
    assert hand(room).judged == ("rejected", None)
    assert hand(room).shapes == ()


def test_deleting_a_correction_leaves_the_networks_box_unjudged(qtbot, room):
    press(qtbot, room.canvas, "N")
    press(qtbot, room.canvas, "Shift+B")
    (own,) = hand(room).shapes
    assert (own.text, own.origin) == ("covid19", "corrected")
    assert room.desk.prediction.boxes[0].finding == "lung_opacity"
    press(qtbot, room.canvas, "Del")
    assert hand(room).shapes == ()
    assert hand(room).judged == (None, None)


def test_what_was_said_is_about_this_film_only(qtbot, room):
    press(qtbot, room.canvas, "N")
    press(qtbot, room.canvas, "X")
    press(qtbot, room.canvas, "PgDown")
    qtbot.waitUntil(lambda: room.desk.prediction is not None, timeout=WAIT_MS)
    assert hand(room).judged == (None, None)
    press(qtbot, room.canvas, "PgUp")
    assert hand(room).judged == ("rejected", None)


def test_saved_boxes_train_and_come_back(qtbot, room, films, tmp_path, monkeypatch):
    box, other = room.desk.prediction.boxes
    press(qtbot, room.canvas, "B")
    drag(room, (20, 20), (30, 40), (60, 90))
    press(qtbot, room.canvas, "N")
    press(qtbot, room.canvas, "Return")
    press(qtbot, room.canvas, "N")
    press(qtbot, room.canvas, "X")
    own = next(shape for shape in hand(room).shapes)
    kept = room._sitting.edits
    file = tmp_path / "boxes.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), ""))
    room.actions_["findings.export_boxes"].trigger()

    rows, refused = training_coco.read(file)
    assert not refused
    (row,) = rows
    assert row.path == films[0].as_posix()
    found = sorted((part.row * 240, part.column * 200, part.height * 240, part.width * 200) for part in row.boxes)
    (top, left), (bottom, right) = own.points
    wanted = sorted([(top, left, bottom - top, right - left), (box.row, box.column, box.height, box.width)])
    for there, drawn in zip(found, wanted, strict=True):
        assert there == pytest.approx(drawn, abs=0.01)
    machine = json.loads(file.read_text())["network_boxes"]
    assert [note["verdict"] for note in machine] == ["accepted", "rejected"]
    assert [note["score"] for note in machine] == [box.score, other.score]

    while room.desk.can_undo:
        press(qtbot, room.canvas, "Ctrl+Z")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    room.actions_["findings.import_boxes"].trigger()
    assert room._sitting.edits == kept
    room.actions_["findings.import_boxes"].trigger()
    assert room._sitting.edits == kept


def test_boxes_of_another_program_are_read_by_file_name(qtbot, room, tmp_path, monkeypatch):
    file = tmp_path / "foreign.json"
    images = [{"id": 7, "file_name": "scans\\film 1.png", "width": 200, "height": 240}, {"id": 8, "file_name": "x.png"}]
    notes = [
        {"id": 1, "image_id": 7, "category_id": 3, "bbox": [10, 20, 30, 40]},
        {"id": 2, "image_id": 7, "category_id": 4, "bbox": [10, 20, 30, 40]},
    ]
    categories = [{"id": 3, "name": "Lung opacity"}, {"id": 4, "name": "nodule"}]
    file.write_text(json.dumps({"images": images, "annotations": notes, "categories": categories}))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    told = []
    room.desk.told.connect(told.append)
    room.actions_["findings.import_boxes"].trigger()
    (box,) = hand(room).shapes
    assert box.points == ((20.0, 10.0), (60.0, 40.0))
    assert (box.text, box.origin) == ("lung_opacity", "reader")
    assert told[0].values == {"boxes": 1, "films": 1, "missing": 1, "unknown": 1}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"images": [], "annotations": [{}], "categories": []}'])
def test_a_file_that_holds_no_boxes_is_told_and_changes_nothing(room, tmp_path, monkeypatch, text):
    file = tmp_path / "broken.json"
    file.write_text(text)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    told = []
    room.desk.told.connect(told.append)
    room.actions_["findings.import_boxes"].trigger()
    assert [message.level for message in told] == ["error"]
    assert hand(room).shapes == ()


def test_without_a_word_of_the_reader_there_is_nothing_to_save(room):
    told = []
    room.desk.told.connect(told.append)
    room.actions_["findings.export_boxes"].trigger()
    assert [message.level for message in told] == ["warning"]


def test_a_label_keeps_the_networks_numbers(room):
    box = room.desk.prediction.boxes[0]
    assert box_label(box, "rejected").endswith(box_label(box))
