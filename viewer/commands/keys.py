"""Keys that the reader chose for commands: laid over the usual ones, with no key meaning two things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from viewer.commands.command import Command

Keys = Mapping[str, tuple[str, ...]]
"""Keys by command id, for the commands whose keys are not the usual ones."""


def bindable(command: Command) -> bool:
    """Tell whether a command's keys can be chosen; keys that are held or tapped act on the film itself and stay."""
    return command.press == "press"


def rebound(commands: Iterable[Command], chosen: Keys) -> list[Command]:
    """Return the commands with the keys the reader chose.

    A chosen key leaves the command whose usual key it is; a key chosen twice stays with the first. Ids that no
    command has are passed over, as an older or newer version may have written them.
    """
    commands = list(commands)
    taken: set[str] = {key for command in commands if not bindable(command) for key in command.keys}
    mine: dict[str, tuple[str, ...]] = {}
    for command in commands:
        if command.id in chosen and bindable(command):
            mine[command.id] = tuple(key for key in dict.fromkeys(chosen[command.id]) if key not in taken)
            taken.update(mine[command.id])
    return [
        command
        if not bindable(command)
        else replace(command, keys=mine.get(command.id, tuple(key for key in command.keys if key not in taken)))
        for command in commands
    ]


def owner(commands: Iterable[Command], key: str) -> Command | None:
    """Return the command that a key means now, None while it is free."""
    return next((command for command in commands if key in command.keys), None)


def chosen_with(
    usual: Iterable[Command], chosen: Keys, command_id: str, keys: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Return the choice in which a command has these keys and every other command has lost them."""
    usual = list(usual)
    present = {command.id: command.keys for command in rebound(usual, chosen)}
    for other, held in present.items():
        if other != command_id:
            present[other] = tuple(key for key in held if key not in keys)
    present[command_id] = keys
    return {command.id: present[command.id] for command in usual if present[command.id] != command.keys}
