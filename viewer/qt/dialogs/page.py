"""A dialog that shows one page of text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from viewer.qt.language import say
from viewer.qt.outside import open_outside
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme


class PageDialog(QDialog):
    """Title, page, one button; ``buttons`` takes more."""

    def __init__(self, title: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        say(self, title=title)
        self.setModal(False)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(open_outside)
        say(self.page, name=title)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        say(self.buttons.button(QDialogButtonBox.StandardButton.Close), lambda: self.tr("Close"))
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme().space["three"]
        column.setContentsMargins(margin, margin, margin, theme().space["two"])
        column.setSpacing(theme().space["two"] - 4)
        heading = label("display")
        say(heading, title)
        column.addWidget(heading)
        column.addWidget(self.page, 1)
        column.addWidget(self.buttons)
        room = parent.screen().availableGeometry()
        self.resize(min(680, room.width() - 60), min(720, room.height() - 80))

    def show_markdown(self, text: str) -> None:
        """Show a page written in Markdown, its tables in the theme's lines."""
        self.page.setMarkdown(text)
        for frame in self.page.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                layout = frame.format()
                layout.setBorderBrush(theme().colour("edge"))
                layout.setBorderCollapse(True)
                layout.setCellPadding(theme().space["half"] + 2)
                frame.setFormat(layout)
