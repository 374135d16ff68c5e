"""The magnifier: a round lens under the cursor with its own enlargement and, if wished, its own window."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from model.film.film import Film
from model.film.grey import span_window
from viewer.display.look import Look
from viewer.display.view import MAX_ZOOM, View
from viewer.qt import inks
from viewer.qt.halo import draw_text, text_size
from viewer.qt.picture import PictureMaker, seen_part

TAILS = (1.0, 99.0)
"""Percentiles of the values under the lens that become black and white in its own window."""
SAMPLES = 200
"""At most so many rows and columns are looked at for the lens's own window."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A magnifier: how often it enlarges what the canvas shows, its diameter in logical pixels, its grey scale."""

    factor: float = 2.5
    diameter: float = 280.0
    own_window: bool = True


def lens_view(view: View, lens: Lens, at: QPointF, ratio: float) -> View:
    """Return the view inside the lens: the film point under ``at`` (logical pixels) in its middle."""
    side = round(lens.diameter * ratio)
    zoom = min(view.zoom * lens.factor, MAX_ZOOM)
    return replace(view, width=side, height=side, zoom=zoom, centre=view.to_film(at.x() * ratio, at.y() * ratio))


def lens_look(film: Film, view: View, look: Look) -> Look:
    """Return the look inside a lens with its own window: all of the grey scale for what lies under it."""
    part = seen_part(view)
    if part.empty:
        return look
    step = max(1, (part.bottom - part.top) // SAMPLES), max(1, (part.right - part.left) // SAMPLES)
    rows, columns = slice(part.top, part.bottom, step[0]), slice(part.left, part.right, step[1])
    values = film.pixels[rows, columns]
    if film.padding is not None:
        values = values[~film.padding[rows, columns]]
    if values.size == 0:
        return look
    low, high = np.percentile(values.astype(np.float64), TAILS)
    return replace(look, grey=span_window(float(low), float(high), ""))


@dataclass(slots=True)
class Magnifier:
    """A lens over one film; keeps its own picture, apart from the canvas's."""

    film: Film
    maker: PictureMaker

    def draw(  # noqa: PLR0913 - the lens and the moment it is held over
        self, painter: QPainter, lens: Lens, at: QPointF, view: View, look: Look, *, ratio: float, font: QFont
    ) -> None:
        """Draw the lens with its middle at ``at``, in logical pixels."""
        inside = lens_view(view, lens, at, ratio)
        shown = lens_look(self.film, inside, look) if lens.own_window else look
        room = QRectF(at.x() - lens.diameter / 2, at.y() - lens.diameter / 2, lens.diameter, lens.diameter)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        glass = QPainterPath()
        glass.addEllipse(room)
        painter.setClipPath(glass)
        painter.fillRect(room, inks.BOX)
        patch = self.maker.patch(inside, shown, sharp=False)
        if patch is not None:
            target = QRectF(room.left() + patch.x / ratio, room.top() + patch.y / ratio, *patch.size(ratio))
            painter.drawImage(target, patch.image)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(inks.HALO, 5.0), QPen(inks.TEXT, 1.6)):
            painter.setPen(pen)
            painter.drawEllipse(room)
        painter.restore()
        _draw_words(painter, room, _words(lens, inside), font)


def _words(lens: Lens, inside: View) -> str:
    percent = QCoreApplication.translate("Magnifier", "{percent} %").format(percent=f"{100 * inside.zoom:.0f}")
    if not lens.own_window:
        return percent
    return percent + "  " + QCoreApplication.translate("Magnifier", "own window")


def _draw_words(painter: QPainter, room: QRectF, words: str, font: QFont) -> None:
    size = text_size(words, font)
    draw_text(
        painter, QPointF(room.center().x() - size.width() / 2, room.bottom() - size.height()), words, font, inks.FLAG
    )
