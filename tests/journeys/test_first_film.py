"""The first whole journey: open, look, ask the real network machinery, see its marks, leaf on, close while busy."""

from __future__ import annotations

import threading

import pytest
from phantoms import phantom_file
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from room import WAIT_MS, write_films
from tiny_model import write_tiny

from model.film.film import Film
from viewer.app import build
from viewer.jobs import Analyst
from viewer.qt.theme import dress
from viewer.settings.options import NOTICE, Options

NETWORK_MS = 60_000


@pytest.fixture
def folder(tmp_path):
    films = tmp_path / "films"
    films.mkdir()
    phantom_file(films / "a phantom.dcm")
    write_films(films, 2)
    (films / "notes.txt").write_text("not a film")
    return films


def drop(widget, paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = QPointF(widget.rect().center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(at.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(widget, QDropEvent(at, copy, mime, left, none))


def test_from_the_drop_to_the_answer_to_the_next_film_to_closing(qtbot, qapp, folder, tmp_path):
    threads = set(threading.enumerate())
    dress(qapp)
    window = build(Options(accepted_notice=NOTICE), Analyst("cpu", write_tiny(tmp_path)))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window, timeout=WAIT_MS)

    drop(window.canvas, [folder])
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    first = window.desk.film
    assert isinstance(first, Film)
    assert first.origin.format == "DICOM"
    qtbot.waitUntil(lambda: bool(window.notices.notices), timeout=WAIT_MS)
    told = window.notices.notices[0].message
    assert told.text.format(**told.values) == "4 found, 3 opened, 1 failed."

    middle = window.canvas.rect().center()
    qtbot.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(window.canvas, middle + QPoint(40, -20))
    qtbot.mouseMove(window.canvas, middle + QPoint(80, -40))
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(80, -40))
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.look == window._sitting.reading.first_look

    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=NETWORK_MS)
    prediction = window.desk.prediction
    assert prediction.film_key == first.key
    assert prediction.model.name == "tiny"
    plain = window.canvas.grab().toImage()
    qtbot.keyClick(window.canvas, Qt.Key.Key_M)
    marked = window.canvas.grab().toImage()
    assert marked != plain
    qtbot.keyPress(window.canvas, Qt.Key.Key_Tab)
    assert window.canvas.grab().toImage() != marked
    qtbot.keyRelease(window.canvas, Qt.Key.Key_Tab)
    assert window.canvas.grab().toImage() == marked

    qtbot.keyClick(window.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    assert window.desk.film.key != first.key
    assert window.desk.prediction is None
    qtbot.keyClick(window.canvas, Qt.Key.Key_PageUp)
    assert window.desk.prediction is prediction

    qtbot.keyClick(window.canvas, Qt.Key.Key_F5)
    assert window.desk.analysing
    with qtbot.waitSignal(window.closed, timeout=NETWORK_MS):
        window.close()
    assert not window.isVisible()
    assert [thread.name for thread in threading.enumerate() if thread not in threads] == []
