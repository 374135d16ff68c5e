"""My read first: nothing of the network reaches the eye before the reader has answered; both answers are kept."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from predictions import prediction_for, refused
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from room import WAIT_MS, HandAnalyst, write_films

from viewer.app import build
from viewer.qt.dialogs.agreement import AgreementDialog
from viewer.qt.language import voice
from viewer.qt.window import Window
from viewer.session.agreement import agreement, cases
from viewer.session.store import Store
from viewer.settings.options import NOTICE, Options

Key = Qt.Key


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "store.sqlite")
    yield made
    made.close()


@pytest.fixture
def make_reader(
    dressed: QApplication, qtbot: Any, analyst: HandAnalyst, store: Store
) -> Iterator[Callable[..., Window]]:
    made: list[Window] = []

    def make(**options: object) -> Window:
        chosen = Options(**{"accepted_notice": NOTICE, "language": "en", "read_first": True, **options})  # type: ignore[arg-type]
        window = build(chosen, analyst, store)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window, timeout=WAIT_MS)
        return window

    yield make
    analyst.free.set()
    for window in made:
        window.close()


@pytest.fixture
def reader(make_reader: Callable[..., Window], qtbot: Any, tmp_path: Path) -> Window:
    """A window in which one of two films waits to be read, its answer held back."""
    window = make_reader()
    window.open(write_films(tmp_path, 2, (240, 200)))
    _wait_for(qtbot, window, "withheld")
    return window


def _wait_for(qtbot: Any, window: Window, answer: str) -> None:
    def arrived() -> bool:
        sheet = window._sitting.table.current
        return sheet is not None and window.desk.film is not None and sheet.answer == answer

    qtbot.waitUntil(arrived, timeout=WAIT_MS)


def _press(qtbot: Any, window: Window, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(window.canvas, key)


def _words(window: Window) -> str:
    """Return every word of the window that is in sight."""
    texts = [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    texts += [part.text() for part in window.findChildren(QPushButton) if part.isVisible()]
    films = window.films.films
    rows = [films.index(row) for row in range(films.rowCount())]
    texts += [" ".join(films.lines(row, films.data(row, films.SheetRole))) for row in rows]
    return "\n".join(texts)


def test_nothing_of_the_answer_is_in_sight_before_the_reader_has_spoken(reader: Window, analyst: HandAnalyst) -> None:
    assert analyst.asked, "the network works meanwhile"
    words = _words(reader)
    assert not any(said in words for said in ("0.870", "0.340", "0.780", "threshold", "Box 1", "12.0 %"))
    assert "Read it first" in words
    assert reader.desk.prediction is None
    assert reader.canvas.prediction is None
    assert not reader.overlays.isEnabled()
    assert all(sheet.prediction is None for sheet in reader._sitting.table)
    off = ("findings.heatmap", "findings.boxes", "findings.lungs", "findings.next_box", "findings.analyse_anyway")
    assert not any(reader.actions_[command].isEnabled() for command in off)


def test_the_film_looks_the_same_as_without_a_network(reader: Window, qtbot: Any) -> None:
    before = reader.canvas.grab().toImage()
    _press(qtbot, reader, Key.Key_M, Key.Key_L)
    assert reader.canvas.grab().toImage() == before
    _press(qtbot, reader, Key.Key_7, Key.Key_8, Key.Key_Return)
    assert reader.canvas.grab().toImage() != before


def test_three_keys_record_and_show(reader: Window, qtbot: Any, store: Store) -> None:
    _press(qtbot, reader, Key.Key_8, Key.Key_9)
    assert reader.desk.prediction is None
    _press(qtbot, reader, Key.Key_Return)
    assert reader.desk.prediction is not None
    assert "0.870" in _words(reader)
    opacity, covid = (agreement(store, question) for question in ("lung_opacity", "covid19"))
    assert (opacity.films, opacity.agreed, covid.films, covid.unsure) == (1, 0, 0, 1)
    assert opacity.disagreements[0].place.name == "film 1.png"


def test_enter_before_both_answers_records_nothing_and_says_so(reader: Window, qtbot: Any, store: Store) -> None:
    _press(qtbot, reader, Key.Key_7, Key.Key_Return)
    assert reader.desk.prediction is None
    assert store.rows("SELECT * FROM impression") == []
    qtbot.waitUntil(lambda: "Answer both questions first" in _words(reader), timeout=WAIT_MS)
    sheet = reader._sitting.table.current
    assert sheet is not None
    assert not sheet.reviewed


def test_an_answer_can_be_taken_back_by_key_and_changed_by_click(reader: Window, qtbot: Any, store: Store) -> None:
    _press(qtbot, reader, Key.Key_7, Key.Key_7, Key.Key_Q, Key.Key_8)
    button = reader.findings.impression._buttons["lung_opacity", "unsure"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    _press(qtbot, reader, Key.Key_Return)
    assert {case.question: case.word for case in cases(store)} == {"lung_opacity": "unsure", "covid19": "no"}


def test_a_remark_is_kept_and_does_not_trigger_keys(reader: Window, qtbot: Any, store: Store) -> None:
    _press(qtbot, reader, Key.Key_7, Key.Key_7, Key.Key_W)
    field = reader.findings.impression.field
    qtbot.waitUntil(field.hasFocus, timeout=WAIT_MS)
    qtbot.keyClicks(field, "old scar, 8 cm")
    qtbot.keyClick(field, Key.Key_Return)
    assert {case.remark for case in cases(store)} == {"old scar, 8 cm"}


def test_each_film_is_asked_about_on_its_own(reader: Window, qtbot: Any) -> None:
    _press(qtbot, reader, Key.Key_7)
    _press(qtbot, reader, Key.Key_PageDown)
    _wait_for(qtbot, reader, "withheld")
    assert reader.desk.first_read.asked == "lung_opacity"
    _press(qtbot, reader, Key.Key_7, Key.Key_7, Key.Key_Return)
    assert reader.desk.prediction is not None
    _press(qtbot, reader, Key.Key_PageUp)
    assert reader.desk.prediction is None


def test_an_impression_given_before_the_network_is_ready_is_compared_later(
    make_reader: Callable[..., Window], analyst: HandAnalyst, qtbot: Any, tmp_path: Path, store: Store
) -> None:
    analyst.free.clear()
    window = make_reader()
    window.open(write_films(tmp_path, 1))
    _wait_for(qtbot, window, "running")
    _press(qtbot, window, Key.Key_7, Key.Key_8, Key.Key_Return)
    assert cases(store) == []
    analyst.free.set()
    _wait_for(qtbot, window, "analysed")
    assert [case.agreed for case in cases(store)] == [True, True]


def test_turning_the_mode_off_gives_all_out_and_on_again_spares_what_was_seen(reader: Window, qtbot: Any) -> None:
    _press(qtbot, reader, Key.Key_J)
    assert reader.desk.prediction is not None
    assert not reader.options.read_first
    _press(qtbot, reader, Key.Key_J)
    assert reader.options.read_first
    assert reader.desk.prediction is not None, "its answer was before the reader's eyes"
    _press(qtbot, reader, Key.Key_PageDown)
    _wait_for(qtbot, reader, "withheld")


def test_a_film_read_first_in_an_earlier_sitting_is_not_asked_about_again(
    reader: Window, make_reader: Callable[..., Window], qtbot: Any, tmp_path: Path
) -> None:
    _press(qtbot, reader, Key.Key_7, Key.Key_8, Key.Key_Return)
    reader.close()
    again = make_reader()
    again.open(write_films(tmp_path, 2, (240, 200)))
    _wait_for(qtbot, again, "analysed")
    assert again.desk.prediction is not None


def test_a_refusal_is_held_back_and_a_forced_answer_does_not_count(
    make_reader: Callable[..., Window], analyst: HandAnalyst, qtbot: Any, tmp_path: Path, store: Store
) -> None:
    analyst.answer = lambda film, force: (
        prediction_for(film, forced=True, refusal=refused(film).refusal) if force else refused(film)
    )
    window = make_reader()
    window.open(write_films(tmp_path, 1))
    _wait_for(qtbot, window, "withheld")
    assert "not judged" not in _words(window)
    _press(qtbot, window, Key.Key_7, Key.Key_8, Key.Key_Return)
    assert "not judged" in _words(window)
    window.actions_["findings.analyse_anyway"].trigger()
    _wait_for(qtbot, window, "analysed")
    assert cases(store) == []


def test_the_page_counts_lists_and_opens_what_differs(reader: Window, qtbot: Any, tmp_path: Path) -> None:
    _press(qtbot, reader, Key.Key_8, Key.Key_8, Key.Key_Return, Key.Key_PageDown)
    _wait_for(qtbot, reader, "withheld")
    _press(qtbot, reader, Key.Key_7, Key.Key_8, Key.Key_Return)
    reader.actions_["findings.agreement"].trigger()
    dialog = reader.findChild(AgreementDialog)
    assert [cell.text() for cell in dialog._cells[1]] == ["Lung opacity", "2", "1 (50%)", "0.00", "0"]
    assert [cell.text() for cell in dialog._cells[2]] == ["COVID-19", "2", "2 (100%)", "–", "0"]
    assert dialog.list.count() == 1
    assert "film 1.png" in dialog.list.item(0).text()
    at = dialog.list.visualItemRect(dialog.list.item(0)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: "film 1.png" in reader.windowTitle(), timeout=WAIT_MS)
    dialog.close()


def test_the_page_hides_names_and_saves_a_table(reader: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    _press(qtbot, reader, Key.Key_8, Key.Key_8, Key.Key_Return)
    reader.desk.set_anonymous(True)
    reader.actions_["findings.agreement"].trigger()
    dialog = reader.findChild(AgreementDialog)
    assert "film 1" not in dialog.list.item(0).text()
    target = tmp_path / "agreement"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(next(b for b in dialog.findChildren(QPushButton) if "CSV" in b.text()), Qt.MouseButton.LeftButton)
    rows = list(csv.DictReader((tmp_path / "agreement.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["question"], row["reader"], row["agreed"]) for row in rows] == [
        ("covid19", "no", "yes"),
        ("lung_opacity", "no", "no"),
    ]
    assert all(row["film"] == "1" for row in rows)
    dialog.close()


def test_keys_on_the_card_follow_rebinding(reader: Window) -> None:
    reader._registry.rebind({"findings.impression_yes": ("Ctrl+7",)})
    voice().changed.emit()
    assert reader.findings.impression._buttons["lung_opacity", "yes"].text() == "Yes (Ctrl+7)"
