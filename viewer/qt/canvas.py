"""The canvas: one film on the light box, with the reader's hands on it; it shows choices and sends wishes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from model.film.film import Film, Window
from model.findings.prediction import Prediction
from viewer.display.look import Look
from viewer.display.render import film_aspect
from viewer.display.view import View
from viewer.qt import inks
from viewer.qt.corner_text import Under
from viewer.qt.magnifier import Lens, Magnifier
from viewer.qt.overlay_items import Screen, box_at
from viewer.qt.picture import PictureMaker
from viewer.qt.placard import Placard, draw_placard, panel_rect
from viewer.qt.pointer import Pointer
from viewer.qt.scene import Marks, Scene, draw_scene
from viewer.session.corner import TextMode
from viewer.session.overlays import OverlayChoice
from viewer.session.window_drag import GreyRange, dragged, range_of, window_of

REST_MS = 90
"""After so long without a movement the picture is averaged anew at its very size and the marks are drawn finely."""
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(QWidget):
    """Shows one film. The session owns all choices: the canvas emits what the reader wishes and shows what it is told.

    Positions in its public face are logical pixels of the widget; ``zoom`` is device pixels per film pixel.
    """

    look_changed = Signal(object, int)
    """The look wished for, and the id of the gesture that asks: one drag has one id."""
    pointer_moved = Signal(int, int, object)
    """Row, column and modality value under the cursor; the value is None beside the film."""
    zoom_changed = Signal(float)
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
        self._film: Film | None = None
        self._look: Look | None = None
        self._view: View | None = None
        self._maker: PictureMaker | None = None
        self._magnifier: Magnifier | None = None
        self._lens: Lens | None = None
        self._cursor: QPointF | None = None
        self._fitted = True
        self._sharp, self._moving = True, False
        self._hold: tuple[View | None, tuple[float, float], tuple[float, float]] | None = None
        self._marks = Marks()
        self._choice = OverlayChoice()
        self._hidden = self._held = False
        self._chosen_box: int | None = None
        self._anonymous = False
        self._text_mode: TextMode = "all"
        self._under: Under | None = None
        self._placard = Placard()
        self._lit = self._ringed = False
        self._values: GreyRange | None = None
        self._drag_from: Window | None = None
        self._pointer = Pointer(self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._name_for_readers()

    # What is shown

    def show_film(self, film: Film | None, look: Look | None) -> None:
        """Hang a film, fitted to the canvas; None clears the light box.

        Raises
        ------
        ValueError
            When a film comes without a look.
        """
        if film is not None and look is None:
            raise ValueError("A film needs a look to be shown.")
        self._pointer.let_go()
        self._film, self._look = film, look
        self._placard = Placard()
        self._maker = None if film is None else PictureMaker(film)
        self._magnifier = None if film is None or self._maker is None else Magnifier(film, self._maker.beside())
        self._marks = Marks()
        self._chosen_box = self._under = self._values = self._view = None
        self._name_for_readers()
        self.fit()
        self.update()

    def show_loading(self, name: str) -> None:
        """Say that a film is being read."""
        self._hang(Placard("loading", name))

    def show_failure(self, message: str) -> None:
        """Say in place why a film cannot be shown and what to do."""
        self._hang(Placard("failure", message))

    def _hang(self, placard: Placard) -> None:
        self.show_film(None, None)
        self._placard = placard
        self._name_for_readers()

    def set_look(self, look: Look) -> None:
        """Show the film with another look; a new pose keeps the middle, or the fit."""
        turned = self._look is None or look.pose != self._look.pose
        self._look = look
        if turned and self._view is not None:
            self._set_view(self._view.laid(look.pose))
            if self._fitted:
                self.fit()
        self.update()

    def set_prediction(self, prediction: Prediction | None) -> None:
        """Show what the network says; a prediction of another film is ignored."""
        if prediction is not None and (self._film is None or prediction.film_key != self._film.key):
            return
        self._chosen_box = None
        self._prepare(prediction)

    def set_overlays(self, choice: OverlayChoice) -> None:
        """Choose which marks of the network are shown."""
        self._choice = choice
        self._prepare(self._marks.prediction)

    def _prepare(self, prediction: Prediction | None) -> None:
        if self._film is not None:
            self._marks.prepare(prediction, self._choice, self._film)
        self.update()

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show the words about patient and study."""
        self._anonymous = anonymous
        self._name_for_readers()
        self.update()

    def set_text_mode(self, mode: TextMode) -> None:
        """Show all corner text, the minimum, or none."""
        self._text_mode = mode
        self.update()

    def hide_overlays(self, hidden: bool) -> None:
        """Hide every overlay, or bring back those that were chosen."""
        self._hidden = hidden
        self.update()

    def _hold_overlays(self, held: bool) -> None:
        """Hide every overlay while a key is held."""
        self._held = held
        self.update()

    @property
    def _overlays(self) -> bool:
        return not (self._hidden or self._held)

    def select_box(self, index: int | None) -> None:
        """Highlight one box of the prediction, or none."""
        self._chosen_box = index
        self.update()

    def set_lens(self, lens: Lens | None) -> None:
        """Hold a magnifier over the film, under the cursor, or put it away."""
        self._lens = lens
        self.update()

    # Where it is shown

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
        if self._film is None or self._look is None:
            return
        width, height = self._device_size()
        film, pose = self._film, self._look.pose
        self._set_view(View.fitted(film.rows, film.columns, width, height, pose=pose, aspect=film_aspect(film)))
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

    def center_on_box(self, index: int) -> None:
        """Bring a box to the middle, at half the canvas at most, and highlight it."""
        prediction = self._marks.prediction
        if self._view is not None and prediction is not None and 0 <= index < len(prediction.boxes):
            box = prediction.boxes[index]
            self._zoomed(self._view.centred(box.row, box.column, box.height, box.width))
            self.select_box(index)

    def grab_picture(self) -> QImage:
        """Return what the canvas shows, overlays and words included, in device pixels and at its best quality."""
        self._on_rest()
        return self.grab().toImage()

    def sizeHint(self) -> QSize:
        """Return a size that suits a chest film."""
        return QSize(900, 900)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which words stay apart."""
        return QSize(320, 280)

    def _zoomed(self, view: View) -> None:
        self._sharp = False
        self._move(view)

    def _move(self, view: View) -> None:
        self._fitted, self._moving = False, True
        self._rest.start()
        self._set_view(view)

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
        self.look_changed.emit(Look(window, look.inverted, look.pose), gesture)

    def click(self, at: QPointF) -> None:
        """Say which box was clicked; the empty light box asks for films."""
        if self._film is None:
            if self._placard.kind == "empty" and panel_rect(self.rect().toRectF()).contains(at):
                self.open_requested.emit()
            return
        prediction = self._marks.prediction
        if prediction is not None and self._view is not None and self._overlays and self._choice.boxes:
            index = box_at(prediction.boxes, Screen(self._view, self.devicePixelRatioF()), at)
            if index is not None:
                self.box_clicked.emit(index)

    def ask_menu(self, at: QPoint) -> None:
        """Wish for the context menu at a global position."""
        self.menu_requested.emit(at)

    def step_film(self, step: int) -> None:
        """Wish for the next or previous film."""
        self.film_step_requested.emit(step)

    def set_hand(self, shape: Qt.CursorShape | None) -> None:
        """Show a cursor, None for the usual one."""
        if shape is None:
            self.unsetCursor()
        else:
            self.setCursor(shape)

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the moment."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), inks.BOX)
        scene = self._scene()
        if scene is None or self._maker is None:
            draw_placard(painter, self.rect().toRectF(), self._placard, self.font(), self._lit)
        else:
            draw_scene(painter, scene, self._maker, self._marks, self.font())
            self._draw_lens(painter, scene)
        if self._ringed or self._lit:
            painter.setPen(QPen(inks.FOCUS, 2.0))
            painter.drawRect(self.rect().toRectF().adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_lens(self, painter: QPainter, scene: Scene) -> None:
        if self._lens is not None and self._magnifier is not None and self._cursor is not None and self._under:
            self._magnifier.draw(
                painter, self._lens, self._cursor, scene.view, scene.look, ratio=scene.ratio, font=self.font()
            )

    def _scene(self) -> Scene | None:
        if self._film is None or self._look is None or self._view is None:
            return None
        return Scene(
            film=self._film,
            look=self._look,
            view=self._view,
            ratio=self.devicePixelRatioF(),
            choice=self._choice,
            overlays=self._overlays,
            chosen_box=self._chosen_box,
            text_mode=self._text_mode,
            anonymous=self._anonymous,
            under=self._under,
            sharp=self._sharp,
            moving=self._moving,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the fit, or the point in the middle."""
        self._follow_size()
        super().resizeEvent(event)

    def _follow_size(self) -> None:
        if self._fitted:
            self.fit()
        elif self._view is not None:
            self._set_view(self._view.resized(*self._device_size()))

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
                self._hold_overlays(True)
        return True

    def _released(self, key: int) -> None:
        if key == Qt.Key.Key_Tab:
            self._hold_overlays(False)
        elif self._pointer.leave_space():
            self.text_mode_requested.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._ringed = False
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand, and read the pixel under it."""
        if self._film is not None:
            self._pointer.move(event)
        self._read_under(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Wish for the full screen; other buttons go on as presses."""
        if event.button() == Qt.MouseButton.LeftButton and self._film is not None:
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
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of held keys: their release will not come here."""
        self._pointer.let_go()
        self._hold_overlays(False)
        self._ringed = False
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if _local_paths(event):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Dim the panel again."""
        self._light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which files were dropped."""
        self._light(False)
        event.acceptProposedAction()
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
        inside = 0 <= row < self._film.rows and 0 <= column < self._film.columns
        self._under = Under(row, column, self._film.pixels[row, column].item()) if inside else None
        self.pointer_moved.emit(row, column, None if self._under is None else self._under.value)
        if self._text_mode != "none" or self._lens is not None:
            self.update()

    def _name_for_readers(self) -> None:
        """Name the canvas for screen readers; the name never tells the patient's."""
        self.setAccessibleName(self.tr("Light box"))
        if self._film is None:
            words = {
                "empty": self.tr("No film is shown. Drop films here or open some."),
                "loading": self.tr("A film is being read."),
            }
            self.setAccessibleDescription(words.get(self._placard.kind, self._placard.detail))
        else:
            view = self._film.description.view or self.tr("view unknown")
            size = self.tr("{columns} by {rows} pixels").format(columns=self._film.columns, rows=self._film.rows)
            self.setAccessibleDescription(self.tr("Film, {view}, {size}").format(view=view, size=size))


def _local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
