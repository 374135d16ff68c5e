"""Presets show what their names say, on any film and in either polarity."""

import numpy as np
import pytest
from greys import film_of

from model.film.film import Film, VoiTable, Window
from viewer.display.look import GreyTable, Look
from viewer.display.presets import default_grey, presets
from viewer.display.windowing import grey_bytes

LUNG, HEART, BONE = 1000, 2600, 3400


def chest(low_is_white: bool = False) -> Film:
    """Return a toy chest: air 200, soft tissue 2200, lungs 1000, heart 2600, spine 3400, with noise."""
    rows, columns = np.mgrid[:400, :400] / 400
    values = np.where(np.abs(columns - 0.5) < 0.42, 2200.0, 200.0)
    for side in (0.3, 0.7):
        values[((columns - side) / 0.13) ** 2 + ((rows - 0.42) / 0.28) ** 2 < 1] = LUNG
    values[((columns - 0.55) / 0.1) ** 2 + ((rows - 0.6) / 0.1) ** 2 < 1] = HEART
    values[np.abs(columns - 0.5) < 0.04] = BONE
    values += np.random.default_rng(0).normal(0, 60, values.shape)
    return film_of((4095 - values if low_is_white else values).clip(0, 4095).astype(np.uint16), low_is_white)


def shown(film: Film, preset: str) -> np.ndarray:
    grey = {p.id: p.grey for p in presets(film)}[preset]
    return grey_bytes(film.pixels, film, Look(grey))


def at(seen: np.ndarray, row: float, column: float) -> float:
    return float(np.median(seen[int(row * 400) - 5 :, int(column * 400) - 5 :][:10, :10]))


@pytest.mark.parametrize("low_is_white", [False, True])
def test_each_preset_gives_its_tissue_the_contrast(low_is_white: bool) -> None:
    film = chest(low_is_white)
    contrast = {}
    for name in ("auto", "lung", "bone", "full", "sigmoid"):
        seen = shown(film, name)
        lung, tissue, spine = at(seen, 0.3, 0.3), at(seen, 0.9, 0.3), at(seen, 0.3, 0.5)
        assert lung < tissue <= spine, name
        contrast[name] = (tissue - lung, spine - tissue)
    assert contrast["lung"][0] > contrast["full"][0]
    assert contrast["bone"][1] > contrast["full"][1]
    assert contrast["lung"][0] > contrast["lung"][1]


def test_polarity_changes_nothing_that_is_seen() -> None:
    for name in ("auto", "lung", "bone", "full", "sigmoid"):
        apart = shown(chest(), name).astype(int) - shown(chest(low_is_white=True), name)
        assert np.abs(apart).max() <= 2, name


def test_soft_curve_never_clips_the_bulk() -> None:
    seen = shown(chest(), "sigmoid")
    assert 0 < np.percentile(seen, 1) < np.percentile(seen, 99) < 255


def test_own_tables_and_windows_come_by_name_and_first() -> None:
    table = VoiTable(0, 8, np.arange(256, dtype=np.uint16), "NORMAL")
    film = film_of(np.zeros((9, 9), np.uint16), windows=(Window(40, 80, name="HARDER"), Window(9, 9)), tables=(table,))
    named = {p.id: (p.name, p.grey) for p in presets(film)}
    assert named["film-1"] == ("NORMAL", GreyTable(0))
    assert named["film-2"] == ("HARDER", film.windows[0])
    assert named["film-3"] == ("Film 3", film.windows[1])
    assert default_grey(film) == GreyTable(0)


@pytest.mark.parametrize("value", [0, 255])
@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (300, 200)])
def test_blank_and_tiny_films_have_usable_presets(value: int, shape: tuple[int, int]) -> None:
    film = film_of(np.full(shape, value, dtype=np.uint8))
    for preset in presets(film):
        assert grey_bytes(film.pixels, film, Look(preset.grey)).shape == shape
    assert default_grey(film) == presets(film)[0].grey
