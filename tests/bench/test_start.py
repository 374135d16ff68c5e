"""How long until the window is on the screen, beside a bare PySide6 + pyqtgraph window.

Run with ``pytest tests/bench/test_start.py --benchmark-only``.
Each round is a new process; it stops itself after its first paint. The clock runs from before the interpreter starts
until the process says that it has painted.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import numpy, pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
class View(pyqtgraph.GraphicsLayoutWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print("painted", flush=True), application.quit()))
window = QMainWindow()
view = View()
view.addViewBox().addItem(pyqtgraph.ImageItem(numpy.zeros((64, 64), numpy.uint8)))
window.setCentralWidget(view)
window.resize(1280, 800)
window.show()
application.exec()
"""

OURS = """
import sys
from viewer import app
from viewer.jobs import Analyst
from viewer.settings.options import NOTICE, Options
application = app.application()
window = app.build(Options(accepted_notice=NOTICE), Analyst())
app.FirstPaint(window.canvas).painted.connect(lambda: (print("painted", flush=True), window.close()))
window.show()
application.exec()
assert "torch" not in sys.modules
"""


def start(code: str) -> None:
    """Run a program and return when it says that it has painted; then wait for its end."""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "painted"


@pytest.mark.benchmark(group="start to first paint")
@pytest.mark.parametrize("code", [BARE, OURS], ids=["bare PySide6 + pyqtgraph", "negatoscope"])
def test_start_to_first_paint(benchmark, code):
    benchmark.pedantic(start, args=(code,), rounds=5, warmup_rounds=1)
