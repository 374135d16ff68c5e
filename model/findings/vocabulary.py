"""The vocabulary: every finding the program can speak of, by one stable identifier."""

from __future__ import annotations

from dataclasses import dataclass

from model.findings.prediction import MapKind


@dataclass(frozen=True, slots=True)
class Term:
    """One finding: identifier used in files and programs, and its English name (the key of translations)."""

    id: str
    name: str
    meaning: str


LUNG_OPACITY = Term("lung_opacity", "Lung opacity", "Ground glass or consolidation seen in a lung.")
COVID19 = Term("covid19", "COVID-19", "Opacity of the kind seen in COVID-19; a film alone never settles the cause.")

TERMS: tuple[Term, ...] = (LUNG_OPACITY, COVID19)

MAP_NAMES: dict[MapKind, str] = {
    "intensity": "Intensity after layer 19 (not class-specific)",
    "smoothed": "Smoothed intensity after layer 19 (not class-specific)",
    "class": "Class map",
    "opacity": "Opacity probability",
    "lungs": "Lungs",
    "heart": "Heart",
}


def term(identifier: str) -> Term:
    """Return the term with this identifier.

    Raises
    ------
    KeyError
        When the vocabulary has no such term.
    """
    for candidate in TERMS:
        if candidate.id == identifier:
            return candidate
    known = ", ".join(candidate.id for candidate in TERMS)
    raise KeyError(f"The finding {identifier!r} is not in the vocabulary; it has {known}.")
