"""Draws the application icon in every size and container from resources/icons/negatoscope.svg."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "negatoscope.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
ICO_SIZES = [(size, size) for size in (16, 24, 32, 48, 64, 128, 256)]


def draw(renderer: QSvgRenderer, size: int, target: Path) -> None:
    """Draw one square PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    if not image.save(str(target)):
        sys.exit(f"The icon {target} could not be written; is the folder writable?")


def main() -> None:
    """Write ``negatoscope-SIZE.png``, ``negatoscope.ico`` and ``negatoscope.icns`` into the folder given."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(SOURCE))
    if not renderer.isValid():
        sys.exit(f"{SOURCE} is not a drawing that Qt can read.")
    for size in SIZES:
        draw(renderer, size, out / f"negatoscope-{size}.png")
    application.shutdown()
    largest = Image.open(out / f"negatoscope-{max(SIZES)}.png")
    largest.save(out / "negatoscope.ico", sizes=ICO_SIZES)
    largest.save(out / "negatoscope.icns")


if __name__ == "__main__":
    main()
