"""A folder becomes a worklist: read on single keys, exported, remembered; a handful stays a list of thumbnails."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
import pyzipper
from chests import draw_chest
from greys import film_of
from PIL import Image
from predictions import prediction_for
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QInputDialog
from room import WAIT_MS
from tiny_model import write_tiny

from viewer.app import build
from viewer.jobs import Analyst
from viewer.qt.dialogs.summary import SummaryDialog
from viewer.qt.language import voice
from viewer.qt.panels.worklist_model import COLUMNS
from viewer.qt.reader import HANDFUL
from viewer.qt.window import Window
from viewer.session.impressions import Impression, Impressions
from viewer.session.store import Store
from viewer.settings.options import NOTICE, Options
from viewer.triage.ledger import PENDING
from viewer.triage.report import save_table, summary

LONG_MS = 60_000
BLANK = film_of(np.zeros((40, 60), np.uint16))
COUNT = HANDFUL + 1


def draw_films(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        pixels = draw_chest(spots=((100.0 + 8 * number, 90.0),) * (number % 3), radius=0.05 * (number % 3)).pixels
        Image.fromarray(((pixels >> 4) + (number == np.arange(300))).astype(np.uint8)).save(folder / f"{number}.png")
    return folder


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a network for which films with a spot lie above the threshold of lung opacity, and others below."""
    weights = write_tiny(tmp_path_factory.mktemp("weights"))
    card = json.loads(weights.with_suffix(".json").read_text())
    card["findings"][0]["calibration"] |= {"offset": 0.665, "lower": 0.497, "upper": 0.503}
    weights.with_suffix(".json").write_text(json.dumps(card))
    return weights


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "store.sqlite")
    yield made
    made.close()


@pytest.fixture
def open_window(qtbot, dressed: QApplication, weights: Path, store: Store) -> Iterator[Callable[[], Window]]:
    made: list[Window] = []

    def make() -> Window:
        window = build(Options(accepted_notice=NOTICE, analyse_on_opening=False), Analyst("cpu", weights), store)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window, timeout=WAIT_MS)
        return window

    yield make
    for window in made:
        window.close()


def finished(window: Window) -> bool:
    if not window.morning.active or window.morning.busy:
        return False
    return not any(entry.status in PENDING | {"analysing"} for entry in window.morning.worklist.entries)


def test_a_folder_is_read_on_single_keys_saved_and_remembered(qtbot, open_window, tmp_path):
    folder = draw_films(tmp_path / "films", COUNT)
    (folder / "letter.txt").write_text("Dear colleague")
    (folder / "copy.png").write_bytes((folder / "1.png").read_bytes())
    window = open_window()
    window.open([folder])
    qtbot.waitUntil(lambda: len(window.morning.worklist.rows) == COUNT + 2, timeout=LONG_MS)
    assert window.worklist.isVisible() and not window.films.isVisible()
    qtbot.waitUntil(lambda: finished(window) and window.desk.film is not None, timeout=LONG_MS)
    wanted = f"{COUNT + 2} found = {COUNT} opened + 1 duplicate + 1 other + 0 failed"
    qtbot.waitUntil(lambda: window.worklist.sum.text() == wanted, timeout=WAIT_MS)
    film = window.worklist.model.index(0, COLUMNS.index("film"))
    assert film.data(Qt.ItemDataRole.DecorationRole) is not None

    first = window._sitting.table.current
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window._sitting.table.current.path != first.path
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=LONG_MS)
    second = window._sitting.table.current
    rows = list(window.morning.worklist.rows)
    qtbot.keyClick(window.canvas, Qt.Key.Key_PageDown)
    third = window._sitting.table.current
    places = [window.morning.worklist[number].place for number in rows]
    assert places.index(third.path) == places.index(second.path) + 1
    assert window.morning.worklist[window.morning.number_of(first.path)].reviewed
    assert sum(entry.reviewed for entry in window.morning.worklist.entries) == 1

    table = tmp_path / "list.csv"
    save_table(window.morning.engine, table)
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert sorted(row["status"] for row in rows) == ["analysed"] * (COUNT + 1) + ["failed"]
    assert Counter(row["counted_as"] for row in rows) == Counter(opened=COUNT, duplicate=1, other=1)
    counted = summary(window.morning.worklist.entries)
    assert sum(counted.histogram) == counted.above + counted.uncertain + counted.below == COUNT
    window.close()

    again = open_window()
    again.open([folder])
    qtbot.waitUntil(lambda: again.morning.active and finished(again), timeout=LONG_MS)
    qtbot.waitUntil(lambda: sum(entry.reviewed for entry in again.morning.worklist.entries) == 1, timeout=WAIT_MS)


def test_filter_search_and_clearing(qtbot, open_window, tmp_path):
    window = open_window()
    window.open([draw_films(tmp_path / "films", COUNT)])
    qtbot.waitUntil(lambda: window.morning.active and finished(window), timeout=LONG_MS)
    qtbot.waitUntil(lambda: len(window.morning.worklist.rows) == COUNT, timeout=WAIT_MS)
    window.worklist.search.setText("12.png")
    assert window.worklist.model.rowCount() == 1
    window.worklist.search.clear()
    window.actions_["worklist.above"].trigger()
    above = {entry.number for entry in window.morning.worklist.entries if entry.band == "above"}
    assert set(window.morning.worklist.rows) == above != set()
    window.desk.files.clear_table()
    assert window.films.isVisible() and not window.worklist.isVisible()
    assert not window.morning.active


