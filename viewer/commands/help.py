"""Commands that explain, and the mouse gestures that the help page lists beside the keys."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command
from viewer.session.hands import HandChoice

HELP = QT_TRANSLATE_NOOP("Commands", "&Help")

COMMANDS = (
    Command(
        "help.keys",
        QT_TRANSLATE_NOOP("Commands", "Keys and gestures"),
        lambda desk: desk.doors.show_page("help"),
        HELP,
        section="help",
        keys=("F1",),
        icon="help",
        tip=QT_TRANSLATE_NOOP("Commands", "Every key and mouse gesture on one page"),
    ),
    Command(
        "help.key_card",
        QT_TRANSLATE_NOOP("Commands", "Key card to print…"),
        lambda desk: desk.doors.save_key_card(),
        HELP,
        section="help",
        tip=QT_TRANSLATE_NOOP("Commands", "Save every key and gesture on one sheet as a PDF file"),
    ),
    Command(
        "help.model_card",
        QT_TRANSLATE_NOOP("Commands", "About the network"),
        lambda desk: desk.doors.show_page("model_card"),
        HELP,
        section="help",
        icon="network",
        tip=QT_TRANSLATE_NOOP("Commands", "What the network was trained on, how well it does and where it fails"),
    ),
    Command(
        "help.about",
        QT_TRANSLATE_NOOP("Commands", "About Negatoscope"),
        lambda desk: desk.doors.show_page("about"),
        HELP,
        section="about",
        icon="about",
        tip=QT_TRANSLATE_NOOP("Commands", "Version, licences and what this program is not for"),
    ),
)

Gesture = tuple[str, str]
"""What the hand does, and what that does."""

_MOVE = QT_TRANSLATE_NOOP("Commands", "Move the film")
_ALWAYS: tuple[Gesture, ...] = (
    (QT_TRANSLATE_NOOP("Commands", "Space + drag"), _MOVE),
    (
        QT_TRANSLATE_NOOP("Commands", "Shift or Ctrl while dragging"),
        QT_TRANSLATE_NOOP("Commands", "The window moves less far, or further"),
    ),
    (QT_TRANSLATE_NOOP("Commands", "Right click"), QT_TRANSLATE_NOOP("Commands", "Menu")),
    (QT_TRANSLATE_NOOP("Commands", "Wheel"), QT_TRANSLATE_NOOP("Commands", "Zoom at the pointer")),
    (QT_TRANSLATE_NOOP("Commands", "Ctrl + wheel"), QT_TRANSLATE_NOOP("Commands", "Next or previous film")),
    (QT_TRANSLATE_NOOP("Commands", "Double click"), QT_TRANSLATE_NOOP("Commands", "Full screen")),
    (QT_TRANSLATE_NOOP("Commands", "Click a box"), QT_TRANSLATE_NOOP("Commands", "Zoom to it")),
    (
        QT_TRANSLATE_NOOP("Commands", "Drag a drawing"),
        QT_TRANSLATE_NOOP("Commands", "Move it; at a handle, reshape it"),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "Drag the edge of a chosen box"),
        QT_TRANSLATE_NOOP("Commands", "Correct it; the network's own box stays as it was"),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "Drag from the list"),
        QT_TRANSLATE_NOOP("Commands", "Hang a film in a pane"),
    ),
    (
        QT_TRANSLATE_NOOP("Commands", "Drag the line above a film"),
        QT_TRANSLATE_NOOP("Commands", "Hang it in another pane; the two films change places"),
    ),
)


def gestures(hands: HandChoice) -> tuple[Gesture, ...]:
    """Return every gesture of the mouse, the dragging buttons doing what the reader has chosen."""
    drags = (
        (QT_TRANSLATE_NOOP("Commands", "Left drag"), hands.left),
        (QT_TRANSLATE_NOOP("Commands", "Middle drag"), hands.middle),
        (QT_TRANSLATE_NOOP("Commands", "Right drag"), hands.right),
    )
    meanings = {"window": _window_drag(hands), "pan": _MOVE, "zoom": QT_TRANSLATE_NOOP("Commands", "Zoom")}
    return (*((gesture, meanings[deed]) for gesture, deed in drags), *_ALWAYS)


def _window_drag(hands: HandChoice) -> str:
    return {
        (False, False): QT_TRANSLATE_NOOP("Commands", "Window: right is wider, up is brighter"),
        (False, True): QT_TRANSLATE_NOOP("Commands", "Window: right is wider, down is brighter"),
        (True, False): QT_TRANSLATE_NOOP("Commands", "Window: left is wider, up is brighter"),
        (True, True): QT_TRANSLATE_NOOP("Commands", "Window: left is wider, down is brighter"),
    }[hands.left_widens, hands.down_brightens]
