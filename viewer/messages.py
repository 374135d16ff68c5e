"""Sentences for the message bar, kept as source text and values so that they can be translated at the Qt edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from model.film.film import FilmWarning

Level = Literal["info", "warning", "error"]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark ``text`` for Qt's translation tools and return it unchanged."""
    del context
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the message bar.

    ``text`` is English source text of the context "Messages" with ``{names}`` filled from ``values``
    after translation. ``details`` are ready lines, shown on demand. ``command`` is the id of a command
    offered as a button beside the sentence, empty for none.
    """

    level: Level
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of everything that one gesture put on the table; the parts always add up to ``found``."""

    found: int
    opened: int
    failures: tuple[str, ...] = ()
    already_open: int = 0
    withdrawn: int = 0

    def __post_init__(self) -> None:
        """Refuse a sum that does not come out."""
        if self.found != self.opened + len(self.failures) + self.already_open + self.withdrawn:
            raise ValueError(f"{self} does not account for every file found.")


def batch_message(batch: Batch) -> Message | None:
    """Return the sentence for a finished batch, or None when a single film simply opened."""
    if batch.found == 0:
        return Message("warning", QT_TRANSLATE_NOOP("Messages", "No films were found there."))
    if batch.found == batch.opened == 1:
        return None
    text = QT_TRANSLATE_NOOP("Messages", "{found} found, {opened} opened, {failed} failed.")
    if batch.already_open and batch.withdrawn:
        text = QT_TRANSLATE_NOOP(
            "Messages",
            "{found} found, {opened} opened, {already_open} were open already, {withdrawn} removed, {failed} failed.",
        )
    elif batch.already_open:
        text = QT_TRANSLATE_NOOP(
            "Messages", "{found} found, {opened} opened, {already_open} were open already, {failed} failed."
        )
    elif batch.withdrawn:
        text = QT_TRANSLATE_NOOP("Messages", "{found} found, {opened} opened, {withdrawn} removed, {failed} failed.")
    values = {
        "found": batch.found,
        "opened": batch.opened,
        "already_open": batch.already_open,
        "withdrawn": batch.withdrawn,
        "failed": len(batch.failures),
    }
    return Message("warning" if batch.failures else "info", text, values, batch.failures)


def header_message(warnings: Sequence[FilmWarning]) -> Message | None:
    """Return the sentence for a film that opened although parts of its header were not usable."""
    if not warnings:
        return None
    if len(warnings) == 1:
        return Message("warning", QT_TRANSLATE_NOOP("Messages", "{warning}"), {"warning": warnings[0].message})
    text = QT_TRANSLATE_NOOP("Messages", "Parts of this film's header are not usable ({count}); the pixels are shown.")
    return Message("warning", text, {"count": len(warnings)}, tuple(warning.message for warning in warnings))
