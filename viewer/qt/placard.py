"""What hangs on the light box while no film does: an invitation, a film being read, or why it cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

from viewer.qt import inks

translate = QCoreApplication.translate
Kind = Literal["empty", "vacant", "loading", "failure"]


@dataclass(frozen=True, slots=True)
class Placard:
    """One state without a film; ``detail`` is the key that opens films, the file being read or why it failed."""

    kind: Kind = "empty"
    detail: str = ""


def panel_rect(bounds: QRectF) -> QRectF:
    """Return where the panel hangs: in the middle, at most 460 × 360 logical pixels."""
    width, height = min(460.0, bounds.width() - 32), min(360.0, bounds.height() - 32)
    return QRectF(bounds.center().x() - width / 2, bounds.center().y() - height / 2, width, height)


def draw_placard(painter: QPainter, bounds: QRectF, placard: Placard, font: QFont, lit: bool) -> None:
    """Draw the panel; ``lit`` brightens it while something is dragged over it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    panel = panel_rect(bounds)
    _draw_panel(painter, panel, lit, placard.kind)
    art = QRectF(panel.center().x() - 70, panel.top() + panel.height() * 0.12, 140, 168)
    if panel.height() > 300:
        _draw_film(painter, art, lit, placard.kind)
    top = art.bottom() + 18 if panel.height() > 300 else panel.top() + 24
    _draw_words(painter, QRectF(panel.left() + 28, top, panel.width() - 56, panel.bottom() - top - 16), placard, font)
    painter.restore()


def _draw_panel(painter: QPainter, panel: QRectF, lit: bool, kind: Kind) -> None:
    glow = QRadialGradient(panel.center(), panel.width() * 0.9)
    glow.setColorAt(0, QColor(190, 215, 240, 46 if lit else 22))
    glow.setColorAt(1, QColor(190, 215, 240, 0))
    painter.fillRect(panel.adjusted(-400, -400, 400, 400), glow)
    fill = QLinearGradient(panel.topLeft(), panel.bottomLeft())
    fill.setColorAt(0, inks.PANEL.lighter(128 if lit else 112))
    fill.setColorAt(1, inks.PANEL)
    painter.setBrush(fill)
    edge = inks.FOCUS if lit else inks.PANEL_EDGE
    pen = QPen(edge, 1.6 if lit else 1.2)
    if kind in ("empty", "vacant"):
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
    painter.setPen(pen)
    painter.drawRoundedRect(panel, 14, 14)


