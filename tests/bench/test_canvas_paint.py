"""Frames of a large film under the reader's hands, really painted: 16.7 ms each is 60 frames a second.

Run with ``pytest tests/bench/test_canvas_paint.py --benchmark-only``, offscreen or under Xvfb. The film has
3000 × 3000 pixels of 16 bits, on a canvas of 1600 × 1000, with heatmap, boxes, lungs and all words. With
``QT_SCALE_FACTOR=2`` in the environment the canvas has 3200 × 2000 device pixels; with
``--benchmark-timer=time.process_time`` the processor time of all threads is told, which other work does not change.
"""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyqtgraph
import pytest
from predictions import prediction_for
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from model.film.film import Film, Origin, Spacing, Window
from model.findings.prediction import Box
from viewer.display.look import Look, Pose
from viewer.display.windowing import grey_bytes
from viewer.qt.canvas import Canvas
from viewer.session.overlays import OverlayChoice

LOOK = Look(Window(30000, 50000))
EVERYTHING = OverlayChoice(heatmap=True, boxes=True, lungs=True)


@pytest.fixture(scope="module")
def film() -> Film:
    rows, columns = np.mgrid[0:3000, 0:3000]
    smooth = 30000 + 20000 * np.sin(rows / 300) * np.cos(columns / 250)
    noise = np.random.default_rng(1).normal(0, 800, (3000, 3000))
    pixels = np.clip(smooth + noise, 0, 65535).astype(np.uint16)
    origin = Origin("DICOM", None, "MONOCHROME2", 16, False)
    return Film(
        "bench", Path("f"), pixels, False, origin, orientation=("L", "F"), spacing=Spacing(0.14, 0.14, "detector")
    )


@pytest.fixture
def canvas(qtbot, film) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(1600, 1000)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.show_film(film, LOOK)
    boxes = tuple(
        Box("lung_opacity", 0.5 + i / 20, 300 + 500 * (i // 2), 400 + 1300 * (i % 2), 350, 420) for i in range(6)
    )
    canvas.set_prediction(prediction_for(film, boxes=boxes))
    canvas.set_overlays(EVERYTHING)
    painted(canvas)
    return canvas


def painted(canvas: Canvas) -> None:
    """Paint now and let the screen take it."""
    canvas.repaint()
    QApplication.processEvents()


def looks(pose: Pose):
    for width in itertools.cycle(np.linspace(30000, 60000, 97)):
        yield replace(LOOK, grey=Window(30000, float(width)), pose=pose)


@pytest.mark.parametrize("zoom", ["fit", "actual", "magnified"])
@pytest.mark.parametrize("turns", [0, 1])
def test_a_step_of_a_window_drag(benchmark, canvas, zoom, turns):
    at_zoom(canvas, zoom)
    wished = looks(Pose(False, turns))

    def step() -> None:
        canvas.set_look(next(wished))
        painted(canvas)

    benchmark.group = f"window drag, {zoom}"
    benchmark(step)


@pytest.mark.parametrize("start", ["fit", "actual"])
def test_a_step_of_a_zoom(benchmark, canvas, start):
    at_zoom(canvas, start)
    factors = itertools.cycle([1.04] * 10 + [1 / 1.04] * 20 + [1.04] * 10)

    def step() -> None:
        canvas.zoom_by(next(factors), QPointF(700, 420))
        painted(canvas)

    benchmark.group = "zoom"
    benchmark(step)


@pytest.mark.parametrize("zoom", ["large", "actual", "magnified"])
def test_a_step_of_a_pan(benchmark, canvas, zoom):
    at_zoom(canvas, zoom)
    steps = itertools.cycle([(7, 3)] * 12 + [(-7, -3)] * 12)

    def step() -> None:
        canvas.pan_by(*next(steps))
        painted(canvas)

    benchmark.group = "pan"
    benchmark(step)


def test_reading_the_pixel_under_the_cursor(benchmark, canvas):
    at_zoom(canvas, "large")
    places = itertools.cycle(QPointF(500 + 7 * i, 300 + 3 * i) for i in range(60))

    def step() -> None:
        hover(canvas, next(places))
        QApplication.processEvents()

    benchmark.group = "cursor"
    benchmark(step)


def test_hiding_all_overlays(benchmark, canvas):
    hidden = itertools.cycle([True, False])

    def step() -> None:
        canvas.hide_overlays(next(hidden))
        painted(canvas)

    benchmark.group = "overlays"
    benchmark(step)


def test_a_step_of_the_opacity_slider(benchmark, canvas):
    opacities = itertools.cycle(np.linspace(0, 1, 50))

    def step() -> None:
        canvas.set_overlays(replace(EVERYTHING, opacity=float(next(opacities))))
        painted(canvas)

    benchmark.group = "overlays"
    benchmark(step)


def test_coming_to_rest_after_a_zoom(benchmark, canvas):
    zooms = itertools.count()

    def move() -> None:
        canvas.fit()
        canvas.zoom_by(1.9 + 0.001 * next(zooms))

    benchmark.group = "rest"
    benchmark.pedantic(canvas.grab_picture, setup=move, rounds=12)


def test_hanging_another_film(benchmark, canvas, film):
    def hang() -> None:
        canvas.show_film(film, LOOK)
        painted(canvas)

    benchmark.group = "next film"
    benchmark(hang)


def test_the_same_window_drag_in_a_bare_pyqtgraph_image(benchmark, qtbot, film):
    """What the canvas is measured against: every pixel windowed, the scene scales the whole image."""
    widget = pyqtgraph.GraphicsView()
    qtbot.addWidget(widget)
    box = pyqtgraph.ViewBox(lockAspect=True, invertY=True)
    widget.setCentralItem(box)
    item = pyqtgraph.ImageItem(axisOrder="row-major")
    box.addItem(item)
    widget.resize(1600, 1000)
    widget.show()
    qtbot.waitExposed(widget)
    wished = looks(Pose())

    def step() -> None:
        item.setImage(grey_bytes(film.pixels, film, next(wished)), autoLevels=False, levels=None)
        widget.viewport().repaint()
        QApplication.processEvents()

    benchmark.group = "window drag, fit"
    benchmark(step)


def hover(canvas: Canvas, at: QPointF) -> None:
    nothing, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), nothing, nothing, plain)
    QApplication.sendEvent(canvas, moved)


def at_zoom(canvas: Canvas, zoom: str) -> None:
    """Bring the canvas to a zoom, at rest."""
    canvas.fit()
    if zoom == "actual":
        canvas.actual_pixels()
    elif zoom != "fit":
        canvas.zoom_by({"large": 2.1, "magnified": 6.5}[zoom])
    canvas.grab_picture()
