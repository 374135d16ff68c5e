"""The film's picture for one view: only what is visible, at screen size, as a QImage to be laid down unscaled.

At rest a film smaller than life is area-averaged once per zoom and then only looked up in a grey table; while the
zoom moves, the nearest half, quarter or eighth copy stands in, which costs a few milliseconds at any size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from model.film.film import Film
from viewer.display.look import Aids, Look, Pose
from viewer.display.reduce import Reduced, Reductions
from viewer.display.view import View
from viewer.display.windowing import grey_bytes

CRISP_FROM = 3.0
"""From this zoom on film pixels are drawn as sharp squares; below they are smoothed."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A part of the screen: an image and the (x, y) of its top left corner in device pixels.

    ``pixels`` are the bytes that ``image`` borrows, kept alive here.
    """

    image: QImage
    pixels: Bytes
    x: int
    y: int

    def size(self, ratio: float) -> tuple[float, float]:
        """Return (width, height) in logical pixels."""
        return self.image.width() / ratio, self.image.height() / ratio


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open rectangle: of the screen in device pixels, or of an array."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def empty(self) -> bool:
        """Whether nothing lies inside."""
        return self.right <= self.left or self.bottom <= self.top


class PictureMaker:
    """Makes the picture of one film; keeps its reduced copies and the last patch."""

    def __init__(self, film: Film, reductions: Reductions | None = None) -> None:
        self._film = film
        self._reductions = reductions or Reductions(film)
        self._last: tuple[object, Patch | None] | None = None

    def beside(self) -> PictureMaker:
        """Return another maker for the same film that shares the reduced copies."""
        return PictureMaker(self._film, self._reductions)

    def patch(self, view: View, look: Look, sharp: bool = True) -> Patch | None:
        """Return the visible part of the film in this view, None when none of it is visible.

        Parameters
        ----------
        view
            Where the film lies; its pose is the one drawn.
        look
            Grey scale, inversion and aids.
        sharp
            False while the zoom is moving: a copy that is ready is scaled instead of averaging anew.
        """
        key = (view, look.grey, look.inverted, look.aids, sharp)
        if self._last is None or self._last[0] != key:
            self._last = (key, self._made(view, look, sharp))
        return self._last[1]

    def _made(self, view: View, look: Look, sharp: bool) -> Patch | None:
        screen = visible(view)
        if screen.empty:
            return None
        plain = view.zoom == 1.0 and view.aspect == 1.0
        if plain or (sharp and view.zoom < 1.0):
            pixels = self._placed(view, look, screen)
        else:
            pixels = self._scaled(view, look, screen)
        return Patch(grey_image(pixels), pixels, screen.left, screen.top)

    def _placed(self, view: View, look: Look, screen: Span) -> Bytes:
        """Cut the visible part out of the film averaged to this very zoom: no resampling."""
        rows, columns = (max(1, round(n * view.zoom)) for n in (view.rows * view.aspect, view.columns))
        native = (rows, columns) == (view.rows, view.columns)
        copy = self._reductions.at(1.0, look.aids) if native else self._reductions.sized(rows, columns, look.aids)
        left, top = view.corner()
        seen = Span(screen.left - left, screen.top - top, screen.right - left, screen.bottom - top)
        return laid(self._greys(copy, laid_back(seen, view.pose, copy.shape), look), view.pose)

    def _scaled(self, view: View, look: Look, screen: Span) -> Bytes:
        """Scale the visible part of the film, or of its nearest larger copy, onto the screen."""
        copy, halved = self._ready(view.zoom * min(1.0, view.aspect), look.aids)
        down, across = copy.shape[0] / view.rows, copy.shape[1] / view.columns
        to_screen = view.matrix() @ np.diag([1 / across, 1 / down, 1.0])
        part = covering(to_screen, screen, copy.shape)
        greys = self._greys(copy, part, look)
        lay = to_screen @ shift(part.left + 0.5, part.top + 0.5)
        lay = shift(-screen.left - 0.5, -screen.top - 0.5) @ lay
        crisp = not halved and view.zoom >= CRISP_FROM
        return np.asarray(
            cv2.warpAffine(
                greys,
                lay[:2],
                (screen.right - screen.left, screen.bottom - screen.top),
                flags=cv2.INTER_NEAREST if crisp else cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            dtype=np.uint8,
        )

    def _ready(self, zoom: float, aids: Aids) -> tuple[Reduced, int]:
        """Return the smallest of the film, its half, quarter … copy that is not smaller than ``zoom``."""
        halvings = math.floor(-math.log2(zoom)) if zoom < 1 else 0
        if halvings < 1:
            return self._reductions.at(1.0, aids), 0
        rows, columns = self._film.rows >> halvings, self._film.columns >> halvings
        return self._reductions.sized(max(1, rows), max(1, columns), aids), halvings

    def _greys(self, copy: Reduced, part: Span, look: Look) -> Bytes:
        rows, columns = slice(part.top, part.bottom), slice(part.left, part.right)
        padding = None if copy.padding is None else copy.padding[rows, columns]
        return grey_bytes(copy.values[rows, columns], self._film, look, padding)


def visible(view: View) -> Span:
    """Return the part of the screen that the film covers, in whole device pixels; empty when there is none."""
    left, top = view.corner()
    height, width = view.seen_shape
    right, bottom = left + max(1, round(width * view.zoom)), top + max(1, round(height * view.zoom))
    return Span(max(left, 0), max(top, 0), min(right, view.width), min(bottom, view.height))


def seen_part(view: View) -> Span:
    """Return which part of the film's array can be seen, with a margin of two pixels."""
    screen = visible(view)
    return screen if screen.empty else covering(view.matrix(), screen, (view.rows, view.columns))


