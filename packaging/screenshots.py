"""Make the README's screenshots: ``python packaging/screenshots.py [FOLDER]``, with a screen or without.

They show the demonstration film, which is computed and shows nobody, judged by the bundled network.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "screenshots"
SIZE = (1440, 900)
PATIENCE_SECONDS = 120.0

sys.path.insert(0, str(ROOT))
if sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dataclasses import replace  # noqa: E402

from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

import resources  # noqa: E402
from viewer.app import application, build  # noqa: E402
from viewer.jobs import Analyst  # noqa: E402
from viewer.qt.window import Window  # noqa: E402
from viewer.settings.options import NOTICE, Options  # noqa: E402


def wait(until: Callable[[], bool]) -> None:
    """Let the window work until something holds.

    Raises
    ------
    TimeoutError
        When it does not come to hold.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not until():
        if time.monotonic() > deadline:
            raise TimeoutError("The window did not come to what the screenshot is to show.")
        QApplication.processEvents()
        time.sleep(0.01)


def rest(seconds: float = 0.4) -> None:
    """Let the window settle."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def take(window: Window, folder: Path, name: str) -> None:
    """Save a picture of the window."""
    rest()
    window.grab().save(str(folder / f"{name}.png"))


def main(folder: Path) -> None:
    """Open the demonstration film, wait for the answer, and go from scene to scene."""
    folder.mkdir(parents=True, exist_ok=True)
    application()
    window = build(Options(accepted_notice=NOTICE), Analyst("cpu"))
    window.resize(*SIZE)
    window.show()
    take(window, folder, "empty")
    window.open([resources.path("films", "demonstration.dcm")])
    wait(lambda: window.desk.prediction is not None or window.desk.problem != "")
    if window.desk.problem:
        sys.exit(window.desk.problem)
    take(window, folder, "answer")
    window.desk.set_overlays(replace(window.desk.overlays, heatmap=True, lungs=True, map="class"))
    take(window, folder, "heatmap")
    window.desk.doors.show_palette()
    take(window, folder, "palette")
    window.canvas.setFocus()
    for page in ("help", "model_card"):
        window.desk.doors.show_page(page)
        rest()
        dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
        dialog.grab().save(str(folder / f"{page}.png"))
        dialog.close()
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
