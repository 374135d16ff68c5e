"""Image aids change only what is seen, keep the scale of values, and say so."""

import numpy as np
import pytest
from greys import film_of

from model.film.film import Film, Window
from viewer.display.aids import aided, aids_text
from viewer.display.look import Aids, Look
from viewer.display.reduce import Reductions
from viewer.display.render import render
from viewer.export.picture import drawn, png_bytes

FULL = Aids(local_contrast=1.0)
SHARP = Aids(sharpening=1.0)


def faint(dtype: str = "u2", low: float = 0, high: float = 4095) -> Film:
    """Return a film with a faint checkerboard in its dark and its bright half."""
    row, column = np.mgrid[:240, :320]
    checks = ((row // 20 + column // 20) % 2) * 0.02
    share = np.where(column < 160, 0.2, 0.8) + checks
    share[0, 0], share[0, 1] = 0, 1
    return film_of((low + share * (high - low)).astype(dtype))


@pytest.mark.parametrize("span", [("u1", 0, 255), ("u2", 0, 65535), ("i2", -2000, 2000), ("f4", -1.0, 1.0)])
@pytest.mark.parametrize("aids", [FULL, SHARP, Aids(0.5, 0.5)])
def test_dtype_and_range_stay(span: tuple[str, float, float], aids: Aids) -> None:
    film = faint(*span)
    seen = aided(film, aids).pixels
    assert seen.dtype == film.pixels.dtype
    assert seen.shape == film.pixels.shape
    assert film.pixels.min() <= seen.min()
    assert seen.max() <= film.pixels.max()
    assert not np.array_equal(seen, film.pixels)


def test_no_aids_and_blank_films_come_back_as_they_are() -> None:
    film, blank = faint(), film_of(np.full((9, 9), 7, np.uint8))
    assert aided(film, Aids()) is film
    assert aided(blank, FULL) is blank


@pytest.mark.parametrize("span", [("u1", 0, 255), ("u2", 0, 1023), ("u2", 0, 65535)])
def test_local_contrast_raises_faint_patterns_alike_in_every_depth(span: tuple[str, float, float]) -> None:
    film = faint(*span)
    for half in (slice(30, 130), slice(190, 290)):
        before = film.pixels[20:220, half].astype(float)
        after = aided(film, FULL).pixels[20:220, half].astype(float)
        assert after.std() / before.std() > 1.5


def test_strength_lies_between_film_and_full() -> None:
    film = faint()
    spread = [aided(film, Aids(local_contrast=s)).pixels[20:220, 30:130].std() for s in (0.0, 0.4, 1.0)]
    assert spread[0] < spread[1] < spread[2]


def test_sharpening_steepens_an_edge_and_leaves_flat_parts() -> None:
    film = faint()
    row = aided(film, SHARP).pixels[110].astype(int)
    own = film.pixels[110].astype(int)
    assert row[158:162].max() > own[158:162].max()
    assert abs(row[70] - own[70]) <= 1


def test_padding_is_not_touched() -> None:
    film = faint()
    padding = np.zeros(film.pixels.shape, bool)
    padding[:, :30] = True
    pixels = np.where(padding, 60000, film.pixels).astype(np.uint16)
    seen = aided(film_of(pixels, padding=padding), FULL).pixels
    assert (seen[padding] == 60000).all()
    assert seen[~padding].max() <= 4095


def test_same_picture_every_time() -> None:
    np.testing.assert_array_equal(aided(faint(), FULL).pixels, aided(faint(), FULL).pixels)


def test_screen_and_export_show_the_same_and_the_export_says_so() -> None:
    film, look = faint(), Look(Window(2048, 4096), aids=Aids(0.5, 0.25))
    words = "Not the film's own greys: local contrast 50 %, sharpened 25 %"
    assert aids_text(look.aids) == words
    assert aids_text(Aids()) == ""
    kept = Reductions(film)
    np.testing.assert_array_equal(kept.sized(120, 160, look.aids).values, Reductions(film).at(0.5, look.aids).values)
    assert kept.at(1.0).values is film.pixels
    exported = drawn(film, look)
    np.testing.assert_array_equal(np.asarray(exported)[:240, :, 0], render(film, look).pixels)
    assert exported.height > 240
    assert words.encode() in png_bytes(exported)


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_impossible_strengths_are_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Aids(sharpening=strength)