def laid(array: NDArray[Any], pose: Pose) -> NDArray[Any]:
    """Return a contiguous copy of an array, shape (rows, columns, ...), laid in this pose."""
    mirrored = cv2.flip(array, 1) if pose.mirrored else array
    turns = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)[pose.quarter_turns]
    return np.ascontiguousarray(mirrored if turns is None else cv2.rotate(mirrored, turns))


def laid_back(part: Span, pose: Pose, shape: tuple[int, int]) -> Span:
    """Return which part of an array of ``shape`` (rows, columns) is seen as ``part`` in this pose."""
    rows, columns = shape
    boxes = {
        0: part,
        1: Span(part.top, rows - part.right, part.bottom, rows - part.left),
        2: Span(columns - part.right, rows - part.bottom, columns - part.left, rows - part.top),
        3: Span(columns - part.bottom, part.left, columns - part.top, part.right),
    }
    back = boxes[pose.quarter_turns]
    return Span(columns - back.right, back.top, columns - back.left, back.bottom) if pose.mirrored else back


def grey_image(pixels: Bytes) -> QImage:
    """Return a QImage that borrows these contiguous grey bytes, shape (rows, columns)."""
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, columns, QImage.Format.Format_Grayscale8)


def covering(to_screen: NDArray[np.float64], screen: Span, shape: tuple[int, int]) -> Span:
    """Return the part of an array that a screen span shows, with a margin for smoothing."""
    corners = np.linalg.solve(
        to_screen, np.array([[screen.left, screen.right], [screen.top, screen.bottom], [1.0, 1.0]])
    )
    left, top = (math.floor(v) - 2 for v in corners[:2].min(axis=1))
    right, bottom = (math.ceil(v) + 2 for v in corners[:2].max(axis=1))
    return Span(max(left, 0), max(top, 0), min(right, shape[1]), min(bottom, shape[0]))


def shift(x: float, y: float) -> NDArray[np.float64]:
    """Return the 3 × 3 matrix that moves by (x, y)."""
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])