def _draw_film(painter: QPainter, art: QRectF, lit: bool, kind: Kind) -> None:
    """Draw a small film hung on its clips."""
    light = QLinearGradient(art.topLeft(), art.bottomLeft())
    strength = 235 if lit else 190
    if kind == "failure":
        strength = 70
    light.setColorAt(0, QColor(214, 228, 240, strength))
    light.setColorAt(1, QColor(160, 178, 196, strength))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    painter.drawRoundedRect(art, 6, 6)
    painter.save()
    painter.setClipPath(_rounded(art))
    _draw_chest(painter, art)
    painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.PANEL_EDGE.lighter(140))
    for x in (art.left() + 18, art.right() - 34):
        painter.drawRoundedRect(QRectF(x, art.top() - 7, 16, 14), 3, 3)
    if kind == "failure":
        painter.setPen(QPen(inks.ALARM, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = art.center()
        painter.drawLine(middle + QPointF(0, -26), middle + QPointF(0, 8))
        painter.drawPoint(middle + QPointF(0, 24))


def _rounded(art: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(art, 6, 6)
    return path


def _draw_chest(painter: QPainter, art: QRectF) -> None:
    """Draw what a frontal chest film shows: dark lungs between a bright middle and the flanks, ribs across."""
    dark = QLinearGradient(art.topLeft(), art.bottomLeft())
    dark.setColorAt(0, QColor(16, 20, 25, 240))
    dark.setColorAt(1, QColor(44, 53, 62, 240))
    lungs = _lung(art, -1).united(_lung(art, 1)).subtracted(_heart(art))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(dark)
    painter.drawPath(lungs)
    painter.setClipPath(lungs, Qt.ClipOperation.IntersectClip)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(190, 208, 224, 44), 4))
    for level in range(6):
        for side in (-1, 1):
            painter.drawPath(_rib(art, side, 0.20 + 0.115 * level))


def _rib(art: QRectF, side: int, level: float) -> QPainterPath:
    """Return one rib: from the spine outwards and down."""
    path = QPainterPath(_at(art, side, 0.02, level))
    path.cubicTo(_at(art, side, 0.2, level - 0.07), _at(art, side, 0.4, level), _at(art, side, 0.46, level + 0.16))
    return path


def _heart(art: QRectF) -> QPainterPath:
    """Return the shadow of the heart, which reaches further to the right of the picture."""
    path = QPainterPath(_at(art, 1, 0.02, 0.46))
    path.cubicTo(_at(art, 1, 0.16, 0.46), _at(art, 1, 0.27, 0.62), _at(art, 1, 0.27, 0.84))
    path.lineTo(_at(art, -1, 0.12, 0.84))
    path.cubicTo(_at(art, -1, 0.15, 0.68), _at(art, -1, 0.10, 0.54), _at(art, 1, 0.02, 0.46))
    return path


def _lung(art: QRectF, side: int) -> QPainterPath:
    """Return one lung: an apex near the middle line, a curved flank and a domed base."""
    path = QPainterPath(_at(art, side, 0.07, 0.30))
    path.cubicTo(_at(art, side, 0.09, 0.10), _at(art, side, 0.24, 0.10), _at(art, side, 0.32, 0.26))
    path.cubicTo(_at(art, side, 0.41, 0.44), _at(art, side, 0.43, 0.64), _at(art, side, 0.43, 0.86))
    path.cubicTo(_at(art, side, 0.36, 0.76), _at(art, side, 0.18, 0.70), _at(art, side, 0.09, 0.80))
    path.cubicTo(_at(art, side, 0.07, 0.66), _at(art, side, 0.08, 0.46), _at(art, side, 0.07, 0.30))
    return path


def _at(art: QRectF, side: int, x: float, y: float) -> QPointF:
    """Return a point ``x`` widths beside the middle line and ``y`` heights down; side 1 is the picture's right."""
    return QPointF(art.center().x() + side * x * art.width(), art.top() + y * art.height())


def _draw_words(painter: QPainter, room: QRectF, placard: Placard, font: QFont) -> None:
    title, detail, ink = _words(placard)
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.35)
    large.setWeight(QFont.Weight.DemiBold)
    painter.setFont(large)
    painter.setPen(ink)
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    used = QFontMetricsF(large).boundingRect(room, int(flags), title)
    painter.drawText(room, int(flags), title)
    painter.setFont(font)
    painter.setPen(inks.QUIET)
    painter.drawText(room.adjusted(0, used.height() + 10, 0, 0), int(flags), detail)


def _words(placard: Placard) -> tuple[str, str, QColor]:
    if placard.kind == "loading":
        return translate("Placard", "Reading the film …"), placard.detail, inks.TEXT
    if placard.kind == "failure":
        return translate("Placard", "This film cannot be shown"), placard.detail, inks.ALARM
    if placard.kind == "vacant":
        detail = translate("Placard", "From the list, or another pane by the line above its film.")
        return translate("Placard", "Drag a film here"), detail, inks.TEXT
    detail = translate(
        "Placard",
        "DICOM, PNG, JPEG, TIFF, BMP or WebP: files or whole folders.\nNothing you open leaves this computer.",
    )
    title = translate("Placard", "Drop films here")
    if placard.detail:
        title = translate("Placard", "Drop films here or press {keys}").format(keys=placard.detail)
    return title, detail, inks.TEXT
