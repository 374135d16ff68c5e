"""Commands for image aids: seen by the reader only, flagged on the film and on every export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk, with_film
from viewer.commands.view import WINDOW
from viewer.display.look import Aids

STRENGTHS = (0.0, 0.5, 1.0)
"""Off, half and full: each press of the key goes one further."""


def _next(strength: float) -> float:
    return next((stronger for stronger in STRENGTHS if stronger > strength), STRENGTHS[0])


def _see(change: Callable[[Aids], Aids]) -> Callable[[Desk], None]:
    def run(desk: Desk) -> None:
        if desk.look is not None:
            desk.set_look(replace(desk.look, aids=change(desk.look.aids)))

    return run


COMMANDS = (
    Command(
        "view.local_contrast",
        QT_TRANSLATE_NOOP("Commands", "Local contrast"),
        _see(lambda aids: replace(aids, local_contrast=_next(aids.local_contrast))),
        WINDOW,
        section="aids",
        keys=("K",),
        tip=QT_TRANSLATE_NOOP("Commands", "Raise contrast part by part: half, full, off. The network never sees it"),
        enabled=with_film,
        checked=lambda desk: desk.look is not None and desk.look.aids.local_contrast > 0,
    ),
    Command(
        "view.sharpen",
        QT_TRANSLATE_NOOP("Commands", "Sharpen"),
        _see(lambda aids: replace(aids, sharpening=_next(aids.sharpening))),
        WINDOW,
        section="aids",
        keys=("S",),
        tip=QT_TRANSLATE_NOOP("Commands", "Sharpen fine detail: half, full, off. The network never sees it"),
        enabled=with_film,
        checked=lambda desk: desk.look is not None and desk.look.aids.sharpening > 0,
    ),
)
