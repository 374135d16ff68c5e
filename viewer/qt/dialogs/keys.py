"""The page of keys in the settings: every command with its keys, to be changed, freed or put back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Command
from viewer.commands.keys import bindable, chosen_with, owner, rebound
from viewer.commands.registry import MENUS, Registry
from viewer.qt.actions import command_title, keys_text
from viewer.qt.language import say, say_again
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme
from viewer.qt.words import translate

ID = int(Qt.ItemDataRole.UserRole) + 1


class KeysPage(QWidget):
    """A list of commands, and below it the key of the one chosen.

    Signals
    -------
    chosen
        Keys by command id, for all commands whose keys are not the usual ones.
    """

    chosen = Signal(object)

    def __init__(self, registry: Registry, keys: dict[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._usual = registry.usual
        self._keys = dict(keys)
        self._items: dict[str, QTreeWidgetItem] = {}
        self.commands = QTreeWidget()
        self.commands.setColumnCount(2)
        self.commands.setRootIsDecorated(False)
        self.commands.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.commands.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.commands.header().setStretchLastSection(False)
        say(self.commands, name=lambda: self.tr("Commands and their keys"))
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        say(self.field, name=lambda: self.tr("New key"))
        self.told = label("quiet")
        self.set_button, self.usual_button, self.all_button = (QPushButton() for _ in range(3))
        for button in (self.set_button, self.usual_button, self.all_button):
            button.setAutoDefault(False)
        say(self.usual_button, lambda: self.tr("Usual key"))
        say(self.all_button, lambda: self.tr("Usual keys for all"))
        self._lay_out()
        self.commands.currentItemChanged.connect(self._on_command)
        self.field.keySequenceChanged.connect(self._tell)
        self.set_button.clicked.connect(self._set)
        self.usual_button.clicked.connect(self._put_back)
        self.all_button.clicked.connect(lambda: self._take({}))
        say_again(self, self._fill)

    def _lay_out(self) -> None:
        space = theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, space["two"], 0, 0)
        column.setSpacing(space["one"])
        column.addWidget(self.commands, 1)
        row = QHBoxLayout()
        row.setSpacing(space["one"])
        row.addWidget(self.field, 1)
        for button in (self.set_button, self.usual_button):
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(self.all_button, alignment=Qt.AlignmentFlag.AlignLeft)

    def present(self) -> list[Command]:
        """Return the commands with the keys they have now."""
        return rebound(self._usual, self._keys)

    def _fill(self) -> None:
        """List every command under its menu, the one chosen still chosen."""
        kept = self._command_id()
        self._items.clear()
        self.commands.clear()
        self.commands.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        present = self.present()
        for menu in MENUS:
            head = QTreeWidgetItem([translate("Commands", menu).replace("&", "")])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setForeground(0, theme().colour("quiet"))
            self.commands.addTopLevelItem(head)
            for command in present:
                if command.menu == menu:
                    item = QTreeWidgetItem([command_title(command), keys_text(command)])
                    item.setData(0, ID, command.id)
                    item.setDisabled(not bindable(command))
                    head.addChild(item)
                    self._items[command.id] = item
                    if command.id == kept:
                        self.commands.setCurrentItem(item)
        self.commands.expandAll()
        self._tell()

    def choose(self, command_id: str) -> None:
        """Choose a command in the list."""
        self.commands.setCurrentItem(self._items[command_id])

    def _command_id(self) -> str:
        item = self.commands.currentItem()
        return "" if item is None else item.data(0, ID) or ""

    def _on_command(self) -> None:
        command = next((command for command in self.present() if command.id == self._command_id()), None)
        self.field.setKeySequence(QKeySequence(command.keys[0] if command is not None and command.keys else ""))
        self._tell()

    def _typed(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _tell(self) -> None:
        """Say what the key typed means now, and offer what can be done with it."""
        command_id, key = self._command_id(), self._typed()
        holder = owner(self.present(), key) if key else None
        foreign = holder is not None and holder.id != command_id
        fixed = holder is not None and foreign and not bindable(holder)
        words = ""
        if not command_id:
            words = self.tr("Choose a command, then press its new key in the field.")
        elif foreign and holder is not None:
            title = command_title(holder)
            words = self.tr("This key already means “{command}”, which would lose it.").format(command=title)
            if fixed:
                words = self.tr("This key always means “{command}”; press another.").format(command=title)
        self.told.setText(words)
        self.set_button.setText(self.tr("Take the key") if foreign else self.tr("Set") if key else self.tr("No key"))
        self.set_button.setEnabled(bool(command_id) and not fixed)
        self.usual_button.setEnabled(command_id in self._keys)
        self.all_button.setEnabled(bool(self._keys))

    def _set(self) -> None:
        key = self._typed()
        self._take(chosen_with(self._usual, self._keys, self._command_id(), (key,) if key else ()))

    def _put_back(self) -> None:
        command_id = self._command_id()
        usual = next(command.keys for command in self._usual if command.id == command_id)
        self._take(chosen_with(self._usual, self._keys, command_id, usual))

    def _take(self, keys: dict[str, tuple[str, ...]]) -> None:
        self._keys = keys
        self._fill()
        self._on_command()
        self.chosen.emit(keys)
