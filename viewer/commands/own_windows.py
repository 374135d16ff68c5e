"""Commands that keep a window and see other films with it."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command
from viewer.commands.view import WINDOW


def _show(place: int, title: str) -> Command:
    return Command(
        f"view.own_window_{place}",
        title,
        lambda desk: desk.own_windows.show(place),
        WINDOW,
        section="own",
        keys=(f"Alt+{place}",),
        tip=QT_TRANSLATE_NOOP("Commands", "A window that you kept, fitted to the greys of this film"),
        enabled=lambda desk: desk.own_windows.window(place) is not None,
        checked=lambda desk: desk.own_windows.shown(place),
    )


def _keep(place: int, title: str) -> Command:
    return Command(
        f"view.keep_window_{place}",
        title,
        lambda desk: desk.own_windows.keep(place),
        WINDOW,
        section="keep",
        keys=(f"Ctrl+Alt+{place}",),
        tip=QT_TRANSLATE_NOOP("Commands", "Keep the window of this film for every film"),
        enabled=lambda desk: desk.own_windows.can_keep,
    )


COMMANDS = (
    _show(1, QT_TRANSLATE_NOOP("Commands", "My window 1")),
    _show(2, QT_TRANSLATE_NOOP("Commands", "My window 2")),
    _show(3, QT_TRANSLATE_NOOP("Commands", "My window 3")),
    _keep(1, QT_TRANSLATE_NOOP("Commands", "Keep as my window 1")),
    _keep(2, QT_TRANSLATE_NOOP("Commands", "Keep as my window 2")),
    _keep(3, QT_TRANSLATE_NOOP("Commands", "Keep as my window 3")),
)
