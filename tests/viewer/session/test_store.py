"""What is kept survives: killing the process, reopening, newer and damaged files."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from viewer.session.store import MIGRATIONS, AnswerKey, Store, StoreError

KEY = AnswerKey("c" * 64, "m" * 64, "{}")

WRITER = """
import sys
from pathlib import Path
from viewer.session.store import Store
store = Store(Path(sys.argv[1]))
number = 0
while True:
    store.keep_choice(str(number), "note", number)
    print(number, flush=True)
    number += 1
"""


def test_answers_come_back_only_under_their_own_key(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep_answer(KEY, {"status": "analysed"})
    assert store.answer(KEY) == {"status": "analysed"}
    assert store.answer(AnswerKey(KEY.content, "other", "{}")) is None
    assert store.answer(AnswerKey(KEY.content, KEY.model, '{"force": true}')) is None
    store.close()


def test_answers_of_other_networks_are_found(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.keep_answer(KEY, {"version": 1})
    assert store.older_answers(KEY.content, "newer") == [{"version": 1}]
    assert store.older_answers(KEY.content, KEY.model) == []
    store.close()


def test_marks_and_choices_survive_reopening(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "store.sqlite")
    store.mark_reviewed("film", True)
    store.mark_reviewed("other", True)
    store.mark_reviewed("other", False)
    store.keep_choice("film", "look", {"width": 1.5})
    store.close()
    again = Store(tmp_path / "new" / "store.sqlite")
    assert again.reviewed(["film", "other", "unknown"]) == {"film"}
    assert again.choices("film") == {"look": {"width": 1.5}}
    again.keep_choice("film", "look", None)
    assert again.choices("film") == {}
    again.close()


def test_damaged_and_newer_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"not a database, but long enough to be read as one" * 50)
    with pytest.raises(StoreError, match="move it away"):
        Store(damaged)
    newer = tmp_path / "newer.sqlite"
    connection = sqlite3.connect(newer)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Store(newer)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killing_at_any_moment_loses_nothing_reported_as_kept(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    pause = random.Random(7)
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first = process.stdout.readline().strip()
        time.sleep(pause.uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
        reported = [first, *process.stdout.read().split("\n")[:-1]]
        process.wait()
        process.stdout.close()
        store = Store(path)
        assert first.isdigit()
        assert all(store.choices(number) == {"note": int(number)} for number in reported)
        store.close()
