"""How soon a JPEG 2000 or HTJ2K film of 3000 × 3000 pixels is seen, and how soon it is there whole.

Run with ``pytest tests/bench/test_first_picture.py --benchmark-only``: from the wish to hang a film that nobody
prefetched until its sketch, and until the film itself, has been painted; and the longest time that the window stood
still meanwhile (``extra_info``, printed with ``-s``).
"""

from __future__ import annotations

import time

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from reference_films import CODINGS, ReferenceFilm, hill
from room import WAIT_MS, HandAnalyst

from viewer.app import build
from viewer.qt.theme import dress
from viewer.settings.options import NOTICE, Options

SIDE, BITS = 3000, 16
WAVELETS = {"JPEG 2000": "1.2.840.10008.1.2.4.90", "HTJ2K": "1.2.840.10008.1.2.4.201"}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Return for each coding two films with film-like noise."""
    noise = np.random.default_rng(5).normal(0, 200, (SIDE, SIDE))
    stored = np.clip(hill(BITS, rows=SIDE, columns=SIDE) * 0.9 + 3000 + noise, 0, (1 << BITS) - 1).astype(np.int32)
    made = {}
    for name, syntax in WAVELETS.items():
        encode = next(coding.encode for coding in CODINGS if coding.syntax == syntax)
        folder = tmp_path_factory.mktemp("films")
        made[name] = [
            ReferenceFilm(f"{name} {n}", values, values, syntax=syntax, bits=BITS, encode=encode).write(folder)
            for n, values in enumerate((stored, stored[::-1]))
        ]
    return made


@pytest.fixture
def window(qtbot, qapp):
    dress(qapp)
    made = build(Options(accepted_notice=NOTICE, analyse_on_opening=False), HandAnalyst())
    qtbot.addWidget(made)
    made.resize(1600, 1000)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("wanted", ["sketch", "film"])
@pytest.mark.parametrize("coding", WAVELETS)
def test_first_picture(benchmark, qtbot, window, films, *, coding, wanted):
    window.open(films[coding])
    sitting, canvas = window._sitting, window.canvas
    qtbot.waitUntil(lambda: len(sitting.table) == 2 and not sitting._reader.busy, timeout=6 * WAIT_MS)
    ids = [sheet.id for sheet in sitting.table]
    ends = iter(ids * 20)
    gaps: list[float] = []

    def away() -> None:
        """Forget both films, so that the next one is read anew with none before it."""
        qtbot.waitUntil(lambda: not sitting._reader.busy, timeout=6 * WAIT_MS)
        for sheet_id in ids:
            sitting._shelf.drop(sheet_id)

    def seen() -> bool:
        return sitting.film is not None or (wanted == "sketch" and canvas._sketch)

    def hang() -> None:
        ticks = [time.perf_counter()]
        pulse = QTimer(interval=1)
        pulse.timeout.connect(lambda: ticks.append(time.perf_counter()))
        pulse.start()
        sitting.hang(next(ends))
        qtbot.waitUntil(seen, timeout=6 * WAIT_MS)
        canvas.repaint()
        pulse.stop()
        gaps.append(max(np.diff(ticks), default=0.0))

    benchmark.group = f"{coding}, {SIDE} × {SIDE}, {BITS} bits"
    benchmark.pedantic(hang, setup=away, rounds=5, warmup_rounds=1)
    benchmark.extra_info["longest_standstill_ms"] = round(1e3 * max(gaps))
    print(f"\n{coding}, until the {wanted}: the window stood still for {1e3 * max(gaps):.0f} ms at most")
