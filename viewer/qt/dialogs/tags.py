"""The tag browser: every tag of the film's file as a tree, searched as one types, its values to be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

import model.film
from model.errors import FilmError
from viewer.qt.language import say, say_again
from viewer.qt.panels.parts import label
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.session.tag_rows import TagRow, rows

if TYPE_CHECKING:
    from model.film.tags import TagNode

LINE = int(Qt.ItemDataRole.UserRole) + 1
COLUMNS = 4


@dataclass(slots=True, eq=False)
class _Line:
    """A row in the tree: its first cell, what it says, what a search finds it by, and the line above.

    ``whole`` tells that the search found the line itself, so that all below it is shown.
    """

    item: QStandardItem
    row: TagRow
    words: str
    parent: _Line | None
    whole: bool = False


class TagsDialog(QDialog):
    """The tags of one film; ``follow`` shows another film's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._nodes: tuple[TagNode, ...] = ()
        self._anonymous = False
        self._problem = ""
        say(self, title=lambda: self.tr("Tags"))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        say(
            self.search,
            hint=lambda: self.tr("Search number, name or value"),
            name=lambda: self.tr("Search the tags"),
        )
        self.search.installEventFilter(self)
        self.model = QStandardItemModel(self)
        self._lines: list[_Line] = []
        self.tree = self._tree()
        self._told = label("quiet")
        self._lay_out()
        self.search.textChanged.connect(self._on_typed)
        say_again(self, self._fill)
        room = parent.screen().availableGeometry()
        self.resize(min(860, room.width() - 60), min(680, room.height() - 80))

    def _tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self.model)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.installEventFilter(self)
        say(tree, name=lambda: self.tr("Tags"))
        return tree

    def _lay_out(self) -> None:
        heading = label("display", wrap=False)
        say(heading, lambda: self.tr("Tags"))
        buttons = QDialogButtonBox()
        self.copy_button = QPushButton()
        say(self.copy_button, lambda: self.tr("Copy value"), tip=lambda: self.tr("Copy the value of this row (Ctrl+C)"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        say(close, lambda: self.tr("Close"))
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        margin = theme().space["three"]
        column.setContentsMargins(margin, margin, margin, theme().space["two"])
        column.setSpacing(theme().space["one"] + 4)
        for widget in (heading, self.search, self.tree, self._told, buttons):
            column.addWidget(widget, 1 if widget is self.tree else 0)

    def follow(self, path: Path | None, anonymous: bool) -> None:
        """Show the tags of this file; none where no film hangs."""
        self._anonymous = anonymous
        if path != self._path:
            self._path, self._nodes, self._problem = path, (), ""
            try:
                self._nodes = () if path is None else model.film.read_tags(path)
            except FilmError as error:
                self._problem = error.message
        self._fill()

    def _fill(self) -> None:
        """Write all rows anew."""
        self.model.clear()
        self.model.setHorizontalHeaderLabels([self.tr("Tag"), self.tr("Name"), self.tr("VR"), self.tr("Value")])
        words = (self.tr("hidden"), self.tr("private"))
        self._lines = []
        _grow(self._lines, self.model.invisibleRootItem(), self._nodes, (self._anonymous, words))
        header = self.tree.header()
        for place in range(COLUMNS - 1):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate((180, 260, 50)):
            self.tree.setColumnWidth(place, width)
        header.setStretchLastSection(True)
        self._on_typed(self.search.text())

    def _on_typed(self, typed: str) -> None:
        found = _found(self._lines, typed.strip().casefold())
        for line in self._lines:
            self.tree.setRowHidden(line.item.row(), _index(line.item.parent()), line not in found)
        if typed.strip():
            self.tree.expandAll()
        first = next((line for line in self._lines if line in found), None)
        self.tree.setCurrentIndex(QModelIndex() if first is None else first.item.index())
        words = sentence_text(self._problem)
        if not words and typed.strip() and not found:
            words = self.tr("No tag holds these letters.")
        elif not words and self._anonymous:
            words = self.tr("Names, dates, identifiers and private values are hidden.")
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def current(self) -> TagRow | None:
        """Return the row chosen."""
        place = self.tree.currentIndex().siblingAtColumn(0).data(LINE)
        return None if place is None else self._lines[place].row

    def copy(self) -> None:
        """Put the whole value of the row chosen on the clipboard, unless it is hidden."""
        row = self.current()
        value = None if row is None else row.whole(self._anonymous)
        if value is not None:
            QGuiApplication.clipboard().setText(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the tree from the field, and copy with the usual keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                self.tree.setFocus()
                return True
            if watched is self.tree and event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
        return super().eventFilter(watched, event)


def _grow(
    lines: list[_Line],
    above: QStandardItem,
    nodes: Sequence[TagNode],
    said: tuple[bool, tuple[str, str]],
    parent: _Line | None = None,
) -> None:
    """Hang rows for these nodes, and for all below them, under an item; ``said`` is anonymity and its two words."""
    anonymous, (hidden, private) = said
    quiet = theme().colour("quiet")
    for row, below in rows(nodes, parent is not None and parent.row.private):
        value = row.value(anonymous)
        name = f"{row.node.name} ({private})" if row.private and row.node.name else row.node.name
        shown = hidden if value is None else value.replace("\n", " ")
        cells = [QStandardItem(text) for text in (row.node.tag, name, row.node.representation, shown)]
        cells[3].setToolTip(shown)
        for place, cell in enumerate(cells):
            if place == 2 or row.private or (place == 3 and value is None):
                cell.setForeground(quiet)
        above.appendRow(cells)
        cells[0].setData(len(lines), LINE)
        line = _Line(cells[0], row, row.words(anonymous).casefold(), parent)
        lines.append(line)
        _grow(lines, cells[0], below, said, line)


def _found(lines: Sequence[_Line], typed: str) -> set[_Line]:
    """Return the lines that hold what was typed, all lines above them and all below."""
    found: set[_Line] = set()
    for line in lines:
        if line.parent is not None and line.parent.whole:
            line.whole = True
            found.add(line)
            continue
        line.whole = typed in line.words
        above: _Line | None = line if line.whole else None
        while above is not None and above not in found:
            found.add(above)
            above = above.parent
    return found


def _index(item: QStandardItem | None) -> QModelIndex:
    return QModelIndex() if item is None else item.index()
