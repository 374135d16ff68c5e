"""Actions made from the registry: menus, toolbar and shortcuts, kept in step with the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from viewer.commands.command import Command, Desk
from viewer.commands.registry import MENUS, Registry
from viewer.commands.view import WINDOW
from viewer.qt.icons import icon
from viewer.qt.language import say, say_again
from viewer.qt.theme import theme
from viewer.qt.words import translate

ICON_SIDE = 20


def command_title(command: Command) -> str:
    """Return a command's title in the user's language."""
    return translate("Commands", command.title)


def keys_text(command: Command) -> str:
    """Return all keys of a command as this platform writes them."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in command.keys)


def tip_text(command: Command) -> str:
    """Return what a command does, with its key."""
    key = keys_text(command).split(", ")[0]
    tip = translate("Commands", command.tip) or command_title(command)
    return f"{tip} ({key})" if key else tip


class Actions(QObject):
    """One action per command; ``follow`` brings them in step with what lies on the desk."""

    def __init__(self, registry: Registry, desk: Desk, window: QMainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._registry = registry
        self._actions = {command.id: self._made(command) for command in registry}
        window.addActions(list(self._actions.values()))

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def _made(self, command: Command) -> QAction:
        action = QAction(self)
        action.setObjectName(command.id)
        say_again(action, lambda: self._word(action, self._registry[command.id]))
        if command.icon:
            action.setIcon(icon(command.icon, theme().colours["text"], theme().colours["faint"]))
        action.setCheckable(command.checked is not None)
        action.triggered.connect(partial(self._on_triggered, command))
        return action

    def _word(self, action: QAction, command: Command) -> None:
        """Write a command's words and bind its keys; one that acts on release is told behind a tab, not bound."""
        title = command_title(command)
        action.setText(f"{title}\t{keys_text(command)}" if command.press == "tap" else title)
        action.setToolTip(tip_text(command))
        if command.press == "press":
            action.setShortcuts([QKeySequence(key) for key in command.keys])

    def _on_triggered(self, command: Command, _checked: bool = False) -> None:
        if command.enabled(self._desk):
            command.run(self._desk)
        self.follow()

    def follow(self) -> None:
        """Enable and check every action as the desk stands now."""
        for command in self._registry:
            action = self._actions[command.id]
            action.setEnabled(command.enabled(self._desk))
            if command.checked is not None:
                action.setChecked(command.checked(self._desk))

    def runnable(self) -> list[Command]:
        """Return the commands that a click can run now."""
        return [c for c in self._registry if c.press != "hold" and c.enabled(self._desk)]

    def menus(self) -> list[QMenu]:
        """Return the menus of the menu bar."""
        return [self._menu(name) for name in MENUS]

    def _menu(self, name: str) -> QMenu:
        menu = QMenu()
        say_again(menu, lambda: menu.setTitle(translate("Commands", name)))
        menu.setToolTipsVisible(True)
        for section in self._registry.menu(name):
            menu.addSeparator()
            for command in section:
                if command.press != "hold":
                    menu.addAction(self._actions[command.id])
        return menu

    def context_menu(self, ids: tuple[tuple[str, ...], ...]) -> QMenu:
        """Return a menu of these commands, parted by lines."""
        menu = QMenu()
        for section in ids:
            menu.addSeparator()
            for command_id in section:
                menu.addAction(self._actions[command_id])
        return menu

    def toolbar(self) -> QToolBar:
        """Return the toolbar: groups parted by lines, the last one at the right end."""
        bar = QToolBar()
        say(bar, title=lambda: self.tr("Tools"))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        *groups, last = self._registry.toolbar()
        for place, group in enumerate(groups):
            if place:
                bar.addSeparator()
            self._fill(bar, group)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        self._fill(bar, last)
        for button in bar.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            action = button.defaultAction()
            if action is not None:
                say(button, name=partial(_spoken_name, action))
        return bar

    def _fill(self, bar: QToolBar, group: list[Command]) -> None:
        for command in group:
            bar.addAction(self._actions[command.id])
            if command.id == "view.invert":
                bar.addWidget(self._presets())

    def _presets_tip(self) -> str:
        keys = [key for number in (0, 6) if (key := keys_text(self._registry[f"view.preset_{number}"]))]
        tip = self.tr("Grey levels: presets computed from the film")
        return f"{tip} ({' … '.join(keys)})" if keys else tip

    def _presets(self) -> QToolButton:
        """Return the button that opens the menu of grey levels."""
        button = QToolButton()
        button.setIcon(icon("presets", theme().colours["text"], theme().colours["faint"]))
        say(
            button,
            tip=self._presets_tip,
            name=lambda: self.tr("Grey levels"),
        )
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = self._menu(WINDOW)
        menu.setParent(button, menu.windowFlags())
        button.setMenu(menu)
        return button


def _spoken_name(action: QAction) -> str:
    """Return what screen readers call a tool."""
    return action.text().split("\t")[0]
