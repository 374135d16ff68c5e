"""Films of one patient in panes: one key hangs a prior, hands drag films about, nothing is linked that must not be."""

import pytest
from phantoms import Pose, phantom_file
from pydicom import dcmread
from pydicom.uid import generate_uid
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from room import WAIT_MS, write_films

from viewer.qt.pane_words import interval_words


def write(path, day, view="PA", patient="7"):
    phantom_file(path, Pose(view=view))
    dataset = dcmread(path)
    dataset.StudyDate, dataset.PatientID, dataset.PatientName = day, patient, f"Doe^{patient}"
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[path.name])
    dataset.save_as(path)
    return path


@pytest.fixture
def room(qtbot, window, tmp_path):
    """Three frontal films and a lateral one of one patient, and one of another; the newest frontal film hangs."""
    films = [
        write(tmp_path / "now.dcm", "20240301"),
        write(tmp_path / "other.dcm", "20240229", patient="8"),
        write(tmp_path / "before.dcm", "20230115"),
        write(tmp_path / "bed.dcm", "20210115", view="AP"),
        write(tmp_path / "side.dcm", "20240301", view="LL"),
    ]
    window.open(films)
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
    return window


def press(qtbot, widget, keys):
    combination = QKeySequence(keys)[0]
    qtbot.keyClick(widget, combination.key(), combination.keyboardModifiers())


def titles(room):
    return [pane.title.text for pane in room.box.panes]


def hung(room):
    """Return the file names in the panes, and which is in front."""
    return [None if pane.sheet is None else pane.sheet.path.stem for pane in room.box.panes], front(room)


def front(room):
    return room.box.panes.index(room.box.front)


def all_shown(qtbot, room):
    qtbot.waitUntil(lambda: all(pane.sheet is None or pane.film_key for pane in room.box.panes), timeout=WAIT_MS)


def hang_prior(qtbot, room):
    press(qtbot, room.canvas, "Y")
    assert len(room.box.panes) == 2
    all_shown(qtbot, room)


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


def drag(widget, start, to):
    """Press, move and let go with the left button on one widget."""
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    move(widget, to)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=to)


