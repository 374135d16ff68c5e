"""The network's marks on the film: boxes with their labels and the outline of the lungs, drawn in film coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QTransform

from model.findings.prediction import Box, Prediction
from viewer.display.contours import outlines
from viewer.display.view import View
from viewer.qt import inks
from viewer.qt.halo import draw_text, text_size
from viewer.qt.words import finding_name
from viewer.session.verdicts import SIGNS, Judgement

GAP = 2.0
"""Logical pixels between a box and its label, and between labels."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How device pixels of the view become logical pixels of the widget."""

    view: View
    ratio: float

    def film_transform(self) -> QTransform:
        """Return the transform from film (x, y) in edge coordinates to logical pixels."""
        (a, b, c), (d, e, f), _ = self.view.matrix() / self.ratio
        return QTransform(a, d, b, e, c, f)

    @property
    def bounds(self) -> QRectF:
        """Return the whole widget in logical pixels."""
        return QRectF(0, 0, self.view.width / self.ratio, self.view.height / self.ratio)


def box_label(box: Box, judgement: Judgement | None = None) -> str:
    """Return what is written on a box: finding and score to three decimals, and the reader's word on it."""
    words = f"{finding_name(box.finding)}  {box.score:.3f}"
    return f"{SIGNS[judgement]} {words}" if judgement is not None else words


def box_rects(boxes: Iterable[Box], screen: Screen) -> list[QRectF]:
    """Return where boxes lie on the widget in logical pixels."""
    lay = screen.film_transform()
    return [lay.mapRect(QRectF(box.column, box.row, box.width, box.height)) for box in boxes]


def box_at(boxes: Sequence[Box], screen: Screen, at: QPointF) -> int | None:
    """Return the index of the smallest box under a point, None when there is none."""
    rects = box_rects(boxes, screen)
    hit = [i for i, rect in enumerate(rects) if rect.adjusted(-3, -3, 3, 3).contains(at)]
    return min(hit, key=lambda i: rects[i].width() * rects[i].height(), default=None)


def draw_boxes(  # noqa: PLR0913, PLR0917 - the boxes and all that is known of them
    painter: QPainter,
    boxes: Sequence[Box],
    chosen: int | None,
    screen: Screen,
    font: QFont,
    judged: Sequence[Judgement | None] = (),
) -> None:
    """Draw boxes and their labels; lines and letters keep their size on the screen at every zoom.

    ``judged`` is the reader's word on each; boxes that were rejected or corrected are faint.
    """
    words = judged if len(judged) == len(boxes) else (None,) * len(boxes)
    rects = box_rects(boxes, screen)
    order = sorted(range(len(boxes)), key=lambda i: (i == chosen, boxes[i].score))
    for i in order:
        _draw_frame(painter, rects[i], _box_ink(boxes[i], words[i]), i == chosen)
    labels = [box_label(box, word) for box, word in zip(boxes, words, strict=True)]
    sizes = [text_size(text, font) for text in labels]
    seen = [i for i in reversed(order) if rects[i].intersects(screen.bounds)]
    places = place_labels([rects[i] for i in seen], [sizes[i] for i in seen], screen.bounds)
    for i, place in zip(seen, places, strict=True):
        ink = inks.CHOSEN if i == chosen else _box_ink(boxes[i], words[i])
        painter.fillRect(place.toAlignedRect(), inks.PLATE)
        draw_text(painter, place.topLeft(), labels[i], font, ink)


def _box_ink(box: Box, judgement: Judgement | None) -> QColor:
    return inks.FAINT if judgement in ("rejected", "corrected") else inks.finding_ink(box.finding)


def place_labels(rects: Sequence[QRectF], sizes: Sequence[QSizeF], bounds: QRectF) -> list[QRectF]:
    """Return a place for each label: beside its box, inside ``bounds``, and free of earlier labels where possible."""
    placed: list[QRectF] = []
    for rect, size in zip(rects, sizes, strict=True):
        choices = [_inside(QRectF(at, size), bounds) for at in _beside(rect, size.width(), size.height())]
        free = (c for c in choices if not any(c.intersects(p) for p in placed))
        placed.append(next(free, min(choices, key=lambda c: _overlap(c, placed))))
    return placed


def _beside(rect: QRectF, width: float, height: float) -> list[QPointF]:
    above, below = rect.top() - height - GAP, rect.bottom() + GAP
    left, right = rect.left(), rect.right() - width
    return [
        QPointF(left, above),
        QPointF(left, below),
        QPointF(right, above),
        QPointF(right, below),
        QPointF(left + GAP, rect.top() + GAP),
        QPointF(left + GAP, rect.bottom() - height - GAP),
        QPointF(rect.right() + GAP, rect.top()),
        QPointF(rect.left() - width - GAP, rect.top()),
        QPointF(left, above - height),
        QPointF(left, below + height),
    ]


def _inside(place: QRectF, bounds: QRectF) -> QRectF:
    x = max(bounds.left(), min(place.left(), bounds.right() - place.width()))
    y = max(bounds.top(), min(place.top(), bounds.bottom() - place.height()))
    return QRectF(x, y, place.width(), place.height())


def _overlap(place: QRectF, others: Iterable[QRectF]) -> float:
    shared = (place.intersected(other) for other in others)
    return sum(s.width() * s.height() for s in shared)


def _draw_frame(painter: QPainter, rect: QRectF, ink: QColor, chosen: bool) -> None:
    """Draw a frame on a dark one; four filled bars each are sharper and quicker than a stroked rectangle."""
    inner = rect.toAlignedRect()
    width = 3 if chosen else 2
    for colour, out in ((inks.HALO, width), (inks.CHOSEN if chosen else ink, width - 1)):
        outer = inner.adjusted(-out, -out, out, out)
        thick = out + 1
        for bar in (
            QRect(outer.left(), outer.top(), outer.width(), thick),
            QRect(outer.left(), outer.bottom() + 1 - thick, outer.width(), thick),
            QRect(outer.left(), outer.top() + thick, thick, outer.height() - 2 * thick),
            QRect(outer.right() + 1 - thick, outer.top() + thick, thick, outer.height() - 2 * thick),
        ):
            painter.fillRect(bar, colour)


def outline_path(contours: Iterable[NDArray[np.floating]]) -> QPainterPath:
    """Return closed outlines as one path in film (x, y); each contour holds (row, column) edge points."""
    path = QPainterPath()
    for contour in contours:
        row, column = contour[0]
        path.moveTo(float(column), float(row))
        for row, column in contour[1:]:
            path.lineTo(float(column), float(row))
        path.closeSubpath()
    return path


def draw_outline(painter: QPainter, path: QPainterPath, screen: Screen, *, moving: bool) -> None:
    """Draw an outline given in film coordinates with a line of constant width on the screen.

    While the film is moving a hairline stands in: it costs a thirtieth.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    mapped = screen.film_transform().map(path)
    hairline = QPen(inks.LUNGS, 1.0)
    hairline.setCosmetic(True)
    strokes = (hairline,) if moving else (QPen(inks.HALO, 3.4), QPen(inks.LUNGS, 1.5))
    for pen in strokes:
        painter.strokePath(mapped, pen)
    painter.restore()


def lungs_path(prediction: Prediction) -> QPainterPath | None:
    """Return the outline of the lungs in film coordinates, None when the model gives no lungs."""
    lungs = prediction.map_of("lungs")
    return None if lungs is None else outline_path(outlines(lungs))
