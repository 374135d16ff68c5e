"""The canvas is sharp at 150 and 200 % too: the renderer's bytes reach the screen's own pixels unchanged."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from greys import film_of
from model.film.film import Window
from viewer.display.look import Look, Pose
from viewer.display.render import render
from viewer.qt.canvas import Canvas

app = QApplication([])
window = QWidget()
canvas = Canvas(window)
window.resize(521, 433)
canvas.setGeometry(7, 5, 501, 411)
window.show()
film = film_of(np.random.default_rng(2).integers(0, 4096, (300, 240)).astype(np.uint16))
ratio = canvas.devicePixelRatioF()
assert ratio == float(sys.argv[1]), ratio
for pose in (Pose(), Pose(True, 1)):
    look = Look(Window(2000, 3000), pose=pose)
    canvas.show_film(film, look)
    canvas.set_text_mode("none")
    canvas.clearFocus()
    canvas.actual_pixels()
    canvas.grab_picture()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    seen = np.array(image.constBits()).reshape(image.height(), image.bytesPerLine())[:, : image.width()]
    expected = render(film, look).pixels
    corner = canvas.view.corner()
    nudges = (-0.5, 0, 0.5)
    places = {(round(5 * ratio + y) + corner[1], round(7 * ratio + x) + corner[0]) for y in nudges for x in nudges}
    rows, columns = expected.shape
    assert any(np.array_equal(seen[y : y + rows, x : x + columns], expected) for y, x in places)
    held = canvas.view.to_film(100 * ratio, 90 * ratio)
    for factor in (1.3, 1.3, 0.8):
        canvas.zoom_by(factor, QPointF(100, 90))
    x, y = canvas.view.to_screen(*held)
    assert max(abs(x - 100 * ratio), abs(y - 90 * ratio)) <= 1
"""


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_actual_pixels_are_the_screens_own_pixels(scale):
    root = Path(__file__).parents[3]
    settings = {
        **os.environ,
        "QT_SCALE_FACTOR": scale,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")]),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, scale], env=settings, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
