from pathlib import Path

import pytest

from model.film.film import Description
from viewer.session.priors import (
    another_patient,
    days_earlier,
    may_move_together,
    priors_of,
    projection,
    same_patient,
)
from viewer.session.state import Sheet


def words(**values):
    usual = {"patient_name": "Doe^Jane", "patient_id": "7", "birth_date": "19500101", "view": "PA"}
    return Description(**{**usual, **values})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({"patient_id": "8"}, {}, False),
        ({"patient_name": "Roe^Jane"}, {}, False),
        ({"patient_name": ""}, {}, True),
        ({"patient_id": ""}, {}, True),
        ({"patient_id": "", "birth_date": ""}, {}, False),
        ({"patient_id": "", "birth_date": "19600101"}, {}, False),
        ({"patient_id": "", "patient_name": ""}, {"patient_id": "", "patient_name": ""}, False),
        ({"patient_name": "DOE^JANE "}, {}, True),
    ],
)
def test_one_patient_is_told_by_number_or_by_name_and_birth_date(one, other, same):
    assert same_patient(words(**one), words(**other)) == same
    assert same_patient(words(**other), words(**one)) == same


def test_the_interval_needs_both_dates():
    now = words(study_date="20240301")
    assert days_earlier(words(study_date="2024.02.29"), now) == 1
    assert days_earlier(words(study_date="20240302"), now) == -1
    assert days_earlier(words(study_date="20241399"), now) is None
    assert days_earlier(words(), now) is None


@pytest.mark.parametrize(
    ("one", "other", "may"), [("PA", "AP", True), ("PA", "LL", False), ("LL", "RL", True), ("", "LL", False)]
)
def test_a_frontal_film_never_moves_with_a_lateral_one(one, other, may):
    assert may_move_together(words(view=one), words(view=other)) == may


def test_the_nearest_earlier_film_of_the_same_direction_comes_first():
    def sheet(number, day, view="PA", **values):
        ready = {"reading": "ready", "key": str(number), **values}
        return Sheet(number, Path(f"{number}"), 0, description=words(study_date=day, view=view), **ready)

    current = sheet(1, "20240301")
    others = [
        sheet(2, "20240302"),
        sheet(3, "20230301"),
        sheet(4, "20240101", "LL"),
        sheet(5, ""),
        sheet(6, "20240201"),
        sheet(7, "20240201", reading="waiting"),
        sheet(8, "20240201", key="1"),
    ]
    assert [other.id for other in priors_of(current, [current, *others])] == [6, 3, 2, 5, 4]


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        ({}, {}, False),
        ({"patient_id": "8"}, {}, True),
        ({"patient_id": "", "patient_name": ""}, {}, False),
        ({"patient_id": "8", "patient_name": ""}, {"patient_id": ""}, True),
    ],
)
def test_a_film_that_names_nobody_is_nobody_else_s(one, other, another):
    assert another_patient(words(**one), words(**other)) == another


@pytest.mark.parametrize(("view", "said"), [("PA", "PA"), (" ap ", "AP"), ("LL", ""), ("", ""), ("AP SUPINE", "")])
def test_only_pa_and_ap_are_projections_to_be_compared(view, said):
    assert projection(words(view=view)) == said
