"""Commands that part the light box into panes and hang films of one patient beside each other."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk
from viewer.commands.view import VIEW


def _several(desk: Desk) -> bool:
    return desk.panes.layout != (1, 1)


def _layout(rows: int, columns: int, title: str, tip: str, key: str) -> Command:
    return Command(
        f"view.layout_{rows}x{columns}",
        title,
        lambda desk: desk.panes.arrange(rows, columns),
        VIEW,
        section="panes",
        keys=(key,),
        icon=f"layout-{rows}x{columns}",
        tip=tip,
        checked=lambda desk: desk.panes.layout == (rows, columns),
    )


COMMANDS = (
    _layout(
        1,
        1,
        QT_TRANSLATE_NOOP("Commands", "One film"),
        QT_TRANSLATE_NOOP("Commands", "The film in front alone"),
        "Ctrl+1",
    ),
    _layout(
        1,
        2,
        QT_TRANSLATE_NOOP("Commands", "Two films side by side"),
        QT_TRANSLATE_NOOP("Commands", "Two panes side by side; drag films into them from the list"),
        "Ctrl+2",
    ),
    _layout(
        2,
        1,
        QT_TRANSLATE_NOOP("Commands", "Two films, one above the other"),
        QT_TRANSLATE_NOOP("Commands", "Two panes, one above the other; drag films into them from the list"),
        "Ctrl+3",
    ),
    _layout(
        2,
        2,
        QT_TRANSLATE_NOOP("Commands", "Four films"),
        QT_TRANSLATE_NOOP("Commands", "Four panes; drag films into them from the list"),
        "Ctrl+4",
    ),
    Command(
        "view.next_pane",
        QT_TRANSLATE_NOOP("Commands", "Next pane"),
        lambda desk: desk.panes.step(1),
        VIEW,
        section="panes",
        keys=("F9", "Ctrl+Tab"),
        tip=QT_TRANSLATE_NOOP("Commands", "Bring the next pane in front: commands act on its film"),
        enabled=_several,
    ),
    Command(
        "view.previous_pane",
        QT_TRANSLATE_NOOP("Commands", "Previous pane"),
        lambda desk: desk.panes.step(-1),
        VIEW,
        section="panes",
        keys=("Shift+F9", "Ctrl+Shift+Tab"),
        tip=QT_TRANSLATE_NOOP("Commands", "Bring the previous pane in front: commands act on its film"),
        enabled=_several,
    ),
    Command(
        "view.exchange_panes",
        QT_TRANSLATE_NOOP("Commands", "Exchange with the next pane"),
        lambda desk: desk.panes.exchange(),
        VIEW,
        section="panes",
        keys=("Ctrl+Shift+Y",),
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the film of the next pane here, and the film in front there"),
        enabled=_several,
    ),
    Command(
        "view.prior",
        QT_TRANSLATE_NOOP("Commands", "Prior beside"),
        lambda desk: desk.panes.toggle_prior(),
        VIEW,
        section="priors",
        keys=("Y",),
        icon="prior",
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the nearest earlier film of this patient beside the one in front"),
        enabled=lambda desk: desk.panes.prior_available or desk.panes.prior_wished,
        checked=lambda desk: desk.panes.prior_wished,
    ),
    Command(
        "view.next_prior",
        QT_TRANSLATE_NOOP("Commands", "Next prior"),
        lambda desk: desk.panes.next_prior(1),
        VIEW,
        section="priors",
        keys=("Shift+Y",),
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the next of this patient's other films beside the one in front"),
        enabled=lambda desk: _several(desk) and desk.panes.prior_available,
    ),
    Command(
        "view.link_prior",
        QT_TRANSLATE_NOOP("Commands", "Link zoom and pan"),
        lambda desk: desk.panes.set_linked(not desk.panes.linked),
        VIEW,
        section="priors",
        keys=("Shift+L",),
        tip=QT_TRANSLATE_NOOP(
            "Commands", "Let films beside each other move together; never a frontal one with a lateral"
        ),
        enabled=lambda desk: desk.panes.can_link,
        checked=lambda desk: desk.panes.linked,
    ),
)
