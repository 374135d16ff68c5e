"""Runs that are cut short: killed at random moments, nothing is lost and nothing that was kept is analysed again.

``NEGATOSCOPE_KILLS=100 pytest tests/viewer/test_batch_resume.py`` kills a hundred runs, from their first moment on.
"""

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
"""How many runs are killed."""
FILMS = 6 * KILLS + 10
"""Enough that every kill comes in the middle of work: a film takes a tenth of a second, a kill waits one at most."""

NURSERY = """
import os, pathlib, sys, time
from viewer import jobs
from viewer.cli import run

class Logged(jobs.Analyst):
    def __init__(self, device="auto"):
        super().__init__("cpu", pathlib.Path(sys.argv[1]))

    def analyse(self, film, *arguments, **named):
        with open(sys.argv[2], "a") as log:
            log.write(film.key + "\\n")
        time.sleep(0.1)
        return super().analyse(film, *arguments, **named)

jobs.Analyst = Logged
if __name__ == "__main__":
    import torch
    for wish in sys.stdin:
        if child := os.fork():
            print(child, flush=True)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        else:
            os._exit(run(sys.argv[3:]))
"""
"""Runs one analysis after the other, each in a process of its own that need not load everything again."""


class Nursery:
    """Starts runs, tells their process, and waits for their end."""

    def __init__(self, script: Path, arguments: list[str], data: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(data)}
        command = [sys.executable, str(script), *arguments]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def start(self) -> int:
        """Start a run and return its process."""
        assert self._process.stdin
        self._process.stdin.write("run\n")
        self._process.stdin.flush()
        return self._number()

    def end(self) -> int:
        """Wait for the end of the run and return its exit status, negative when a signal ended it."""
        return self._number()

    def _number(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


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


def _wait_for_answers(log: Path, more_than: int) -> None:
    deadline = time.monotonic() + 30
    while len(_read(log)) <= more_than and time.monotonic() < deadline:
        time.sleep(0.005)


@pytest.mark.skipif(os.name != "posix", reason="forks, and sends SIGKILL")
@pytest.mark.timeout(120 + 30 * KILLS)
def test_killed_at_random_moments_it_loses_nothing_and_asks_nothing_twice(tmp_path: Path) -> None:
    films, log, lines, script = tmp_path / "films", tmp_path / "asked", tmp_path / "out.jsonl", tmp_path / "run.py"
    films.mkdir()
    _films(films)
    script.write_text(NURSERY)
    store = tmp_path / "data" / "Negatoscope" / "store.sqlite"
    arguments = [str(write_tiny(tmp_path)), str(log), "analyse", str(films), "--jobs", "1"]
    arguments += ["--json", str(lines), "--csv", str(tmp_path / "out.csv"), "--resume"]
    luck = random.Random(5)
    with Nursery(script, arguments, tmp_path / "data") as nursery:
        for kill in range(KILLS + 1):
            kept, before = _kept(store), _read(log)
            process = nursery.start()
            if kill < KILLS:
                if luck.random() < 0.7:
                    _wait_for_answers(log, len(before))
                    time.sleep(luck.uniform(0, 0.05))
                else:
                    time.sleep(luck.uniform(0, 1))
                os.kill(process, signal.SIGKILL)
            assert nursery.end() == (-signal.SIGKILL if kill < KILLS else 3)
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
