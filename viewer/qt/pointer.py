"""The reader's hands on the film: mouse buttons, wheel and the held Space key, turned into wishes."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from viewer.session.hands import HandChoice

CLICK_REACH = 3.0
"""A press that moves less than this many logical pixels is a click, not a drag."""
WHEEL_STEP = 1.2
"""Zoom of one notch of the wheel."""
ZOOM_HAND = 150.0
"""Logical pixels of a zoom drag that enlarge e times."""
FINE, COARSE = 0.25, 4.0
"""How much further or less far a window drag goes with Shift or Ctrl held."""
NOTCH = 120
"""Wheel angle of one notch, in eighths of a degree (Qt)."""

_gestures = itertools.count(1)


class Hands(Protocol):
    """What the pointer can do to a canvas; positions are logical pixels."""

    def begin_window(self) -> None:
        """Remember the window that a drag starts from."""

    def drag_window(self, right: float, up: float, gesture: int) -> None:
        """Wish for the window after the hand moved so far since the press."""

    def take_shape(self, at: QPointF) -> bool:
        """Draw or take hold of a measurement; return whether the press is the measuring hand's."""

    def drag_shape(self, at: QPointF, gesture: int) -> None:
        """Follow the hand with the shape that is held or drawn."""

    def leave_shape(self, at: QPointF, moved: bool, gesture: int) -> None:
        """End a hold, or set a point of the shape that is drawn."""

    def end_gesture(self) -> None:
        """Say that the hand has let go."""

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the film."""

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge the film, holding the point under ``at``."""

    def click(self, at: QPointF) -> None:
        """Act on a left click."""

    def ask_menu(self, at: QPoint) -> None:
        """Wish for the context menu at a global position."""

    def step_film(self, step: int) -> None:
        """Wish for the next or previous film."""

    def set_hand(self, shape: Qt.CursorShape | None) -> None:
        """Show a cursor, None for the usual one."""


@dataclass(slots=True)
class _Drag:
    kind: str
    button: Qt.MouseButton
    start: QPointF
    last: QPointF
    gesture: int
    moved: bool = False
    right: float = 0.0
    up: float = 0.0


_SHAPES = {
    "window": Qt.CursorShape.CrossCursor,
    "pan": Qt.CursorShape.ClosedHandCursor,
    "zoom": Qt.CursorShape.SizeVerCursor,
    "shape": Qt.CursorShape.CrossCursor,
}


class Pointer:
    """Follows one press to its release; one press is one gesture with one id."""

    def __init__(self, hands: Hands) -> None:
        self.choice = HandChoice()
        self._hands = hands
        self._drag: _Drag | None = None
        self._space = False
        self._space_used = False
        self._notches = 0.0

    @property
    def busy(self) -> bool:
        """Whether a button is held."""
        return self._drag is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture, unless one is under way."""
        kind = self._deed(event.button())
        if kind is None or self._drag is not None:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if self._space and left:
            kind, self._space_used = "pan", True
        elif left and self._hands.take_shape(event.position()):
            kind = "shape"
        self._drag = _Drag(kind, event.button(), event.position(), event.position(), next(_gestures))
        if kind == "window":
            self._hands.begin_window()

    def _deed(self, button: Qt.MouseButton) -> str | None:
        deeds = {
            Qt.MouseButton.LeftButton: self.choice.left,
            Qt.MouseButton.MiddleButton: self.choice.middle,
            Qt.MouseButton.RightButton: self.choice.right,
        }
        return deeds.get(button)

    def move(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        drag = self._drag
        if drag is None:
            return
        away = event.position() - drag.start
        if not drag.moved:
            if math.hypot(away.x(), away.y()) < CLICK_REACH:
                return
            drag.moved = True
            self._hands.set_hand(_SHAPES[drag.kind])
        step = event.position() - drag.last
        drag.last = event.position()
        self._follow(drag, step, gear(event.modifiers()))

    def _follow(self, drag: _Drag, step: QPointF, gear: float) -> None:
        if drag.kind == "window":
            pace = gear * self.choice.speed
            drag.right += pace * (-step.x() if self.choice.left_widens else step.x())
            drag.up += pace * (step.y() if self.choice.down_brightens else -step.y())
            self._hands.drag_window(drag.right, drag.up, drag.gesture)
        elif drag.kind == "shape":
            self._hands.drag_shape(drag.last, drag.gesture)
        elif drag.kind == "pan":
            self._hands.pan_by(step.x(), step.y())
        else:
            self._hands.zoom_by(math.exp(-step.y() / ZOOM_HAND), drag.start)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture that this button began; without movement it was a click."""
        drag = self._drag
        if drag is None or event.button() != drag.button:
            return
        self._drag = None
        self._hands.set_hand(Qt.CursorShape.OpenHandCursor if self._space else None)
        if drag.kind == "shape":
            self._hands.leave_shape(event.position(), drag.moved, drag.gesture)
        elif not drag.moved:
            self._click(drag, event)
        self._hands.end_gesture()

    def _click(self, drag: _Drag, event: QMouseEvent) -> None:
        if drag.button == Qt.MouseButton.RightButton:
            self._hands.ask_menu(event.globalPosition().toPoint())
        elif drag.button == Qt.MouseButton.LeftButton and not self._space:
            self._hands.click(event.position())

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor, or with Ctrl step from film to film, one film a notch."""
        angle = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._notches += angle / NOTCH
            while abs(self._notches) >= 1.0:
                step = 1 if self._notches < 0 else -1
                self._notches += step
                self._hands.step_film(step)
        elif angle:
            self._notches = 0.0
            self._hands.zoom_by(WHEEL_STEP ** (angle / NOTCH), event.position())

    def hold_space(self) -> None:
        """Turn the left button into the panning hand while Space is held."""
        self._space, self._space_used = True, False
        self._hands.set_hand(Qt.CursorShape.OpenHandCursor)

    def leave_space(self) -> bool:
        """End the panning hand; return whether Space was tapped alone, without a drag."""
        tapped = self._space and not self._space_used
        self._space = False
        if self._drag is None:
            self._hands.set_hand(None)
        return tapped

    def let_go(self) -> None:
        """Forget a gesture under way: the film or the focus has gone."""
        if self._drag is not None:
            self._hands.end_gesture()
        self._drag, self._space = None, False
        self._hands.set_hand(None)


def gear(modifiers: Qt.KeyboardModifier) -> float:
    """Return how far a window drag goes: fine with Shift, coarse with Ctrl."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return FINE
    return COARSE if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0
