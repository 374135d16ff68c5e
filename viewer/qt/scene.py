"""Everything on the canvas at one moment, and how it is drawn: film, marks of the network, words."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPainterPath

from model.film.film import Film
from model.findings.prediction import HeatMap, Prediction
from viewer.display.edges import edge_letters
from viewer.display.look import Look
from viewer.display.view import View
from viewer.measure.shapes import Kind, Measurement, Point
from viewer.qt import inks
from viewer.qt.colour_bar import BAR_ROOM, draw_colour_bar
from viewer.qt.corner_text import Corners, Under, corners, draw_corners
from viewer.qt.edge_letters import draw_edges
from viewer.qt.halo import draw_text, line_step, text_size
from viewer.qt.heat_layer import HeatLayer
from viewer.qt.measure_items import Results, draw_measurements, draw_shape, screen_points
from viewer.qt.overlay_items import Screen, draw_boxes, draw_outline, lungs_path
from viewer.qt.picture import Patch, PictureMaker
from viewer.session.corner import TextMode
from viewer.session.overlays import OverlayChoice
from viewer.session.verdicts import Judgement

PAD = 6.0


@dataclass(slots=True)
class Marks:
    """What the reader measured and the network said of one film, prepared for drawing."""

    results: Results
    prediction: Prediction | None = None
    heat_map: HeatMap | None = None
    lungs: QPainterPath | None = None
    layer: HeatLayer = field(default_factory=HeatLayer)
    still: tuple[object, QImage] | None = None
    """All marks of one moment as an image, and what they were drawn for."""

    def prepare(self, prediction: Prediction | None, choice: OverlayChoice, film: Film) -> None:
        """Take up another prediction or choice; what did not change is not made again."""
        if prediction is not self.prediction:
            self.lungs = None if prediction is None else lungs_path(prediction)
        self.prediction, self.still = prediction, None
        self.heat_map = None if prediction is None else choice.shown_map(prediction)
        self.layer.take(self.heat_map, film)


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the canvas; everything that drawing needs and nothing that it changes."""

    film: Film
    look: Look
    view: View
    ratio: float
    choice: OverlayChoice
    overlays: bool
    """False while the reader hides all overlays."""
    chosen_box: int | None
    judged: tuple[Judgement | None, ...]
    """The reader's word on each box of the network."""
    text_mode: TextMode
    anonymous: bool
    under: Under | None
    shapes: tuple[Measurement, ...]
    chosen_shape: str | None
    draft: tuple[Kind, list[Point]] | None
    sharp: bool
    """False while the zoom is changing: a picture that is ready is scaled instead of made anew."""
    moving: bool
    """True while the film is being panned or zoomed."""

    @property
    def screen(self) -> Screen:
        """Return how the view becomes logical pixels."""
        return Screen(self.view, self.ratio)


def draw_scene(painter: QPainter, scene: Scene, maker: PictureMaker, marks: Marks, font: QFont) -> None:
    """Draw one moment of the canvas; the painter works in logical pixels from the canvas's top left corner."""
    _draw_patch(painter, maker.patch(scene.view, scene.look, scene.sharp), scene.ratio, 1.0)
    if scene.overlays:
        _draw_marks(painter, scene, marks, font)
        _draw_draft(painter, scene)
    _draw_words(painter, scene, marks, font)


def _draw_draft(painter: QPainter, scene: Scene) -> None:
    if scene.draft is None:
        return
    kind, points = scene.draft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_shape(painter, kind, screen_points(points, scene.screen), inks.CHOSEN)
    painter.restore()


def bar_shown(scene: Scene, marks: Marks) -> bool:
    """Return whether the colour bar stands at the right edge."""
    return scene.overlays and scene.choice.heatmap and marks.heat_map is not None


