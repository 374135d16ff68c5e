"""The course on paper: opacity extent and score of a patient's films over one axis of time; a click hangs a film."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from viewer.qt.language import say
from viewer.qt.panels.parts import Card, label
from viewer.qt.theme import theme
from viewer.qt.words import translate
from viewer.session.course import Point
from viewer.session.numbers import extent_text, probability_text

RADIUS = 4.0
ROOM = RADIUS + 3.0
"""What a ringed point takes around its middle."""
REACH = 10.0
"""A point is taken hold of within so many logical pixels."""
STRIP = 64.0
"""Height of one strip in logical pixels."""
STEPS = (0.05, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Where the axis of the extent may end."""


class CoursePlot(QWidget):
    """Two strips over one axis of time: opacity extent above, score with its threshold below.

    Signals
    -------
    film_chosen
        The sheet id of the point that was clicked.
    """

    film_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[Point, ...] = ()
        self._current: int | None = None
        self._anonymous = False
        self._line = QFontMetricsF(self.font()).height()
        self.setFixedHeight(round(2 * STRIP + 3 * self._line + 4 * ROOM))
        self.setMouseTracking(True)
        say(self, name=lambda: self.tr("Opacity and score over time"))

    def show_points(self, points: Sequence[Point], current: int | None, anonymous: bool) -> None:
        """Show these films, this one ringed, with dates or with days since the first where dates are hidden."""
        self._points, self._current, self._anonymous = tuple(points), current, anonymous
        self.setAccessibleDescription("; ".join(self.words(point) for point in points))
        self.update()

    def words(self, point: Point) -> str:
        """Return all that is shown of one film as a line."""
        parts = [self._when(point), point.view]
        if point.extent is not None:
            parts.append(translate("Course", "extent {extent}").format(extent=extent_text(point.extent)))
        parts.append(translate("Course", "score {score}").format(score=probability_text(point.finding.probability)))
        return " · ".join(part for part in parts if part)

    def _when(self, point: Point) -> str:
        if not self._anonymous:
            return point.day.isoformat()
        return translate("Course", "day {n}").format(n=(point.day - self._points[0].day).days)

    # Where things lie

    @property
    def most(self) -> float:
        """Where the axis of the extent ends."""
        highest = max((point.extent or 0.0 for point in self._points), default=0.0)
        return next(step for step in STEPS if highest <= step or step == STEPS[-1])

    def _strips(self) -> tuple[QRectF, QRectF]:
        upper = QRectF(ROOM, self._line + ROOM, self.width() - 2 * ROOM, STRIP)
        return upper, upper.translated(0, STRIP + self._line + 2 * ROOM)

    def _x(self, point: Point, strip: QRectF) -> float:
        first, last = self._points[0].day, self._points[-1].day
        span = (last - first).days
        return strip.left() + strip.width() * ((point.day - first).days / span if span else 0.5)

    def at(self, point: Point) -> tuple[QPointF | None, QPointF]:
        """Return where a film's extent and score are drawn; no place for an extent that is not known."""
        upper, lower = self._strips()
        score = QPointF(self._x(point, lower), lower.bottom() - lower.height() * point.finding.probability)
        if point.extent is None:
            return None, score
        return QPointF(self._x(point, upper), upper.bottom() - upper.height() * point.extent / self.most), score

    def _under(self, place: QPointF) -> Point | None:
        near = [
            (math.hypot((spot - place).x(), (spot - place).y()), number, point)
            for number, point in enumerate(self._points)
            for spot in self.at(point)
            if spot is not None
        ]
        best = min(near, default=None, key=lambda one: one[:2])
        return None if best is None or best[0] > REACH else best[2]

    # What Qt calls

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a film that a click would hang."""
        over = self._under(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the film under the hand."""
        point = self._under(event.position())
        if point is not None and event.button() == Qt.MouseButton.LeftButton:
            self.film_chosen.emit(point.sheet)

    def event(self, event: QEvent) -> bool:
        """Tell all of a film under the cursor."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if point is None else self.words(point), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both strips and the days."""
        del event
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        upper, lower = self._strips()
        extent = translate("Course", "Opacity, % of the lungs")
        self._draw_strip(painter, upper, extent, f"{100 * self.most:.0f} %")
        self._draw_strip(painter, lower, translate("Course", "Score"), "1")
        threshold = lower.bottom() - lower.height() * self._points[-1].finding.threshold
        painter.setPen(QPen(theme().colour("quiet"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(lower.left(), threshold), QPointF(lower.right(), threshold))
        places = [(point, *self.at(point)) for point in self._points]
        self._draw_line(painter, [(point, spot) for point, spot, _ in places if spot is not None])
        self._draw_line(painter, [(point, spot) for point, _, spot in places])
        self._draw_days(painter, lower)
        painter.end()

    def _draw_strip(self, painter: QPainter, strip: QRectF, title: str, top: str) -> None:
        painter.setPen(QPen(theme().colour("edge"), 1))
        painter.drawLine(strip.bottomLeft(), strip.bottomRight())
        painter.drawLine(strip.topLeft(), strip.topRight())
        painter.setPen(theme().colour("quiet"))
        head = QRectF(strip.left(), strip.top() - ROOM - self._line, strip.width(), self._line)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft), title)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignRight), top)

    def _draw_line(self, painter: QPainter, places: Sequence[tuple[Point, QPointF]]) -> None:
        painter.setPen(QPen(theme().colour("field_edge"), 1.2))
        painter.drawPolyline([spot for _, spot in places])
        for point, spot in places:
            self._draw_point(painter, spot, theme().colour(point.finding.band), point.sheet == self._current)

    def _draw_point(self, painter: QPainter, spot: QPointF, colour: QColor, ringed: bool) -> None:
        painter.setPen(QPen(theme().colour("text"), 1.6) if ringed else QPen(theme().colour("raised"), 1))
        painter.setBrush(colour)
        radius = RADIUS + 1 if ringed else RADIUS
        painter.drawEllipse(spot, radius, radius)

    def _draw_days(self, painter: QPainter, strip: QRectF) -> None:
        painter.setPen(theme().colour("quiet"))
        foot = QRectF(strip.left(), strip.bottom() + ROOM, strip.width(), self._line)
        first, last = self._when(self._points[0]), self._when(self._points[-1])
        if first == last:
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter), first)
            return
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), first)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), last)


class CourseCard(Card):
    """The plot under its title; shown while there are two films to compare."""

    def __init__(self) -> None:
        super().__init__()
        title = label("", wrap=False)
        say(title, lambda: self.tr("Films of this patient over time"))
        self.plot = CoursePlot()
        self.column.addWidget(title)
        self.column.addWidget(self.plot)
        self.hide()

    def show_points(self, points: Sequence[Point], current: int | None, anonymous: bool) -> None:
        """Show these films of one patient, this one being in front."""
        self.setVisible(len(points) > 1)
        self.plot.show_points(points, current, anonymous)
