"""The command palette: type a few letters of anything the program can do, press Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Command
from viewer.commands.search import found
from viewer.qt.actions import command_title, keys_text
from viewer.qt.icons import icon
from viewer.qt.language import say
from viewer.qt.theme import theme
from viewer.qt.words import translate

WIDTH = 560
ROW = 36
ROWS = 10
FRAME = 68
COMMAND_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class _RowDelegate(QStyledItemDelegate):
    """Icon, title, and the keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        """Return the size of a row."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        """Draw the row."""
        command: Command = index.data(COMMAND_ROLE)  # type: ignore[attr-defined]
        tokens = theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(2, 1, -2, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("higher"))
            painter.drawRoundedRect(row, 6, 6)
            painter.setBrush(tokens.colour("accent"))
            painter.drawRoundedRect(QRectF(row.left(), row.top() + 8, 3, row.height() - 16), 1.5, 1.5)
        if command.icon:
            drawn = icon(command.icon, tokens.colours["quiet"], tokens.colours["faint"])
            drawn.paint(painter, QRect(row.left() + 12, row.center().y() - 8, 18, 18))
        metrics = QFontMetrics(option.font)
        keys = keys_text(command)
        painter.setPen(tokens.colour("quiet"))
        painter.drawText(
            row.adjusted(0, 0, -12, 0), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), keys
        )
        painter.setPen(tokens.colour("text"))
        words = row.adjusted(42, 0, -24 - metrics.horizontalAdvance(keys), 0)
        title = metrics.elidedText(command_title(command), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)
        painter.restore()


class Palette(QFrame):
    """A box over the window; it closes on Escape, on a click elsewhere, and when a command was chosen."""

    def __init__(self, window: QWidget, run: Callable[[Command], None]) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._window = window
        self._run = run
        self._back_to: QWidget | None = None
        self._commands: list[Command] = []
        self._typed = QLineEdit()
        say(
            self._typed,
            hint=lambda: self.tr("What do you want to do?"),
            name=lambda: self.tr("Find a command"),
        )
        self._typed.setMinimumHeight(theme().space["three"] + 14)
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_RowDelegate(self._list))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        say(self._list, name=lambda: self.tr("Commands found"))
        column = QVBoxLayout(self)
        margin = theme().space["one"]
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(margin)
        column.addWidget(self._typed)
        column.addWidget(self._list)
        self._typed.textChanged.connect(self._search)
        self._typed.installEventFilter(self)
        self._list.clicked.connect(lambda _index: self._choose())
        self.hide()

    def ask(self, commands: list[Command]) -> None:
        """Open with these commands to choose from."""
        self._commands = commands
        self._back_to = self.window().focusWidget()
        self._typed.clear()
        self._search("")
        self.show()
        self.raise_()
        self._typed.setFocus()

    def place(self) -> None:
        """Lie in the upper middle of the window."""
        window = self._window.rect()
        width = min(WIDTH, window.width() - 48)
        rows = min(max(self._model.rowCount(), 1), ROWS)
        height = min(ROW * rows + FRAME, window.height() - 96)
        self.setGeometry(
            QRect(QPoint((window.width() - width) // 2, min(88, window.height() // 8)), QSize(width, height))
        )

    def titles(self) -> list[str]:
        """Return the titles listed, best first."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def _search(self, typed: str) -> None:
        titled = [(f"{command_title(c)}  {translate('Commands', c.menu).replace('&', '')}", c) for c in self._commands]
        self._model.clear()
        for command in found(typed, titled):
            item = QStandardItem(command_title(command))
            item.setData(command, COMMAND_ROLE)
            item.setToolTip(translate("Commands", command.tip))
            self._model.appendRow(item)
        self.place()
        if self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field, and close when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
            keys = {*steps, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab}
            if event.key() in keys:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self._steer(event.key(), steps.get(Qt.Key(event.key()), 0))
                return True
        return super().eventFilter(watched, event)

    def _steer(self, key: int, step: int) -> None:
        if step:
            last = self._model.rowCount() - 1
            row = min(max(self._list.currentIndex().row() + step, 0), last)
            self._list.setCurrentIndex(self._model.index(row, 0))
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()

    def _choose(self) -> None:
        index = self._list.currentIndex()
        self._leave()
        if index.isValid():
            self._run(index.data(COMMAND_ROLE))

    def _leave(self) -> None:
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus()
