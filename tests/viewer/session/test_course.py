"""What the network says of one patient's films over time."""

from dataclasses import replace
from pathlib import Path

from predictions import prediction_for, refused

from model.film.film import Description
from viewer.session.course import course
from viewer.session.state import Sheet


def sheet(number, film, day, patient="7", **changes):
    description = Description(patient_id=patient, study_date=day, view="PA")
    prediction = prediction_for(replace(film, key=f"film {number}"))
    values = {"reading": "ready", "description": description, "prediction": prediction, **changes}
    return Sheet(number, Path(f"{number}.dcm"), 0, **values)


def test_the_films_of_the_patient_stand_in_order_of_time(png_film):
    films = [sheet(1, png_film, "20240301"), sheet(2, png_film, "20230101"), sheet(3, png_film, "20240101", "8")]
    points = course(films[0], films)
    assert [(point.sheet, point.day.isoformat()) for point in points] == [(2, "2023-01-01"), (1, "2024-03-01")]
    assert points[0].extent == films[1].prediction.opacity_extent
    assert points[0].finding == films[1].prediction.findings[0]


def test_films_without_a_date_or_an_answer_are_left_out(png_film):
    films = [
        sheet(1, png_film, "20240301"),
        sheet(2, png_film, ""),
        sheet(3, png_film, "20240101", prediction=None),
        sheet(4, png_film, "20240102", prediction=refused(png_film)),
        sheet(5, png_film, "20240103", reading="waiting"),
    ]
    assert [point.sheet for point in course(films[0], films)] == [1]


def test_a_film_that_names_nobody_is_alone(png_film):
    films = [sheet(1, png_film, "20240301", ""), sheet(2, png_film, "20240302", "")]
    assert [point.sheet for point in course(films[0], films)] == [1]
