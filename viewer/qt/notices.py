"""The message bar: what went wrong or came in, what to do about it; never a dialog in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.messages import Level, Message
from viewer.qt.icons import icon, pixmap
from viewer.qt.language import say, say_again
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme
from viewer.qt.words import detail_text, message_text

SHOWN = 3
GONE_AFTER_MS = 8000
DETAIL_LINES = 8
TONES: dict[Level, str] = {"info": "accent", "warning": "uncertain", "error": "error"}


class Notice(QFrame):
    """One message with what can be done about it.

    Signals
    -------
    closed
        It wants to go.
    command_chosen
        The id of the command on its button.
    """

    closed = Signal()
    command_chosen = Signal(str)

    def __init__(self, message: Message, command_title: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.message = message
        space = theme().space
        row = QHBoxLayout()
        row.setSpacing(space["one"] + 4)
        row.addWidget(self._sign())
        text = label("")
        say(text, lambda: message_text(message))
        row.addWidget(text, 1)
        say(self, name=lambda: message_text(message))
        if message.details:
            row.addWidget(self._details_button())
        if command_title is not None:
            button = QPushButton()
            say(button, command_title)
            button.setProperty("flat", True)
            button.clicked.connect(lambda: self.command_chosen.emit(message.command))
            row.addWidget(button)
        close = QToolButton()
        close.setIcon(icon("close", theme().colours["quiet"], theme().colours["faint"]))
        close.setIconSize(QSize(14, 14))
        say(close, tip=lambda: self.tr("Close this message"), name=lambda: self.tr("Close this message"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.closed)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(space["two"] - 4, space["half"], space["one"], space["half"])
        column.addLayout(row)
        self._details = QPlainTextEdit()
        say_again(self._details, lambda: self._details.setPlainText("\n".join(map(detail_text, message.details))))
        self._details.setReadOnly(True)
        lines = min(len(message.details), DETAIL_LINES)
        self._details.setFixedHeight(lines * self._details.fontMetrics().lineSpacing() + 2 * space["one"])
        self._details.setVisible(False)
        column.addWidget(self._details)
        if message.level == "info":
            QTimer.singleShot(GONE_AFTER_MS, self, self.closed.emit)

    def _sign(self) -> QLabel:
        sign = QLabel()
        tone = theme().colours[TONES[self.message.level]]
        sign.setPixmap(pixmap(self.message.level, tone, 18, self.devicePixelRatioF()))
        sign.setFixedWidth(22)
        return sign

    def _details_button(self) -> QPushButton:
        button = QPushButton()
        say(button, lambda: self.tr("Reasons"))
        button.setProperty("flat", True)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.toggled.connect(self._show_details)
        return button

    def _show_details(self, shown: bool) -> None:
        self._details.setVisible(shown)


class NoticeBar(QWidget):
    """The newest messages, above the film.

    Signals
    -------
    command_chosen
        The id of the command on a message's button.
    """

    command_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def tell(self, message: Message, command_title: Callable[[], str] | None = None) -> None:
        """Show a message; the same words are not said twice at once, and the oldest makes room."""
        self.take_back(message)
        while len(self.notices) >= SHOWN:
            self._remove(self.notices[0])
        notice = Notice(message, command_title)
        notice.closed.connect(lambda: self._remove(notice))
        notice.command_chosen.connect(self.command_chosen)
        self.notices.append(notice)
        self._column.addWidget(notice)
        self.show()

    def take_back(self, message: Message | None) -> None:
        """Remove a message that no longer holds."""
        for notice in [notice for notice in self.notices if notice.message == message]:
            self._remove(notice)

    def take_back_details(self) -> None:
        """Remove messages whose details name files."""
        for notice in [notice for notice in self.notices if notice.message.details]:
            self._remove(notice)

    def _remove(self, notice: Notice) -> None:
        if notice in self.notices:
            self.notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self.notices))
