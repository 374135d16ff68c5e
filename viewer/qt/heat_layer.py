"""The heatmap over the film: coloured once per map, then only placed on the screen."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from model.film.film import Film
from model.findings.prediction import HeatMap
from viewer.display.tint import tint
from viewer.display.view import View
from viewer.qt.picture import Patch, covering, laid, visible

LONG_SIDE = 640
"""Pixels along the longer side of the coloured map: finer than the network's cells, cheap to place."""


class HeatLayer:
    """Holds one coloured map and its last place on the screen; its opacity is the painter's business."""

    def __init__(self) -> None:
        self._heat_map: HeatMap | None = None
        self._coloured: NDArray[np.uint8] | None = None
        self._last: tuple[View, Patch | None] | None = None

    def take(self, heat_map: HeatMap | None, film: Film) -> None:
        """Colour another map of this film; the same one again costs nothing."""
        if heat_map is self._heat_map:
            return
        self._heat_map, self._last = heat_map, None
        self._coloured = None if heat_map is None else _coloured(heat_map, film)

    def patch(self, view: View) -> Patch | None:
        """Return the visible part at full opacity, None when there is no map or none of it is visible."""
        if self._last is None or self._last[0] != view:
            self._last = (view, None if self._coloured is None else _placed(self._coloured, view))
        return self._last[1]


def _coloured(heat_map: HeatMap, film: Film) -> NDArray[np.uint8]:
    """Return the map over the whole film as premultiplied BGRA, shape (rows, columns, 4)."""
    scale = min(1.0, LONG_SIDE / max(film.rows, film.columns))
    shape = (max(1, round(film.rows * scale)), max(1, round(film.columns * scale)))
    straight = tint(heat_map, film, shape, 1.0)
    colours = cv2.multiply(straight[..., 2::-1], cv2.merge([straight[..., 3]] * 3), scale=1 / 255)
    return np.dstack([colours, straight[..., 3]])


def _placed(coloured: NDArray[np.uint8], view: View) -> Patch | None:
    """Enlarge the visible part to the screen, its edges put on whole device pixels: cells are far larger than those."""
    screen = visible(view)
    if screen.empty:
        return None
    rows, columns = coloured.shape[:2]
    to_screen = view.matrix() @ np.diag([view.columns / columns, view.rows / rows, 1.0])
    part = covering(to_screen, screen, (rows, columns))
    ends = to_screen @ np.array([[part.left, part.right], [part.top, part.bottom], [1.0, 1.0]])
    (left, top), (right, bottom) = np.rint(ends[:2].min(axis=1)), np.rint(ends[:2].max(axis=1))
    width, height = max(1, int(right - left)), max(1, int(bottom - top))
    seen = laid(coloured[part.top : part.bottom, part.left : part.right], view.pose)
    pixels = np.asarray(cv2.resize(seen, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return Patch(image, pixels, int(left), int(top))
