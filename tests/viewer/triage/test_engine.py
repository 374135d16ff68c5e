"""A folder goes in, an entry for everything comes out; dying workers, cancelling and reopening lose nothing."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import pytest
from chests import draw_chest
from tiny_model import write_tiny
from triage_readers import deadly, endless, gone_already

from viewer.jobs import Analyst
from viewer.session.store import Store
from viewer.triage.answers import Wishes
from viewer.triage.crew import MOMENT_S
from viewer.triage.engine import Engine, Progress
from viewer.triage.report import save_table


def _write(path: Path, **chest: Any) -> None:
    cv2.imwrite(str(path), (draw_chest(**chest).pixels / 16).astype("uint8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of six films, a copy, a text, an empty and a cut file."""
    folder = tmp_path_factory.mktemp("morning")
    for number in range(6):
        _write(folder / f"film {number}.png", spots=((100.0 + 20 * number, 90.0),))
    (folder / "copy.png").write_bytes((folder / "film 3.png").read_bytes())
    (folder / "letter.txt").write_text("Dear colleague")
    (folder / "empty.dcm").write_bytes(b"")
    (folder / "cut.png").write_bytes((folder / "film 1.png").read_bytes()[:400])
    return folder


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    return Analyst("cpu", write_tiny(tmp_path_factory.mktemp("model")))


class _Counting(Analyst):
    """Counts how often the network is asked about each film."""

    def __init__(self, weights: Path) -> None:
        super().__init__("cpu", weights)
        self.asked: Counter[str] = Counter()

    def analyse(self, film: Any, *arguments: Any, **named: Any) -> Any:
        self.asked[film.key] += 1
        return super().analyse(film, *arguments, **named)


def test_everything_found_is_accounted_for(folder: Path, analyst: Analyst) -> None:
    heard: list[Progress] = []
    with Engine(analyst, heard.append, Wishes(jobs=2, thumbnails=True)) as engine:
        assert engine.add([folder]) == 10
        engine.run()
    count = engine.ledger.count()
    assert (count.opened, count.duplicate, count.other, count.failed, count.waiting) == (6, 1, 2, 1, 0)
    done = [entry for entry in engine.ledger.entries if entry.status == "done"]
    assert len(done) == 6
    assert all(entry.probability is not None and entry.content for entry in done)
    assert all(entry.reason for entry in engine.ledger.entries if entry.status not in {"done"})
    assert sum(progress.answer is not None for progress in heard) == 6
    thumbnails = [progress.taken.thumbnail for progress in heard if progress.taken and progress.taken.film]
    assert all(picture is not None and max(picture.shape) == 160 for picture in thumbnails)


def test_answers_equal_those_of_one_film_at_a_time(folder: Path, analyst: Analyst) -> None:
    from model.film import open_film

    with Engine(analyst, lambda progress: None, Wishes(jobs=1)) as engine:
        engine.add([folder / "film 2.png"])
        engine.run()
    alone = analyst.analyse(open_film(folder / "film 2.png"))
    assert engine.ledger[0].probability == pytest.approx(alone.findings[0].probability, abs=5e-4)
    assert engine.ledger[0].film_key == alone.film_key


def test_what_is_kept_is_not_asked_again(folder: Path, tmp_path: Path) -> None:
    weights = write_tiny(tmp_path)
    store = Store(tmp_path / "store.sqlite")
    first, second = _Counting(weights), _Counting(weights)
    for analyst in (first, second):
        with Engine(analyst, lambda progress: None, Wishes(jobs=1), store) as engine:
            engine.add([folder])
            engine.run()
        assert engine.ledger.count().opened == 6
    assert set(first.asked.values()) == {1}
    assert len(first.asked) == 6
    assert not second.asked
    store.close()


def test_cancelling_keeps_the_rest_queued_and_going_on_finishes_it(folder: Path, analyst: Analyst) -> None:
    def stop_at_first_answer(progress: Progress) -> None:
        if progress.answer is not None:
            engine.reins.cancel()

    with Engine(analyst, stop_at_first_answer, Wishes(jobs=1)) as engine:
        engine.add([folder])
        engine.run()
        assert engine.waiting > 0
        assert engine.ledger.count().found == 10
        while engine.waiting:
            engine.run()
    assert engine.ledger.count().waiting == 0
    assert engine.ledger.count().opened == 6


def test_a_pause_starts_nothing_new_until_it_is_over(folder: Path, analyst: Analyst) -> None:
    paused = threading.Event()

    def pause_at_first_answer(progress: Progress) -> None:
        if progress.answer is not None and not paused.is_set():
            engine.reins.pause()
            paused.set()

    with Engine(analyst, pause_at_first_answer, Wishes(jobs=1)) as engine, ThreadPoolExecutor(1) as thread:
        engine.add([folder])
        running = thread.submit(engine.run)
        assert paused.wait(60)
        while len(engine.crew):
            time.sleep(0.01)
        held = engine.waiting
        time.sleep(2 * MOMENT_S)
        assert engine.waiting == held > 0
        assert engine.reins.paused and not running.done()
        engine.reins.resume()
        running.result(60)
    assert engine.ledger.count().waiting == 0


