"""What the network is given: one look for all bit depths and polarities, and its place on the film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from model.errors import NetworkError
from model.film.film import Film, Origin, VoiTable, Window
from model.net.preprocess import Placement, prepare, standardise


def make_film(pixels: NDArray[np.generic], **more: object) -> Film:
    settings: dict[str, object] = {"low_is_white": False, **more}
    origin = Origin("PNG", None, "MONOCHROME2", 8, False)
    return Film(key="test", path=Path("test.png"), pixels=pixels, origin=origin, **settings)  # type: ignore[arg-type]


@pytest.fixture
def scene() -> NDArray[np.float64]:
    """A smooth picture of 0 .. 1 with dark ovals, without symmetry."""
    y, x = np.mgrid[0:1:400j, 0:1:320j]
    lungs = np.exp(-(((x - 0.3) / 0.15) ** 2 + ((y - 0.5) / 0.3) ** 2))
    lungs += np.exp(-(((x - 0.72) / 0.12) ** 2 + ((y - 0.45) / 0.25) ** 2))
    return np.clip(0.8 - 0.6 * lungs + 0.15 * y, 0, 1)


def test_all_bit_depths_and_polarities_look_alike(scene: NDArray[np.float64]) -> None:
    films = {
        "8 bit": make_film(np.rint(scene * 255).astype(np.uint8)),
        "12 bit": make_film(np.rint(500 + scene * 3000).astype(np.uint16)),
        "signed": make_film(np.rint(scene * 4000 - 2000).astype(np.int16)),
        "32 bit": make_film(np.rint(scene * 400_000).astype(np.int32)),
        "float": make_film(scene.astype(np.float32)),
        "inverse": make_film(np.rint((1 - scene) * 4095).astype(np.uint16), low_is_white=True),
        "window": make_film(np.rint(scene * 4095).astype(np.uint16), windows=(Window(2048, 4600),)),
        "table": make_film(
            np.rint(scene * 1023).astype(np.uint16),
            tables=(VoiTable(0, 16, np.linspace(0, 65535, 1024).astype(np.uint16)),),
        ),
    }
    seen = {name: prepare(film, 128).image for name, film in films.items()}
    for name, image in seen.items():
        assert np.abs(image - seen["8 bit"]).max() < 0.06, name


def test_a_window_that_shows_nothing_is_not_believed(scene: NDArray[np.float64]) -> None:
    pixels = np.rint(scene * 4095).astype(np.uint16)
    blind = prepare(make_film(pixels, windows=(Window(60_000, 10),)), 128)
    plain = prepare(make_film(pixels), 128)
    assert np.array_equal(blind.grey, plain.grey)


def test_a_window_decides_what_is_told_apart(scene: NDArray[np.float64]) -> None:
    pixels = np.rint(scene * 4095).astype(np.uint16)
    narrow = prepare(make_film(pixels, windows=(Window(1000, 800),)), 128)
    assert (narrow.grey == 255).mean() > (prepare(make_film(pixels), 128).grey == 255).mean() + 0.1


def test_padding_is_black_and_changes_nothing_else(scene: NDArray[np.float64]) -> None:
    pixels = np.rint(500 + scene * 3000).astype(np.int16)
    padding = np.zeros(pixels.shape, dtype=np.bool_)
    padding[:40] = True
    padded = pixels.copy()
    padded[:40] = -2000
    seen = prepare(make_film(padded, padding=padding), 128)
    assert (seen.grey[:12, 20:100] == 0).all()
    whole = prepare(make_film(pixels), 128)
    assert np.abs(seen.grey[20:].astype(int) - whole.grey[20:]).mean() < 4


@pytest.mark.parametrize(("rows", "columns"), [(400, 320), (320, 400), (1000, 999), (64, 64), (3000, 2500)])
def test_the_grid_says_where_the_film_lies(rows: int, columns: int) -> None:
    placement = Placement(rows, columns, 256)
    grid = placement.grid
    assert grid.row + placement.top * grid.cell_height == pytest.approx(0)
    assert grid.row + (placement.top + placement.height) * grid.cell_height == pytest.approx(rows)
    assert grid.column + placement.left * grid.cell_width == pytest.approx(0)
    assert grid.column + (placement.left + placement.width) * grid.cell_width == pytest.approx(columns)
    assert grid.cell_height == pytest.approx(grid.cell_width, rel=0.01)


def test_a_bright_spot_is_found_where_the_grid_says(scene: NDArray[np.float64]) -> None:
    pixels = np.rint(scene * 200).astype(np.uint8)
    pixels[100:110, 240:250] = 255
    seen = prepare(make_film(pixels), 160)
    row, column = np.unravel_index(int(np.argmax(seen.grey)), seen.grey.shape)
    assert seen.grid.row + (row + 0.5) * seen.grid.cell_height == pytest.approx(105, abs=6)
    assert seen.grid.column + (column + 0.5) * seen.grid.cell_width == pytest.approx(245, abs=6)


def test_around_the_film_all_is_black(scene: NDArray[np.float64]) -> None:
    seen = prepare(make_film(np.rint(scene * 255).astype(np.uint8)), 128)
    assert seen.inside.sum() == 128 * 102
    assert (seen.grey[~seen.inside] == 0).all()


def test_black_does_not_count_in_standardisation() -> None:
    rng = np.random.default_rng(0)
    grey = rng.integers(20, 230, (64, 64)).astype(np.uint8)
    framed = np.pad(grey, 32)
    np.testing.assert_allclose(standardise(framed)[32:-32, 32:-32], standardise(grey), atol=1e-5)
    assert standardise(grey).mean() == pytest.approx(0, abs=1e-4)
    assert standardise(grey).std() == pytest.approx(1, abs=1e-4)


def test_blank_films_stay_finite() -> None:
    for level in (0, 128):
        image = prepare(make_film(np.full((64, 64), level, dtype=np.uint8)), 64).image
        assert np.isfinite(image).all()


def test_a_strip_is_refused() -> None:
    with pytest.raises(NetworkError, match="too long and thin"):
        prepare(make_film(np.zeros((10, 4000), dtype=np.uint8)), 256)
