"""The figure that belongs beside an answer: how poorly it did where it did worst."""

from __future__ import annotations

from model.card import Figure, ModelCard
from model.findings.vocabulary import term


def worst_figure(card: ModelCard, finding: str) -> Figure | None:
    """Return the lowest area under the ROC curve that the card states for this finding, None when it states none."""
    name = f"{term(finding).name}, ROC AUC"
    stated = [figure for figure in card.figures if figure.name == name]
    return min(stated, key=lambda figure: figure.value, default=None)
