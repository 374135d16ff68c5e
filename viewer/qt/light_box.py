"""The light box: panes in rows and columns, and what their canvases wish, passed on for the pane in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from viewer.qt.canvas import Canvas
from viewer.qt.pane import Pane
from viewer.session.hanging import Hanging

PASSED_ON = (
    "look_changed",
    "measurement_changed",
    "measurement_chosen",
    "gesture_ended",
    "full_screen_requested",
    "menu_requested",
    "film_step_requested",
    "box_clicked",
    "paths_dropped",
    "text_mode_requested",
    "open_requested",
)


class LightBox(QWidget):
    """Every hand laid on a canvas touches its pane first, so that what is wished for is wished of the pane in front.

    Signals
    -------
    touched
        A hand or the keyboard came to this ``Pane``.
    film_dropped
        The ``Pane`` onto which a film of the list or of another pane was dragged, and its path.
    place_changed
        The ``Pane`` whose film was moved or enlarged, and the ``Place`` where the reader looks now.
    made
        A ``Canvas`` that is new; whoever has something to say to all canvases says it to this one too.

    All others are those of ``Canvas``.
    """

    touched = Signal(object)
    film_dropped = Signal(object, object)
    place_changed = Signal(object, object)
    made = Signal(object)
    look_changed = Signal(object, int)
    measurement_changed = Signal(object, int)
    measurement_chosen = Signal(object)
    gesture_ended = Signal()
    full_screen_requested = Signal()
    menu_requested = Signal(QPoint)
    film_step_requested = Signal(int)
    box_clicked = Signal(int)
    paths_dropped = Signal(list)
    text_mode_requested = Signal()
    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._all = [Pane()]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.panes = [self._all[0]]
        self._front = 0
        self._layout = (1, 1)
        self._connect(self._all[0])
        self._lay(1, 1)
        self.setFocusProxy(self.canvas)

    @property
    def front(self) -> Pane:
        """The pane in front."""
        return self.panes[self._front]

    @property
    def canvas(self) -> Canvas:
        """The canvas in front."""
        return self.front.canvas

    @property
    def canvases(self) -> tuple[Canvas, ...]:
        """Every canvas there is, those of panes out of sight among them."""
        return tuple(pane.canvas for pane in self._all)

    def follow(self, hanging: Hanging) -> None:
        """Lay the panes out for this hanging; a pane that shows a film already moves with it."""
        focused = any(canvas.hasFocus() for canvas in self.canvases)
        panes = self._seated(hanging.sheets)
        if (panes, hanging.layout) != (self.panes, self._layout):
            self.panes, self._layout = panes, hanging.layout
            self._lay(*hanging.layout)
        self._front = hanging.front
        for pane in panes:
            pane.stand(alone=len(panes) == 1, in_front=pane is self.front)
        self.setFocusProxy(self.canvas)
        if focused:
            self.canvas.setFocus()

    def _seated(self, sheets: Sequence[int | None]) -> list[Pane]:
        """Return a pane for each of these sheets: the one that shows it, else the one in its place, else a spare."""
        while len(self._all) < len(sheets):
            self._all.append(Pane())
            self._connect(self._all[-1])
            self.made.emit(self._all[-1].canvas)
        shown = {pane.sheet.id: pane for pane in self.panes if pane.sheet is not None}
        seated = [None if sheet is None else shown.get(sheet) for sheet in sheets]
        for place, pane in enumerate(seated):
            if pane is None:
                here = self.panes[place : place + 1]
                seated[place] = next(one for one in (*here, *self._all) if one not in seated)
        return [pane for pane in seated if pane is not None]

    def _lay(self, rows: int, columns: int) -> None:
        for pane in self._all:
            self._grid.removeWidget(pane)
            if pane not in self.panes:
                pane.show_nothing(invite=False)
                pane.hide()
        for line in range(2):
            self._grid.setRowStretch(line, int(line < rows))
            self._grid.setColumnStretch(line, int(line < columns))
        for place, pane in enumerate(self.panes):
            self._grid.addWidget(pane, *divmod(place, columns))
            pane.show()

    def _connect(self, pane: Pane) -> None:
        canvas = pane.canvas
        canvas.touched.connect(lambda: self.touched.emit(pane))
        pane.title.touched.connect(lambda: self.touched.emit(pane))
        canvas.film_dropped.connect(lambda path: self.film_dropped.emit(pane, path))
        canvas.place_changed.connect(lambda place: self.place_changed.emit(pane, place))
        canvas.overlays_held.connect(self._hold_overlays)
        for name in PASSED_ON:
            getattr(canvas, name).connect(getattr(self, name))

    def _hold_overlays(self, held: bool) -> None:
        """Hide or show the overlays of all panes while a key is held on one."""
        for canvas in self.canvases:
            canvas.hold_overlays(held)
