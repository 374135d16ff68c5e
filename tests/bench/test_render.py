"""How long the grey levels of a 3000 × 3000 film of 16 bits take, beside what the memory alone would take.

Run with ``pytest tests/bench --benchmark-only``; one thread, as while other work goes on.
"""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from greys import film_of
from predictions import prediction_for
from pytest_benchmark.fixture import BenchmarkFixture

from model.film.film import Film, Window
from viewer.display.look import Look
from viewer.display.presets import presets
from viewer.display.reduce import reduced
from viewer.display.render import render
from viewer.display.tint import tint
from viewer.display.windowing import grey_bytes

SIDE = 3000
SCREEN = 1000


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(threads)


@pytest.fixture(scope="module")
def film() -> Film:
    """Return a noisy chest-like film of 14 bits."""
    row, column = np.mgrid[:SIDE, :SIDE] / SIDE
    lungs = np.exp(-(((np.abs(column - 0.5) - 0.2) / 0.12) ** 2) - ((row - 0.5) / 0.3) ** 2)
    noise = np.random.default_rng(0).normal(0, 150, (SIDE, SIDE))
    return film_of((9000 - 6000 * lungs + noise).clip(0, 16383).astype(np.uint16))


def drag() -> Iterator[Look]:
    """Yield a look for every frame of a drag, none seen before."""
    center = 6000.0
    while True:
        center += 1
        yield Look(Window(center, 9000.0))


@pytest.mark.benchmark(group="window a film at full size")
def test_floor_of_memory(benchmark: BenchmarkFixture, film: Film) -> None:
    """Read 18 MB and write 9 MB, doing nothing else."""
    target = np.empty(film.pixels.shape, np.uint8)
    benchmark(np.copyto, target, film.pixels, casting="unsafe")


@pytest.mark.benchmark(group="window a film at full size")
def test_frame_of_a_drag(benchmark: BenchmarkFixture, film: Film) -> None:
    looks = drag()
    benchmark(lambda: grey_bytes(film.pixels, film, next(looks)))


@pytest.mark.benchmark(group="window a film at full size")
def test_frame_of_signed_values(benchmark: BenchmarkFixture, film: Film) -> None:
    looks, signed = drag(), film_of(film.pixels.astype(np.int16))
    benchmark(lambda: grey_bytes(signed.pixels, signed, next(looks)))


@pytest.mark.benchmark(group="window a film at full size")
def test_frame_of_fractions(benchmark: BenchmarkFixture, film: Film) -> None:
    looks, fractions = drag(), film_of(film.pixels.astype(np.float32))
    benchmark(lambda: grey_bytes(fractions.pixels, fractions, next(looks)))


@pytest.mark.benchmark(group="window a film at screen size")
def test_floor_of_memory_at_screen_size(benchmark: BenchmarkFixture, film: Film) -> None:
    small = np.asarray(reduced(film, SCREEN, SCREEN).values)
    benchmark(np.copyto, np.empty(small.shape, np.uint8), small, casting="unsafe")


@pytest.mark.benchmark(group="window a film at screen size")
def test_frame_of_a_drag_at_screen_size(benchmark: BenchmarkFixture, film: Film) -> None:
    looks, small = drag(), reduced(film, SCREEN, SCREEN).values
    benchmark(lambda: grey_bytes(small, film, next(looks)))


@pytest.mark.benchmark(group="once per zoom, film or map")
@pytest.mark.parametrize("rows", [1500, 1000, 910, 300])
def test_reduce(benchmark: BenchmarkFixture, film: Film, rows: int) -> None:
    benchmark(reduced, film, rows, rows)


@pytest.mark.benchmark(group="once per zoom, film or map")
def test_presets(benchmark: BenchmarkFixture, film: Film) -> None:
    benchmark(presets, film)


@pytest.mark.benchmark(group="once per zoom, film or map")
def test_tint_at_screen_size(benchmark: BenchmarkFixture, film: Film) -> None:
    heat_map = prediction_for(film).maps[0]
    benchmark(tint, heat_map, film, (SCREEN, SCREEN), 0.5)


@pytest.mark.benchmark(group="once per zoom, film or map")
def test_thumbnail(benchmark: BenchmarkFixture, film: Film) -> None:
    benchmark(render, film, Look(Window(6000, 9000)), 160)
