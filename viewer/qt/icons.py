"""Icons drawn from one-colour SVG files, tinted by the theme and sharp at every scale."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

BLACK = "#000"


@cache
def _svg(name: str, colour: str) -> bytes:
    """Return the icon's file with its one colour exchanged."""
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace(f'"{BLACK}"', f'"{colour}"').encode()


class _TintedEngine(QIconEngine):
    """Draws the file anew for every size and scale asked for."""

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into ``rect``, greyed out where the icon is disabled."""
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        QSvgRenderer(QByteArray(_svg(self._name, colour))).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return a pixmap of exactly this many device pixels."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Return another engine for the same icon."""
        return _TintedEngine(self._name, self._colour, self._disabled)


@cache
def icon(name: str, colour: str, disabled: str) -> QIcon:
    """Return the icon called ``name`` in ``resources/icons``, in these "#rrggbb" colours."""
    resources.path("icons", f"{name}.svg")
    return QIcon(_TintedEngine(name, colour, disabled))


def pixmap(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """Return an icon as a pixmap of ``side`` logical pixels for a screen of this device pixel ratio."""
    made = _TintedEngine(name, colour, colour).pixmap(
        QSize(round(side * ratio), round(side * ratio)), QIcon.Mode.Normal, QIcon.State.Off
    )
    made.setDevicePixelRatio(ratio)
    return made


def application_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resources.path("icons", "negatoscope.svg")))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="negatoscope-icons-")


def icon_file(name: str, colour: str) -> str:
    """Return the path of a tinted copy on disk, for style sheets, which know no other way; removed on exit."""
    path = Path(_folder().name) / f"{name}-{colour.removeprefix('#')}.svg"
    path.write_bytes(_svg(name, colour))
    return path.as_posix()
