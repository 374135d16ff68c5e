"""The report of one network on one set of films: all sections, figures for its card, and what the plots need."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from model.card import Figure, ModelCard
from training.answers import Answer
from training.datasets.collection import Refused
from training.datasets.row import Row
from training.judging import findings, pixels, shortcuts, subgroups
from training.judging.lines import Line, Section, adults
from training.judging.operating import Operating, operating_points

SCHEMA = "negatoscope-evaluation-1"


def _widest(line: Line) -> bool:
    return line.measured_on.startswith(findings.ADULTS)


CARD_SECTIONS: dict[str, Callable[[Line], bool]] = {
    findings.RANKING: lambda line: "ROC AUC" in line.name or "called COVID-19" in line.name,
    findings.CALLING: lambda line: _widest(line) and ("sensitivity" in line.name or "specificity" in line.name),
    findings.CALIBRATION: _widest,
    "Masks": lambda line: True,
    "Boxes": lambda line: True,
    "Heat maps": lambda line: "class map" in line.name or "layer 19" in line.name,
    "Opacity extent": lambda line: True,
    "Shortcuts": lambda line: (
        not any(part in line.name for part in (", whole, ", " by lot, "))
        and (_widest(line) or line.measured_on == findings.WITHIN)
    ),
    "The gate": lambda line: True,
    "Sanity of the maps": lambda line: True,
}
"""Which lines of which section become figures of the card."""


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that was measured."""

    card: ModelCard
    films: str
    """What was judged, in words."""
    sections: tuple[Section, ...]
    operating: tuple[Operating, ...]
    answers: tuple[Answer, ...]
    refused: tuple[Refused, ...] = ()
    """Films that were named but could not be judged."""

    def with_section(self, section: Section) -> Report:
        """Return the report with one more section; one without lines is left out."""
        return replace(self, sections=(*self.sections, section)) if section.lines else self

    def figures(self) -> list[Figure]:
        """Return the lines that belong into the model card, each once."""
        kept = [line for section in self.sections for line in section.lines if _for_card(section.title, line)]
        return [figure for figure in (line.figure() for line in kept) if figure is not None]

    def document(self) -> dict[str, Any]:
        """Return plain values for JSON; what is not defined is null."""
        plain = {
            "schema": SCHEMA,
            "network": asdict(self.card.identity),
            "films": self.films,
            "counts": counts(self.answers),
            "left_out": [asdict(item) for item in self.refused],
            "sections": [_section(section) for section in self.sections],
            "operating_points": [asdict(point) for point in self.operating],
            "figures": [asdict(figure) for figure in self.figures()],
        }
        cleaned = _without_nan(plain)
        if not isinstance(cleaned, dict):
            raise TypeError("a report is an object")
        return cleaned


def judge(card: ModelCard, answers: Sequence[Answer], films: str, trained: Sequence[Row] = ()) -> Report:
    """Judge a network by its answers.

    Parameters
    ----------
    card
        The network's thresholds.
    answers
        What it said of each film.
    films
        What was judged, in words.
    trained
        The films that it learned from, for the comparison with file labels alone.
    """
    sections = (
        findings.ranking_section(answers, trained),
        findings.calling_section(answers, card),
        findings.calibration_section(answers, card),
        pixels.mask_section(answers),
        pixels.box_section(answers, card),
        pixels.map_section(answers),
        pixels.extent_section(answers),
        shortcuts.shortcut_section(answers, card, trained),
        subgroups.subgroup_section(answers),
    )
    kept = tuple(section for section in sections if section.lines)
    return Report(card, films, kept, tuple(operating_points(answers, card)), tuple(answers))


def counts(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Count films and groups by source and answer."""
    words = {True: "yes", False: "no", None: "not known"}
    kinds = Counter((a.row.source, words[a.row.opacity], words[a.row.covid]) for a in answers)
    return [
        {"source": source, "opacity": opacity, "covid19": covid, "films": count}
        for (source, opacity, covid), count in sorted(kinds.items())
    ]


def refusals(answers: Sequence[Answer]) -> dict[str, int]:
    """Count frontal films of adults that the gate refused, by its code."""
    return dict(Counter(answer.refused["whole"] for answer in adults(answers) if "whole" in answer.refused))


def _for_card(title: str, line: Line) -> bool:
    return title in CARD_SECTIONS and CARD_SECTIONS[title](line)


def _section(section: Section) -> dict[str, Any]:
    lines = [
        {
            "name": line.name,
            **asdict(line.estimate),
            "measured_on": line.measured_on,
            "goal": str(line.goal) if line.goal else None,
            "verdict": line.verdict or None,
        }
        for line in section.lines
    ]
    return {"title": section.title, "note": section.note, "lines": lines}


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
