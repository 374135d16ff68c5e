"""The window's walls: panels come and go, the film fills the screen, the keyboard walks from panel to panel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QWidget

from viewer.qt.tour import next_stop


class Walls(QObject):
    """Implements ``viewer.commands.hand.WindowHand``.

    Signals
    -------
    moved
        A panel came or went, or the window began or ceased to fill the screen.
    toggled
        The name of a panel that a command has shown or hidden.
    """

    moved = Signal()
    toggled = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        docks: Mapping[str, QDockWidget],
        stops: Callable[[], Iterable[QWidget]],
        home: QWidget,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._stops = stops
        self._home = home
        self._before: QByteArray | None = None
        for dock in docks.values():
            dock.visibilityChanged.connect(lambda _shown: self.moved.emit())

    @property
    def arrangement(self) -> QByteArray | None:
        """Where bars and panels are, in Qt's own words; None while they are out of the way of a full screen."""
        return self._window.saveState() if self._before is None else None

    @property
    def full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self._window.isFullScreen()

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen or go back."""
        if full and not self.full_screen:
            self._before = self._window.saveState()
            for part in (*self._docks.values(), *self._bars()):
                part.hide()
            self._window.showFullScreen()
        elif not full and self.full_screen:
            self._window.showNormal()
            for part in self._bars():
                part.show()
            if self._before is not None:
                self._window.restoreState(self._before)
                self._before = None
        self._home.setFocus()
        self.moved.emit()

    def _bars(self) -> tuple[QWidget, ...]:
        window = self._window
        return (window.menuBar(), *window.findChildren(QToolBar), window.statusBar())

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel."""
        self._docks[name].setVisible(self._docks[name].isHidden())
        self.toggled.emit(name)

    def panel_shown(self, name: str) -> bool:
        """Tell whether a panel is shown."""
        return not self._docks[name].isHidden()

    def step_pane(self) -> None:
        """Move the keyboard to the next panel."""
        stop = next_stop(self._stops(), self._window.focusWidget())
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def quit(self) -> None:
        """Close the window."""
        self._window.close()
