"""What lies under the marks: light box, film and heatmap, on the screen's pixels or, while much moves, on fewer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter, QRegion

from viewer.display.view import View
from viewer.qt import inks
from viewer.qt.picture import Patch, Span, visible

MOVING_PIXELS = 2_500_000
"""More device pixels than this are not made anew for every frame while the film moves."""


def step_of(view: View) -> int:
    """Return how many device pixels across and down share one of the picture while the film moves."""
    return math.ceil(math.sqrt(view.width * view.height / MOVING_PIXELS))


def nudge(painter: QPainter) -> QPointF:
    """Return how far, in device pixels, the canvas's corner lies from the nearest whole device pixel."""
    origin = painter.deviceTransform()
    return QPointF(round(origin.dx()) - origin.dx(), round(origin.dy()) - origin.dy())


@contextmanager
def device_pixels(painter: QPainter, ratio: float) -> Iterator[None]:
    """Let a painter of logical pixels draw on whole device pixels, counted from the canvas's corner."""
    painter.save()
    offset = nudge(painter)
    painter.setWorldTransform(painter.worldTransform().scale(1 / ratio, 1 / ratio).translate(offset.x(), offset.y()))
    yield
    painter.restore()


def lay(painter: QPainter, patch: Patch | None, opacity: float = 1.0) -> None:
    """Lay a patch down unscaled; the painter works in device pixels."""
    if patch is not None:
        painter.setOpacity(opacity)
        painter.drawImage(patch.x, patch.y, patch.image)
        painter.setOpacity(1.0)


def draw_box(painter: QPainter, view: View) -> None:
    """Fill what the film leaves free of the light box; the painter works in device pixels."""
    film = visible(view)
    painter.save()
    painter.setClipRegion(QRegion(-1, -1, view.width + 2, view.height + 2).subtracted(_region(film)))
    painter.fillRect(-1, -1, view.width + 2, view.height + 2, inks.BOX)
    painter.restore()


def _region(span: Span) -> QRegion:
    return QRegion(span.left, span.top, span.right - span.left, span.bottom - span.top)


def draw_enlarged(painter: QPainter, view: View, coarse: View, layers: Iterable[tuple[Patch | None, float]]) -> None:
    """Put patches and their opacities, made for a coarser view, together and enlarge them onto the canvas in one go.

    The painter works in device pixels; the film's corner comes to lie where ``view`` puts it.
    """
    image = QImage(coarse.width, coarse.height, QImage.Format.Format_RGB32)
    image.fill(inks.BOX)
    small = QPainter(image)
    for patch, opacity in layers:
        lay(small, patch, opacity)
    small.end()
    step = round(view.zoom / coarse.zoom)
    (x, y), (coarse_x, coarse_y) = view.corner(), coarse.corner()
    place = QRect(x - step * coarse_x, y - step * coarse_y, step * image.width(), step * image.height())
    painter.drawImage(place, image)
