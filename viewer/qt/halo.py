"""Text with a dark halo, legible on any grey: drawn once into an image, then only laid down."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from viewer.qt import inks

MARGIN = 3.0
"""Room for the halo on every side, in logical pixels."""


def text_size(text: str, font: QFont) -> QSizeF:
    """Return the size of a haloed line of text in logical pixels, halo included."""
    metrics = QFontMetricsF(font)
    return QSizeF(metrics.horizontalAdvance(text) + 2 * MARGIN, metrics.height() + 2 * MARGIN)


def line_step(font: QFont) -> float:
    """Return the distance from one haloed line to the next in logical pixels."""
    return QFontMetricsF(font).height() + 2.0


def draw_text(painter: QPainter, at: QPointF, text: str, font: QFont, ink: QColor) -> None:
    """Draw one line of haloed text with its top left corner at ``at``, in logical pixels."""
    image = _image(text, font.toString(), ink.rgba(), painter.device().devicePixelRatioF())
    painter.drawImage(at, image)


@lru_cache(maxsize=256)
def _image(text: str, font_name: str, ink: int, ratio: float) -> QImage:
    font = QFont()
    font.fromString(font_name)
    size = text_size(text, font)
    image = QImage((size * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.addText(QPointF(MARGIN, MARGIN + QFontMetricsF(font).ascent()), font, text)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(
        path, QPen(inks.HALO, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.fillPath(path, QColor.fromRgba(ink))
    painter.end()
    return image
