"""Runs that are cut short: killed at random moments, nothing is lost and nothing that was kept is analysed again."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from chests import draw_chest
from PIL import Image
from tiny_model import write_tiny

from viewer.outputs import take_up

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("NEGATOSCOPE_KILLS", "2"))
"""How many runs are killed; more for a long test."""
FILMS = KILLS + 6
"""Enough that every kill comes in the middle of work."""

RUN = """
import pathlib, sys
from viewer import jobs

class Logged(jobs.Analyst):
    def __init__(self, device="auto"):
        super().__init__("cpu", pathlib.Path(sys.argv[1]))

    def analyse(self, film, *arguments, **named):
        with open(sys.argv[2], "a") as log:
            log.write(film.key + "\\n")
        return super().analyse(film, *arguments, **named)

jobs.Analyst = Logged
from viewer.cli import run
if __name__ == "__main__":
    sys.exit(run(sys.argv[3:]))
"""


def _films(folder: Path) -> None:
    for number in range(FILMS):
        pixels = draw_chest(spots=((200.0, 90.0),)).pixels.copy()
        pixels[0, :16] = [4000 * (number >> bit & 1) for bit in range(16)]
        Image.fromarray((pixels >> 4).astype(np.uint8)).save(folder / f"{number}.png")
    (folder / "letter.txt").write_text("Dear colleague")


def _kept(store: Path) -> set[str]:
    """Return the contents that have an answer."""
    if not store.exists():
        return set()
    with sqlite3.connect(store) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'answer'").fetchall()
        rows = connection.execute("SELECT content FROM answer").fetchall() if tables else []
    connection.close()
    return {row[0] for row in rows}


@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
@pytest.mark.timeout(120 + 30 * KILLS)
def test_killed_at_random_moments_it_loses_nothing_and_asks_nothing_twice(tmp_path: Path) -> None:
    films, log, lines = tmp_path / "films", tmp_path / "asked", tmp_path / "out.jsonl"
    films.mkdir()
    _films(films)
    (tmp_path / "run.py").write_text(RUN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path / "data")}
    store = tmp_path / "data" / "Negatoscope" / "store.sqlite"
    command = [sys.executable, str(tmp_path / "run.py"), str(write_tiny(tmp_path)), str(log), "analyse", str(films)]
    command += ["--json", str(lines), "--csv", str(tmp_path / "out.csv"), "--resume"]
    luck = random.Random(5)
    for _ in range(KILLS):
        kept, before = _kept(store), log.read_text().splitlines() if log.exists() else []
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
        seen = len(before)
        deadline = time.monotonic() + 30
        while process.poll() is None and time.monotonic() < deadline and len(_read(log)) <= seen:
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        asked = set(log.read_text().splitlines()[len(before) :])
        assert not {f"sha256:{content}" for content in kept} & asked
    kept, before = _kept(store), _read(log)
    assert subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True).returncode == 3
    assert not {f"sha256:{content}" for content in kept} & set(_read(log)[len(before) :])
    said = [json.loads(line) for line in lines.read_text().splitlines()]
    assert sorted(Path(one["path"]).name for one in said) == sorted([*(f"{n}.png" for n in range(FILMS)), "letter.txt"])
    assert [one["status"] for one in said].count("analysed") == FILMS
    assert len((tmp_path / "out.csv").read_text().splitlines()) == FILMS + 2
    assert {f"sha256:{content}" for content in _kept(store)} == set(_read(log))
    assert len(_read(log)) <= FILMS + KILLS


def _read(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def test_a_torn_line_and_failures_are_dropped_and_the_rest_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    whole = {"path": "a", "status": "analysed", "findings": []}
    failed = {"path": "b", "status": "failed", "findings": []}
    file.write_text(f"{json.dumps(whole)}\n{json.dumps(failed)}\nnonsense\n" + json.dumps({**whole, "path": "c"}))
    assert take_up(file) == {"a": whole}
    assert file.read_text() == json.dumps(whole) + "\n"
    assert take_up(tmp_path / "missing") == {}
