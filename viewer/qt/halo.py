"""Text with a dark halo, legible on any grey: drawn once into an image, then only laid down; quiet text on a plate."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from viewer.qt import inks

MARGIN = 3.0
"""Room for the halo on every side, in logical pixels."""
REACH = 1.5
"""How far the halo reaches beyond the letters, in logical pixels."""


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


def draw_plate(painter: QPainter, ground: QRectF) -> None:
    """Draw a dark plate for quiet text to stand on, which would drown on a light film, in logical pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.QUIET_PLATE)
    painter.drawRoundedRect(ground, MARGIN, MARGIN)
    painter.restore()


@lru_cache(maxsize=256)
def _image(text: str, font_name: str, ink: int, ratio: float) -> QImage:
    font = QFont()
    font.fromString(font_name)
    letters = QImage((text_size(text, font) * ratio).toSize(), QImage.Format.Format_Grayscale8)
    letters.setDevicePixelRatio(ratio)
    letters.fill(Qt.GlobalColor.black)
    _write(letters, text, font, QColor(Qt.GlobalColor.white))
    image = _halo(letters)
    _write(image, text, font, QColor.fromRgba(ink))
    return image


def _write(image: QImage, text: str, font: QFont, ink: QColor) -> None:
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QPointF(MARGIN, MARGIN + QFontMetricsF(font).ascent()), text)
    painter.end()


def _halo(letters: QImage) -> QImage:
    """Return the halo around white letters on black: what lies within ``REACH`` of a letter."""
    ratio = letters.devicePixelRatio()
    lines = np.frombuffer(letters.constBits(), np.uint8).reshape(letters.height(), letters.bytesPerLine())
    side = 2 * round(REACH * ratio) + 1
    near = cv2.dilate(lines[:, : letters.width()], cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    cover = QImage(near.data, letters.width(), letters.height(), letters.width(), QImage.Format.Format_Alpha8)
    cover.setDevicePixelRatio(ratio)
    image = QImage(letters.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(inks.HALO)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, cover)
    painter.end()
    return image
