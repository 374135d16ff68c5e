"""The keyboard's way through the window, from panel to panel."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def next_stop(panes: Iterable[QWidget], focused: QWidget | None) -> QWidget | None:
    """Return what takes the keyboard next: the first stop of the visible pane after the one that has it now."""
    shown = [pane for pane in panes if pane.isVisible()]
    place = next((i for i, pane in enumerate(shown) if focused is not None and _holds(pane, focused)), -1)
    stops = (first_stop(pane) for pane in shown[place + 1 :] + shown[: place + 1])
    return next((stop for stop in stops if stop is not None), None)


def first_stop(pane: QWidget) -> QWidget | None:
    """Return the first widget of a pane that the keyboard can reach, in the order of the Tab key."""
    widget: QWidget | None = pane
    while widget is not None and _holds(pane, widget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
        widget = widget.nextInFocusChain()
        if widget is pane:
            break
    return None


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
