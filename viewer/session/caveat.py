"""The figures that belong beside what the network says: where it did worst, and whether its maps mean anything."""

from __future__ import annotations

from dataclasses import dataclass

from model.card import LIKE_RANDOM, SANITY_FIGURE, Figure, ModelCard
from model.findings.prediction import MapKind
from model.findings.vocabulary import term

_CHECKED: dict[MapKind, str] = {
    "intensity": "layer 19",
    "smoothed": "layer 19",
    "class": "class map",
    "opacity": "opacity pixels",
}
"""What the card's figures call the maps that were checked."""


@dataclass(frozen=True, slots=True)
class SanityCheck:
    """How much a map looks as it would had the network learned nothing: rank correlation 0 .. 1, over so many films."""

    likeness: float
    films: int

    @property
    def passed(self) -> bool:
        """Whether the map depends on what was learned."""
        return self.likeness < LIKE_RANDOM


def worst_figure(card: ModelCard, finding: str) -> Figure | None:
    """Return the lowest area under the ROC curve that the card states for this finding, None when it states none."""
    name = f"{term(finding).name}, ROC AUC"
    stated = [figure for figure in card.figures if figure.name == name]
    return min(stated, key=lambda figure: figure.value, default=None)


def sanity_check(card: ModelCard, kind: MapKind) -> SanityCheck | None:
    """Return the card's sanity check of a map, None when it states none (Adebayo et al. 2018)."""
    name = SANITY_FIGURE.format(map=_CHECKED.get(kind))
    stated = next((figure for figure in card.figures if figure.name == name), None)
    return None if stated is None else SanityCheck(stated.value, stated.n)
