"""Opening a film of every transfer syntax, beside reading its bytes and calling the bare decoder.

``pytest tests/bench/test_open.py --benchmark-only -o addopts=--import-mode=importlib``; each syntax is one
group of two rows, and the aim is that opening takes at most a tenth longer than the decoder.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.encaps import get_frame
from pytest_benchmark.fixture import BenchmarkFixture
from reference_films import CODINGS, DEFLATED, NATIVE, Coding, ReferenceFilm, hill

from model.film import open_film
from model.film.codestream import measure
from model.film.decoders import SYNTAXES, FrameShape
from model.film.header import read_header

SIDE = 2048
_ONE_EACH = {coding.syntax: coding for coding in reversed(CODINGS)}


def _depth(coding: Coding) -> int:
    return next((bits for bits in (14, 12, 16) if bits in coding.depths), 8)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Coding], Path]:
    """Return a function that writes a film of 2048 x 2048 pixels with film-like noise, each once."""
    folder = tmp_path_factory.mktemp("films")

    def write(coding: Coding) -> Path:
        path = folder / f"{coding.syntax}.dcm"
        if not path.exists():
            bits = _depth(coding)
            noise = np.random.default_rng(7).normal(0, (1 << bits) / 300, (SIDE, SIDE))
            stored = np.clip(hill(bits, rows=SIDE, columns=SIDE) + noise, 0, (1 << bits) - 1).astype(np.int32)
            film = ReferenceFilm(coding.syntax, stored, stored, syntax=coding.syntax, bits=bits, encode=coding.encode)
            film.write(folder)
        return path

    return write


@pytest.mark.parametrize("coding", _ONE_EACH.values(), ids=lambda coding: coding.syntax)
def test_open(coding: Coding, films: Callable[[Coding], Path], benchmark: BenchmarkFixture) -> None:
    path = films(coding)
    benchmark.group = coding.syntax
    benchmark.extra_info["syntax"] = SYNTAXES[coding.syntax].name
    assert benchmark(open_film, path).pixels.shape == (SIDE, SIDE)


@pytest.mark.parametrize("coding", _ONE_EACH.values(), ids=lambda coding: coding.syntax)
def test_bare_decoder(coding: Coding, films: Callable[[Coding], Path], benchmark: BenchmarkFixture) -> None:
    path = films(coding)
    with path.open("rb") as file:
        header = read_header(file)
        element = header.pixels
        assert element is not None
        start = element.position
        if coding.syntax == DEFLATED:
            start = 144 + int.from_bytes(path.read_bytes()[140:144], "little")
    benchmark.group = coding.syntax
    bare = _bare_native(coding, path, start) if coding.syntax in NATIVE else _bare_decoder(coding, path, start)
    assert benchmark(bare).size >= SIDE * SIDE


def _bare_native(coding: Coding, path: Path, start: int) -> Callable[[], NDArray[Any]]:
    import zlib

    def read() -> NDArray[Any]:
        with path.open("rb") as file:
            file.seek(start)
            data = zlib.decompress(file.read(), -15) if coding.syntax == DEFLATED else file.read()
        return np.frombuffer(data, np.uint8, len(data) // 2 * 2).view("<u2")

    return read


def _bare_decoder(coding: Coding, path: Path, start: int) -> Callable[[], NDArray[Any]]:
    decode = SYNTAXES[coding.syntax].decode
    assert decode is not None
    shape = FrameShape(SIDE, SIDE, 1, 16 if _depth(coding) > 8 else 8)

    def read() -> NDArray[Any]:
        with path.open("rb") as file:
            file.seek(start)
            frame = get_frame(file.read(), 0, number_of_frames=1)
        return decode(frame, shape, measure(frame))

    return read
