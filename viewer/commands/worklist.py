"""Commands of the worklist: reading marks on one key, and deeds for the whole list."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk, ListDeed, with_film

WORKLIST = QT_TRANSLATE_NOOP("Commands", "&Worklist")


def _list_open(desk: Desk) -> bool:
    return desk.list_open


def _accept_or_go_on(desk: Desk) -> None:
    """Let Enter mean what is in front of the reader: what they said, else the box that is chosen, else the film."""
    if desk.first_read.pending:
        desk.first_read.record()
    elif desk.drawings.box_chosen:
        desk.drawings.judge_box("accepted")
    else:
        desk.mark_reviewed(True, onward=True)


def _deed(deed: ListDeed, title: str, tip: str, key: str = "") -> Command:
    return Command(
        f"worklist.{deed}",
        title,
        lambda desk: desk.list_deed(deed),
        WORKLIST,
        section="list",
        keys=(key,) if key else (),
        tip=tip,
        enabled=_list_open,
    )


COMMANDS = (
    Command(
        "worklist.next_unread",
        QT_TRANSLATE_NOOP("Commands", "Reviewed, and next"),
        _accept_or_go_on,
        WORKLIST,
        section="marks",
        keys=("Return", "Enter"),
        tip=QT_TRANSLATE_NOOP(
            "Commands", "Mark the film as reviewed and hang the next unread one; accepts the box while one is chosen"
        ),
        enabled=with_film,
    ),
    Command(
        "worklist.reviewed",
        QT_TRANSLATE_NOOP("Commands", "Mark as reviewed"),
        lambda desk: desk.mark_reviewed(True),
        WORKLIST,
        section="marks",
        keys=("/",),
        tip=QT_TRANSLATE_NOOP("Commands", "Mark the film as reviewed; it is remembered"),
        enabled=with_film,
    ),
    Command(
        "worklist.unread",
        QT_TRANSLATE_NOOP("Commands", "Mark as unread"),
        lambda desk: desk.mark_reviewed(False),
        WORKLIST,
        section="marks",
        keys=(".",),
        tip=QT_TRANSLATE_NOOP("Commands", "Mark the film as not reviewed yet"),
        enabled=with_film,
    ),
    _deed(
        "above",
        QT_TRANSLATE_NOOP("Commands", "Open all above threshold"),
        QT_TRANSLATE_NOOP("Commands", "Show only films above threshold and hang the first"),
    ),
    _deed(
        "pause",
        QT_TRANSLATE_NOOP("Commands", "Pause or go on"),
        QT_TRANSLATE_NOOP("Commands", "Let reading and analysing of the list rest, or go on"),
    ),
    _deed(
        "cancel",
        QT_TRANSLATE_NOOP("Commands", "Stop analysing the list"),
        QT_TRANSLATE_NOOP("Commands", "Analyse no more films; all answers are kept"),
    ),
    _deed(
        "renew",
        QT_TRANSLATE_NOOP("Commands", "Ask the present network again"),
        QT_TRANSLATE_NOOP("Commands", "Analyse the films that only an older network has answered"),
    ),
    _deed(
        "summary",
        QT_TRANSLATE_NOOP("Commands", "Summary of the list"),
        QT_TRANSLATE_NOOP("Commands", "Counts, scores and failures"),
    ),
    _deed(
        "export",
        QT_TRANSLATE_NOOP("Commands", "Save the list as a table…"),
        QT_TRANSLATE_NOOP("Commands", "Save every row as CSV or JSON"),
        "Ctrl+Shift+E",
    ),
    Command(
        "worklist.watch",
        QT_TRANSLATE_NOOP("Commands", "Watch a folder…"),
        lambda desk: desk.list_deed("watch"),
        WORKLIST,
        section="watch",
        tip=QT_TRANSLATE_NOOP("Commands", "Take in new films of a folder by themselves; again to stop"),
        checked=lambda desk: desk.watching,
    ),
)
