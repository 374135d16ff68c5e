"""How soon a dropped folder of 500 films is a list that can be used, and how soon the next of its films hangs.

Run with ``pytest tests/bench/test_worklist.py --benchmark-only``. A list can be used when every film has its row on the
screen and the first film hangs; the engine reads and analyses the others meanwhile.
"""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from chests import draw_chest
from room import WAIT_MS
from tiny_model import write_tiny

from viewer.app import build
from viewer.jobs import Analyst
from viewer.qt.theme import dress
from viewer.settings.options import NOTICE, Options

FILMS = 500


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder of different films of 1600 × 1200 pixels and 16 bits."""
    folder = tmp_path_factory.mktemp("films")
    greys = draw_chest(rows=1600, columns=1200, spots=((640.0, 400.0),)).pixels
    for number in range(FILMS):
        greys = greys.copy()
        greys[0, :32] = [4000 * (number >> bit & 1) for bit in range(32)]
        cv2.imwrite(str(folder / f"{number}.png"), (greys * 16).astype(np.uint16), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return folder


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    dress(qapp)
    made = build(Options(accepted_notice=NOTICE, analyse_on_opening=False), Analyst("cpu", write_tiny(tmp_path)))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made, timeout=WAIT_MS)
    yield made
    made.close()


def _listed(window, folder, qtbot):
    window.open([folder])
    qtbot.waitUntil(lambda: len(window.morning.worklist.rows) == FILMS and window.desk.film is not None, timeout=60_000)
    window.repaint()


@pytest.mark.benchmark(group="a list of 500 films")
def test_listed(benchmark, window, folder, qtbot):
    def afresh():
        window.desk.files.clear_table()
        return (window, folder, qtbot), {}

    benchmark.pedantic(_listed, setup=afresh, rounds=3)


@pytest.mark.benchmark(group="a list of 500 films")
def test_next_film_while_the_list_is_analysed(benchmark, window, folder, qtbot):
    _listed(window, folder, qtbot)

    def prefetched():
        current = window._sitting.table.current
        near = window._sitting._near(current)
        qtbot.waitUntil(lambda: all((one.id, one.frame) in window._sitting._shelf for one in near), timeout=WAIT_MS)

    def leaf():
        window._sitting.step(1)
        assert window.desk.film is not None
        window.canvas.repaint()

    benchmark.pedantic(leaf, setup=prefetched, rounds=20)
