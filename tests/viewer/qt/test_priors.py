"""A prior beside the film in front: found in one action, moving along, never a frontal film with a lateral one."""

import pytest
from phantoms import Pose, phantom_file
from pydicom import dcmread
from pydicom.uid import generate_uid
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from room import WAIT_MS, write_films

from viewer.qt.priors import interval_words


def write(path, day, view="PA", patient="7"):
    phantom_file(path, Pose(view=view))
    dataset = dcmread(path)
    dataset.StudyDate, dataset.PatientID, dataset.PatientName = day, patient, f"Doe^{patient}"
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[path.name])
    dataset.save_as(path)
    return path


@pytest.fixture
def room(qtbot, window, tmp_path):
    """Two frontal films and a lateral one of one patient, and one of another; the newest frontal film hangs."""
    films = [
        write(tmp_path / "now.dcm", "20240301"),
        write(tmp_path / "other.dcm", "20240229", patient="8"),
        write(tmp_path / "before.dcm", "20230115"),
        write(tmp_path / "side.dcm", "20240301", view="LL"),
    ]
    window.open(films)
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
    return window


def press(qtbot, widget, keys):
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())


def beside(room):
    return room.desk.priors.pane


def hang_prior(qtbot, room):
    press(qtbot, room.canvas, "Y")
    qtbot.waitUntil(lambda: beside(room).canvas.view is not None, timeout=WAIT_MS)


def wheel(canvas):
    at = QPointF(canvas.rect().center()) + QPointF(40, 30)
    event = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_one_key_hangs_the_nearest_prior_with_date_and_interval(qtbot, room):
    hang_prior(qtbot, room)
    assert beside(room).isVisible()
    assert beside(room).words.text() == "2023-01-15 · PA · 13 mo earlier · moves along"
    assert room.canvas.isVisible()
    assert abs(room.canvas.width() - beside(room).width()) < 4
    press(qtbot, room.canvas, "Ctrl+H")
    assert "2023" not in beside(room).words.text()
    press(qtbot, room.canvas, "Y")
    assert not beside(room).isVisible()


def test_the_two_move_together_both_ways_and_can_be_parted(qtbot, room):
    hang_prior(qtbot, room)
    prior = beside(room).canvas
    wheel(room.canvas)
    assert prior.place == room.canvas.place
    wheel(prior)
    assert prior.place == room.canvas.place
    press(qtbot, room.canvas, "F")
    assert prior.zoom == pytest.approx(room.canvas.zoom, rel=0.1)
    press(qtbot, room.canvas, "Shift+L")
    still = prior.place
    wheel(room.canvas)
    assert prior.place == still
    press(qtbot, room.canvas, "Shift+L")
    assert prior.place == room.canvas.place


def test_a_lateral_film_hangs_beside_but_never_moves_along(qtbot, room):
    hang_prior(qtbot, room)
    press(qtbot, room.canvas, "Shift+Y")
    qtbot.waitUntil(lambda: "LL" in beside(room).words.text(), timeout=WAIT_MS)
    prior = beside(room).canvas
    still = prior.place
    wheel(room.canvas)
    assert prior.place == still
    assert "moves alone" in beside(room).words.text()
    assert not room.actions_["view.link_prior"].isEnabled()
    press(qtbot, room.canvas, "Shift+Y")
    qtbot.waitUntil(lambda: "PA" in beside(room).words.text(), timeout=WAIT_MS)
    assert room.desk.priors.linked


def test_the_prior_has_its_own_window_and_the_film_in_front_keeps_its(qtbot, room):
    hang_prior(qtbot, room)
    prior, front = beside(room).canvas, room.desk.look
    start = prior.rect().center()
    QTest.mousePress(prior, Qt.MouseButton.LeftButton, pos=start)
    to = start + QPoint(60, 0)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(to),
        QPointF(prior.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(prior, event)
    QTest.mouseRelease(prior, Qt.MouseButton.LeftButton, pos=to)
    assert room.desk.look == front
    wider = prior._look.grey.width
    press(qtbot, room.canvas, "Ctrl+Shift+Y")
    qtbot.waitUntil(lambda: room.desk.film.description.study_date == "20230115", timeout=WAIT_MS)
    assert room.desk.look.grey.width == wider != front.grey.width
    qtbot.waitUntil(lambda: "13 mo later" in beside(room).words.text(), timeout=WAIT_MS)


def test_a_film_of_another_patient_takes_the_prior_away(qtbot, room):
    hang_prior(qtbot, room)
    press(qtbot, room.canvas, "PgDown")
    qtbot.waitUntil(lambda: room.desk.film.description.patient_id == "8", timeout=WAIT_MS)
    assert not beside(room).isVisible()
    assert not room.actions_["view.prior"].isEnabled()


def test_films_that_name_no_patient_have_no_priors(qtbot, window, tmp_path):
    window.open(write_films(tmp_path, 2))
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
    assert not window.actions_["view.prior"].isEnabled()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "date unknown"),
        (0, "same day"),
        (1, "1 d earlier"),
        (-60, "60 d later"),
        (61, "2 mo earlier"),
        (400, "13 mo earlier"),
        (-731, "2 y later"),
        (3653, "10 y earlier"),
    ],
)
def test_intervals_are_told_in_days_months_and_years(qapp, days, words):
    assert interval_words(days) == words