def _draw_marks(painter: QPainter, scene: Scene, marks: Marks, font: QFont) -> None:
    """Draw all marks; once the film lies still they are kept as one image, so that a window drag is quick."""
    if scene.moving or (marks.prediction is None and not scene.shapes):
        _draw_each(painter, scene, marks, font)
        return
    drawn = (scene.view, scene.ratio, scene.choice, font.toString())
    key = (*drawn, scene.chosen_box, scene.judged, scene.shapes, scene.chosen_shape)
    if marks.still is None or marks.still[0] != key:
        marks.still = (key, _still(scene, marks, font))
    painter.drawImage(QPointF(*_nudge(painter)) / scene.ratio, marks.still[1])


def _still(scene: Scene, marks: Marks, font: QFont) -> QImage:
    image = QImage(scene.view.width, scene.view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scene.ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _draw_each(painter, scene, marks, font)
    painter.end()
    return image


def _draw_each(painter: QPainter, scene: Scene, marks: Marks, font: QFont) -> None:
    if scene.choice.heatmap and marks.heat_map is not None:
        _draw_patch(painter, marks.layer.patch(scene.view), scene.ratio, scene.choice.opacity)
    if scene.choice.lungs and marks.lungs is not None:
        draw_outline(painter, marks.lungs, scene.screen, moving=scene.moving)
    if scene.choice.boxes and marks.prediction is not None:
        draw_boxes(painter, marks.prediction.boxes, scene.chosen_box, scene.screen, font, scene.judged)
    painter.setFont(font)
    draw_measurements(painter, scene.shapes, scene.chosen_shape, marks.results, scene.screen)


def _draw_patch(painter: QPainter, patch: Patch | None, ratio: float, opacity: float) -> None:
    """Lay a patch on whole device pixels, also where the canvas itself begins between two of them."""
    if patch is None:
        return
    painter.save()
    painter.setOpacity(opacity)
    nudge = QPointF(*_nudge(painter))
    painter.setWorldTransform(painter.worldTransform().scale(1 / ratio, 1 / ratio))
    painter.drawImage(QPointF(patch.x, patch.y) + nudge, patch.image)
    painter.restore()


def _nudge(painter: QPainter) -> tuple[float, float]:
    """Return how far, in device pixels, the canvas's corner lies from the nearest whole device pixel."""
    origin = painter.deviceTransform()
    return round(origin.dx()) - origin.dx(), round(origin.dy()) - origin.dy()


def _draw_words(painter: QPainter, scene: Scene, marks: Marks, font: QFont) -> None:
    bounds = scene.screen.bounds
    bar = bar_shown(scene, marks)
    words = corners(
        scene.film, scene.look, scene.view.zoom, scene.under, mode=scene.text_mode, anonymous=scene.anonymous
    )
    draw_corners(painter, bounds, words, font)
    noted = _draw_note(painter, scene, marks, words, font)
    if scene.text_mode != "none":
        edges = edge_letters(scene.film.orientation, scene.look.pose)
        draw_edges(painter, bounds.adjusted(0, 0, 0, -noted), edges, font, BAR_ROOM if bar else 0.0)
    if bar and marks.heat_map is not None:
        draw_colour_bar(painter, bounds, marks.heat_map, scene.choice.opacity, font)


def _draw_note(painter: QPainter, scene: Scene, marks: Marks, beside: Corners, font: QFont) -> float:
    """Say "not for diagnosis" wherever marks of the network are shown; return the height it takes.

    Between the lower corners where there is room, else above them.
    """
    if marks.prediction is None or not (scene.overlays and scene.choice.anything):
        return 0.0
    bounds = scene.screen.bounds
    words = QCoreApplication.translate("Canvas", "Research and education only; not for diagnosis")
    size = text_size(words, font)
    lower = (beside.bottom_left, beside.bottom_right)
    widest = max((text_size(line.text, font).width() for lines in lower for line in lines), default=0.0)
    crowded = size.width() / 2 + widest + 2 * PAD > bounds.width() / 2
    lift = line_step(font) * max(len(lines) for lines in lower) if crowded else 0.0
    at = QPointF(bounds.center().x() - size.width() / 2, bounds.bottom() - size.height() - PAD + 4 - lift)
    draw_text(painter, at, words, font, inks.QUIET)
    return line_step(font) + lift
