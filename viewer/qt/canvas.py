"""The canvas: a film with the reader's hands on it; it shows what it is told and sends wishes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from model.film.film import Film, Window
from viewer.display.look import Look
from viewer.measure.shapes import Kind
from viewer.qt.corner_text import Under, foot
from viewer.qt.drop import film_in
from viewer.qt.film_view import FilmView
from viewer.qt.overlay_items import box_at
from viewer.qt.placard import panel_rect
from viewer.qt.pointer import Pointer
from viewer.session.hands import HandChoice
from viewer.session.window_drag import GreyRange, dragged, range_of, window_of

KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(FilmView):
    """One film under the reader's hands.

    The session owns all choices: the canvas emits what the reader wishes and shows what it is told.
    """

    touched = Signal()
    """A hand or the keyboard came to this canvas; told before anything else that it wishes."""
    film_dropped = Signal(object)
    """The path of a film that was dragged here from the list or from another canvas."""
    overlays_held = Signal(bool)
    """Whether the key that hides overlays is held now."""
    look_changed = Signal(object, int)
    """The look wished for, and the id of the gesture that asks: one drag has one id."""
    measurement_changed = Signal(object, int)
    """A measurement that is new or lies otherwise, and the id of the gesture that asks."""
    measurement_chosen = Signal(object)
    """The id of the measurement that was taken hold of; None when the film was."""
    gesture_ended = Signal()
    """A button was let go: what it changed can be kept."""
    pointer_moved = Signal(int, int, object)
    """Row, column and modality value under the cursor; the value is None beside the film."""
    full_screen_requested = Signal()
    menu_requested = Signal(QPoint)
    film_step_requested = Signal(int)
    box_clicked = Signal(int)
    paths_dropped = Signal(list)
    text_mode_requested = Signal()
    """Space was tapped: the next state of the corner text is wished for."""
    open_requested = Signal()
    """The empty light box was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: GreyRange | None = None
        self._drag_from: Window | None = None
        self._pointer = Pointer(self)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_film(self, film: Film | None, look: Look | None) -> None:
        """Hang a film; gestures under way on another one are forgotten. See ``FilmView.show_film``."""
        if not self._is_sketch_of(film):
            self._pointer.let_go()
        self._values = None
        super().show_film(film, look)

    def set_hands(self, choice: HandChoice) -> None:
        """Choose what the mouse buttons do."""
        self._pointer.choice = choice

    def set_tool(self, tool: Kind | None) -> None:
        """Let the left button draw measurements of this kind; None gives it back to the window."""
        self._measure.take(tool)
        self.set_hand(None)
        self.update()

    def cancel_drawing(self) -> bool:
        """Forget an unfinished measurement; return whether there was one."""
        self.update()
        return self._measure.forget()

    # The reader's hands (what the pointer calls)

    def begin_window(self) -> None:
        """Remember the window that a drag starts from."""
        self._drag_from = None
        if self._film is not None and self._look is not None:
            self._drag_from = window_of(self._film, self._look)

    def drag_window(self, right: float, up: float, gesture: int) -> None:
        """Wish for the window after the hand moved so far since the press."""
        film, look = self._film, self._look
        if film is None or look is None or self._drag_from is None:
            return
        if self._values is None:
            self._values = range_of(film)
        white_first = film.low_is_white != look.inverted
        window = dragged(self._drag_from, right, up, self._values, white_first=white_first)
        self.look_changed.emit(replace(look, grey=window), gesture)

    def click(self, at: QPointF) -> None:
        """Say which box was clicked; the empty light box asks for films."""
        if self._film is None:
            if self._placard.kind == "empty" and panel_rect(self.rect().toRectF()).contains(at):
                self.open_requested.emit()
            return
        prediction = self.prediction
        if prediction is not None and self._screen is not None and self._overlays and self._choice.boxes:
            index = box_at(prediction.boxes, self._screen, at)
            if index is not None:
                self.box_clicked.emit(index)

    def take_shape(self, at: QPointF) -> bool:
        """Draw or take hold of a measurement; return whether the press is the measuring hand's."""
        if self._screen is None or not self._overlays:
            return False
        before = self._measure.chosen
        taken = self._measure.press(at, self._screen)
        if self._measure.chosen != before:
            self.measurement_chosen.emit(self._measure.chosen)
        self.update()
        return taken

    def drag_shape(self, at: QPointF, gesture: int) -> None:
        """Wish for the shape that is held where the hand is, or go on drawing."""
        if self._screen is not None:
            held = self._measure.move(at, self._screen, pressed=True)
            if held is not None:
                self.measurement_changed.emit(held, gesture)
            self.update()

    def leave_shape(self, at: QPointF, moved: bool, gesture: int) -> None:
        """End a hold; a shape that has all its points now is wished for."""
        if self._screen is not None:
            made = self._measure.release(at, self._screen, moved)
            if made is not None:
                self.measurement_changed.emit(made, gesture)
                self.measurement_chosen.emit(made.id)
            self.update()

    def end_gesture(self) -> None:
        """Say that the hand has let go."""
        self.gesture_ended.emit()

    def ask_menu(self, at: QPoint) -> None:
        """Wish for the context menu at a global position."""
        self.menu_requested.emit(at)

    def step_film(self, step: int) -> None:
        """Wish for the next or previous film."""
        self.touched.emit()
        self.film_step_requested.emit(step)

    def set_hand(self, shape: Qt.CursorShape | None) -> None:
        """Show a cursor; None for the usual one, a cross while a tool is held."""
        if shape is not None:
            self.setCursor(shape)
        elif self._measure.tool is not None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self.unsetCursor()

    # What Qt calls

    def event(self, event: QEvent) -> bool:
        """Take the keys that Qt would use for itself, and pinches of a touch pad."""
        kind = event.type()
        if kind == QEvent.Type.DevicePixelRatioChange:
            self._follow_size()
        elif isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1.0 + event.value(), event.position())
            return True
        elif isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Handle plain Space and Tab while a film hangs; return whether the key is ours."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self._film is None or event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Tab):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            if not event.isAutoRepeat():
                self._released(event.key())
            return True
        if not plain:
            return False
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            if event.key() == Qt.Key.Key_Space:
                self._pointer.hold_space()
            else:
                self.overlays_held.emit(True)
        return True

    def _released(self, key: int) -> None:
        if key == Qt.Key.Key_Tab:
            self.overlays_held.emit(False)
        elif self._pointer.leave_space():
            self.text_mode_requested.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._ringed = False
        self.touched.emit()
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand, and read the pixel under it."""
        if self._film is not None:
            self._pointer.move(event)
        if not self._pointer.busy and self._measure.draft is not None and self._screen is not None:
            self._measure.move(event.position(), self._screen, pressed=False)
            self.update()
        self._read_under(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Wish for the full screen; other buttons and the measuring hand take it for a press."""
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._film is not None and self._measure.tool is None:
            self.full_screen_requested.emit()
        else:
            self._pointer.press(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom or step."""
        self._pointer.wheel(event)
        self._read_under(event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wish for the menu when a key asks; the mouse's own request waits for the release."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self.mapToGlobal(self.rect().center()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pixel under the cursor."""
        self._under = self._cursor = None
        self.pointer_moved.emit(-1, -1, None)
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus where a key brought it here; under the mouse the film stays free of a frame."""
        self._ringed = event.reason() in KEYBOARD_REASONS
        self.touched.emit()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of held keys: their release will not come here."""
        self._pointer.let_go()
        self.overlays_held.emit(False)
        self._ringed = False
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files, and films of the list and of other panes."""
        if _local_paths(event) or film_in(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Dim the panel again."""
        self._light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which film or which files were dropped."""
        self._light(False)
        event.acceptProposedAction()
        film = film_in(event.mimeData())
        if film is not None:
            self.film_dropped.emit(film)
            return
        self.touched.emit()
        self.paths_dropped.emit(_local_paths(event))

    def _light(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def _read_under(self, at: QPointF) -> None:
        if self._film is None or self._view is None:
            return
        self._cursor = at
        ratio = self.devicePixelRatioF()
        row, column = (int(v // 1) for v in self._view.to_film(at.x() * ratio, at.y() * ratio))
        inside = 0 <= row < self._film.rows and 0 <= column < self._film.columns and not self._sketch
        self._under = Under(row, column, self._film.pixels[row, column].item()) if inside else None
        self.pointer_moved.emit(row, column, None if self._under is None else self._under.value)
        if self._lens is not None:
            self.update()
        elif self._text_mode != "none":
            self.update(foot(self.rect(), self.font()))


def _local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
