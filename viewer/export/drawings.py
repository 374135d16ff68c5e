"""What the reader drew, on exported pictures: the same lines and words as on the screen; no Qt."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from viewer.display.render import Picture
from viewer.export.caption import font, text_size
from viewer.measure.shapes import Measurement

DRAWING_COLOUR = (141, 240, 180)
HALO = (0, 0, 0)
FINE = 4
"""Binary digits of a fraction of a pixel that lines are drawn to."""
TURN = np.linspace(0, 2 * np.pi, 180, endpoint=False)
HEAD = 3.0
"""Length of an arrow's head in text heights, times a quarter."""
Points = NDArray[np.float64]
Drawing = tuple[Measurement, tuple[str, ...]]
"""A shape and its result in words, line by line."""


def draw_drawings(canvas: NDArray[np.uint8], picture: Picture, drawings: Sequence[Drawing]) -> NDArray[np.uint8]:
    """Return an RGB canvas, shape (rows, columns, 3), with drawings on it, lines first, words on top."""
    size = text_size(*canvas.shape[:2])
    for shape, _ in drawings:
        for line, closed in lines(shape, picture, size):
            _draw_line(canvas, line, closed, size)
    image = Image.fromarray(canvas)
    for shape, words in drawings:
        _write(image, picture.from_film(np.array(shape.points)), words, size)
    return np.array(image)


def lines(shape: Measurement, picture: Picture, size: int) -> list[tuple[Points, bool]]:
    """Return the lines of a shape as (row, column) points of the picture, and whether each is closed."""
    points = np.array(shape.points)
    if shape.kind in ("rectangle", "box", "ellipse"):
        return [(picture.from_film(_around(shape.kind == "ellipse", points)), True)]
    placed = picture.from_film(points)
    if shape.kind == "freehand":
        return [(placed, True)]
    if shape.kind in ("cobb", "cardiothoracic"):
        return [(placed[:2], False), (placed[2:], False)]
    if shape.kind == "arrow":
        return [(placed, False), (_head(placed, HEAD * size / 4), False)]
    return [] if shape.kind == "text" else [(placed, False)]


def _around(ellipse: bool, corners: Points) -> Points:
    """Return the line around the box between two corners, or around the ellipse in it."""
    middle, half = corners.mean(axis=0), np.abs(corners[1] - corners[0]) / 2
    if ellipse:
        return np.asarray(middle + half * np.stack([np.sin(TURN), np.cos(TURN)], axis=1))
    return np.asarray(middle + half * np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, -1.0]]))


def _head(arrow: Points, length: float) -> Points:
    """Return the two strokes of an arrow's head, through its tip."""
    along = arrow[0] - arrow[1]
    unit = along * (length / max(float(np.hypot(*along)), 1e-6))
    aside = np.array([-unit[1], unit[0]]) / 2
    return np.array([arrow[1] + unit + aside, arrow[1], arrow[1] + unit - aside])


def _draw_line(canvas: NDArray[np.uint8], points: Points, closed: bool, size: int) -> None:
    places = np.rint((points[:, ::-1] - 0.5) * 2**FINE).astype(np.int32)
    width = max(2, size // 8)
    for ink, thickness in ((HALO, width + 2), (DRAWING_COLOUR, width)):
        cv2.polylines(canvas, [places], closed, ink, thickness, cv2.LINE_AA, FINE)


def _write(image: Image.Image, points: Points, words: Sequence[str], size: int) -> None:
    """Write words beside the lowest point, inside the picture."""
    if not words:
        return
    typeface, step = font(size), round(1.3 * size)
    lowest = points[np.argmax(points[:, 0])]
    width = max(typeface.getlength(line) for line in words)
    left = min(max(float(lowest[1]) + size / 2, 0.0), max(image.width - width, 0.0))
    top = min(max(float(lowest[0]) + size / 3, 0.0), max(image.height - step * len(words), 0.0))
    pen = ImageDraw.Draw(image)
    for i, line in enumerate(words):
        pen.text(
            (left, top + i * step), line, fill=DRAWING_COLOUR, font=typeface, stroke_width=size // 8, stroke_fill=HALO
        )
