"""The picture of the atlas: training films as marks of their own shape and colour, and where the present film falls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from model.net.atlas import Atlas, Neighbour
from viewer.qt.theme import theme

Place = tuple[float, float]
MARGIN = 12.0
DISC, CROSS, DOT = 1.8, 1.9, 1.0
"""Radii of the marks in logical pixels: films that show the finding, that do not, and of which it is not known."""
STEP = 0.25
"""How far an arrow key moves the probe, in the atlas's unit of length."""
_STEPS: dict[int, Place] = {
    Qt.Key.Key_Left: (-STEP, 0.0),
    Qt.Key.Key_Right: (STEP, 0.0),
    Qt.Key.Key_Up: (0.0, STEP),
    Qt.Key.Key_Down: (0.0, -STEP),
}


class AtlasPlot(QWidget):
    """Draws the atlas; a click or the arrow keys choose a place on it.

    Signals
    -------
    place_chosen
        The place (across, up) on the atlas whose neighbours are wanted; None for that of the film in front.
    """

    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._atlas: Atlas | None = None
        self._finding = "lung_opacity"
        self._ground: QPixmap | None = None
        self._film: Place | None = None
        self._probe: Place | None = None
        self._near: Sequence[Neighbour] = ()
        self._marked: Neighbour | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(120)

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(228, 228)

    def heightForWidth(self, width: int) -> int:
        """Return a height that makes it a square, up to what a side panel can spare."""
        return min(width, 300)

    def show_atlas(self, atlas: Atlas | None, finding: str) -> None:
        """Draw this atlas, coloured by this finding."""
        self._atlas, self._finding, self._ground = atlas, finding, None
        self.update()

    def show_film(self, film: Place | None, probe: Place | None, near: Sequence[Neighbour]) -> None:
        """Mark the film in front, the place whose neighbours are listed when that is another, and these neighbours."""
        self._film, self._probe, self._near, self._marked = film, probe, near, None
        self.update()

    def mark(self, neighbour: Neighbour | None) -> None:
        """Point out one of the neighbours."""
        self._marked = neighbour
        self.update()

    # Places

    def _bounds(self, atlas: Atlas) -> QRectF:
        """Return the part of the plane that is drawn, of the widget's own shape, up being positive."""
        low, high = atlas.points.min(axis=0), atlas.points.max(axis=0)
        room = self.rect().toRectF().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        unit = max((high[0] - low[0]) / max(room.width(), 1), (high[1] - low[1]) / max(room.height(), 1), 1e-6)
        width, height = float(unit) * self.width(), float(unit) * self.height()
        middle = (low + high) / 2
        return QRectF(float(middle[0]) - width / 2, float(middle[1]) - height / 2, width, height)

    def at(self, place: Place) -> QPointF:
        """Return where a place on the atlas is drawn; one that lies outside is drawn at the edge."""
        if self._atlas is None:
            return QPointF()
        bounds = self._bounds(self._atlas)
        x = (place[0] - bounds.left()) / bounds.width() * self.width()
        y = (bounds.bottom() - place[1]) / bounds.height() * self.height()
        right, bottom = self.width() - MARGIN, self.height() - MARGIN
        return QPointF(min(max(x, MARGIN), right), min(max(y, MARGIN), bottom))

    def _place_at(self, point: QPointF) -> Place | None:
        if self._atlas is None:
            return None
        bounds = self._bounds(self._atlas)
        return (
            bounds.left() + point.x() / self.width() * bounds.width(),
            bounds.bottom() - point.y() / self.height() * bounds.height(),
        )

    # What Qt calls

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the place under the pointer; on the mark of the film in front, the film's own."""
        place = self._place_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or place is None:
            return
        away = QPointF() if self._film is None else event.position() - self.at(self._film)
        on_film = self._film is not None and away.manhattanLength() < MARGIN
        self.place_chosen.emit(None if on_film else place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the place by the arrow keys; Home goes back to the film in front."""
        start = self._probe or self._film or (0.0, 0.0)
        step = _STEPS.get(event.key())
        if step is not None and self._atlas is not None:
            self.place_chosen.emit((start[0] + step[0], start[1] + step[1]))
        elif event.key() == Qt.Key.Key_Home:
            self.place_chosen.emit(None)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the training films anew at the new size."""
        super().resizeEvent(event)
        self._ground = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the kept picture of the training films down and draw the marks over it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour("accent" if self.hasFocus() else "edge"), 1))
        painter.setBrush(colour("room"))
        painter.drawRoundedRect(edge, theme().space["radius"], theme().space["radius"])
        if self._atlas is not None and self.isEnabled():
            ratio = self.devicePixelRatioF()
            if self._ground is None or self._ground.devicePixelRatio() != ratio:
                self._ground = self._drawn_ground(self._atlas, ratio)
            painter.drawPixmap(0, 0, self._ground)
            self._draw_marks(painter)
        painter.end()

    def _drawn_ground(self, atlas: Atlas, ratio: float) -> QPixmap:
        ground = QPixmap(self.size() * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        answers = atlas.answers(self._finding).tolist()
        for place, answer in zip(atlas.points.tolist(), answers, strict=True):
            draw_mark(painter, self.at(tuple(place)), answer)
        painter.end()
        return ground

    def _draw_marks(self, painter: QPainter) -> None:
        colour = theme().colour
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("text"), 1))
        for one in self._near:
            painter.drawEllipse(self.at(one.place), 4.5, 4.5)
        if self._marked is not None:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawEllipse(self.at(self._marked.place), 7, 7)
        if self._probe is not None:
            _draw_cross_hair(painter, self.at(self._probe), "quiet")
        if self._film is not None:
            _draw_film(painter, self.at(self._film))


def draw_mark(painter: QPainter, at: QPointF, answer: int) -> None:
    """Draw one training film: a green disc shows the finding, a red cross does not, of a grey dot it is not known."""
    colour = theme().colour
    if answer == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("confirmed"))
        painter.drawEllipse(at, DISC, DISC)
    elif answer == 0:
        painter.setPen(QPen(colour("ruled_out"), 1))
        painter.drawLine(at + QPointF(-CROSS, -CROSS), at + QPointF(CROSS, CROSS))
        painter.drawLine(at + QPointF(-CROSS, CROSS), at + QPointF(CROSS, -CROSS))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("faint"))
        painter.drawEllipse(at, DOT, DOT)


def _draw_cross_hair(painter: QPainter, at: QPointF, tone: str) -> None:
    painter.setPen(QPen(theme().colour(tone), 1))
    for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        way = QPointF(across, up)
        painter.drawLine(at + way * 3, at + way * 10)


def _draw_film(painter: QPainter, at: QPointF) -> None:
    """Draw the film in front: a white diamond with a dark edge, larger than any training film."""
    colour = theme().colour
    diamond = [at + QPointF(x, y) for x, y in ((0, -8), (8, 0), (0, 8), (-8, 0))]
    painter.setPen(QPen(colour("room"), 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(diamond)
    painter.setPen(QPen(colour("text"), 2))
    painter.drawPolygon(diamond)
