"""How fast many films are analysed beside the parts alone and on two cores, and how much memory it takes.

Run with ``pytest tests/bench/test_triage.py --benchmark-only -s``; a long run with
``NEGATOSCOPE_FILMS=10000 pytest tests/bench/test_triage.py --benchmark-only -s -k long_run``.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest
from chests import draw_chest
from reference_films import CODINGS, ReferenceFilm, hill
from tiny_model import write_tiny

from viewer.jobs import Analyst
from viewer.session.store import Store
from viewer.triage.answers import Wishes
from viewer.triage.engine import Engine, Progress
from viewer.triage.intake import Task, take_in, whole_shape

FILMS = int(os.environ.get("NEGATOSCOPE_FILMS", "1000"))
HEAVY = 40
"""Films whose decoding dominates: enough that begin and end of a run do not."""
SAMPLE = 200
JPEG_2000 = "1.2.840.10008.1.2.4.90"


@dataclass(frozen=True)
class Parts:
    """Seconds a film that decoding and preparing take in one process, and that the network takes."""

    decoding: float
    network: float


def _parts(folder: Path, weights: Path) -> Parts:
    """Measure the parts one after the other on some films of a folder, on one thread as a worker does."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    analyst = Analyst("cpu", weights)
    analyst.load()
    paths = sorted(folder.iterdir())[:SAMPLE]
    take_in(Task(0, paths[0], analyst.card.input_size))
    started = time.perf_counter()
    taken = [take_in(Task(number, path, analyst.card.input_size)) for number, path in enumerate(paths)]
    decoded = time.perf_counter()
    for one in taken:
        analyst.analyse(whole_shape(one), admission=one.admission)
    asked = time.perf_counter()
    cv2.setNumThreads(threads)
    return Parts((decoded - started) / len(paths), (asked - decoded) / len(paths))


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


@pytest.mark.benchmark(group="two cores where decoding dominates")
def test_two_jobs_beside_one(benchmark, tmp_path):
    folder, weights = tmp_path / "films", write_tiny(tmp_path)
    folder.mkdir()
    coding = next(coding for coding in CODINGS if coding.syntax == JPEG_2000)
    noise = np.random.default_rng(7).normal(0, 20, (1500, 1200))
    stored = np.clip(hill(12, rows=1500, columns=1200) + noise, 0, 4095).astype(np.int32)
    packed = coding.encode(stored, 12)
    for number in range(HEAVY):
        film = ReferenceFilm(f"{number}", stored, stored, syntax=JPEG_2000, bits=12, encode=lambda *_: packed)
        film.write(folder)
    parts = _parts(folder, weights)
    one_job = _run(folder, weights, 1)
    two_jobs = benchmark.pedantic(_run, args=(folder, weights, 2), rounds=1)
    most = min(2 * parts.decoding / (parts.decoding + parts.network), 2)
    print(
        f"\na film: decoding {parts.decoding * 1e3:.0f} ms, network {parts.network * 1e3:.0f} ms, one job "
        f"{one_job * 1e3:.0f} ms, two jobs {two_jobs * 1e3:.0f} ms: {one_job / two_jobs:.2f} times as fast, "
        f"where two cores that also run the network allow {most:.2f}"
    )


@pytest.mark.benchmark(group="a long run")
def test_memory_and_throughput_of_a_long_run(benchmark, tmp_path):
    folder, weights = _write(tmp_path / "films", FILMS, 2400), write_tiny(tmp_path)
    store = Store(tmp_path / "store.sqlite")
    seen: list[tuple[int, float]] = []

    def listener(news: Progress) -> None:
        if news.answer is not None and news.entry.number % (FILMS // 10) == 0:
            process = psutil.Process()
            held = process.memory_info().rss + sum(child.memory_info().rss for child in process.children())
            seen.append((news.entry.number, held / 2**20))

    before = _parts(folder, weights)
    each = benchmark.pedantic(_run, args=(folder, weights, 1, store, listener), rounds=1)
    after = _parts(folder, weights)
    store.close()
    slower = max((before.decoding + after.decoding) / 2, (before.network + after.network) / 2)
    print(
        f"\n{each * 1e3:.1f} ms a film, {slower / each:.0%} of the slower part alone ({slower * 1e3:.1f} ms); "
        "MiB held: " + ", ".join(f"{number}: {held:.0f}" for number, held in seen)
    )
