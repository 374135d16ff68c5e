"""Tints lie where the network looked, on an absolute scale, and say so on the colour bar."""

import numpy as np
import pytest
from greys import film_of

from model.film.film import Film
from model.findings.prediction import Grid, HeatMap, MapKind
from viewer.display.look import Look, Pose
from viewer.display.pose import ALL_POSES, posed
from viewer.display.presets import default_grey
from viewer.display.render import render
from viewer.display.tint import colour_bar, colours, round_numbers, tint, title

SHAPES = [(300, 300), (200, 460), (460, 200)]


def map_over(film: Film, cell: float = 23.0, kind: MapKind = "intensity", threshold: float | None = None) -> HeatMap:
    """Return an empty map whose cells start off the film and do not divide it."""
    grid = Grid(-11.0, -7.0, cell, cell * 1.1)
    shape = int(np.ceil((film.rows + 11) / cell)), int(np.ceil((film.columns + 7) / (cell * 1.1)))
    return HeatMap(kind, None, np.zeros(shape, np.float32), grid, 0.0, 10.0, threshold)


def center_of(tinted: np.ndarray) -> np.ndarray:
    weight = tinted[..., 3].astype(float)
    rows, columns = np.mgrid[: weight.shape[0], : weight.shape[1]] + 0.5
    return np.array([(rows * weight).sum(), (columns * weight).sum()]) / weight.sum()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("pose", ALL_POSES)
@pytest.mark.parametrize("zoom", [0.31, 1.0, 2.7])
def test_hot_cell_is_seen_at_its_place(shape: tuple[int, int], pose: Pose, zoom: float) -> None:
    film = film_of(np.zeros(shape, np.uint16))
    heat_map = map_over(film)
    heat_map.values[5, 3] = 6.0
    where = np.array([[-11 + 5.5 * 23, -7 + 3.5 * 25.3]])
    picture = render(film, Look(default_grey(film), pose=pose), round(max(shape) * zoom))
    upright = picture.pixels.shape[::-1] if pose.quarter_turns % 2 else picture.pixels.shape
    seen = center_of(posed(tint(heat_map, film, upright, 1.0), pose))
    np.testing.assert_allclose(seen, picture.from_film(where)[0], atol=0.5)


def test_values_are_those_of_linear_interpolation_between_cell_centres() -> None:
    film = film_of(np.zeros((40, 60), np.uint16))
    values = np.random.default_rng(2).uniform(0, 10, (4, 6)).astype(np.float32)
    heat_map = HeatMap("intensity", None, values, Grid(0, 0, 10, 10), 0.0, 10.0)
    tinted = tint(heat_map, film, (40, 60), 0.7)
    table = colours(heat_map, 0.7)
    for row, column in ((0, 0), (4, 5), (15, 24), (39, 59), (22, 47)):
        y, x = np.clip((row + 0.5) / 10 - 0.5, 0, 3), np.clip((column + 0.5) / 10 - 0.5, 0, 5)
        i, j = min(int(y), 2), min(int(x), 4)
        corners = values[i : i + 2, j : j + 2]
        value = np.array([i + 1 - y, y - i]) @ corners @ np.array([j + 1 - x, x - j])
        np.testing.assert_array_equal(tinted[row, column], table[round(value * 25.5)])


def test_nothing_is_laid_where_the_map_has_no_cells() -> None:
    film = film_of(np.zeros((40, 60), np.uint16))
    heat_map = HeatMap("intensity", None, np.full((2, 3), 9, np.float32), Grid(10, 15, 10, 10), 0.0, 10.0)
    alpha = tint(heat_map, film, (40, 60), 1.0)[..., 3] > 0
    assert alpha[10:30, 15:45].all()
    assert alpha.sum() == 20 * 30


def test_scale_is_the_models_not_the_films() -> None:
    film = film_of(np.zeros((40, 60), np.uint16))
    cool = HeatMap("intensity", None, np.full((2, 3), 0.4, np.float32), Grid(0, 0, 20, 20), 0.0, 10.0)
    assert tint(cool, film, (40, 60), 1.0)[..., 3].max() < 12
    hot = HeatMap("intensity", None, np.full((2, 3), 99, np.float32), Grid(0, 0, 20, 20), 0.0, 10.0)
    np.testing.assert_array_equal(tint(hot, film, (40, 60), 1.0)[9, 9], colours(hot, 1.0)[-1])


def test_one_cell_covers_the_film() -> None:
    film = film_of(np.zeros((40, 60), np.uint16))
    heat_map = HeatMap("intensity", None, np.full((1, 1), 10, np.float32), Grid(0, 0, 40, 60), 0.0, 10.0)
    assert (tint(heat_map, film, (10, 15), 0.5) == colours(heat_map, 0.5)[-1]).all()


def test_class_maps_diverge_from_their_threshold() -> None:
    film = film_of(np.zeros((40, 60), np.uint16))
    heat_map = map_over(film, kind="class", threshold=4.0)
    table = colours(heat_map, 0.8).astype(int)
    at_threshold = round(0.4 * 255)
    assert table[at_threshold, 3] == 0
    assert table[-1, 3] == round(0.8 * 255)
    assert table[0, 2] > table[0, 0] + 50, "against: blue"
    assert table[-1, 0] > table[-1, 2] + 50, "for: orange"


def test_hot_is_lighter_than_cold_all_along() -> None:
    table = colours(map_over(film_of(np.zeros((40, 60), np.uint16))), 0.5).astype(float)
    lightness = table[:, :3] @ (0.2126, 0.7152, 0.0722)
    assert (np.diff(lightness) > -1).all()
    assert (np.diff(table[:, 3]) >= 0).all()
    assert table[0, 3] == 0
    assert table[-1, 3] == 128


def test_colour_bar_tells_numbers_and_threshold() -> None:
    film = film_of(np.zeros((40, 60), np.uint16))
    bar = colour_bar(map_over(film, threshold=2.5), 0.6)
    assert [tick.text for tick in bar.ticks] == ["0", "2", "4", "6", "8", "10"]
    assert [tick.position for tick in bar.ticks] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert bar.threshold == pytest.approx(0.25)
    assert bar.colours.shape == (256, 4)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 5), (0.013, 0.017), (-1e6, 2e7), (19.7, 20.9)])
def test_round_numbers_lie_within_and_are_few(low: float, high: float) -> None:
    numbers = round_numbers(low, high, 5)
    assert 3 <= len(numbers) <= 7
    assert low - 1e-9 <= numbers[0]
    assert numbers[-1] <= high + 1e-9


def test_title_names_finding_and_smoothing() -> None:
    values = np.zeros((2, 3), np.float32)
    evidence = HeatMap("class", "covid19", values, Grid(0, 0, 20, 20), -1.0, 1.0)
    assert title(evidence).endswith(": COVID-19")
    smooth = HeatMap("smoothed", None, values, Grid(0, 0, 20, 20), 0.0, 1.0, None, 16.0)
    assert title(smooth).endswith(", σ 16 px")
