"""Lessons: films are spoilt, changed and cut as named, rows are called what they show, and every run gives the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chests import LUNGS, draw_chest
from PIL import Image
from training_rows import make_row

from model.film.film import Film, Window
from training import lessons
from training.datasets.row import Row


def _lungs(film: Film) -> np.ndarray:
    """Return where ``draw_chest`` draws lungs."""
    down, across = (np.indices((64, 64)) + 0.5) / 64
    inside = np.zeros((64, 64), np.float32)
    for row, column in LUNGS:
        inside[((down - row) / 0.34) ** 2 + ((across - column) / 0.16) ** 2 <= 1] = 1.0
    return inside


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """Draw 16 frontal films, a lateral and a child's."""
    root = tmp_path_factory.mktemp("lessons")
    for number in range(18):
        pixels = draw_chest(300 + number, 280).pixels + np.arange(280, dtype=np.uint16)
        Image.fromarray(pixels).save(root / f"{number}.png")
    rows = [make_row(f"{number}.png", source="nih") for number in range(16)]
    return root, [*rows, make_row("16.png", frontal=False, view="L"), make_row("17.png", adult=False)]


def test_every_film_is_shown_and_made_into_others(drawn: tuple[Path, list[Row]]) -> None:
    given = list(lessons.lessons(*drawn, _lungs))
    counts = Counter((lesson.view, lesson.plain) for lesson in given if lesson.group)
    assert counts["frontal", True] == 16
    assert counts["frontal", False] == 8
    assert [counts[f"turned_{angle}", False] for angle in (90, 180, 270)] == [2, 1, 1]
    assert counts["inverted", False] == 4
    assert counts["photograph", False] == 4
    assert 2 <= counts["not_chest", False] <= 4  # lungs fill most of a drawn film
    assert (counts["lateral", True], counts["lateral", False]) == (1, lessons.RARE_COPIES)
    assert counts["child", True] == 1
    made = Counter(lesson.kind for lesson in given if not lesson.group)
    assert made["limbs"] == made["drawings"] == 4
    assert made["photographs"] > 20


def test_the_lessons_are_the_same_every_time(drawn: tuple[Path, list[Row]]) -> None:
    first, again = (list(lessons.lessons(*drawn, _lungs)) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.film.pixels, other.film.pixels)
    others = list(lessons.lessons(*drawn, _lungs, seed=8))
    assert any(one.film.key != other.film.key for one, other in zip(first, others, strict=True) if not one.group)


def test_spoiling() -> None:
    film = draw_chest(300, 200, spots=((10.0, 10.0),))
    inverted = lessons.spoil(film, "inverted")
    assert inverted.low_is_white != film.low_is_white
    right = lessons.spoil(film, "turned_90")
    assert (right.rows, right.columns) == (200, 300)
    assert right.pixels[10, 289] == film.pixels[10, 10]
    assert np.array_equal(lessons.spoil(right, "turned_270").pixels, film.pixels)
    assert np.array_equal(lessons.spoil(film, "turned_180").pixels, film.pixels[::-1, ::-1])


def test_an_inverted_film_loses_the_window_that_would_invert_it_back() -> None:
    film = draw_chest()
    assert lessons.spoil(replace(film, windows=(Window(2000, 4000),)), "inverted").windows == ()


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
    assert lessons.view_of(make_row("x.png", **changes)) == view


def test_a_part_holds_hardly_any_lung() -> None:
    """Lungs of the drawn film are dark, its body is not: a part without lungs has few dark pixels."""
    plain = draw_chest(400, 400)
    film = replace(plain, pixels=plain.pixels + np.arange(400, dtype=np.uint16))
    parts = [lessons.without_lungs(film, _lungs(film), np.random.default_rng(seed)) for seed in range(20)]
    found = [part for part in parts if part is not None]
    assert len(found) >= 5
    assert all((part.pixels < 1000).mean() < 0.1 for part in found)
    assert lessons.without_lungs(film, np.ones((8, 8), np.float32), np.random.default_rng(0)) is None


def test_a_changed_film_is_still_the_film() -> None:
    film = draw_chest(300, 260)
    changed = lessons.changed(film, np.random.default_rng(3))
    assert changed.pixels.shape == (lessons.SIDE, lessons.SIDE)
    middle = changed.pixels[lessons.SIDE // 2 - 40 : lessons.SIDE // 2 + 40].astype(float).mean(axis=0)
    left, centre = middle[lessons.SIDE * 3 // 10], middle[lessons.SIDE // 2]
    assert centre > left


def test_films_beyond_the_limit_are_evenly_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "MOST_FRONTAL", 3)
    rows = [make_row(f"{number}.png") for number in range(9)]
    assert [row.path for row in lessons.choose(rows)] == ["0.png", "4.png", "8.png"]
