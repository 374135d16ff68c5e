"""Everything on the canvas at one moment, and how it is drawn: film, marks of the network, words."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath

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
from viewer.qt.ground import device_pixels, draw_box, draw_enlarged, lay, nudge, step_of
from viewer.qt.halo import draw_plate, draw_text, line_step, text_size
from viewer.qt.heat_layer import HeatLayer
from viewer.qt.measure_items import Results, draw_measurements, draw_shape, screen_points
from viewer.qt.overlay_items import Screen, draw_boxes, draw_outline, lungs_path
from viewer.qt.picture import PictureMaker
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
    sketch: bool = False
    """True while the film itself is still being read and its sketch hangs for it."""

    @property
    def coarse(self) -> bool:
        """Whether film and heatmap are drawn on fewer pixels than the screen has, until the film rests."""
        return self.moving and step_of(self.view) > 1

    @property
    def screen(self) -> Screen:
        """Return how the view becomes logical pixels."""
        return Screen(self.view, self.ratio)


def draw_scene(painter: QPainter, scene: Scene, maker: PictureMaker, marks: Marks, font: QFont) -> None:
    """Draw one moment of the canvas; the painter works in logical pixels from the canvas's top left corner."""
    with device_pixels(painter, scene.ratio):
        _draw_ground(painter, scene, maker, marks)
    if scene.overlays:
        _draw_marks(painter, scene, marks, font)
        _draw_draft(painter, scene)
    _draw_words(painter, scene, marks, font)


def _draw_ground(painter: QPainter, scene: Scene, maker: PictureMaker, marks: Marks) -> None:
    """Draw box and film, and with them the heatmap where it is not drawn with the marks."""
    if not scene.coarse:
        draw_box(painter, scene.view)
        lay(painter, maker.patch(scene.view, scene.look, scene.sharp))
        return
    view = scene.view.coarser(step_of(scene.view))
    film = maker.patch(view, scene.look, sharp=False)
    heat = marks.layer.patch(view) if heat_shown(scene, marks) else None
    draw_enlarged(painter, scene.view, view, ((film, 1.0), (heat, scene.choice.opacity)))


def _draw_draft(painter: QPainter, scene: Scene) -> None:
    if scene.draft is None:
        return
    kind, points = scene.draft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_shape(painter, kind, screen_points(points, scene.screen), inks.CHOSEN)
    painter.restore()


def heat_shown(scene: Scene, marks: Marks) -> bool:
    """Return whether a heatmap lies over the film, and its colour bar stands at the right edge."""
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
    painter.drawImage(nudge(painter) / scene.ratio, marks.still[1])


def _still(scene: Scene, marks: Marks, font: QFont) -> QImage:
    image = QImage(scene.view.width, scene.view.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scene.ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _draw_each(painter, scene, marks, font)
    painter.end()
    return image


def _draw_each(painter: QPainter, scene: Scene, marks: Marks, font: QFont) -> None:
    if heat_shown(scene, marks) and not scene.coarse:
        with device_pixels(painter, scene.ratio):
            lay(painter, marks.layer.patch(scene.view), scene.choice.opacity)
    if scene.choice.lungs and marks.lungs is not None:
        draw_outline(painter, marks.lungs, scene.screen, moving=scene.moving)
    if scene.choice.boxes and marks.prediction is not None:
        draw_boxes(painter, marks.prediction.boxes, scene.chosen_box, scene.screen, font, scene.judged)
    painter.setFont(font)
    draw_measurements(painter, scene.shapes, scene.chosen_shape, marks.results, scene.screen)


def _draw_words(painter: QPainter, scene: Scene, marks: Marks, font: QFont) -> None:
    bounds = scene.screen.bounds
    bar = heat_shown(scene, marks)
    words = corners(
        scene.film, scene.look, scene.view.zoom, scene.under, mode=scene.text_mode, anonymous=scene.anonymous
    )
    draw_corners(painter, bounds, words, font)
    noted = _draw_note(painter, scene, marks, words, font)
    if scene.text_mode != "none":
        edges = edge_letters(scene.film.orientation, scene.look.pose)
        draw_edges(painter, bounds.adjusted(0, 0, 0, -noted), edges, font, BAR_ROOM if bar else 0.0)
    if bar and marks.heat_map is not None:
        above, below = (PAD + line_step(font) * len(lines) for lines in (words.top_right, words.bottom_right))
        draw_colour_bar(painter, bounds.adjusted(0, above, 0, -below), marks.heat_map, scene.choice.opacity, font)


def _note(scene: Scene, marks: Marks) -> tuple[str, QColor] | None:
    """Return what has to be said at the foot and its ink: that a sketch hangs, or that marks are no diagnosis."""
    if scene.sketch:
        return QCoreApplication.translate("Canvas", "Being sharpened: the film is still being read"), inks.FLAG
    if marks.prediction is None or not (scene.overlays and scene.choice.anything):
        return None
    if marks.prediction.forced:
        words = QCoreApplication.translate("Canvas", "Analysed although not assessable; not for diagnosis")
        return words, inks.FLAG
    return QCoreApplication.translate("Canvas", "Research and education only; not for diagnosis"), inks.QUIET


def _draw_note(painter: QPainter, scene: Scene, marks: Marks, beside: Corners, font: QFont) -> float:
    """Draw the note, if there is one, and return the height it takes.

    Between the lower corners where there is room, else above them.
    """
    note = _note(scene, marks)
    if note is None:
        return 0.0
    bounds, (words, ink) = scene.screen.bounds, note
    size = text_size(words, font)
    lower = (beside.bottom_left, beside.bottom_right)
    widest = max((text_size(line.text, font).width() for lines in lower for line in lines), default=0.0)
    crowded = size.width() / 2 + widest + 2 * PAD > bounds.width() / 2
    lift = line_step(font) * max(len(lines) for lines in lower) if crowded else 0.0
    at = QPointF(bounds.center().x() - size.width() / 2, bounds.bottom() - size.height() - PAD + 4 - lift)
    draw_plate(painter, QRectF(at, size))
    draw_text(painter, at, words, font, ink)
    return line_step(font) + lift
