"""The corners say what is known, nothing that is hidden, and no millimetres that are not."""

from dataclasses import fields, replace

import numpy as np
import pytest
from greys import film_of

from model.film.film import Description, FilmWarning, Spacing, VoiTable, Window
from viewer.display.look import Aids, GreyTable, Look, Pose
from viewer.qt.corner_text import Under, corners, number, window_words

LOOK = Look(Window(550, 1024, name="lung"))
PIXELS = np.zeros((20, 30), np.uint16)
WORDS = Description(
    **{f.name: f"secret-{f.name}" for f in fields(Description) if f.name not in ("view", "study_date")},
    view="PA",
    study_date="20200314",
)

pytestmark = pytest.mark.usefixtures("qapp")


def said(film, look=LOOK, *, mode="all", anonymous=False, under=None) -> str:
    four = corners(film, look, 0.5, under, mode=mode, anonymous=anonymous)
    lines = (*four.top_left, *four.top_right, *four.bottom_left, *four.bottom_right)
    return "\n".join(line.text for line in lines)


def test_all_tells_patient_study_window_and_zoom():
    words = said(film_of(PIXELS, description=WORDS))
    for part in ("secret-patient_name", "secret-patient_id", "2020-03-14", "secret-study_description", "PA"):
        assert part in words
    assert "W 1024  L 550" in words and "Lung" in words and "50 %" in words


@pytest.mark.parametrize("mode", ["all", "minimal", "none"])
def test_nothing_about_the_patient_is_left_when_hidden(mode):
    words = said(film_of(PIXELS, description=WORDS), mode=mode, anonymous=True)
    assert "secret" not in words and "2020" not in words


def test_a_view_that_is_no_code_is_hidden_too():
    film = film_of(PIXELS, description=replace(WORDS, view="PA of Mr Doe"))
    assert "Doe" not in said(film, anonymous=True)
    assert "Doe" not in said(film, mode="minimal")


def test_minimal_keeps_window_zoom_flags_and_view():
    words = said(film_of(PIXELS, description=WORDS), replace(LOOK, inverted=True), mode="minimal")
    assert "secret" not in words
    for part in ("W 1024", "50 %", "inverted", "PA"):
        assert part in words


def test_image_aids_are_flagged():
    words = said(film_of(PIXELS), replace(LOOK, aids=Aids(0.5, 1.0)), mode="minimal")
    assert "local contrast 50 %" in words
    assert "sharpened 100 %" in words


def test_none_is_nothing():
    assert said(film_of(PIXELS, description=WORDS), mode="none") == ""


def test_turns_and_flips_are_flagged():
    assert "mirrored · turned 270°" in said(film_of(PIXELS), replace(LOOK, pose=Pose(True, 3)))
    assert "turned" not in said(film_of(PIXELS))


@pytest.mark.parametrize(
    ("source", "words"),
    [("patient", "calibrated"), ("detector", "at detector"), ("magnified", "magnified"), ("raster", "from the file")],
)
def test_spacing_is_said_with_its_source(source, words):
    assert f"0.143 mm/px, {words}" in said(film_of(PIXELS, spacing=Spacing(0.143, 0.143, source)))


def test_pixels_that_are_not_square_are_said_so():
    assert "0.2 × 0.1 mm/px" in said(film_of(PIXELS, spacing=Spacing(0.2, 0.1, "detector")))


def test_no_millimetres_without_spacing():
    words = said(film_of(PIXELS))
    assert "mm" not in words and "px" in words


def test_the_pixel_under_the_cursor_is_told():
    words = said(film_of(PIXELS), under=Under(7, 9, -1023.5), mode="minimal")
    assert "row 7  column 9" in words and "value -1024" in words.replace("−", "-")


def test_frames_are_counted_only_when_there_are_several():
    assert "frame 3 of 8" in said(film_of(PIXELS, frame=2, frames=8))
    assert "frame" not in said(film_of(PIXELS))


@pytest.mark.parametrize(("count", "words"), [(1, "warnings about this file: 1"), (2, "warnings about this file: 2")])
def test_warnings_are_counted(count, words):
    film = film_of(PIXELS, warnings=tuple(FilmWarning("c", "m") for _ in range(count)))
    assert words in said(film)


def test_the_films_own_curve_is_named():
    table = VoiTable(0, 8, np.arange(256, dtype=np.uint16), "HARD")
    assert "HARD" in window_words(film_of(PIXELS, tables=(table,)), Look(GreyTable(0)))
    unnamed = replace(table, name="")
    assert "table 1" in window_words(film_of(PIXELS, tables=(unnamed,)), Look(GreyTable(0)))


@pytest.mark.parametrize(
    ("value", "words"), [(1024.0, "1024"), (1023.46, "1023"), (0.12345, "0.123"), (-5.0, "-5"), (12.34, "12.3")]
)
def test_numbers_have_no_needless_digits(value, words):
    assert number(value) == words
