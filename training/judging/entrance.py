"""Entrance: whether the gate lets frontal films of adults in, keeps all else out, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from model.net.admission import admit
from model.net.predictor import Predictor
from model.net.reading import Reading
from model.net.remedy import REMEDIES
from model.net.view import View
from training.datasets.row import Row
from training.judging.lines import Goal, Line, Section
from training.lessons import Lesson, lessons
from training.metrics.intervals import proportion
from training.views import lungs_by

KEPT_OUT, LET_IN = Goal(most=0.01), Goal(most=0.02)
SEED = 8
"""Of what is made without films: other pictures than those that taught."""
FRONTAL = "frontal films of adults"
_NAMES: dict[View, str] = {
    "lateral": "lateral films",
    "cross_section": "CT slices",
    "child": "children",
    "inverted": "frontal films inverted",
    "turned_90": "frontal films on their side",
    "turned_180": "frontal films upside down",
    "turned_270": "frontal films on their side",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gate said of one lesson: its code, "" when it let the film in; ``owed`` is what it should have said."""

    words: str
    source: str
    group: str
    said: str
    owed: str


def entrance_section(predictor: Predictor, root: Path, rows: Sequence[Row]) -> Section:
    """Ask the gate about every film of ``rows``, what is made of them, and pictures made for the occasion."""
    asked = [
        _ask(predictor, lesson, number)
        for number, lesson in enumerate(lessons(root, rows, lungs_by(predictor), SEED))
        if lesson.kind != "photographs" and (lesson.plain or lesson.view not in {"frontal", "lateral", "cross_section"})
    ]
    note = (
        "Only pixels count here: no header says what the film is. Photographs are judged where they were not learned "
        "from, below. Intervals are Wilson's."
    )
    return Section("The gate", note, tuple(line for line in _lines(asked) if line.estimate.n))


def code_of(view: View) -> str:
    """Return the code under which a film of this view is to be refused, "" when it is to be let in."""
    if view == "frontal":
        return ""
    return "rotated" if view in REMEDIES and view != "inverted" else view


def _lines(asked: Sequence[Asked]) -> Iterator[Line]:
    frontal = [each for each in asked if each.words == FRONTAL]
    others = [each for each in asked if each.words != FRONTAL]
    yield _line("Refused", FRONTAL, frontal, lambda each: each.said != "", LET_IN)
    sources = sorted({each.source for each in frontal})
    for source in sources if len(sources) > 1 else []:
        of_source = [each for each in frontal if each.source == source]
        yield _line("Refused", f"{FRONTAL}, {source}", of_source, lambda each: each.said != "", LET_IN)
    yield _line("Let in", "all that is to be kept out, children aside", _but(others, "child"), _let_in, KEPT_OUT)
    for words in dict.fromkeys(each.words for each in others):
        yield _line("Let in", words, [each for each in others if each.words == words], _let_in, KEPT_OUT)
    for code in dict.fromkeys(each.owed for each in others):
        refused = [each for each in others if each.owed == code and each.said]
        yield _line("Refused with the right reason", code, refused, lambda each: each.said == each.owed)


def _but(asked: Sequence[Asked], code: str) -> list[Asked]:
    return [each for each in asked if each.owed != code]


def _let_in(each: Asked) -> bool:
    return each.said == ""


def _line(
    name: str, words: str, asked: Sequence[Asked], hit: Callable[[Asked], bool], goal: Goal | None = None
) -> Line:
    return Line(name, proportion([hit(each) for each in asked], [each.group for each in asked]), words, goal)


def _ask(predictor: Predictor, lesson: Lesson, number: int) -> Asked:
    words = FRONTAL if lesson.view == "frontal" else _NAMES.get(lesson.view, lesson.kind)
    group = lesson.group or f"made:{number}"
    return Asked(words, lesson.kind, group, _code(predictor, lesson), code_of(lesson.view))


def _code(predictor: Predictor, lesson: Lesson) -> str:
    admission = admit(lesson.film, predictor.card.input_size)
    if admission.refusal is not None:
        return admission.refusal.code
    reading = Reading(lesson.film, admission.prepared, predictor.forward(admission.prepared))
    refusal = predictor.refuse(reading)
    return "" if refusal is None else refusal.code
