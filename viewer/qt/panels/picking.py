"""Picking films from a list: a click or the arrow keys hang a film, a press that begins a drag carries it away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView


class Picking(QObject):
    """Watches one view, whose model says what a row carries.

    Signals
    -------
    picked
        The row that was clicked or reached by the keyboard.
    """

    picked = Signal(QModelIndex)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._by_mouse = False
        view.setDragEnabled(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.clicked.connect(self.picked)
        view.selectionModel().currentChanged.connect(self._on_current_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note whether the mouse or the keyboard is at work."""
        if event.type() == QEvent.Type.MouseButtonPress and watched is self._view.viewport():
            self._by_mouse = True
        elif event.type() == QEvent.Type.KeyPress:
            self._by_mouse = False
        return False

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._by_mouse:
            self.picked.emit(index)
