"""Remedies: what the network says of a film put right lies where it belongs on the film as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from chests import draw_chest

from model.film.film import Film
from model.findings.prediction import Grid, MapKind, Remedy
from model.net.predictor import Predictor
from model.net.preprocess import prepare
from model.net.remedy import remedied, undone

TURNS: dict[Remedy, int] = {"turn_left": -1, "turn_over": 2, "turn_right": 1}
"""Anticlockwise quarters that spoil an upright film."""
UPRIGHT = draw_chest(320, 280, spots=((140.0, 80.0),), radius=0.08)


def _spoilt(remedy: Remedy) -> Film:
    return replace(UPRIGHT, pixels=np.ascontiguousarray(np.rot90(UPRIGHT.pixels, TURNS[remedy])))


def _numbers(grid: Grid) -> list[float]:
    return [getattr(grid, name) for name in ("row", "column", "cell_height", "cell_width")]


@pytest.mark.parametrize("remedy", TURNS)
def test_a_turned_film_is_shown_upright(remedy: Remedy) -> None:
    turned = _spoilt(remedy)
    film, prepared = remedied(turned, prepare(turned, 128), remedy)
    wanted = prepare(UPRIGHT, 128)
    assert (film.rows, film.columns) == (320, 280)
    np.testing.assert_allclose(prepared.grey, wanted.grey, atol=1)
    np.testing.assert_array_equal(prepared.inside, wanted.inside)
    np.testing.assert_allclose(*(_numbers(one.grid) for one in (prepared, wanted)), atol=1e-9)


def test_an_inverted_film_is_shown_with_its_greys_exchanged() -> None:
    inverted = replace(UPRIGHT, low_is_white=True)
    film, prepared = remedied(inverted, prepare(inverted, 128), "invert")
    assert film is inverted
    np.testing.assert_allclose(prepared.grey, prepare(UPRIGHT, 128).grey, atol=2)


@pytest.mark.parametrize("remedy", TURNS)
def test_boxes_and_maps_lie_on_the_film_as_it_is(predictor: Predictor, remedy: Remedy) -> None:
    """The tiny network looks at single pixels, so that it says the same of a film however it is turned."""
    turned = _spoilt(remedy)
    laid, direct = undone(predictor.predict(UPRIGHT), remedy, (320, 280)), predictor.predict(turned)
    assert laid.corrected == remedy
    assert len(laid.boxes) == len(direct.boxes) == 1
    np.testing.assert_allclose(*([b.row, b.column, b.height, b.width] for (b,) in (laid.boxes, direct.boxes)), atol=3)
    layers: tuple[tuple[MapKind, str | None], ...] = (("opacity", "lung_opacity"), ("lungs", None))
    for kind, finding in layers:
        mine, theirs = laid.map_of(kind, finding), direct.map_of(kind, finding)
        assert mine is not None
        assert theirs is not None
        assert mine.values.shape == theirs.values.shape
        assert not mine.values.flags.writeable
        np.testing.assert_allclose(_numbers(mine.grid), _numbers(theirs.grid), atol=1e-9)
        assert np.abs(mine.values - theirs.values).mean() < 0.03
