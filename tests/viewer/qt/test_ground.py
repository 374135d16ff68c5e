"""A large canvas: drawn on fewer pixels while the film moves, in the same place, and sharp again at rest."""

from pathlib import Path

import numpy as np
import pytest
from predictions import prediction_for
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from model.film.film import Film, Origin, Window
from viewer.display.look import Look
from viewer.display.pose import ALL_POSES
from viewer.display.view import View
from viewer.qt.canvas import Canvas
from viewer.qt.ground import MOVING_PIXELS, step_of
from viewer.session.overlays import OverlayChoice

WHITE = Look(Window(0, 1))
GREY = Look(Window(2000, 4000))


def film_of(pixels) -> Film:
    return Film("k", Path("f"), pixels, False, Origin("PNG", None, "MONOCHROME2", 16, False))


class WatchedCanvas(Canvas):
    """Remembers which parts were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = []

    def paintEvent(self, event) -> None:
        self.painted.append(event.rect())
        super().paintEvent(event)


@pytest.fixture
def canvas(qtbot) -> WatchedCanvas:
    canvas = WatchedCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(2403, 1801)
    canvas.set_text_mode("none")
    canvas.show()
    return canvas


def moving(canvas) -> np.ndarray:
    return bytes_of(canvas.grab().toImage())


def bytes_of(image) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return np.array(grey.constBits()).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]


def test_only_large_canvases_are_coarse():
    steps = {size: step_of(View.fitted(10, 10, *size, pose=ALL_POSES[0])) for size in ((1600, 1000), (3200, 2000))}
    assert steps == {(1600, 1000): 1, (3200, 2000): 2}
    assert 1600 * 1000 < MOVING_PIXELS < 3200 * 2000


@pytest.mark.parametrize("pose", ALL_POSES)
@pytest.mark.parametrize("zoom", [0.9, 2.0, 7.3])
def test_a_moving_film_lies_where_it_lies_at_rest(canvas, pose, zoom):
    pixels = np.zeros((900, 700), np.uint16)
    pixels[420:430, 300:310] = 4000
    canvas.show_film(film_of(pixels), Look(GREY.grey, pose=pose))
    canvas.zoom_by(zoom / canvas.view.zoom)
    canvas.pan_by(31, -17)
    before = moving(canvas)
    after = bytes_of(canvas.grab_picture())
    assert before.shape == after.shape
    spots = [np.argwhere(seen > 127) for seen in (before, after)]
    assert all(len(spot) for spot in spots)
    assert np.abs(spots[0].mean(axis=0) - spots[1].mean(axis=0)).max() <= 1


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (1, 1), (2, 3), (-1, -5)])
def test_a_moving_film_covers_the_canvas_to_its_edges(canvas, shift):
    canvas.show_film(film_of(np.full((900, 700), 4000, np.uint16)), WHITE)
    canvas.zoom_by(6.5)
    canvas.pan_by(*shift)
    assert moving(canvas).min() == 255


def test_the_film_is_sharp_when_the_hand_rests(canvas, qtbot):
    noise = np.random.default_rng(3).integers(0, 4000, (1700, 2300)).astype(np.uint16)
    canvas.show_film(film_of(noise), GREY)
    canvas.actual_pixels()
    sharp = bytes_of(canvas.grab_picture())
    canvas.pan_by(4, 0)
    canvas.pan_by(-4, 0)
    assert not np.array_equal(moving(canvas), sharp)
    qtbot.waitUntil(lambda: np.array_equal(moving(canvas), sharp))


def test_the_heatmap_moves_with_the_film(canvas):
    film = film_of(np.full((900, 700), 1500, np.uint16))
    canvas.show_film(film, GREY)
    canvas.set_prediction(prediction_for(film, hot_spot=(300, 500)))
    canvas.set_overlays(OverlayChoice(heatmap=True, boxes=False, map="smoothed", opacity=1.0))
    canvas.zoom_by(1.1)
    seen = [moving(canvas).astype(int), bytes_of(canvas.grab_picture()).astype(int)]
    assert np.ptp(seen[1]) > 40
    assert np.percentile(np.abs(seen[0] - seen[1]), 99) <= 3


def test_reading_the_pixel_under_the_cursor_repaints_the_foot_alone(canvas, qtbot):
    canvas.show_film(film_of(np.arange(700 * 900, dtype=np.uint16).reshape(900, 700)), GREY)
    canvas.set_text_mode("all")
    hover(canvas, QPointF(1200, 900))
    QApplication.processEvents()
    first = bytes_of(canvas.grab().toImage())
    canvas.painted.clear()
    hover(canvas, QPointF(1207, 950))
    qtbot.waitUntil(lambda: len(canvas.painted) > 0)
    (foot,) = canvas.painted
    changed = np.argwhere(bytes_of(canvas.grab().toImage()) != first)
    assert foot.height() < 0.2 * canvas.height()
    assert len(changed)
    assert changed[:, 0].min() >= foot.top()


def hover(canvas, at) -> None:
    nothing = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), nothing, nothing, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)