def test_the_summary_tells_of_agreement_and_leads_on(qtbot, open_window, store, tmp_path):
    window = open_window()
    window.open([draw_films(tmp_path / "films", COUNT)])
    qtbot.waitUntil(lambda: window.morning.active and finished(window), timeout=LONG_MS)
    qtbot.waitUntil(lambda: not window.worklist._run.isVisible(), timeout=WAIT_MS)
    impressions = Impressions(store)
    for number, word in enumerate(("yes", "no", "unsure")):
        entry = window.morning.worklist[number]
        impressions.keep(entry.film_key, entry.place, Impression(word, "no"))
        impressions.keep_answer(prediction_for(replace(BLANK, key=entry.film_key), probabilities=(0.9, 0.1)))
    window.actions_["worklist.summary"].trigger()
    (dialog,) = window.findChildren(SummaryDialog)
    told = dialog.page.toPlainText()
    assert "Lung opacity: the same on 1 of 2 films" in told
    assert "you were unsure on 1" in told
    assert f"{COUNT} found = {COUNT} opened" in told
    above = next(button for button in dialog.buttons.buttons() if button.text() == "Open all above threshold")
    qtbot.mouseClick(above, Qt.MouseButton.LeftButton)
    rows = window.morning.worklist.rows
    assert {window.morning.worklist[number].band for number in rows} == {"above"}
    assert window._sitting.table.current.path == window.morning.worklist[rows[0]].place


def test_rows_are_sorted_by_a_click_on_their_title_and_searched_as_they_read(qtbot, open_window, tmp_path):
    window = open_window()
    window.open([draw_films(tmp_path / "films", COUNT)])
    qtbot.waitUntil(lambda: window.morning.active and finished(window), timeout=LONG_MS)
    qtbot.waitUntil(lambda: len(window.morning.worklist.rows) == COUNT, timeout=WAIT_MS)
    panel, worklist = window.worklist, window.morning.worklist
    header, place = panel.table.horizontalHeader(), COLUMNS.index("score")
    at = QPoint(header.sectionViewportPosition(place) + 20, header.height() // 2)
    scores = [worklist[number].probability for number in range(COUNT)]
    for reverse in (False, True):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert [worklist[number].probability for number in worklist.rows] == sorted(scores, reverse=reverse)
    voice().speak("ru")
    panel.search.setText("выше порога затемн")
    assert {worklist[number].band for number in worklist.rows} == {"above"}
    window.desk.set_anonymous(True)
    panel.search.setText("12.png")
    assert worklist.rows == []
    voice().speak("en")


def test_new_films_of_a_watched_folder_appear_by_themselves(qtbot, open_window, tmp_path, monkeypatch):
    monkeypatch.setattr("viewer.qt.morning.LOOK_MS", 50)
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setattr("viewer.qt.rounds.ask_folder", lambda *_: (folder,))
    window = open_window()
    window.actions_["worklist.watch"].trigger()
    assert window.actions_["worklist.watch"].isChecked()
    qtbot.waitUntil(lambda: window.morning.active and not window.morning.busy, timeout=LONG_MS)
    film = draw_films(tmp_path / "films", 1) / "0.png"
    (folder / "new.png").write_bytes(film.read_bytes()[:300])
    qtbot.wait(60)
    (folder / "new.png").write_bytes(film.read_bytes())
    qtbot.waitUntil(lambda: window.morning.worklist.count().opened == 1 and finished(window), timeout=LONG_MS)
    window.actions_["worklist.watch"].trigger()
    assert not window.morning.watching


def test_an_encrypted_archive_asks_for_its_password(qtbot, open_window, tmp_path):
    film = draw_films(tmp_path / "films", 1) / "0.png"
    with pyzipper.AESZipFile(tmp_path / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.write(film, "0.png")
    window = open_window()
    window.open([tmp_path / "locked.zip"])
    for password, told in (("guess", "Password of"), ("secret", "That password does not fit.")):
        qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QInputDialog)), timeout=LONG_MS)
        (dialog,) = (box for box in window.findChildren(QInputDialog) if box.isVisible())
        assert dialog.labelText().startswith(told)
        dialog.setTextValue(password)
        dialog.accept()
    qtbot.waitUntil(lambda: finished(window) and window.desk.film is not None, timeout=LONG_MS)
    assert window.morning.worklist.count().opened == 1


def test_a_small_archive_stays_a_list_of_thumbnails(qtbot, open_window, tmp_path):
    film = draw_films(tmp_path / "films", 1) / "0.png"
    with ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.write(film, "0.png")
    window = open_window()
    window.open([tmp_path / "one.zip"])
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=LONG_MS)
    assert window.films.isVisible() and not window.morning.active
