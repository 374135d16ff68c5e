"""The sketch of a film: there long before the film, in the film's own place, values and polarity; None elsewhere."""

from pathlib import Path

import numpy as np
import pytest
from reference_films import CODINGS, Coding, ReferenceFilm, hill

from model.film import open_film, open_sketch
from model.film.codestream import Codestream, measure
from model.film.sketch import LEAST_HALVINGS, LEAST_SIDE, halvings_of

ROWS, COLUMNS = 1700, 1301
WAVELETS = [coding for coding in CODINGS if coding.syntax[-3:] in {".90", ".91", "201", "202", "203"}]
CASES = [
    pytest.param(
        coding, bits, signed, id=f"{coding.syntax}{coding.variant}-{bits}-{'signed' if signed else 'unsigned'}"
    )
    for coding in WAVELETS
    for bits in coding.depths
    for signed in coding.signs
    if bits > 8 or not signed  # Pillow reads no signed samples of 8 bits
]
OTHERS = [coding for coding in CODINGS if coding not in WAVELETS]


def written(folder: Path, coding: Coding, bits: int, signed: bool = False, size: tuple[int, int] = (ROWS, COLUMNS)):
    stored = hill(bits, signed, *size)
    film = ReferenceFilm("film", stored, stored, syntax=coding.syntax, bits=bits, signed=signed, encode=coding.encode)
    return film.write(folder)


@pytest.mark.parametrize(("coding", "bits", "signed"), CASES)
def test_a_sketch_is_the_film_seen_coarsely(tmp_path, coding, bits, signed):
    path = written(tmp_path, coding, bits, signed)
    film, sketch = open_film(path), open_sketch(path)
    assert sketch is not None
    assert sketch.pixels.shape == film.pixels.shape
    assert sketch.pixels.dtype == film.pixels.dtype
    apart = np.abs(sketch.pixels.astype(float) - film.pixels.astype(float))
    assert np.percentile(apart, 99) <= max(0.03 * (1 << bits), 2)
    facts = ("key", "windows", "spacing", "orientation", "low_is_white", "description", "frames", "origin")
    assert [getattr(sketch, fact) for fact in facts] == [getattr(film, fact) for fact in facts]


def test_a_sketch_lies_where_the_film_lies(tmp_path):
    stored = np.zeros((ROWS, COLUMNS), np.int32)
    spots = ((160, 320), (800, 640), (1504, 1200))
    for row, column in spots:
        stored[row - 8 : row + 9, column - 8 : column + 9] = 4000
    coding = WAVELETS[0]
    film = ReferenceFilm("spots", stored, stored, syntax=coding.syntax, bits=12, encode=coding.encode)
    sketch = open_sketch(film.write(tmp_path))
    for row, column in spots:
        around = sketch.pixels[row - 40 : row + 41, column - 40 : column + 41].astype(float)
        places = np.mgrid[-40:41, -40:41]
        assert np.abs((places * around).sum(axis=(1, 2)) / around.sum()).max() < 0.5


@pytest.mark.parametrize("coding", OTHERS, ids=lambda coding: f"{coding.syntax}{coding.variant}")
def test_other_files_give_no_sketch(tmp_path, coding):
    assert open_sketch(written(tmp_path, coding, coding.depths[0], size=(64, 48))) is None


def test_a_small_film_gives_no_sketch(tmp_path):
    assert open_sketch(written(tmp_path, WAVELETS[0], 12, size=(300, 200))) is None


def test_what_is_no_film_gives_no_sketch(tmp_path):
    (tmp_path / "words.txt").write_text("no film")
    assert open_sketch(tmp_path / "words.txt") is None
    assert open_sketch(tmp_path / "nothing") is None
    assert open_sketch(tmp_path) is None


def test_a_damaged_film_gives_no_sketch_and_the_film_says_why(tmp_path):
    path = written(tmp_path, WAVELETS[0], 12)
    path.write_bytes(path.read_bytes()[:900])
    assert open_sketch(path) is None


def test_a_sketch_keeps_a_least_size_and_asks_for_no_more_than_there_is():
    def stream(side: int, halvings: int) -> Codestream:
        return Codestream("JPEG 2000", side, side - 7, 1, 12, halvings=halvings)

    assert halvings_of(stream(3000, 5)) == LEAST_HALVINGS
    assert halvings_of(stream(3000, 1)) == 1
    assert halvings_of(stream(200, 5)) == 0
    for side in (LEAST_SIDE, 1500, 4280, 16000):
        assert side >> halvings_of(stream(side, 9)) >= LEAST_SIDE


def test_the_levels_of_a_codestream_are_read(tmp_path):
    data = WAVELETS[0].encode(hill(12, rows=128, columns=96), 12)
    assert measure(data).halvings == 5
    assert measure(data[:50]).halvings == 0