def test_the_preferred_film_goes_first(folder: Path, analyst: Analyst) -> None:
    order: list[int] = []

    def listen(progress: Progress) -> None:
        if progress.taken is not None:
            order.append(progress.entry.number)

    with Engine(analyst, listen, Wishes(jobs=1)) as engine:
        engine.add(sorted(folder.glob("film*.png")))
        engine.prefer(5)
        engine.run()
    assert order[0] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_film_that_kills_its_reader_fails_alone(folder: Path, analyst: Analyst, tmp_path: Path) -> None:
    _write(tmp_path / "deadly.png", spots=((50.0, 50.0),))
    with Engine(analyst, lambda progress: None, Wishes(jobs=2), reader=deadly) as engine:
        engine.add([tmp_path / "deadly.png", *sorted(folder.glob("film*.png"))])
        engine.run()
    assert (engine.ledger[0].status, engine.ledger[0].reason_code) == ("failed", "crashed")
    assert engine.ledger.count().opened == 6


def test_a_film_whose_decoder_hangs_fails_alone_and_holds_nobody_up(
    folder: Path, analyst: Analyst, tmp_path: Path
) -> None:
    _write(tmp_path / "endless.png", spots=((50.0, 50.0),))
    judged: list[int] = []

    def listen(progress: Progress) -> None:
        if progress.entry.status in {"done", "failed"}:
            judged.append(progress.entry.number)

    with Engine(analyst, listen, Wishes(jobs=2, patience_s=3.0), reader=endless) as engine:
        engine.add([tmp_path / "endless.png", *sorted(folder.glob("film*.png"))])
        engine.run()
    assert (engine.ledger[0].status, engine.ledger[0].reason_code) == ("failed", "hung")
    assert "came to no end" in engine.ledger[0].reason
    assert engine.ledger.count().opened == 6
    assert judged == [1, 2, 3, 4, 5, 6, 0]


def test_giving_up_does_not_wait_for_a_hanging_decoder(folder: Path, analyst: Analyst, tmp_path: Path) -> None:
    _write(tmp_path / "endless.png", spots=((50.0, 50.0),))

    def give_up_once_it_is_read(progress: Progress) -> None:
        if progress.entry.status == "reading":
            engine.reins.give_up()

    with Engine(analyst, give_up_once_it_is_read, Wishes(jobs=1), reader=endless) as engine:
        engine.add([tmp_path / "endless.png"])
        engine.run()
    assert engine.ledger[0].status == "reading"


def test_a_file_that_vanishes_after_it_was_found_is_a_row_with_a_reason(
    folder: Path, analyst: Analyst, tmp_path: Path
) -> None:
    fleeting = tmp_path / "fleeting.png"
    _write(fleeting)
    with Engine(analyst, lambda progress: None, Wishes(jobs=1), reader=gone_already) as engine:
        engine.add([fleeting, folder / "film 1.png"])
        engine.run()
    assert [entry.status for entry in engine.ledger.entries] == ["failed", "done"]
    assert engine.ledger[0].reason_code == "missing"


def test_an_older_network_s_answer_is_marked_until_the_present_one_is_asked(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old = Analyst("cpu", write_tiny(tmp_path / "old", input_size=96))
    card = tmp_path / "old" / "tiny.json"
    card.write_text(card.read_text().replace('"0.0.1"', '"0.0.0"'))
    present = _Counting(write_tiny(tmp_path))
    store = Store(tmp_path / "store.sqlite")
    with Engine(old, lambda progress: None, Wishes(jobs=1), store) as engine:
        engine.add([folder / "film 1.png"])
        engine.run()
    other, own = "e" * 64, old.card.sha256
    with store.writing() as connection:
        connection.execute("UPDATE answer SET model = ?, answer = replace(answer, ?, ?)", (other, own, other))
    with Engine(present, lambda progress: None, Wishes(jobs=1, adopt_older=True), store) as engine:
        engine.add([folder / "film 1.png"])
        engine.run()
        assert engine.ledger[0].older_network == "0.0.0"
        assert not present.asked
        save_table(engine, tmp_path / "list.jsonl")
        (told,) = (json.loads(line) for line in (tmp_path / "list.jsonl").read_text().splitlines())
        assert (told["status"], told["model"]["version"], told["counted_as"]) == ("analysed", "0.0.0", "opened")
        engine.renew()
        engine.run()
    assert engine.ledger[0].older_network == ""
    assert engine.ledger[0].status == "done"
    assert len(present.asked) == 1
    store.close()
