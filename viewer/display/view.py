"""The view: where a film lies on the screen, as one affine map and its inverse."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from viewer.display.look import Pose
from viewer.display.pose import pose_matrix, posed_shape

MAX_ZOOM = 64.0
SMALLEST_SIDE = 48.0
"""No film is ever shown smaller than this many screen pixels along its longer side."""
BEYOND = 2
"""Pixels by which a coarser view reaches beyond the screen, so that no rounding uncovers an edge."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader looks, in words that hold for another film or screen too.

    ``row`` and ``column`` are the middle of the screen as shares of the film's height and width; ``enlargement``
    is the zoom over the one that fits.
    """

    row: float
    column: float
    enlargement: float


@dataclass(frozen=True, slots=True)
class View:
    """A film of ``rows`` × ``columns`` on a screen of ``width`` × ``height`` device pixels.

    ``zoom`` is device pixels per film pixel across; down it is ``zoom * aspect``, where ``aspect`` is the height
    of a film pixel over its width. ``centre`` is the (row, column) edge coordinate in the middle of the screen.
    Screen coordinates are (x, y) device pixels from the screen's top left corner. The film's corner always falls
    on a whole device pixel, so that a picture at 100 % needs no resampling.
    """

    rows: int
    columns: int
    width: int
    height: int
    zoom: float
    centre: tuple[float, float]
    pose: Pose = field(default_factory=Pose)
    aspect: float = 1.0

    @classmethod
    def fitted(  # noqa: PLR0913 - the film, the screen and how they meet
        cls, rows: int, columns: int, width: int, height: int, *, pose: Pose, aspect: float = 1.0
    ) -> View:
        """Return the view that shows the whole film as large as the screen allows."""
        view = cls(rows, columns, max(1, width), max(1, height), 1.0, (rows / 2, columns / 2), pose, aspect)
        return replace(view, zoom=view.fit_zoom)

    @property
    def seen_shape(self) -> tuple[float, float]:
        """Return (height, width) of the film as it lies, in film pixels across."""
        return posed_shape(self.rows * self.aspect, self.columns, self.pose)

    @property
    def fit_zoom(self) -> float:
        """Return the zoom at which the whole film just fits."""
        height, width = self.seen_shape
        return min(self.height / height, self.width / width, MAX_ZOOM)

    @property
    def least_zoom(self) -> float:
        """Return the smallest zoom that is allowed."""
        return min(self.fit_zoom, 1.0, SMALLEST_SIDE / max(self.seen_shape))

    def exact_matrix(self) -> NDArray[np.float64]:
        """Return the 3 × 3 map from film (x, y, 1) to screen (x, y, 1) before the corner is put on a whole pixel."""
        stretch = np.diag([1.0, self.aspect, 1.0])
        lay = pose_matrix(self.pose, self.rows * self.aspect, self.columns) @ stretch
        matrix = np.diag([self.zoom, self.zoom, 1.0]) @ lay
        middle = matrix @ np.array([self.centre[1], self.centre[0], 1.0])
        matrix[0, 2] += self.width / 2 - middle[0]
        matrix[1, 2] += self.height / 2 - middle[1]
        return matrix

    def corner(self) -> tuple[int, int]:
        """Return the (x, y) of the laid film's top left corner: whole device pixels."""
        x, y = self._corner_exact(self.exact_matrix())
        return round(x), round(y)

    def matrix(self) -> NDArray[np.float64]:
        """Return the 3 × 3 map from film (x, y, 1) to screen (x, y, 1) as it is drawn; edge coordinates."""
        matrix = self.exact_matrix()
        x, y = self._corner_exact(matrix)
        matrix[0, 2] += round(x) - x
        matrix[1, 2] += round(y) - y
        return matrix

    def to_screen(self, row: float, column: float) -> tuple[float, float]:
        """Map a film edge coordinate to screen (x, y)."""
        x, y, _ = self.matrix() @ (column, row, 1.0)
        return float(x), float(y)

    def to_film(self, x: float, y: float) -> tuple[float, float]:
        """Map a screen point to the film's (row, column) edge coordinate; it may lie outside the film."""
        return _unmapped(self.matrix(), x, y)

    def zoomed_to(self, zoom: float, x: float, y: float, held: tuple[float, float] | None = None) -> View:
        """Return the view at this zoom, kept within what is allowed, with a film point put under screen (x, y).

        ``held`` is that point's (row, column); None takes the one that is seen there now. Passing the same point
        through many small zooms keeps it from drifting.
        """
        row, column = self.to_film(x, y) if held is None else held
        grown = replace(self, zoom=min(max(zoom, self.least_zoom), MAX_ZOOM))
        x_now, y_now, _ = grown.exact_matrix() @ (column, row, 1.0)
        return grown.panned(x - float(x_now), y - float(y_now))

    def panned(self, dx: float, dy: float) -> View:
        """Return the view with the film moved by (dx, dy) device pixels; its middle never leaves the film."""
        row, column = _unmapped(self.exact_matrix(), self.width / 2 - dx, self.height / 2 - dy)
        return replace(self, centre=(min(max(row, 0.0), self.rows), min(max(column, 0.0), self.columns)))

    @property
    def place(self) -> Place:
        """Return where this view looks."""
        return Place(self.centre[0] / self.rows, self.centre[1] / self.columns, self.zoom / self.fit_zoom)

    def placed(self, place: Place) -> View:
        """Return the view that looks at the same place of this film on this screen."""
        zoom = min(max(place.enlargement * self.fit_zoom, self.least_zoom), MAX_ZOOM)
        return replace(self, zoom=zoom, centre=(place.row * self.rows, place.column * self.columns))

    def resized(self, width: int, height: int) -> View:
        """Return the view on a screen of another size, the same film point in its middle."""
        return replace(self, width=max(1, width), height=max(1, height))

    def laid(self, pose: Pose) -> View:
        """Return the view of the film in another pose, the same film point in the middle."""
        return replace(self, pose=pose)

    def centred(self, row: float, column: float, height: float, width: float, share: float = 0.5) -> View:
        """Return the view with this film rectangle in its middle, filling at most ``share`` of the screen."""
        tall, wide = posed_shape(height * self.aspect, width, self.pose)
        zoom = min(share * self.width / max(wide, 1.0), share * self.height / max(tall, 1.0))
        zoom = min(max(zoom, self.least_zoom), MAX_ZOOM)
        return replace(self, zoom=zoom, centre=(row + height / 2, column + width / 2))

    def coarser(self, step: int) -> View:
        """Return the view with ``step`` × ``step`` device pixels in one, reaching beyond every edge of the screen."""
        width, height = (math.ceil(side / step) + 2 * BEYOND for side in (self.width, self.height))
        return replace(self, width=width, height=height, zoom=self.zoom / step)

    def _corner_exact(self, matrix: NDArray[np.float64]) -> tuple[float, float]:
        corners = matrix @ np.array([[0.0, self.columns], [0.0, self.rows], [1.0, 1.0]])
        return float(corners[0].min()), float(corners[1].min())


def _unmapped(matrix: NDArray[np.float64], x: float, y: float) -> tuple[float, float]:
    column, row = np.linalg.solve(matrix[:2, :2], (x - matrix[0, 2], y - matrix[1, 2]))
    return float(row), float(column)
