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
from viewer.qt.picture import Patch, shift, visible

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
    screen = visible(view)
    if screen.empty:
        return None
    rows, columns = coloured.shape[:2]
    lay = view.matrix() @ np.diag([view.columns / columns, view.rows / rows, 1.0])
    lay = shift(-screen.left - 0.5, -screen.top - 0.5) @ lay @ shift(0.5, 0.5)
    width, height = screen.right - screen.left, screen.bottom - screen.top
    pixels = cv2.warpAffine(coloured, lay[:2], (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return Patch(image, np.asarray(pixels, dtype=np.uint8), screen.left, screen.top)