def move(widget, to):
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        QPointF(to),
        QPointF(widget.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def drop(target, mime, action=Qt.DropAction.CopyAction):
    """Hold something over a widget and let go; return what it accepted, a refusal to have it over itself the end."""
    accepted = []
    at = target.rect().center()
    values = (action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(at, *values), QDropEvent(QPointF(at), *values)):
        event.ignore()
        QApplication.sendEvent(target, event)
        accepted.append(event.isAccepted())
        if not accepted[-1]:
            break
    return accepted


@pytest.fixture
def carry(monkeypatch, qtbot):
    """Drag as a hand does: press, move, and what Qt's own drag, which no screenless platform has, tells its target."""

    def go(source, start, target):
        given = []

        def drag(drag, action):
            given.extend(drop(target, drag.mimeData(), action))
            return action

        monkeypatch.setattr(QDrag, "exec", drag)
        QTest.mousePress(source, Qt.MouseButton.LeftButton, pos=start)
        for step in (4, 12, 24):
            if not given:
                move(source, start + QPoint(step, step // 2))
        return given

    return go


def row(room, name):
    sheet = next(sheet for sheet in room._sitting.table if sheet.path.stem == name)
    return room.films.visualRect(room.films.films.row_of(sheet.id)).center()


# A prior beside the film in front


def test_one_key_hangs_the_nearest_prior_with_date_and_interval(qtbot, room):
    hang_prior(qtbot, room)
    assert titles(room) == ["2024-03-01 · PA", "2023-01-15 · PA · 13 mo earlier · moves along"]
    assert abs(room.box.panes[0].width() - room.box.panes[1].width()) < 4
    press(qtbot, room.canvas, "Ctrl+H")
    assert not any("20" in title for title in titles(room))
    press(qtbot, room.canvas, "Y")
    assert hung(room) == (["now"], 0)
    assert not room.box.panes[0].title.isVisible()


def test_the_next_prior_says_that_it_was_taken_in_bed(qtbot, room):
    hang_prior(qtbot, room)
    press(qtbot, room.canvas, "Shift+Y")
    all_shown(qtbot, room)
    assert titles(room)[1] == "2021-01-15 · AP · 3 y earlier · AP beside PA: the heart looks larger · moves along"


def test_leafing_to_another_patient_takes_the_prior_away_and_brings_it_back(qtbot, room):
    hang_prior(qtbot, room)
    press(qtbot, room.canvas, "PgDown")
    qtbot.waitUntil(lambda: hung(room) == (["other"], 0), timeout=WAIT_MS)
    assert room.actions_["view.prior"].isChecked()
    press(qtbot, room.canvas, "PgUp")
    qtbot.waitUntil(lambda: hung(room) == (["now", "before"], 0), timeout=WAIT_MS)


def test_films_that_name_no_patient_have_no_priors(qtbot, window, tmp_path):
    window.open(write_films(tmp_path, 2))
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(window._sitting.table.waiting()), timeout=WAIT_MS)
    assert not window.actions_["view.prior"].isEnabled()


# Linked, and not


def test_the_two_move_together_both_ways_and_can_be_parted(qtbot, room):
    hang_prior(qtbot, room)
    now, prior = (pane.canvas for pane in room.box.panes)
    wheel(now)
    assert prior.place == now.place
    wheel(prior)
    assert prior.place == now.place
    press(qtbot, room.canvas, "F")
    assert prior.zoom == pytest.approx(now.zoom, rel=0.1)
    press(qtbot, room.canvas, "Shift+L")
    still = prior.place
    wheel(now)
    assert prior.place == still
    press(qtbot, room.canvas, "Shift+L")
    assert prior.place == now.place


def test_a_lateral_film_hangs_beside_but_never_moves_along(qtbot, room):
    press(qtbot, room.canvas, "Ctrl+4")
    all_shown(qtbot, room)
    assert hung(room) == (["now", "before", "bed", "side"], 0)
    frontal, lateral = room.box.panes[:3], room.box.panes[3]
    still = lateral.canvas.place
    wheel(frontal[0].canvas)
    assert lateral.canvas.place == still
    assert len({pane.canvas.place for pane in frontal}) == 1
    assert "moves alone" in lateral.title.text
    moved = frontal[0].canvas.place
    wheel(lateral.canvas)
    assert {pane.canvas.place for pane in frontal} == {moved}
    qtbot.mouseClick(lateral.title, Qt.MouseButton.LeftButton)
    assert front(room) == 3
    assert not room.actions_["view.link_prior"].isEnabled()


# Panes, one in front


@pytest.mark.parametrize(("key", "rows", "columns"), [("Ctrl+2", 1, 2), ("Ctrl+3", 2, 1), ("Ctrl+4", 2, 2)])
def test_each_layout_has_a_key_and_fills_with_the_patients_films(qtbot, room, key, rows, columns):
    press(qtbot, room.canvas, key)
    corners = {(pane.x() > 50, pane.y() > 50) for pane in room.box.panes}
    assert len(corners) == rows * columns
    assert max(x for x, _ in corners) == (columns > 1)
    assert hung(room)[0] == ["now", "before", "bed", "side"][: rows * columns]
    assert room.actions_[f"view.layout_{rows}x{columns}"].isChecked()
    press(qtbot, room.canvas, "Ctrl+1")
    assert hung(room) == (["now"], 0)


def test_a_click_or_a_key_brings_a_pane_in_front_and_everything_speaks_of_its_film(qtbot, room):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    qtbot.mouseClick(room.box.panes[1].canvas, Qt.MouseButton.LeftButton)
    assert front(room) == 1
    assert room.desk.film.path.stem == "before"
    assert room.films.currentIndex().row() == 2
    assert titles(room)[0].endswith("13 mo later · moves along")
    press(qtbot, room.canvas, "F9")
    assert front(room) == 0
    assert room.desk.film.path.stem == "now"
    assert room.box.panes[0].canvas.hasFocus()
    press(qtbot, room.canvas, "Shift+F9")
    assert front(room) == 1


def test_coming_in_front_leaves_every_film_where_it_lay(qtbot, room):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    press(qtbot, room.canvas, "Shift+L")
    wheel(room.box.panes[1].canvas)
    places = [pane.canvas.place for pane in room.box.panes]
    for pane in (1, 0):
        qtbot.mouseClick(room.box.panes[pane].canvas, Qt.MouseButton.LeftButton)
        assert [pane.canvas.place for pane in room.box.panes] == places


def test_each_pane_has_its_own_window_undo_and_overlays(qtbot, room):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    first, second = (pane.canvas for pane in room.box.panes)
    qtbot.waitUntil(lambda: first.prediction is not None and second.prediction is not None, timeout=WAIT_MS)
    before = room.desk.look
    drag(second, second.rect().center(), second.rect().center() + QPoint(60, 0))
    assert room.desk.look.grey.width > before.grey.width
    assert first._look == before
    press(qtbot, second, "O")
    assert first.overlays.boxes
    assert not second.overlays.boxes
    press(qtbot, second, "F9")
    assert room.desk.look == before
    assert room.desk.overlays.boxes
    assert not room.actions_["edit.undo"].isEnabled()
    press(qtbot, first, "F9")
    press(qtbot, second, "Ctrl+Z")
    assert second._look.grey.width == pytest.approx(before.grey.width)


def test_a_ruler_goes_along_to_the_pane_where_it_is_needed_and_stays_with_its_film(qtbot, room):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    first, second = (pane.canvas for pane in room.box.panes)
    press(qtbot, first, "D")
    drag(second, second.rect().center(), second.rect().center() + QPoint(60, 20))
    assert [shape.kind for shape in room.desk.drawings.shapes] == ["ruler"]
    assert room.desk.film.path.stem == "before"
    press(qtbot, second, "F9")
    assert room.desk.drawings.shapes == ()
    assert [shape.kind for shape in second._measure.shapes] == ["ruler"]


def test_every_film_that_hangs_is_analysed_the_one_in_front_first(qtbot, room, analyst):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    qtbot.waitUntil(lambda: all(pane.canvas.prediction for pane in room.box.panes), timeout=WAIT_MS)
    assert [key for key, _ in analyst.asked][:2] == [pane.film_key for pane in room.box.panes]
    qtbot.mouseClick(room.box.panes[1].canvas, Qt.MouseButton.LeftButton)
    assert room.desk.prediction.film_key == room.box.panes[1].film_key


def test_the_course_shows_every_frontal_film_of_the_patient_hung_or_not_and_leads_to_each(qtbot, room):
    course = room.findings.course
    qtbot.waitUntil(lambda: len(course.plot._points) == 3, timeout=WAIT_MS)
    assert course.isVisible()
    names = [room._sitting.table.get(point.sheet).path.stem for point in course.plot._points]
    assert names == ["bed", "before", "now"]
    extent, _ = course.plot.at(course.plot._points[1])
    qtbot.mouseClick(course.plot, Qt.MouseButton.LeftButton, pos=extent.toPoint())
    qtbot.waitUntil(lambda: hung(room) == (["before"], 0), timeout=WAIT_MS)
    press(qtbot, room.canvas, "PgUp")
    qtbot.waitUntil(lambda: hung(room) == (["other"], 0), timeout=WAIT_MS)
    assert not course.isVisible()


def test_an_empty_pane_in_front_takes_the_film_that_is_chosen_next(qtbot, room):
    press(qtbot, room.canvas, "PgDown")
    qtbot.waitUntil(lambda: hung(room) == (["other"], 0), timeout=WAIT_MS)
    press(qtbot, room.canvas, "Ctrl+2")
    assert hung(room) == (["other", None], 0)
    qtbot.mouseClick(room.box.panes[1].canvas, Qt.MouseButton.LeftButton)
    assert room.desk.film is None
    qtbot.mouseClick(room.films.viewport(), Qt.MouseButton.LeftButton, pos=row(room, "bed"))
    qtbot.waitUntil(lambda: hung(room) == (["other", "bed"], 1), timeout=WAIT_MS)
    all_shown(qtbot, room)
    assert titles(room)[0].startswith("another patient · ")


def test_removing_films_empties_their_panes(qtbot, room):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    room._sitting.remove(room.box.panes[1].sheet.id)
    assert hung(room) == (["now", None], 0)
    press(qtbot, room.canvas, "Ctrl+Shift+W")
    assert room.desk.film_count == 0
    assert hung(room) == ([None, None], 0)


# Dragging


def test_a_film_is_dragged_from_the_list_into_a_pane(qtbot, room, carry):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    assert carry(room.films.viewport(), row(room, "side"), room.box.panes[1].canvas) == [True, True]
    assert hung(room) == (["now", "side"], 1)
    assert room.films.currentIndex().row() == 4


def test_a_press_in_the_list_hangs_nothing_yet_but_a_click_does(qtbot, room):
    viewport, at = room.films.viewport(), row(room, "bed")
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert hung(room)[0] == ["now"]
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert hung(room)[0] == ["bed"]


def test_a_film_is_dragged_from_pane_to_pane_and_the_two_exchange_with_all_that_is_theirs(qtbot, room, carry):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    press(qtbot, room.canvas, "Shift+L")
    wheel(room.box.panes[0].canvas)
    place = room.box.panes[0].canvas.place
    carry(room.box.panes[0].title, QPoint(20, 8), room.box.panes[1].canvas)
    assert hung(room) == (["before", "now"], 1)
    assert room.box.panes[1].canvas.place == place
    press(qtbot, room.canvas, "Ctrl+Shift+Y")
    assert hung(room) == (["now", "before"], 1)


def test_a_drag_that_ends_elsewhere_hangs_nothing(qtbot, room, carry):
    assert carry(room.films.viewport(), row(room, "side"), room.findings) == [False]
    assert hung(room) == (["now"], 0)
    assert room.films.currentIndex().row() == 0


def test_files_dropped_on_a_pane_hang_there(qtbot, room, tmp_path):
    press(qtbot, room.canvas, "Ctrl+2")
    all_shown(qtbot, room)
    new = write_films(tmp_path, 1)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(new[0]))])
    assert drop(room.box.panes[1].canvas, mime) == [True, True]
    qtbot.waitUntil(lambda: hung(room) == (["now", new[0].stem], 1), timeout=WAIT_MS)


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
