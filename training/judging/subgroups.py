"""Subgroups: whether the answers hold for men and women, young and old, standing and lying, and every source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from training.answers import Answer
from training.datasets.row import Row
from training.judging.findings import ADULTS, NAMES, covid_sets, opacity_sets
from training.judging.lines import FEWEST, Chosen, Line, Section
from training.metrics.ranking import roc_auc

AGES = ((18, 40), (40, 60), (60, 121))


def age_band(row: Row) -> str:
    """Return the age group in words."""
    if row.age is None:
        return "under 18" if row.adult is False else "not said"
    return next((f"{low} to {high - 1}" for low, high in AGES if low <= row.age < high), "under 18")


KINDS: dict[str, Callable[[Row], str]] = {
    "view": lambda row: row.view or "not said",
    "sex": lambda row: {"M": "men", "F": "women"}.get(row.sex, "not said"),
    "age": age_band,
    "source": lambda row: row.source,
}


def subgroup_section(answers: Sequence[Answer]) -> Section:
    """Return ROC AUC by subgroup; groups with fewer than 30 films or one answer only are not shown."""
    lines: list[Line] = []
    for finding, sets in (("lung_opacity", opacity_sets(answers)), ("covid19", covid_sets(answers))):
        for chosen in [each for each in sets if each.words == ADULTS]:
            for kind in KINDS:
                lines += _by(finding, chosen, kind)
    note = f"Groups with fewer than {FEWEST} films, or with one answer only, are not shown."
    return Section("Subgroups", note, tuple(lines))


def _by(finding: str, chosen: Chosen, kind: str) -> list[Line]:
    lines = []
    for group in sorted({KINDS[kind](answer.row) for answer in chosen.answers}):
        part = chosen.where(lambda answer, group=group: KINDS[kind](answer.row) == group, f"{kind}: {group}")  # type: ignore[misc]
        if len(part.answers) >= FEWEST and part.telling:
            area = part.measure(roc_auc(part.truth, part.logits(finding)))
            lines.append(Line(f"{NAMES[finding]}, ROC AUC", area, part.words))
    return lines
