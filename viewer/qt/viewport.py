"""The viewport: where a film lies in a widget, how it is moved and enlarged; nothing is painted here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.display.view import Place, View

REST_MS = 90
"""After so long without a movement the picture is averaged anew at its very size and the marks are drawn finely."""


class Viewport(QWidget):
    """Looks at something that ``whole`` lays out.

    Positions in its public face are logical pixels of the widget; ``zoom`` is device pixels per film pixel.
    """

    zoom_changed = Signal(float)
    place_changed = Signal(object)
    """Where the reader looks now; not emitted for places that ``look_at`` was told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._fitted = True
        self._sharp, self._moving = True, False
        self._hold: tuple[View | None, tuple[float, float], tuple[float, float]] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)

    def whole(self, width: int, height: int) -> View | None:
        """Return the view that shows everything on so many device pixels; None while there is nothing to show."""
        raise NotImplementedError

    @property
    def zoom(self) -> float:
        """Device pixels per film pixel; 1 while no film hangs."""
        return 1.0 if self._view is None else self._view.zoom

    @property
    def view(self) -> View | None:
        """Where the film lies; None while no film hangs."""
        return self._view

    def fit(self) -> None:
        """Show the whole film, and keep doing so when the canvas is resized."""
        view = self.whole(*self._device_size())
        if view is not None:
            self._set_view(view)
            self._fitted = True

    def actual_pixels(self) -> None:
        """Show one film pixel on one device pixel, holding the middle."""
        if self._view is not None:
            self._zoomed(self._view.zoomed_to(1.0, self._view.width / 2, self._view.height / 2))
            self._on_rest()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge by ``factor``, holding the film point under ``at``, or the middle."""
        view = self._view
        if view is None:
            return
        ratio = self.devicePixelRatioF()
        x, y = (view.width / 2, view.height / 2) if at is None else (at.x() * ratio, at.y() * ratio)
        if self._hold is None or self._hold[:2] != (view, (x, y)):
            self._hold = (view, (x, y), view.to_film(x, y))
        held = self._hold[2]
        self._zoomed(view.zoomed_to(view.zoom * factor, x, y, held))
        self._hold = (self._view, (x, y), held)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the film by so many logical pixels."""
        if self._view is not None:
            ratio = self.devicePixelRatioF()
            self._move(self._view.panned(dx * ratio, dy * ratio))

    @property
    def place(self) -> Place | None:
        """Where the reader looks, in shares of the film; None while no film hangs."""
        return None if self._view is None else self._view.place

    def look_at(self, place: Place) -> None:
        """Look where another canvas looks, or where this one did before."""
        if self._view is not None:
            self._sharp = False
            self._move(self._view.placed(place), told=True)

    def _zoomed(self, view: View) -> None:
        self._sharp = False
        self._move(view)

    def _move(self, view: View, told: bool = False) -> None:
        self._fitted, self._moving = False, True
        self._rest.start()
        self._set_view(view)
        if not told:
            self.place_changed.emit(view.place)

    def _set_view(self, view: View) -> None:
        changed = self._view is None or self._view.zoom != view.zoom
        self._view = view
        self.update()
        if changed:
            self.zoom_changed.emit(view.zoom)

    def _on_rest(self) -> None:
        self._rest.stop()
        if self._moving or not self._sharp:
            self._moving, self._sharp = False, True
            self.update()

    def _device_size(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return round(self.width() * ratio), round(self.height() * ratio)

    # What Qt calls

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the fit, or the point in the middle."""
        self._follow_size()
        super().resizeEvent(event)

    def _follow_size(self) -> None:
        if self._fitted:
            self.fit()
        elif self._view is not None:
            self._set_view(self._view.resized(*self._device_size()))
