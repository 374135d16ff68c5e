"""How soon a folder is a list, how fast it is analysed beside its parts alone, and how much memory it takes.

Run with ``pytest tests/bench/test_triage.py --benchmark-only -s``; the memory of a long run with
``NEGATOSCOPE_FILMS=10000 pytest tests/bench/test_triage.py --benchmark-only -s -k memory``.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest
from chests import draw_chest
from tiny_model import write_tiny

from viewer.jobs import Analyst
from viewer.session.store import Store
from viewer.triage.answers import Wishes
from viewer.triage.discover import discover
from viewer.triage.engine import Engine, Progress
from viewer.triage.intake import Task, take_in, whole_shape

FILMS = int(os.environ.get("NEGATOSCOPE_FILMS", "1000"))
LARGE = 24


def _write(folder: Path, count: int, side: int) -> Path:
    """Write so many different films, ``side`` pixels high."""
    folder.mkdir()
    greys = draw_chest(rows=side, columns=side * 3 // 4, spots=((side * 0.4, side * 0.25),)).pixels
    for number in range(count):
        greys = greys.copy()
        greys[0, :32] = [4000 * (number >> bit & 1) for bit in range(32)]
        cv2.imwrite(str(folder / f"{number}.png"), (greys * 16).astype(np.uint16), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return folder


def _run(folder: Path, weights: Path, jobs: int, store: Store | None = None, listener=lambda news: None) -> float:
    """Return the seconds per film, workers and network loaded before."""
    analyst = Analyst("cpu", weights)
    analyst.load()
    starts: list[float] = []

    def listen(news: Progress) -> None:
        if news.taken is not None:
            starts.append(time.perf_counter())
        listener(news)

    with Engine(analyst, listen, Wishes(jobs=jobs), store) as engine:
        engine.add([folder])
        engine.run()
        assert engine.ledger.count().waiting == 0
    warm = len(starts) // 4
    return (starts[-1] - starts[warm]) / (len(starts) - 1 - warm)


@pytest.mark.benchmark(group="listing 500 films")
def test_listing_500_films(benchmark, tmp_path):
    folder = _write(tmp_path / "films", 500, 300)
    assert len(benchmark.pedantic(lambda: list(discover([folder])), rounds=5, warmup_rounds=1)) == 500


@pytest.mark.benchmark(group="throughput beside its parts")
def test_throughput_beside_decoding_and_network_alone(benchmark, tmp_path):
    folder, weights = _write(tmp_path / "films", LARGE, 2400), write_tiny(tmp_path)
    analyst = Analyst("cpu", weights)
    paths = sorted(folder.iterdir())
    analyst.load()
    started = time.perf_counter()
    taken = [take_in(Task(number, path, analyst.card.input_size)) for number, path in enumerate(paths)]
    decoding = (time.perf_counter() - started) / LARGE
    started = time.perf_counter()
    for one in taken:
        analyst.analyse(whole_shape(one), admission=one.admission)
    network = (time.perf_counter() - started) / LARGE
    one_job = _run(folder, weights, 1)
    two_jobs = benchmark.pedantic(_run, args=(folder, weights, 2), rounds=1)
    print(
        f"\nper film: decoding alone {decoding * 1e3:.0f} ms, network alone {network * 1e3:.0f} ms, "
        f"one job {one_job * 1e3:.0f} ms ({max(decoding, network) / one_job:.0%} of the slower part), "
        f"two jobs {two_jobs * 1e3:.0f} ms ({one_job / two_jobs:.2f} times one)"
    )


@pytest.mark.benchmark(group="memory of a long run")
def test_memory_of_a_long_run(benchmark, tmp_path):
    folder, weights = _write(tmp_path / "films", FILMS, 300), write_tiny(tmp_path)
    store = Store(tmp_path / "store.sqlite")
    seen: list[tuple[int, float]] = []

    def listener(news: Progress) -> None:
        if news.answer is not None and news.entry.number % (FILMS // 10) == 0:
            process = psutil.Process()
            held = process.memory_info().rss + sum(child.memory_info().rss for child in process.children())
            seen.append((news.entry.number, held / 2**20))

    each = benchmark.pedantic(_run, args=(folder, weights, 1, store, listener), rounds=1)
    store.close()
    print(f"\n{each * 1e3:.1f} ms a film; MiB held: " + ", ".join(f"{number}: {held:.0f}" for number, held in seen))
