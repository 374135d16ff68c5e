"""The colour bar of a heatmap: its absolute scale in numbers, the threshold, what it shows and how it was smoothed."""

from __future__ import annotations

import textwrap

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from model.findings.prediction import HeatMap
from model.findings.vocabulary import MAP_NAMES, term
from viewer.display.tint import ColourBar, colour_bar
from viewer.qt import inks
from viewer.qt.halo import draw_plate, draw_text, line_step, text_size

BAR_WIDTH = 12.0
TITLE_LETTERS = 22
BAR_ROOM = 72.0
"""Logical pixels at the right edge that bar and numbers take."""


def bar_rect(bounds: QRectF, above: float = 0.0, below: float = 0.0) -> QRectF:
    """Return where the bar stands: at the right edge, half as high as there is room, words above and below it."""
    height = max(0.0, min(bounds.height() * 0.46, bounds.height() - above - below))
    top = min(max(bounds.center().y() - height / 2, bounds.top() + above), bounds.bottom() - below - height)
    return QRectF(bounds.right() - BAR_WIDTH - 10, top, BAR_WIDTH, height)


def draw_colour_bar(painter: QPainter, bounds: QRectF, heat_map: HeatMap, opacity: float, font: QFont) -> None:
    """Draw the bar with round numbers, the threshold as a line across with its value, and the smoothing below."""
    title, notes = _wrapped(map_title(heat_map)), footnotes(heat_map, opacity)
    line = text_size("0", font).height()
    bar = bar_rect(bounds, line / 2 + line_step(font) * len(title), line_step(font) * len(notes) + 6)
    scale = colour_bar(heat_map, 1.0)
    _draw_colours(painter, bar, scale)
    cut = None if scale.threshold is None else bar.bottom() - min(max(scale.threshold, 0.0), 1.0) * bar.height()
    painter.setPen(QPen(inks.TEXT, 1.0))
    for tick in scale.ticks:
        y = bar.bottom() - tick.position * bar.height()
        painter.drawLine(QPointF(bar.left() - 4, y), QPointF(bar.left(), y))
        if cut is None or abs(y - cut) > line - 6:
            _draw_number(painter, QPointF(bar.left() - 4, y), tick.text, font, False)
    if cut is not None and heat_map.threshold is not None:
        painter.setPen(QPen(inks.FLAG, 2.0))
        painter.drawLine(QPointF(bar.left() - 6, cut), QPointF(bar.right() + 5, cut))
        _draw_number(painter, QPointF(bar.left() - 6, cut), f"{heat_map.threshold:.3g}", font, True)
    _draw_lines(painter, QPointF(bounds.right() - 6, bar.top() - line / 2 - line_step(font) * len(title)), title, font)
    _draw_lines(painter, QPointF(bounds.right() - 6, bar.bottom() + 6), notes, font)


def map_title(heat_map: HeatMap) -> str:
    """Return what a map shows: its kind, the finding it speaks for and how it was smoothed."""
    kind = QCoreApplication.translate("Vocabulary", MAP_NAMES[heat_map.kind])
    finding = ""
    if heat_map.finding:
        finding = ": " + QCoreApplication.translate("Vocabulary", term(heat_map.finding).name)
    return kind + finding


def _draw_lines(painter: QPainter, right_top: QPointF, lines: list[str], font: QFont) -> None:
    """Draw lines that end at the right on one plate, so that they can be read on a light film."""
    width = max((text_size(words, font).width() for words in lines), default=0.0)
    height = line_step(font) * (len(lines) - 1) + text_size("", font).height()
    draw_plate(painter, QRectF(right_top.x() - width, right_top.y(), width, height))
    for i, words in enumerate(lines):
        at = QPointF(right_top.x() - text_size(words, font).width(), right_top.y() + i * line_step(font))
        draw_text(painter, at, words, font, inks.QUIET)


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, TITLE_LETTERS)


def _draw_colours(painter: QPainter, bar: QRectF, scale: ColourBar) -> None:
    column = np.ascontiguousarray(scale.colours[::-1, None])
    image = QImage(column.data, 1, len(column), 4, QImage.Format.Format_RGBA8888)
    painter.fillRect(bar, inks.BAR_GROUND)
    painter.drawImage(bar, image)
    painter.setPen(QPen(inks.TEXT, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)


def footnotes(heat_map: HeatMap, opacity: float) -> list[str]:
    """Return what is written under the bar: the smoothing where it is known, and the opacity."""
    shade = QCoreApplication.translate("ColourBar", "opacity {percent} %").format(percent=f"{100 * opacity:.0f}")
    if heat_map.sigma is None:
        return [shade]
    sigma = QCoreApplication.translate("ColourBar", "σ {sigma} px").format(sigma=f"{heat_map.sigma:.3g}")
    return [sigma, shade]


def _draw_number(painter: QPainter, right: QPointF, words: str, font: QFont, threshold: bool) -> None:
    words = words.replace("-", "−")
    size = text_size(words, font)
    at = QPointF(right.x() - size.width(), right.y() - size.height() / 2)
    draw_text(painter, at, words, font, inks.FLAG if threshold else inks.TEXT)
