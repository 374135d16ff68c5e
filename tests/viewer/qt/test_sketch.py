"""A film of JPEG 2000 is seen as a sketch before it is there; nothing can be done with the sketch but look."""

import threading

import numpy as np
import pytest
from predictions import prediction_for
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from reference_films import CODINGS, ReferenceFilm, hill
from room import WAIT_MS, write_films

from viewer.display.look import Pose
from viewer.qt import reader
from viewer.qt.window import Window

JPEG_2000 = next(coding for coding in CODINGS if coding.syntax.endswith(".4.90"))


@pytest.fixture(scope="module")
def film_path(tmp_path_factory):
    stored = hill(12, rows=1800, columns=1700)
    film = ReferenceFilm("large", stored, stored, syntax=JPEG_2000.syntax, bits=12, encode=JPEG_2000.encode)
    return film.write(tmp_path_factory.mktemp("films"))


@pytest.fixture
def full(monkeypatch):
    """Hold back the films themselves until the event is set; sketches come at once."""
    free = threading.Event()
    really = reader.read

    def read(request, token):
        free.wait(WAIT_MS / 1000)
        return really(request, token)

    monkeypatch.setattr(reader, "read", read)
    yield free
    free.set()


def sketched(window: Window) -> bool:
    return window.canvas._sketch


def hung(window: Window) -> bool:
    return window.desk.film is not None


def test_the_sketch_hangs_until_the_film_is_there(window, qtbot, full, film_path):
    window.open([film_path])
    qtbot.waitUntil(lambda: sketched(window), timeout=WAIT_MS)
    assert not hung(window)
    first = window.canvas._film
    full.set()
    qtbot.waitUntil(lambda: hung(window), timeout=WAIT_MS)
    assert not sketched(window)
    assert window.canvas._film is window.desk.film
    assert first.pixels.shape == window.desk.film.pixels.shape
    assert not np.array_equal(first.pixels, window.desk.film.pixels)


def test_nothing_is_measured_judged_kept_or_exported_of_a_sketch(window, qtbot, full, film_path, analyst):
    without_a_film = {command.id for command in window.actions_.runnable()}
    window.open([film_path])
    qtbot.waitUntil(lambda: sketched(window), timeout=WAIT_MS)
    told = []
    window.canvas.pointer_moved.connect(lambda row, column, value: told.append(value))
    QTest.mouseMove(window.canvas, window.canvas.rect().center())
    QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.rect().center())
    QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=window.canvas.rect().center())
    qtbot.waitUntil(lambda: len(told) > 0)
    assert set(told) == {None}
    more = {command.id for command in window.actions_.runnable()} - without_a_film
    assert not [name for name in more if name.startswith(("measure.", "findings.", "edit.", "file.export"))]
    window._sitting.analyse()
    window.canvas.set_prediction(prediction_for(window.canvas._film))
    QTest.qWait(250)
    assert analyst.asked == []
    assert window._sitting.look is None


def test_it_is_said_that_a_sketch_hangs(window, qtbot, full, film_path):
    window.open([film_path])
    qtbot.waitUntil(lambda: sketched(window), timeout=WAIT_MS)
    window.canvas.set_text_mode("none")
    with_note = window.canvas.grab_picture()
    window.canvas._sketch = False
    assert window.canvas.grab_picture() != with_note


def test_the_film_lies_where_the_sketch_was_left(window, qtbot, full, film_path):
    window.open([film_path])
    qtbot.waitUntil(lambda: sketched(window), timeout=WAIT_MS)
    window.canvas.zoom_by(3.0, QPointF(100, 100))
    left = window.canvas.view
    full.set()
    qtbot.waitUntil(lambda: hung(window), timeout=WAIT_MS)
    assert window.canvas.view.zoom == pytest.approx(left.zoom)
    assert window.canvas.view.centre == pytest.approx(left.centre)


def test_a_film_seen_before_is_sketched_in_the_look_that_was_chosen(window, qtbot, full, film_path, tmp_path):
    full.set()
    window.open([film_path, *write_films(tmp_path, 3)])
    qtbot.waitUntil(lambda: hung(window) and not window._sitting._reader.busy, timeout=WAIT_MS)
    first = window._sitting.table.current.id
    window.actions_["view.rotate_right"].trigger()
    window._sitting.step(1)
    window._sitting.step(1)
    qtbot.waitUntil(lambda: hung(window) and not window._sitting._reader.busy, timeout=WAIT_MS)
    window._sitting._shelf.drop(first)
    full.clear()
    window._sitting.hang(first)
    qtbot.waitUntil(lambda: sketched(window), timeout=WAIT_MS)
    assert window.canvas._look.pose == Pose(quarter_turns=1)


def test_a_sketch_of_a_film_that_has_gone_is_not_hung(window, qtbot, full, film_path, tmp_path):
    window.open([film_path, *write_films(tmp_path, 1)])
    qtbot.waitUntil(lambda: len(window._sitting.table) == 2, timeout=WAIT_MS)
    window._sitting.step(1)
    QApplication.processEvents()
    full.set()
    qtbot.waitUntil(lambda: hung(window) and not window._sitting._reader.busy, timeout=WAIT_MS)
    assert window.canvas._film.path.suffix == ".png"
