"""The bench: it times what it says, and its table compares like with like."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.console import Console
from training_rows import make_row

from training import bench, config, store


def test_training_and_the_bare_network_are_timed_with_one_and_three_channels(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    rows = []
    for number in range(4):
        cv2.imwrite(str(tmp_path / f"{number}.png"), generator.integers(0, 255, (60, 60)).astype(np.uint8))
        rows.append(make_row(f"{number}.png", opacity=bool(number % 2), split="train"))
    tiny = config.load("tiny")
    kept = store.build(tmp_path, rows, store.side_for(tiny.size), None, lambda share: None)
    speeds = bench.measure(tiny, kept, steps=2, repeats=2)
    assert [(speed.what, speed.channels) for speed in speeds] == [
        ("training", 1),
        ("bare forward and backward", 1),
        ("training", 3),
        ("bare forward and backward", 3),
    ]
    assert all(len(speed.repeats) == 2 and min(speed.repeats) > 0 for speed in speeds)


def test_the_table_compares_with_the_bare_network_and_with_one_channel() -> None:
    speeds = [
        bench.Speed("training", 1, (50.0, 40.0, 60.0)),
        bench.Speed("bare forward and backward", 1, (100.0,)),
        bench.Speed("training", 3, (45.0,)),
        bench.Speed("bare forward and backward", 3, (90.0,)),
    ]
    assert (speeds[0].median, speeds[0].spread) == (50.0, pytest.approx(0.4))
    console = Console(record=True, width=160, file=io.StringIO())
    console.print(bench.table(speeds, config.load("tiny")))
    text = console.export_text()
    for words in ("50.0", "40%", "-10.0%", "GiB"):
        assert words in text
