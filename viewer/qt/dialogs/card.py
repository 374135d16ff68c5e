"""The page about the network: its model card."""

from __future__ import annotations

from model.card import ModelCard
from model.card_page import to_markdown
from viewer.qt.words import translate


def card_markdown(card: ModelCard | None) -> str:
    """Return the network's card as Markdown; a sentence where there is none."""
    if card is not None:
        return to_markdown(card)
    return translate("Card", "This installation has no network whose card can be trusted; reinstall the program.")
