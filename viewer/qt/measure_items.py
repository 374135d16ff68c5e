"""What the reader has measured, drawn on the film: lines, handles and the result in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from model.film.film import Film
from viewer.measure.geometry import (
    Area,
    Length,
    angle_deg,
    cardiothoracic_ratio,
    cobb_deg,
    ellipse_area,
    length,
    polygon_area,
    rectangle_area,
)
from viewer.measure.shapes import Kind, Measurement, Point
from viewer.measure.statistics import statistics
from viewer.qt import inks
from viewer.qt.corner_text import number, source_words
from viewer.qt.halo import draw_text, line_step, text_size
from viewer.qt.language import voice
from viewer.qt.overlay_items import Screen
from viewer.qt.words import finding_name

translate = QCoreApplication.translate
HANDLE = 4.0
"""Half the side of a handle in logical pixels."""
ARROW_HEAD = 12.0
KEPT_RESULTS = 256
LINES: dict[Kind, tuple[tuple[int, int], ...]] = {
    "ruler": ((0, 1),),
    "angle": ((0, 1), (1, 2)),
    "cobb": ((0, 1), (2, 3)),
    "cardiothoracic": ((0, 1), (2, 3)),
    "arrow": ((0, 1),),
}


def length_words(measured: Length) -> str:
    """Return a length with its unit and, in millimetres, what they hold for."""
    if measured.unit == "px":
        return translate("Measure", "{value} px").format(value=f"{measured.value:.1f}")
    words = translate("Measure", "{value} mm  {source}")
    return words.format(value=f"{measured.value:.1f}", source=source_words(measured.source))


def area_words(measured: Area) -> str:
    """Return an area with its unit; large ones in square centimetres."""
    if measured.unit == "px":
        return translate("Measure", "{value} px²").format(value=f"{measured.value:.0f}")
    source = source_words(measured.source)
    if measured.value >= 100:
        words = translate("Measure", "{value} cm²  {source}")
        return words.format(value=f"{measured.value / 100:.2f}", source=source)
    return translate("Measure", "{value} mm²  {source}").format(value=f"{measured.value:.1f}", source=source)


def words_of(shape: Measurement, film: Film) -> tuple[str, ...]:
    """Return the result of a measurement, line by line, after the reader's own words."""
    if shape.kind == "box" and shape.origin == "network":
        return ()
    if shape.kind == "box":
        corrected = translate("Measure", "by the network, corrected by hand")
        by_hand = translate("Measure", "drawn by hand")
        return finding_name(shape.text), corrected if shape.origin == "corrected" else by_hand
    own = (shape.text,) if shape.text else ()
    return own + _results(shape, film)


def _results(shape: Measurement, film: Film) -> tuple[str, ...]:
    points, spacing = shape.points, film.spacing
    if shape.kind == "ruler":
        return (length_words(length(points[0], points[1], spacing)),)
    if shape.kind == "angle":
        return (_degrees(angle_deg(points[0], points[1], points[2], spacing)),)
    if shape.kind == "cobb":
        angle = cobb_deg((points[0], points[1]), (points[2], points[3]), spacing)
        return (translate("Measure", "Cobb {angle}").format(angle=_degrees(angle)),)
    if shape.kind == "cardiothoracic":
        return _ratio_words(shape, film)
    if shape.kind in ("ellipse", "rectangle", "freehand"):
        return (area_words(_area(shape, film)), *_statistics_words(shape, film))
    return ()


def _degrees(angle: float) -> str:
    return f"{angle:.1f}°"


def _ratio_words(shape: Measurement, film: Film) -> tuple[str, ...]:
    heart, chest = (shape.points[0], shape.points[1]), (shape.points[2], shape.points[3])
    ratio = cardiothoracic_ratio(heart, chest, film.spacing)
    if ratio is None:
        return ()
    words = (translate("Measure", "Cardiothoracic ratio {ratio}").format(ratio=f"{ratio:.2f}"), *_widths(shape, film))
    words += _origin_words(shape)
    if film.description.view.strip().upper() == "AP":
        return (*words, translate("Measure", "AP film: the heart looks wider than it is"))
    return words


def _widths(shape: Measurement, film: Film) -> tuple[str, ...]:
    heart, chest = (length(shape.points[i], shape.points[i + 1], film.spacing) for i in (0, 2))
    if heart.unit == "px":
        words = translate("Measure", "heart {heart} px, chest {chest} px")
        return (words.format(heart=f"{heart.value:.1f}", chest=f"{chest.value:.1f}"),)
    words = translate("Measure", "heart {heart} mm, chest {chest} mm  {source}")
    return (words.format(heart=f"{heart.value:.1f}", chest=f"{chest.value:.1f}", source=source_words(heart.source)),)


