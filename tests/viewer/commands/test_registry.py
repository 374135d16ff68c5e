import pytest

import resources
from viewer.commands.command import Command
from viewer.commands.file import FILE
from viewer.commands.registry import COMMANDS, MENUS, Registry

READING_ROOM_KEYS = {
    "F": "view.fit",
    "A": "view.actual",
    "I": "view.invert",
    "R": "view.rotate_right",
    "Shift+R": "view.rotate_left",
    "H": "view.flip_horizontal",
    "V": "view.flip_vertical",
    **{str(number): f"view.preset_{number}" for number in range(7)},
    "Esc": "view.reset",
    "Space": "view.text",
    "Tab": "findings.peek",
    "N": "findings.next_box",
    "P": "findings.previous_box",
    "PgUp": "view.previous_film",
    "PgDown": "view.next_film",
    "Ctrl+K": "tools.palette",
    "Ctrl+O": "file.open",
    "Ctrl+V": "edit.paste",
    "Ctrl+Z": "edit.undo",
    "Ctrl+Shift+Z": "edit.redo",
    "Ctrl+E": "file.export_picture",
    "Ctrl+C": "edit.copy_picture",
    "Ctrl+W": "file.remove",
    "D": "measure.ruler",
    "G": "measure.angle",
    "C": "measure.cardiothoracic",
    "E": "measure.ellipse",
    "T": "measure.text",
    "B": "findings.draw_box",
    "X": "findings.reject_box",
    "Del": "measure.delete",
    "F11": "view.full_screen",
    "F1": "help.keys",
    "Return": "worklist.next_unread",
    "/": "worklist.reviewed",
    ".": "worklist.unread",
}


def command(**changes):
    values = {"id": "file.x", "title": "X", "run": lambda desk: None, "menu": FILE, **changes}
    return Command(**values)


@pytest.mark.parametrize(("key", "command_id"), READING_ROOM_KEYS.items())
def test_the_keys_are_those_readers_expect(key, command_id):
    assert key in Registry()[command_id].keys


def test_every_command_is_in_exactly_one_menu():
    registry = Registry()
    listed = [command.id for menu in MENUS for section in registry.menu(menu) for command in section]
    assert sorted(listed) == sorted(command.id for command in registry)


@pytest.mark.parametrize("icon", sorted({command.icon for command in COMMANDS if command.icon}))
def test_every_icon_is_bundled(icon):
    assert resources.path("icons", f"{icon}.svg").is_file()


def test_every_command_tells_what_it_does():
    assert all(command.title and command.tip for command in COMMANDS)


def test_a_command_on_the_toolbar_has_an_icon():
    shown = [command for group in Registry().toolbar() for command in group]
    assert all(command.icon for command in shown)
    assert len({command.id for command in shown}) == len(shown)


def test_a_command_that_holds_knows_how_to_let_go():
    assert all((command.press == "hold") == (command.release is not None) for command in COMMANDS)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (command(), "called"),
        (command(id="file.y", keys=("Ctrl+X",)), "share the key"),
        (command(id="file.y", menu="&Nowhere"), "unknown menu"),
    ],
)
def test_commands_that_collide_are_refused(second, words):
    with pytest.raises(ValueError, match=words):
        Registry([command(keys=("Ctrl+X",)), second])
