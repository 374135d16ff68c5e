"""The measuring hand: draws new shapes point by point, and takes hold of those that are there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPathStroker

from viewer.measure.shapes import POINTS, Kind, Measurement, Point
from viewer.qt.measure_items import outline, screen_points
from viewer.qt.overlay_items import Screen

REACH = 7.0
"""A handle or line is taken hold of within so many logical pixels."""
FREEHAND_STEP = 3.0
"""A freehand line takes up a point after so many logical pixels."""


@dataclass(frozen=True, slots=True)
class Grip:
    """What is held: a shape as it was at the press, and one of its points, or all of it (None)."""

    shape: Measurement
    index: int | None
    start: Point


class MeasureHand:
    """Turns presses, moves and releases into shapes. Positions are logical pixels; nothing is kept here but drafts."""

    def __init__(self) -> None:
        self.shapes: tuple[Measurement, ...] = ()
        self.chosen: str | None = None
        self._tool: Kind | None = None
        self._points: list[Point] = []
        self._hover: Point | None = None
        self._grip: Grip | None = None

    @property
    def tool(self) -> Kind | None:
        """What is drawn next; None when the hand only takes hold."""
        return self._tool

    def take(self, tool: Kind | None) -> None:
        """Take up a tool, or lay it down; an unfinished shape is forgotten."""
        self._tool = tool
        self.forget()

    def forget(self) -> bool:
        """Forget an unfinished shape or a hold; return whether there was one."""
        had = bool(self._points) or self._grip is not None
        self._points, self._hover, self._grip = [], None, None
        return had

    @property
    def draft(self) -> tuple[Kind, list[Point]] | None:
        """What is being drawn, up to the cursor; None when nothing is."""
        if self._tool is None or not self._points:
            return None
        loose = [self._hover] if self._hover is not None else []
        return self._tool, [*self._points, *loose]

    def press(self, at: QPointF, screen: Screen) -> bool:
        """Go on drawing, take hold, or begin to draw; return whether the press was ours."""
        if self._tool is not None and self._points:
            self._add(at, screen)
            return True
        self._grip = grip_at(self.shapes, screen, at)
        if self._grip is not None:
            self.chosen = self._grip.shape.id
            return True
        self.chosen = None
        if self._tool is None:
            return False
        self._add(at, screen)
        return True

    def move(self, at: QPointF, screen: Screen, pressed: bool) -> Measurement | None:
        """Follow the cursor; return the shape that is held as it lies now, None when none is."""
        here = film_point(at, screen)
        if self._grip is not None and pressed:
            return _carried(self._grip, here)
        if self._points:
            self._hover = here
            if self._tool == "freehand" and pressed:
                self._trail(at, screen)
        return None

    def release(self, at: QPointF, screen: Screen, moved: bool) -> Measurement | None:
        """End a hold or set a point; return a shape that is finished by it."""
        if self._grip is not None:
            self._grip = None
            return None
        if moved and self._points and self._tool != "freehand":
            self._add(at, screen)
        return self._finished()

    def _add(self, at: QPointF, screen: Screen) -> None:
        self._points.append(film_point(at, screen))
        self._hover = None

    def _trail(self, at: QPointF, screen: Screen) -> None:
        last = screen_points(self._points[-1:], screen)[0]
        if (at - last).manhattanLength() >= FREEHAND_STEP:
            self._add(at, screen)

    def _finished(self) -> Measurement | None:
        """Return the shape when it has its points; a freehand line with too few is forgotten."""
        if self._tool is None or not self._points:
            return None
        needed = POINTS[self._tool]
        points = tuple(self._points)
        if needed is None:
            self.forget()
            return self._made(points) if len(points) >= 3 else None
        if len(points) < needed:
            return None
        self.forget()
        return self._made(points[:needed])

    def _made(self, points: tuple[Point, ...]) -> Measurement | None:
        if self._tool is None or len(set(points)) < min(len(points), 2):
            return None
        made = Measurement(uuid4().hex, self._tool, points)
        self.chosen = made.id
        return made


def film_point(at: QPointF, screen: Screen) -> Point:
    """Return the film's (row, column) under a point, held to the film."""
    row, column = screen.view.to_film(at.x() * screen.ratio, at.y() * screen.ratio)
    return min(max(row, 0.0), float(screen.view.rows)), min(max(column, 0.0), float(screen.view.columns))


def grip_at(shapes: tuple[Measurement, ...], screen: Screen, at: QPointF) -> Grip | None:
    """Return what would be taken hold of at a point: a handle before a line, the latest shape before older ones."""
    start = film_point(at, screen)
    for shape in reversed(shapes):
        points = screen_points(shape.points, screen)
        near = [i for i, point in enumerate(points) if (point - at).manhattanLength() <= REACH]
        if near and shape.kind != "freehand":
            return Grip(shape, near[0], start)
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * REACH)
    for shape in reversed(shapes):
        line = outline(shape.kind, screen_points(shape.points, screen))
        if stroker.createStroke(line).contains(at):
            return Grip(shape, None, start)
    return None


def _carried(grip: Grip, here: Point) -> Measurement:
    rows, columns = here[0] - grip.start[0], here[1] - grip.start[1]
    if grip.index is None:
        return grip.shape.moved(rows, columns)
    row, column = grip.shape.points[grip.index]
    return grip.shape.reshaped(grip.index, (row + rows, column + columns))
