"""A folder dragged onto the program by another program through the X server: a worklist, read on keys, killed, kept."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from chests import draw_chest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FILMS = 13
"""One more than thumbnails are hung for."""
PATIENCE_S = 200
ONTO_THE_FILM = [("mousemove", "60", "30", "mousedown", "1"), ("mousemove", "75", "45"), ("mousemove", "400", "300")]
ONTO_THE_FILM += [("mousemove", "600", "400"), ("mousemove", "605", "405"), ("mouseup", "1")]

pytestmark = [
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs an X server (Xvfb) and a hand (xdotool)"
    ),
    pytest.mark.timeout(3 * PATIENCE_S),
]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Start an X server; return the environment of a new user whose programs show themselves on it."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        display = f":{server.stdout.readline().strip()}"
        home = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        yield os.environ | home | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), "LANG": "C"}
        server.terminate()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def kept(store: Path, question: str) -> list[tuple[object, ...]]:
    """Return what a SELECT finds in the program's store; nothing before there is one."""
    if not store.exists():
        return []
    connection = sqlite3.connect(store)
    try:
        return connection.execute(question).fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


def test_what_is_dropped_is_listed_read_and_outlives_a_kill(tmp_path: Path, screen: dict[str, str]) -> None:
    folder = tmp_path / "morning"
    folder.mkdir()
    for number in range(FILMS):
        pixels = draw_chest(spots=((100.0 + 8 * number, 90.0),)).pixels
        Image.fromarray((pixels >> 4).astype(np.uint8)).save(folder / f"{number}.png")
    options = Path(screen["XDG_CONFIG_HOME"]) / "Negatoscope" / "options.json"
    options.parent.mkdir(parents=True)
    options.write_text(json.dumps({"accepted_notice": 1, "language": "en"}))
    store = Path(screen["XDG_DATA_HOME"]) / "Negatoscope" / "store.sqlite"

    def hand(*deed: str) -> int:
        return subprocess.run(["xdotool", *deed], env=screen, stdout=subprocess.DEVNULL, check=False).returncode

    def start(*command: object, shown: str) -> None:
        """Start a program, wait for its window, and send SIGKILL at the end."""
        begun = subprocess.Popen([sys.executable, *command], env=screen, cwd=ROOT)
        stack.callback(begun.wait)
        stack.callback(begun.kill)
        until(lambda: hand("search", "--onlyvisible", "--class", shown) == 0)
        time.sleep(1)

    with ExitStack() as stack:
        start("-m", "viewer", shown="negatoscope")
        start("tests/drag_source.py", folder, shown="drag_source")
        for step in ONTO_THE_FILM:
            assert hand(*step) == 0
            time.sleep(0.3)
        until(lambda: len(kept(store, "SELECT content FROM answer")) == FILMS)
        assert hand("search", "--onlyvisible", "--class", "negatoscope", "windowfocus", "key", "Return") == 0
        until(lambda: len(kept(store, "SELECT film FROM reading WHERE reviewed = 1")) == 1)
    made = kept(store, "SELECT content, made FROM answer ORDER BY content")
    again = [sys.executable, "-m", "viewer", "analyse", str(folder), "--csv", str(tmp_path / "list.csv"), "--resume"]
    assert subprocess.run(again, env=screen, cwd=ROOT, check=False, capture_output=True).returncode == 0
    assert kept(store, "SELECT content, made FROM answer ORDER BY content") == made
