"""The hand-made predictions are well formed: other tests build on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from predictions import box_around, prediction_for, refused

from model.film.film import Film, Origin


def _film(rows: int, columns: int) -> Film:
    pixels = np.zeros((rows, columns), np.uint16)
    return Film("key", Path("film.dcm"), pixels, False, Origin("PNG", None, "MONOCHROME2", 16, False))


@pytest.mark.parametrize("shape", [(300, 500), (501, 299), (256, 256)])
def test_hot_spot_lies_where_it_was_put(shape: tuple[int, int]) -> None:
    film = _film(*shape)
    spot = (0.3 * film.rows, 0.7 * film.columns)
    heat = prediction_for(film, hot_spot=spot).map_of("intensity")
    assert heat is not None
    i, j = np.unravel_index(int(heat.values.argmax()), heat.values.shape)
    grid = heat.grid
    assert abs(grid.row + (i + 0.5) * grid.cell_height - spot[0]) <= grid.cell_height
    assert abs(grid.column + (j + 0.5) * grid.cell_width - spot[1]) <= grid.cell_width


def test_boxes_stay_on_the_film() -> None:
    film = _film(300, 400)
    box = box_around(film, (299.0, 1.0))
    assert box.row + box.height <= 300
    assert box.column == 0.0


def test_a_refused_film_has_no_answer() -> None:
    prediction = refused(_film(64, 64))
    assert prediction.findings == ()
    assert prediction.boxes == ()
    assert prediction.opacity_extent is None
    assert prediction.refusal is not None
