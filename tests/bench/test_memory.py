"""How much memory fifty open films take: 3000 × 3000 pixels of 16 bits each, leafed through twice.

Run with ``pytest tests/bench/test_memory.py --benchmark-only -s``. All at once they would be 900 MB of pixels.
"""

from __future__ import annotations

import numpy as np
import psutil
import pytest
from PIL import Image
from room import WAIT_MS, HandAnalyst

from viewer.app import build
from viewer.qt.theme import dress
from viewer.settings.options import NOTICE, Options

FILMS, SIDE, AT_ONCE = 50, 3000, 10


def held_megabytes() -> float:
    """Return the memory of this process."""
    return psutil.Process().memory_info().rss / 2**20


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("films")
    ramp = np.add.outer(np.arange(SIDE) * 9, np.arange(SIDE) * 7)
    made = []
    for number in range(FILMS):
        made.append(folder / f"{number:02}.png")
        Image.fromarray((ramp + 99 * number).astype(np.uint16)).save(made[-1], compress_level=1)
    return made


@pytest.mark.parametrize("shelf_megabytes", [64, 256, 512])
@pytest.mark.benchmark(group="memory of fifty films")
def test_memory_of_fifty_films(benchmark, qtbot, qapp, paths, shelf_megabytes):
    dress(qapp)
    options = Options(accepted_notice=NOTICE, analyse_on_opening=False, shelf_megabytes=shelf_megabytes)
    window = build(options, HandAnalyst())
    qtbot.addWidget(window)
    window.resize(1600, 1000)
    window.show()
    before, seen = held_megabytes(), []

    def settled() -> None:
        qtbot.waitUntil(lambda: window.desk.film is not None and not window._sitting._reader.busy, timeout=6 * WAIT_MS)
        seen.append(held_megabytes() - before)

    def leaf() -> None:
        for start in range(0, FILMS, AT_ONCE):
            window.open(paths[start : start + AT_ONCE])
            qtbot.waitUntil(lambda count=start + AT_ONCE: len(window._sitting.table) == count, timeout=WAIT_MS)
            settled()
        for _ in range(2 * FILMS):
            window._sitting.step(1)
            settled()
            window.canvas.zoom_by(1.3)
            window.canvas.grab_picture()

    benchmark.pedantic(leaf, rounds=1)
    pixels = window._sitting._shelf.held_bytes / 2**20
    window.close()
    print(f"\nkept {shelf_megabytes} MB at most: {pixels:.0f} MB of pixels held, process grew by {max(seen):.0f} MB")
    assert pixels <= shelf_megabytes
