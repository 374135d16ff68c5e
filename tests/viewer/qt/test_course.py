"""Opacity and score of a patient's films on one axis of time: where the points lie, what they say, where they lead."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from model.findings.prediction import Finding
from viewer.qt.language import voice
from viewer.qt.panels.course import CourseCard
from viewer.session.course import Point

ABOVE = Finding("lung_opacity", 0.9, 0.6, "above")
BELOW = Finding("lung_opacity", 0.2, 0.6, "below")
POINTS = (
    Point(1, date(2024, 1, 1), "PA", BELOW, 0.02),
    Point(2, date(2024, 1, 11), "AP", ABOVE, 0.4),
    Point(3, date(2024, 1, 31), "PA", ABOVE, None),
)


@pytest.fixture
def card(dressed, qtbot):
    made = CourseCard()
    qtbot.addWidget(made)
    made.resize(280, 260)
    made.show_points(POINTS, 2, anonymous=False)
    yield made
    made.close()


def test_time_runs_to_the_right_in_days_and_both_strips_share_it(card):
    (first, first_score), (second, second_score), (third, third_score) = (card.plot.at(point) for point in POINTS)
    assert third is None
    assert (second.x() - first.x()) / (third_score.x() - first_score.x()) == pytest.approx(10 / 30)
    assert (first.x(), second.x()) == pytest.approx((first_score.x(), second_score.x()))


def test_heights_are_on_a_scale_that_does_not_depend_on_the_lowest_value(card):
    (first, first_score), (second, second_score) = (card.plot.at(point) for point in POINTS[:2])
    assert card.plot.most == 0.5
    upper, lower = card.plot._strips()
    assert upper.bottom() - first.y() == pytest.approx(0.02 / 0.5 * upper.height())
    assert upper.bottom() - second.y() == pytest.approx(0.4 / 0.5 * upper.height())
    assert lower.bottom() - second_score.y() == pytest.approx(0.9 * lower.height())
    assert first_score.y() > second_score.y()


def test_a_click_on_a_point_asks_for_its_film_and_one_beside_asks_for_none(card, qtbot):
    asked = []
    card.plot.film_chosen.connect(asked.append)
    _, score = card.plot.at(POINTS[2])
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=score.toPoint())
    qtbot.mouseClick(card.plot, Qt.MouseButton.LeftButton, pos=card.plot.rect().topLeft())
    assert asked == [3]


def test_everything_drawn_is_told_to_screen_readers_without_dates_while_they_are_hidden(card):
    said = card.plot.accessibleDescription()
    assert said.startswith("2024-01-01 · PA · extent 2.0 % · score 0.200; 2024-01-11 · AP · extent 40.0 %")
    assert said.endswith("2024-01-31 · PA · score 0.900")
    card.show_points(POINTS, 2, anonymous=True)
    said = card.plot.accessibleDescription()
    assert "2024" not in said
    assert said.startswith("day 0 · PA")
    assert "day 30 · PA" in said


def test_points_have_the_colour_of_their_band_and_the_film_in_front_a_ring(card):
    def colour(point):
        card.show_points(POINTS, point, anonymous=False)
        return [card.plot.grab().toImage().pixelColor(card.plot.at(one)[1].toPoint()).name() for one in POINTS[:2]]

    assert colour(1) == colour(2)
    assert len(set(colour(2))) == 2
    one = card.plot.grab().toImage()
    card.show_points(POINTS, 1, anonymous=False)
    assert card.plot.grab().toImage() != one


def test_one_film_alone_has_no_course(card):
    card.show()
    assert card.isVisible()
    card.show_points(POINTS[:1], 1, anonymous=False)
    assert not card.isVisible()


def test_films_of_one_day_are_drawn(card):
    same = (POINTS[0], Point(4, POINTS[0].day, "AP", ABOVE, 0.3))
    card.show_points(same, 4, anonymous=False)
    assert card.plot.at(same[0])[1].x() == card.plot.at(same[1])[1].x()
    assert not card.plot.grab().isNull()


def test_it_speaks_russian(card):
    voice().speak("ru")
    try:
        card.show_points(POINTS, 2, anonymous=False)
        assert "площадь 2.0 %" in card.plot.accessibleDescription()
    finally:
        voice().speak("en")