def _origin_words(shape: Measurement) -> tuple[str, ...]:
    """Return who drew a shape, unless it was the reader alone."""
    words = {
        "network": translate("Measure", "proposed by the network"),
        "corrected": translate("Measure", "proposed by the network, corrected by hand"),
    }
    return (words[shape.origin],) if shape.origin in words else ()


def _area(shape: Measurement, film: Film) -> Area:
    if shape.kind == "freehand":
        return polygon_area(shape.points, film.spacing)
    within = ellipse_area if shape.kind == "ellipse" else rectangle_area
    return within(shape.points[0], shape.points[1], film.spacing)


def _statistics_words(shape: Measurement, film: Film) -> tuple[str, ...]:
    found = statistics(film, shape)
    if found is None:
        return ()
    mean = translate("Measure", "mean {mean}  SD {sd}").format(mean=f"{found.mean:.1f}", sd=f"{found.sd:.1f}")
    ends = translate("Measure", "min {low}  max {high}").format(low=number(found.low), high=number(found.high))
    return mean, ends


def screen_points(points: Sequence[Point], screen: Screen) -> list[QPointF]:
    """Return film points in logical pixels of the widget."""
    lay = screen.film_transform()
    return [lay.map(QPointF(column, row)) for row, column in points]


def outline(kind: Kind, points: Sequence[QPointF]) -> QPainterPath:
    """Return the line of a shape through its points on the screen; also of one that is still being drawn."""
    path = QPainterPath()
    if kind in ("ellipse", "rectangle", "box") and len(points) == 2:
        box = QRectF(points[0], points[1]).normalized()
        path.addEllipse(box) if kind == "ellipse" else path.addRect(box)
    elif kind == "freehand":
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    for a, b in LINES.get(kind, ()):
        if b < len(points):
            path.moveTo(points[a])
            path.lineTo(points[b])
    if kind == "arrow" and len(points) == 2:
        _add_head(path, points[0], points[1])
    return path


def _add_head(path: QPainterPath, tail: QPointF, tip: QPointF) -> None:
    along = tail - tip
    reach = max((along.x() ** 2 + along.y() ** 2) ** 0.5, 1e-6)
    unit = along * (ARROW_HEAD / reach)
    for side in (-0.5, 0.5):
        path.moveTo(tip)
        path.lineTo(tip + unit + QPointF(-unit.y(), unit.x()) * side)


class Results:
    """The results of the measurements on one film, each worked out once."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._words: dict[tuple[Measurement, str], tuple[str, ...]] = {}

    def of(self, shape: Measurement) -> tuple[str, ...]:
        """Return the result of a measurement in words, line by line."""
        asked = (shape, voice().language)
        if asked not in self._words:
            if len(self._words) > KEPT_RESULTS:
                self._words.clear()
            self._words[asked] = words_of(shape, self._film)
        return self._words[asked]


def draw_measurements(
    painter: QPainter, shapes: Sequence[Measurement], chosen: str | None, results: Results, screen: Screen
) -> None:
    """Draw shapes with their results in the painter's font; the chosen one is brighter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in shapes:
        points = screen_points(shape.points, screen)
        ink = inks.CHOSEN if shape.id == chosen else inks.MEASURE
        draw_shape(painter, shape.kind, points, ink)
        _draw_words(painter, results.of(shape), points, screen.bounds, ink)
    painter.restore()


def draw_shape(painter: QPainter, kind: Kind, points: Sequence[QPointF], ink: QColor) -> None:
    """Draw a shape's line on a dark halo, and its handles."""
    path = outline(kind, points)
    for colour, width in ((inks.HALO, 3.6), (ink, 1.6)):
        painter.strokePath(path, QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if kind == "freehand":
        return
    painter.setPen(QPen(inks.HALO, 1.0))
    painter.setBrush(ink)
    for point in points:
        painter.drawRect(QRectF(point.x() - HANDLE / 2, point.y() - HANDLE / 2, HANDLE, HANDLE))


def _draw_words(
    painter: QPainter, lines: Sequence[str], points: Sequence[QPointF], bounds: QRectF, ink: QColor
) -> None:
    """Write the result beside the lowest point, inside the view."""
    if not lines:
        return
    font = painter.font()
    width = max(text_size(line, font).width() for line in lines)
    height = line_step(font) * len(lines)
    lowest = max(points, key=QPointF.y)
    x = max(bounds.left(), min(lowest.x() + 8, bounds.right() - width))
    y = max(bounds.top(), min(lowest.y() + 6, bounds.bottom() - height - 4))
    for i, line in enumerate(lines):
        draw_text(painter, QPointF(x, y + i * line_step(font)), line, font, ink)
