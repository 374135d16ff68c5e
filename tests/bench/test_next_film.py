"""How long from the wish for the next film until it is painted: 3000 × 3000 films of 16 bits, the next one prefetched.

Run with ``pytest tests/bench/test_next_film.py --benchmark-only``. "from disk" is a film that nobody prefetched.
"""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from room import WAIT_MS, HandAnalyst

from viewer.app import build
from viewer.qt.theme import dress
from viewer.settings.options import NOTICE, Options


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    dress(qapp)
    ramp = np.add.outer(np.arange(3000) * 9, np.arange(3000) * 7)
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.png")
        Image.fromarray((ramp + 99 * number).astype(np.uint16)).save(paths[-1], compress_level=1)
    made = build(Options(accepted_notice=NOTICE, analyse_on_opening=False), HandAnalyst())
    qtbot.addWidget(made)
    made.resize(1600, 1000)
    made.show()
    made.open(paths)
    qtbot.waitUntil(lambda: len(made._sitting.table) == 4 and not made._sitting._reader.busy, timeout=WAIT_MS)
    yield made
    made.close()


@pytest.mark.benchmark(group="next film, 3000 × 3000, 16 bits")
def test_next_film_prefetched(benchmark, window):
    steps = iter([1, -1] * 100)

    def leaf():
        window._sitting.step(next(steps))
        assert window.desk.film is not None
        window.canvas.repaint()

    benchmark.pedantic(leaf, rounds=20, warmup_rounds=2)


@pytest.mark.benchmark(group="next film, 3000 × 3000, 16 bits")
def test_next_film_from_disk(benchmark, window, qtbot):
    ids = [sheet.id for sheet in window._sitting.table]
    ends = iter([ids[-1], ids[0]] * 20)

    def jump():
        window._sitting._shelf.drop(ids[0])
        window._sitting._shelf.drop(ids[-1])
        window._sitting.hang(next(ends))
        qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
        window.canvas.repaint()

    benchmark.pedantic(jump, rounds=6, warmup_rounds=1)
