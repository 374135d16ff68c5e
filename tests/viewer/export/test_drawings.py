"""Drawings on exported pictures: at their places in every pose, with their words, inside the picture."""

import numpy as np
import pytest
from greys import film_of

from model.film.film import Window
from viewer.display.look import Look, Pose
from viewer.display.pose import ALL_POSES
from viewer.display.render import render
from viewer.export.caption import DISCLAIMER
from viewer.export.drawings import DRAWING_COLOUR, lines
from viewer.export.picture import drawn
from viewer.measure.shapes import KINDS, POINTS, Measurement
from viewer.qt import inks

ROWS, COLUMNS = 400, 600
CORNERS = ((80.0, 120.0), (200.0, 300.0), (240.0, 150.0), (300.0, 420.0))


def film():
    return film_of(np.full((ROWS, COLUMNS), 1200, np.uint16))


def shape(kind):
    return Measurement("a", kind, CORNERS[: POINTS[kind] or 4])


def green(image):
    pixels = np.asarray(image.convert("RGB")).astype(int)
    return np.abs(pixels - np.array(DRAWING_COLOUR)).max(axis=2) < 30


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
def test_every_kind_is_seen_and_the_film_beside_it_is_untouched(kind):
    look = Look(Window(2048, 4096))
    image = drawn(film(), look, drawings=[(shape(kind), ())])
    assert green(image)[:ROWS].sum() > 100
    plain = render(film(), look).pixels
    np.testing.assert_array_equal(np.asarray(image)[:60, :100, 0], plain[:60, :100])
    assert image.info["Caption"] == DISCLAIMER


@pytest.mark.parametrize("pose", ALL_POSES)
@pytest.mark.parametrize("kind", ["ruler", "box"])
def test_ends_lie_on_their_film_points_in_every_pose(pose: Pose, kind):
    look = Look(Window(2048, 4096), pose=pose)
    picture = render(film(), look)
    image = green(drawn(film(), look, drawings=[(shape(kind), ())]))
    for row, column in picture.from_film(np.array(CORNERS[:2])):
        part = image[int(row) - 3 : int(row) + 4, int(column) - 3 : int(column) + 4]
        assert part.any()


def test_an_ellipse_lies_between_its_corners():
    picture = render(film(), Look(Window(2048, 4096)))
    ((line, closed),) = lines(shape("ellipse"), picture, 12)
    assert closed
    assert line.min(axis=0) == pytest.approx(CORNERS[0], abs=0.1)
    assert line.max(axis=0) == pytest.approx(CORNERS[1], abs=0.1)


def test_words_stay_inside_the_picture():
    at_the_edge = Measurement("a", "text", ((399.0, 599.0),), "wide")
    image = green(drawn(film(), Look(Window(2048, 4096)), drawings=[(at_the_edge, ("costophrenic angle", "wide"))]))
    area = image[:ROWS]
    assert area.sum() > 50
    assert not area[:, -1].any()
    assert not area[-1].any()


def test_the_export_uses_the_colour_of_the_screen():
    assert inks.MEASURE.getRgb()[:3] == DRAWING_COLOUR
