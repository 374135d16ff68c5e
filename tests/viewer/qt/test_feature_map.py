"""The feature map: one key shows it, a click lists what lies there, and without a map the panel says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from atlases import scattered
from predictions import FEATURES, prediction_for, refused
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from room import WAIT_MS, HandAnalyst, write_films

from model.errors import WeightsError
from model.net.atlas import UNKNOWN
from viewer.qt.atlas_plot import draw_mark
from viewer.qt.language import voice
from viewer.qt.panels.feature_map import LISTED, FeatureMapPanel, counted, neighbour_text
from viewer.qt.theme import theme
from viewer.qt.window import Window

ATLAS = replace(scattered(films=60), offset=np.zeros(2, np.float32))
FILM = ATLAS.place(FEATURES)


@pytest.fixture
def analyst() -> HandAnalyst:
    made = HandAnalyst()
    made.atlas = ATLAS
    return made


@pytest.fixture
def judged(window: Window, qtbot: Any, tmp_path: Path) -> Window:
    window.open(write_films(tmp_path, 1))
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F8)
    qtbot.waitUntil(window.feature_map.isVisible, timeout=WAIT_MS)
    return window


def _listed(panel: FeatureMapPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def _nearest(place: tuple[float, float]) -> list[str]:
    return [neighbour_text(one) for one in ATLAS.nearest(place, LISTED)]


def test_it_is_out_of_the_way_until_asked_for(window: Window) -> None:
    assert not window.feature_map.isVisible()


def test_one_key_lists_the_training_films_nearest_to_this_one(judged: Window) -> None:
    panel = judged.feature_map
    assert _listed(panel) == _nearest(FILM)
    assert panel.said.text().startswith("Nearest to this film: Lung opacity on ")


def test_the_answers_counted_follow_the_finding_that_is_chosen(judged: Window, qtbot: Any) -> None:
    panel = judged.feature_map
    near = ATLAS.nearest(FILM, LISTED)
    for key, finding in ((Qt.Key.Key_Down, "covid19"), (Qt.Key.Key_Up, "lung_opacity")):
        qtbot.keyClick(panel._findings, key)
        assert panel.said.text().startswith(f"Nearest to this film: {counted(near, finding)}")
    known = [one.opacity for one in near if one.opacity is not None]
    assert counted(near, "lung_opacity") == f"Lung opacity on {sum(known)} of {len(known)}."


def test_a_click_lists_what_lies_there_and_one_on_the_film_goes_back(judged: Window, qtbot: Any) -> None:
    panel = judged.feature_map
    corner = QPointF(14, panel.plot.height() - 14)
    qtbot.mouseClick(panel.plot, Qt.MouseButton.LeftButton, pos=corner.toPoint())
    place = panel._probe
    assert place is not None
    assert (panel.plot.at(place) - corner).manhattanLength() < 1.5
    assert _listed(panel) == _nearest(place)
    assert _listed(panel) != _nearest(FILM)
    assert panel.said.text().startswith("Nearest to the place you chose:")
    qtbot.mouseClick(panel.plot, Qt.MouseButton.LeftButton, pos=panel.plot.at(FILM).toPoint())
    assert _listed(panel) == _nearest(FILM)


def test_the_keyboard_alone_moves_the_place_and_points_at_films(judged: Window, qtbot: Any) -> None:
    panel = judged.feature_map
    panel.plot.setFocus()
    for _ in range(4):
        qtbot.keyClick(panel.plot, Qt.Key.Key_Right)
    assert panel._probe == pytest.approx((FILM[0] + 1.0, FILM[1]))
    qtbot.keyClick(panel.plot, Qt.Key.Key_Home)
    assert _listed(panel) == _nearest(FILM)
    before = panel.plot.grab().toImage()
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.plot.grab().toImage() != before


@pytest.mark.parametrize(("answer", "token"), [(1, "confirmed"), (0, "ruled_out"), (UNKNOWN, "faint")])
def test_the_marks_differ_in_shape_as_well_as_in_colour(answer: int, token: str) -> None:
    """A disc covers right and corner of its middle, a cross the corner alone, a dot neither."""
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    painter.scale(10, 10)
    draw_mark(painter, QPointF(3, 3), answer)
    painter.end()
    covered = tuple(image.pixelColor(x, y).name() != "#000000" for x, y in ((30, 30), (45, 30), (41, 41)))
    assert covered == {1: (True, True, True), 0: (True, False, True), UNKNOWN: (True, False, False)}[answer]
    assert image.pixelColor(30, 30).name() == theme().colours[token]


def test_a_refused_film_is_not_placed(
    make_room: Callable[..., Window], analyst: HandAnalyst, qtbot: Any, tmp_path: Path
) -> None:
    analyst.answer = lambda film, force: prediction_for(film, forced=True) if force else refused(film)
    window = make_room()
    window.open(write_films(tmp_path, 1))
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    window.walls.toggle_panel("feature_map")
    assert _listed(window.feature_map) == []
    assert "Once the network has judged the film" in window.feature_map.said.text()


def test_a_network_without_a_map_and_a_map_that_cannot_be_trusted_say_so(
    make_room: Callable[..., Window], analyst: HandAnalyst, qtbot: Any
) -> None:
    analyst.atlas = None
    window = make_room()
    window.walls.toggle_panel("feature_map")
    assert window.feature_map.said.text() == "This network came without a feature map."
    assert not window.feature_map.plot.isEnabled()

    def broken() -> None:
        raise WeightsError("atlas_missing", "The feature map x is missing; put it back beside the weights.")

    panel = FeatureMapPanel(broken)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.said.text() == "The feature map x is missing; put it back beside the weights."
    panel.close()


def test_a_film_far_from_all_others_is_told(judged: Window) -> None:
    panel = judged.feature_map
    assert "No training film lies near" not in panel.said.text()
    panel._on_place((90.0, 90.0))
    assert "No training film lies near" in panel.said.text()
    edge = panel.plot.at((90.0, 90.0))
    assert panel.plot.rect().toRectF().contains(edge)


def test_it_speaks_the_readers_language(judged: Window) -> None:
    voice().speak("ru")
    try:
        assert judged.feature_map.said.text().startswith("Ближайшие к этому снимку: Затемнение лёгких: на")
    finally:
        voice().speak("en")


def test_the_distance_of_a_neighbour_is_its_distance_on_the_picture(judged: Window) -> None:
    plot = judged.feature_map.plot
    near = ATLAS.nearest(FILM, 5)
    unit = (plot.at((FILM[0] + 0.01, FILM[1])) - plot.at(FILM)).x() / 0.01
    for one in near:
        away = plot.at(one.place) - plot.at(FILM)
        assert np.hypot(away.x(), away.y()) / unit == pytest.approx(one.distance, abs=1e-3)
