"""Recent studies in the File menu: opened again by a click, hidden with the names, cleared on demand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from room import WAIT_MS, write_films

from viewer.qt.window import Window


def _shown(window: Window) -> list[str]:
    menu = window.actions_["file.recent"].menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


@pytest.fixture
def opened(window: Window, qtbot: Any, tmp_path: Path) -> tuple[Window, list[Path]]:
    films = write_films(tmp_path, 3)
    for paths in (films[:1], films[1:]):
        window.open(paths)
        qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    return window, films


def test_the_file_menu_lists_what_was_opened_newest_first(opened: tuple[Window, list[Path]]) -> None:
    window, _ = opened
    assert _shown(window) == ["&1  film 2.png and 1 more", "&2  film 1.png", "Clear this list"]
    file = next(menu for menu in window._menus if "File" in menu.title())
    assert window.actions_["file.recent"] in file.actions()


def test_a_click_opens_it_again(opened: tuple[Window, list[Path]], qtbot: Any) -> None:
    window, films = opened
    window.desk.files.clear_table()
    _shown(window)
    window.actions_["file.recent"].menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: window.desk.film is not None and window.desk.film.path == films[0], timeout=WAIT_MS)
    assert _shown(window)[0] == "&1  film 1.png"


def test_names_are_hidden_with_all_others(opened: tuple[Window, list[Path]]) -> None:
    window, _ = opened
    window.desk.set_anonymous(True)
    assert _shown(window) == ["&1  Study 1", "&2  Study 2", "Clear this list"]
    menu = window.actions_["file.recent"].menu()
    assert not any("film" in action.toolTip() for action in menu.actions())


def test_what_is_gone_and_what_is_cleared_is_not_listed(opened: tuple[Window, list[Path]]) -> None:
    window, films = opened
    films[0].unlink()
    assert _shown(window) == ["&1  film 2.png and 1 more", "Clear this list"]
    window.actions_["file.recent"].menu().actions()[-1].trigger()
    assert _shown(window) == ["Nothing has been opened yet"]


def test_the_demonstration_film_is_no_study(window: Window, qtbot: Any) -> None:
    window.desk.files.open_demonstration()
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    assert _shown(window) == ["Nothing has been opened yet"]


def test_its_key_shows_the_list_over_the_film(opened: tuple[Window, list[Path]], qtbot: Any) -> None:
    window, _ = opened
    qtbot.keyClick(window.canvas, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    menu = window.desk.files.recent
    qtbot.waitUntil(menu.isVisible, timeout=WAIT_MS)
    menu.close()
