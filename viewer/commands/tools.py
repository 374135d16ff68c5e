"""Commands that work on choices and on the program itself."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, with_film
from viewer.commands.file import EDIT
from viewer.settings.options import Language

TOOLS = QT_TRANSLATE_NOOP("Commands", "&Tools")


def _language(language: Language, title: str) -> Command:
    return Command(
        f"tools.language_{language}",
        title,
        lambda desk: desk.set_language(language),
        TOOLS,
        section="language",
        tip=QT_TRANSLATE_NOOP("Commands", "Speak this language at once, here and at the next start"),
        checked=lambda desk: desk.language == language,
    )


COMMANDS = (
    Command(
        "edit.undo",
        QT_TRANSLATE_NOOP("Commands", "Undo"),
        lambda desk: desk.undo(),
        EDIT,
        section="undo",
        keys=("Ctrl+Z",),
        icon="undo",
        tip=QT_TRANSLATE_NOOP("Commands", "Take back the last change to this film's look"),
        enabled=lambda desk: desk.can_undo,
    ),
    Command(
        "edit.redo",
        QT_TRANSLATE_NOOP("Commands", "Redo"),
        lambda desk: desk.redo(),
        EDIT,
        section="undo",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo",
        tip=QT_TRANSLATE_NOOP("Commands", "Take the change again"),
        enabled=lambda desk: desk.can_redo,
    ),
    Command(
        "tools.palette",
        QT_TRANSLATE_NOOP("Commands", "Find a command…"),
        lambda desk: desk.doors.show_palette(),
        TOOLS,
        section="palette",
        keys=("Ctrl+K", "Ctrl+Shift+P"),
        icon="search",
        tip=QT_TRANSLATE_NOOP("Commands", "Type a few letters of anything the program can do"),
    ),
    Command(
        "tools.next_pane",
        QT_TRANSLATE_NOOP("Commands", "Keyboard to the next panel"),
        lambda desk: desk.window.step_pane(),
        TOOLS,
        section="keyboard",
        keys=("F6",),
        tip=QT_TRANSLATE_NOOP("Commands", "Move the keyboard between film, list and panels"),
    ),
    Command(
        "tools.tags",
        QT_TRANSLATE_NOOP("Commands", "Tags of this film…"),
        lambda desk: desk.doors.show_tags(),
        TOOLS,
        section="tags",
        keys=("Ctrl+T",),
        tip=QT_TRANSLATE_NOOP("Commands", "Everything the DICOM file says, searched as you type"),
        enabled=with_film,
    ),
    Command(
        "tools.settings",
        QT_TRANSLATE_NOOP("Commands", "Settings…"),
        lambda desk: desk.doors.show_settings(),
        TOOLS,
        section="settings",
        keys=("Ctrl+,",),
        tip=QT_TRANSLATE_NOOP("Commands", "Language, mouse, keys, text, network and memory"),
    ),
    _language("en", QT_TRANSLATE_NOOP("Commands", "Language: English")),
    _language("ru", QT_TRANSLATE_NOOP("Commands", "Language: Russian (русский)")),
)
