"""Commands that hang an earlier film of the same patient beside the one in front."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command
from viewer.commands.view import VIEW

COMMANDS = (
    Command(
        "view.prior",
        QT_TRANSLATE_NOOP("Commands", "Prior beside"),
        lambda desk: desk.priors.toggle(),
        VIEW,
        section="priors",
        keys=("Y",),
        icon="prior",
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the nearest earlier film of this patient beside the one in front"),
        enabled=lambda desk: desk.priors.available or desk.priors.shown,
        checked=lambda desk: desk.priors.shown,
    ),
    Command(
        "view.next_prior",
        QT_TRANSLATE_NOOP("Commands", "Next prior"),
        lambda desk: desk.priors.step(1),
        VIEW,
        section="priors",
        keys=("Shift+Y",),
        tip=QT_TRANSLATE_NOOP("Commands", "Hang the next of this patient's other films beside the one in front"),
        enabled=lambda desk: desk.priors.shown,
    ),
    Command(
        "view.swap_prior",
        QT_TRANSLATE_NOOP("Commands", "Exchange film and prior"),
        lambda desk: desk.priors.swap(),
        VIEW,
        section="priors",
        keys=("Ctrl+Shift+Y",),
        tip=QT_TRANSLATE_NOOP("Commands", "Bring the prior in front, and the film in front beside it"),
        enabled=lambda desk: desk.priors.shown,
    ),
    Command(
        "view.link_prior",
        QT_TRANSLATE_NOOP("Commands", "Link zoom and pan"),
        lambda desk: desk.priors.set_linked(not desk.priors.linked),
        VIEW,
        section="priors",
        keys=("Shift+L",),
        tip=QT_TRANSLATE_NOOP("Commands", "Let both films move together; never a frontal film with a lateral one"),
        enabled=lambda desk: desk.priors.can_link,
        checked=lambda desk: desk.priors.linked,
    ),
)
