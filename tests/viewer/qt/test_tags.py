"""The tag browser: finds anything in nested sequences, copies values, and keeps names to itself when told to."""

from __future__ import annotations

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from room import WAIT_MS

import resources
from viewer.qt.dialogs.tags import TagsDialog
from viewer.qt.language import voice

LONG = "A long comment. " * 40


@pytest.fixture
def told_film(tmp_path):
    """A film with a nested sequence, a private value and a long comment."""
    film = dcmread(resources.path("films", "demonstration.dcm"))
    inner, outer = Dataset(), Dataset()
    inner.CodeMeaning = "Chest radiograph"
    outer.ReferencedSOPInstanceUID = "1.2.3.4"
    outer.PurposeOfReferenceCodeSequence = Sequence([inner])
    film.ReferencedImageSequence = Sequence([outer])
    film.PatientName = "Doe^Jane"
    film.ImageComments = LONG.strip()
    film.private_block(0x0011, "A VENDOR", create=True).add_new(0x01, "LO", "Jane again")
    film.save_as(tmp_path / "told.dcm")
    return tmp_path / "told.dcm"


@pytest.fixture
def browser(window, qtbot, told_film) -> TagsDialog:
    window.open([told_film])
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    window.actions_["tools.tags"].trigger()
    dialog = window.findChild(TagsDialog)
    qtbot.waitExposed(dialog, timeout=WAIT_MS)
    return dialog


def lines(dialog: TagsDialog, below: QModelIndex | None = None) -> list[tuple[str, ...]]:
    """Every row that is shown, top to bottom."""
    below = below or QModelIndex()
    found = []
    for row in range(dialog.model.rowCount(below)):
        if not dialog.tree.isRowHidden(row, below):
            found.append(tuple(dialog.model.index(row, column, below).data() for column in range(4)))
            found += lines(dialog, dialog.model.index(row, 0, below))
    return found


def test_all_tags_are_shown(browser):
    tags = {line[0]: line for line in lines(browser)}
    assert tags["(0010,0010)"] == ("(0010,0010)", "Patient's Name", "PN", "Doe^Jane")
    assert tags["(0011,1001)"][1].endswith("(private)")


@pytest.mark.parametrize("typed", ["chest radio", "(0008,0104)", "00080104", "codemeaning", "code mean"])
def test_a_search_looks_into_sequences(browser, qtbot, typed):
    qtbot.keyClicks(browser.search, typed)
    assert any(line[3] == "Chest radiograph" for line in lines(browser))
    assert not any(line[0] == "(0010,0010)" for line in lines(browser))
    assert browser.tree.isExpanded(browser.tree.currentIndex())


def test_nothing_found_is_said(browser, qtbot):
    qtbot.keyClicks(browser.search, "nowhere to be found")
    assert lines(browser) == []
    assert "No tag" in browser._told.text()


def test_a_value_is_copied_whole_by_keyboard_alone(browser, qtbot):
    qtbot.keyClicks(browser.search, "ImageComments")
    qtbot.keyClick(browser.search, Qt.Key.Key_Down)
    assert lines(browser)[0][3].endswith("…")
    qtbot.keyClick(browser.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == LONG.strip()


def test_names_are_neither_shown_nor_found_nor_copied(browser, window, qtbot):
    window.actions_["view.anonymous"].trigger()
    shown = lines(browser)
    assert not any("Jane" in text or "1.2.3.4" in text for line in shown for text in line)
    assert {line[3] for line in shown if line[0].startswith(("(0010,", "(0011,"))} == {"hidden"}
    assert next(line[3] for line in shown if line[0] == "(0028,0010)") not in ("", "hidden")
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClicks(browser.search, "PatientName")
    browser.copy_button.click()
    assert QGuiApplication.clipboard().text() == "before"
    browser.search.clear()
    qtbot.keyClicks(browser.search, "Jane")
    assert lines(browser) == []


def test_another_film_brings_its_own_tags(browser, window, qtbot):
    window.open([resources.path("films", "demonstration.dcm")])
    qtbot.waitUntil(lambda: bool(lines(browser)) and browser.model.rowCount() > 20, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "Doe^Jane" not in str(lines(browser)), timeout=WAIT_MS)


def test_a_picture_has_no_tags_and_says_so(browser, window, qtbot, tmp_path):
    from room import write_films

    window.open(write_films(tmp_path, 1))
    qtbot.waitUntil(lambda: "not a DICOM file" in browser._told.text(), timeout=WAIT_MS)
    assert lines(browser) == []


def test_the_browser_follows_the_language(browser, qtbot):
    voice().speak("ru")
    assert browser.model.headerData(3, Qt.Orientation.Horizontal) == "Значение"
    voice().speak("en")
