"""The one list of commands; menus, toolbar, shortcuts, palette and help page are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from viewer.commands import (
    aids,
    file,
    findings,
    help,
    impression,
    measure,
    own_windows,
    panes,
    tools,
    view,
    worklist,
)
from viewer.commands.command import Command
from viewer.commands.keys import Keys, rebound

MENUS = (
    file.FILE,
    file.EDIT,
    view.VIEW,
    view.WINDOW,
    findings.FINDINGS,
    worklist.WORKLIST,
    measure.MEASURE,
    tools.TOOLS,
    help.HELP,
)

TOOLBAR = (
    ("file.open", "file.export_picture"),
    ("view.previous_film", "view.next_film"),
    ("view.fit", "view.actual"),
    (
        "measure.ruler",
        "measure.cardiothoracic",
        "measure.ellipse",
        "measure.text",
        "findings.draw_box",
        "view.magnifier",
    ),
    ("view.invert", "view.rotate_left", "view.rotate_right", "view.flip_horizontal"),
    ("edit.undo", "edit.redo", "view.reset"),
    ("findings.heatmap", "findings.boxes", "findings.lungs"),
    ("view.text", "view.anonymous", "view.full_screen"),
    ("tools.palette", "help.keys"),
)

COMMANDS = (
    *file.COMMANDS,
    *tools.COMMANDS,
    *view.COMMANDS,
    *own_windows.COMMANDS,
    *aids.COMMANDS,
    *findings.COMMANDS,
    *impression.COMMANDS,
    *measure.COMMANDS,
    *panes.COMMANDS,
    *worklist.COMMANDS,
    *help.COMMANDS,
)


class Registry:
    """Commands found by id, in a fixed order.

    Raises
    ------
    ValueError
        When two commands share an id or a key, or a command names a menu that does not exist.
    """

    def __init__(self, commands: Iterable[Command] = COMMANDS) -> None:
        self._usual = tuple(commands)
        self._commands: dict[str, Command] = {}
        keys: dict[str, str] = {}
        for command in self._usual:
            if command.id in self._commands:
                raise ValueError(f"Two commands are called {command.id}.")
            if command.menu not in MENUS:
                raise ValueError(f"{command.id} belongs to the unknown menu {command.menu!r}.")
            for key in command.keys:
                if key in keys:
                    raise ValueError(f"{command.id} and {keys[key]} share the key {key}.")
                keys[key] = command.id
            self._commands[command.id] = command

    @property
    def usual(self) -> tuple[Command, ...]:
        """The commands with the keys they have while the reader has chosen no others."""
        return self._usual

    def rebind(self, chosen: Keys) -> None:
        """Give commands the keys the reader chose; all others get their usual ones."""
        self._commands = {command.id: command for command in rebound(self._usual, chosen)}

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def menu(self, name: str) -> list[list[Command]]:
        """Return the commands of a menu, parted into its sections."""
        sections: dict[str, list[Command]] = {}
        for command in self:
            if command.menu == name:
                sections.setdefault(command.section, []).append(command)
        return list(sections.values())

    def toolbar(self) -> list[list[Command]]:
        """Return the commands of the toolbar in groups."""
        return [[self[command_id] for command_id in group] for group in TOOLBAR]
