"""Earlier films of the same patient: which there are, how long ago, and whether they may move together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from model.film.film import Description
from viewer.session.state import Sheet

LATERAL = frozenset({"LL", "RL", "LLD", "RLD", "LAT", "LATERAL", "LLO", "RLO"})
"""View Position codes of films taken from the side or obliquely."""


def same_patient(one: Description, other: Description) -> bool:
    """Tell whether two films say that they show one person.

    By patient number, unless the names differ; without a number by name and birth date together.
    """
    names = one.patient_name.strip().casefold(), other.patient_name.strip().casefold()
    if all(names) and names[0] != names[1]:
        return False
    if one.patient_id.strip() and one.patient_id.strip() == other.patient_id.strip():
        return True
    births = one.birth_date.strip(), other.birth_date.strip()
    numbered = bool(one.patient_id.strip() and other.patient_id.strip())
    return all(names) and all(births) and births[0] == births[1] and not numbered


def another_patient(one: Description, other: Description) -> bool:
    """Tell whether two films both name somebody, and not the same person."""
    named = all(film.patient_id.strip() or film.patient_name.strip() for film in (one, other))
    return named and not same_patient(one, other)


def taken_on(description: Description) -> date | None:
    """Return the day of the study, None when the film does not say or says nonsense."""
    digits = description.study_date.replace("-", "").replace(".", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def days_earlier(prior: Description, current: Description) -> int | None:
    """Return how many days the prior was taken before the current film, negative for later ones."""
    then, now = taken_on(prior), taken_on(current)
    return None if then is None or now is None else (now - then).days


def may_move_together(one: Description, other: Description) -> bool:
    """Tell whether zoom and pan of two films can be linked: never a film from the front with one from the side."""
    return _lateral(one) == _lateral(other)


def priors_of(sheet: Sheet, films: Iterable[Sheet]) -> list[Sheet]:
    """Return the other films of this film's patient: same direction first, then the nearest earlier ones, then others.

    Only films that were read are known to be of the same patient.
    """
    others = [
        other
        for other in films
        if other.id != sheet.id
        and other.reading == "ready"
        and same_patient(sheet.description, other.description)
        and other.key != sheet.key
    ]
    return sorted(others, key=lambda other: _order(other, sheet))


def _order(other: Sheet, sheet: Sheet) -> tuple[bool, bool, int]:
    days = days_earlier(other.description, sheet.description)
    turned = not may_move_together(other.description, sheet.description)
    if days is None:
        return turned, True, 10**9
    return turned, days < 0, abs(days)


def projection(description: Description) -> str:
    """Return "PA" or "AP", which widens the heart; empty for any other view and where the film does not say."""
    view = description.view.strip().upper()
    return view if view in ("PA", "AP") else ""


def _lateral(description: Description) -> bool:
    return description.view.strip().upper() in LATERAL
