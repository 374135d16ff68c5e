"""Commands that bring films in and take pictures out."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk, with_film

FILE = QT_TRANSLATE_NOOP("Commands", "&File")
EDIT = QT_TRANSLATE_NOOP("Commands", "&Edit")


def _with_films(desk: Desk) -> bool:
    return desk.film_count > 0


COMMANDS = (
    Command(
        "file.open",
        QT_TRANSLATE_NOOP("Commands", "Open films…"),
        lambda desk: desk.files.choose_files(),
        FILE,
        section="open",
        keys=("Ctrl+O",),
        icon="open",
        tip=QT_TRANSLATE_NOOP("Commands", "Open DICOM, PNG, JPEG, TIFF, BMP or WebP files"),
    ),
    Command(
        "file.open_folder",
        QT_TRANSLATE_NOOP("Commands", "Open a folder…"),
        lambda desk: desk.files.choose_folder(),
        FILE,
        section="open",
        keys=("Ctrl+Shift+O",),
        icon="folder",
        tip=QT_TRANSLATE_NOOP("Commands", "Open every film in a folder and the folders within"),
    ),
    Command(
        "file.resume",
        QT_TRANSLATE_NOOP("Commands", "Open the films of last time"),
        lambda desk: desk.files.resume(),
        FILE,
        section="open",
        keys=("Ctrl+Shift+T",),
        tip=QT_TRANSLATE_NOOP(
            "Commands", "Go on where you left off: the same films, the same one in front, as you saw them"
        ),
        enabled=lambda desk: desk.files.can_resume,
    ),
    Command(
        "file.recent",
        QT_TRANSLATE_NOOP("Commands", "Recent studies"),
        lambda desk: desk.files.show_recent(),
        FILE,
        section="open",
        keys=("Ctrl+R",),
        tip=QT_TRANSLATE_NOOP("Commands", "Open again what was opened of late"),
    ),
    Command(
        "file.demonstration",
        QT_TRANSLATE_NOOP("Commands", "Open the demonstration film"),
        lambda desk: desk.files.open_demonstration(),
        FILE,
        section="open",
        icon="film",
        tip=QT_TRANSLATE_NOOP("Commands", "Open a computed chest film; it shows no real patient"),
    ),
    Command(
        "file.export_picture",
        QT_TRANSLATE_NOOP("Commands", "Save picture as PNG…"),
        lambda desk: desk.files.export_picture(),
        FILE,
        section="save",
        keys=("Ctrl+E",),
        icon="export",
        tip=QT_TRANSLATE_NOOP("Commands", "Save the film as it is seen, overlays included"),
        enabled=with_film,
    ),
    Command(
        "file.remove",
        QT_TRANSLATE_NOOP("Commands", "Remove film from the list"),
        lambda desk: desk.files.remove_film(),
        FILE,
        section="remove",
        keys=("Ctrl+W",),
        icon="remove",
        tip=QT_TRANSLATE_NOOP("Commands", "Take this film off the list; the file stays where it is"),
        enabled=_with_films,
    ),
    Command(
        "file.clear",
        QT_TRANSLATE_NOOP("Commands", "Remove all films from the list"),
        lambda desk: desk.files.clear_table(),
        FILE,
        section="remove",
        keys=("Ctrl+Shift+W",),
        tip=QT_TRANSLATE_NOOP("Commands", "Take all films off the list; the files stay where they are"),
        enabled=_with_films,
    ),
    Command(
        "file.quit",
        QT_TRANSLATE_NOOP("Commands", "Quit"),
        lambda desk: desk.window.quit(),
        FILE,
        section="quit",
        keys=("Ctrl+Q",),
        tip=QT_TRANSLATE_NOOP("Commands", "Close the light box"),
    ),
    Command(
        "edit.paste",
        QT_TRANSLATE_NOOP("Commands", "Paste files or paths"),
        lambda desk: desk.files.paste(),
        EDIT,
        section="clipboard",
        keys=("Ctrl+V",),
        icon="paste",
        tip=QT_TRANSLATE_NOOP("Commands", "Open the files or paths on the clipboard"),
    ),
    Command(
        "edit.copy_picture",
        QT_TRANSLATE_NOOP("Commands", "Copy picture"),
        lambda desk: desk.files.copy_picture(),
        EDIT,
        section="clipboard",
        keys=("Ctrl+C",),
        icon="copy",
        tip=QT_TRANSLATE_NOOP("Commands", "Copy the film as it is seen, overlays included"),
        enabled=with_film,
    ),
)
