"""Teaching views: drawn films of every kind are told apart, spoilt films are what they are called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from chests import draw_chest
from PIL import Image
from tiny_model import tiny_card, tiny_network
from training_rows import make_row

from model.net.device import cpu
from model.net.predictor import Predictor
from model.net.view import describe
from training import views
from training.datasets.row import Row


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """Draw 48 frontal films, and four of every other view: one lung, a ring, a chest with a broad heart."""
    root = tmp_path_factory.mktemp("views")
    rows = []
    for number in range(48):
        film = draw_chest(300 + number, 280, spots=((100.0 + 2 * number, 84.0),) if number % 2 else ())
        Image.fromarray(film.pixels).save(root / f"{number}.png")
        rows.append(make_row(f"{number}.png"))
    for number in range(4):
        plain = draw_chest(300 + number, 280).pixels.copy()
        kinds = {"lateral": plain.copy(), "ct": 4000 - plain, "child": plain.copy()}
        kinds["lateral"][:, 140:] = 2000
        kinds["ct"][100:200] = 500
        kinds["child"][150:, :] = 3500
        for kind, pixels in kinds.items():
            Image.fromarray(pixels.astype(np.uint16)).save(root / f"{kind}{number}.png")
        rows.append(make_row(f"lateral{number}.png", frontal=False, view="L"))
        rows.append(make_row(f"ct{number}.png", frontal=False, view="CT"))
        rows.append(make_row(f"child{number}.png", adult=False))
    return root, rows


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor(tiny_network(), tiny_card(), cpu())


def test_views_are_told_apart(drawn: tuple[Path, list[Row]], predictor: Predictor) -> None:
    head = views.fit(predictor, *drawn)
    film = draw_chest(311, 280)
    said = head.probabilities(describe(predictor.read(film)))
    # The drawn chests are nearly the same upside down, so that half a turn cannot be told.
    assert max((view for view in said if view != "turned_180"), key=lambda view: said[view]) == "frontal"
    for view in ("inverted", "turned_90", "turned_270"):
        spoilt = views.spoil(film, view)
        other = head.probabilities(describe(predictor.read(spoilt)))
        assert other["frontal"] < said["frontal"]
    assert np.array_equal(head.weight, views.fit(predictor, *drawn).weight)


def test_a_view_without_films_is_named(drawn: tuple[Path, list[Row]], predictor: Predictor) -> None:
    root, rows = drawn
    with pytest.raises(views.ViewError, match="child"):
        views.fit(predictor, root, [row for row in rows if row.adult is not False])


def test_spoiling() -> None:
    film = draw_chest(300, 200, spots=((10.0, 10.0),))
    assert views.spoil(film, "inverted").low_is_white != film.low_is_white
    right = views.spoil(film, "turned_90")
    assert (right.rows, right.columns) == (200, 300)
    assert right.pixels[10, 289] == film.pixels[10, 10]
    assert np.array_equal(views.spoil(right, "turned_270").pixels, film.pixels)
    assert np.array_equal(views.spoil(film, "turned_180").pixels, film.pixels[::-1, ::-1])


@pytest.mark.parametrize(
    ("changes", "view"),
    [
        ({}, "frontal"),
        ({"adult": None}, "frontal"),
        ({"adult": False}, "child"),
        ({"frontal": False, "view": "L"}, "lateral"),
        ({"frontal": False, "view": "CT"}, "cross_section"),
    ],
)
def test_what_a_row_shows(changes: dict[str, object], view: str) -> None:
    assert views.view_of(make_row("x.png", **changes)) == view
