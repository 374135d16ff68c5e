"""The letters at the edges of the screen that say which side of the patient lies there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from viewer.display.edges import Edges
from viewer.qt import inks
from viewer.qt.halo import draw_plate, draw_text, text_size

PAD = 6.0


def edge_places(bounds: QRectF, size: tuple[float, float], right_room: float) -> dict[str, QPointF]:
    """Return the top left corner of a letter of ``size`` at each edge; ``right_room`` is kept free at the right."""
    width, height = size
    middle_x, middle_y = bounds.center().x() - width / 2, bounds.center().y() - height / 2
    return {
        "left": QPointF(bounds.left() + PAD, middle_y),
        "right": QPointF(bounds.right() - PAD - width - right_room, middle_y),
        "top": QPointF(middle_x, bounds.top() + PAD),
        "bottom": QPointF(middle_x, bounds.bottom() - PAD - height),
    }


def draw_edges(painter: QPainter, bounds: QRectF, edges: Edges | None, font: QFont, right_room: float) -> None:
    """Draw the four letters; where the file does not tell them, one line says so."""
    if edges is None:
        words = QCoreApplication.translate("EdgeLetters", "orientation unknown")
        size = text_size(words, font)
        at = edge_places(bounds, (size.width(), size.height()), 0)["top"]
        draw_plate(painter, QRectF(at, size))
        draw_text(painter, at, words, font, inks.QUIET)
        return
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.5)
    large.setBold(True)
    for side in ("left", "top", "right", "bottom"):
        letters = getattr(edges, side)
        size = text_size(letters, large)
        at = edge_places(bounds, (size.width(), size.height()), right_room)[side]
        draw_text(painter, at, letters, large, inks.LETTER)
