"""The heatmap lies where its cells lie, to half a device pixel, in every pose and zoom, and is coloured once."""

from dataclasses import replace

import numpy as np
import pytest
from greys import film_of

from model.findings.prediction import Grid, HeatMap
from viewer.display.pose import ALL_POSES
from viewer.display.view import View
from viewer.qt.heat_layer import HeatLayer

FILM = film_of(np.zeros((400, 320), np.uint16))


def half_hot() -> HeatMap:
    """Return a map that is hot below the film's row 200 and right of its column 160."""
    values = np.zeros((40, 32), np.float32)
    values[20:, 16:] = 1.0
    return HeatMap("opacity", "lung_opacity", values, Grid(0, 0, 10, 10), 0.0, 1.0)


@pytest.fixture
def layer() -> HeatLayer:
    layer = HeatLayer()
    layer.take(half_hot(), FILM)
    return layer


@pytest.mark.parametrize("zoom", [0.4, 1.0, 2.3, 11.0])
@pytest.mark.parametrize("pose", ALL_POSES)
def test_the_hot_quarter_lies_where_the_view_says(layer, pose, zoom):
    view = replace(View.fitted(400, 320, 500, 440, pose=pose), zoom=zoom, centre=(205.0, 158.0))
    patch = layer.patch(view)
    alpha = patch.pixels[..., 3].astype(float) / 255
    # Down the middle of the hot columns the tint rises to half its height at the border of the cells.
    for place, inside in (((230.0, 180.0), True), ((170.0, 180.0), False), ((230.0, 140.0), False)):
        x, y = (int(v) for v in view.to_screen(*place))
        row, column = y - patch.y, x - patch.x
        if 0 <= row < alpha.shape[0] and 0 <= column < alpha.shape[1]:
            assert (alpha[row, column] > 0.9) == inside


@pytest.mark.parametrize("pose", ALL_POSES)
def test_it_covers_the_film_to_its_edges_and_no_further(layer, pose):
    view = View.fitted(400, 320, 500, 440, pose=pose)
    patch = layer.patch(view)
    corners = np.array([view.to_screen(r, c) for r in (0, 400) for c in (0, 320)])
    height, width = patch.pixels.shape[:2]
    assert (patch.x, patch.y) == pytest.approx(corners.min(axis=0), abs=0.51)
    assert (patch.x + width, patch.y + height) == pytest.approx(corners.max(axis=0), abs=0.51)


def test_a_part_of_the_film_costs_a_part(layer):
    view = View(400, 320, 200, 100, 30.0, (200.0, 160.0))
    height, width = layer.patch(view).pixels.shape[:2]
    assert 100 <= height < 400 and 200 <= width < 500


def test_the_same_map_and_view_are_not_made_again(layer):
    view = View.fitted(400, 320, 500, 440, pose=ALL_POSES[0])
    first = layer.patch(view)
    assert layer.patch(replace(view)) is first
    layer.take(half_hot(), FILM)
    assert layer.patch(view) is not first


def test_no_map_and_no_film_in_sight_are_nothing(layer):
    assert layer.patch(View(400, 320, 50, 50, 8.0, (90_000.0, 90_000.0))) is None
    layer.take(None, FILM)
    assert layer.patch(View.fitted(400, 320, 500, 440, pose=ALL_POSES[0])) is None
