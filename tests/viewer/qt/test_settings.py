"""Settings: each holds at once, and all come back at the next start."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSlider, QWidget
from room import WAIT_MS, write_films

from viewer.qt.dialogs.settings import SettingsDialog
from viewer.qt.language import voice
from viewer.session.hands import HandChoice
from viewer.settings import storage
from viewer.settings.options import Options
from viewer.triage.ledger import Entry


@pytest.fixture
def settings(window, qtbot) -> SettingsDialog:
    window.actions_["tools.settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    qtbot.waitExposed(dialog, timeout=WAIT_MS)
    yield dialog
    voice().speak("en")


def field(dialog: QWidget, name: str) -> QWidget:
    """The field with this caption."""
    return next(label.buddy() for label in dialog.findChildren(QLabel) if label.text() == name and label.buddy())


def pick(dialog: QWidget, name: str, value: str, qtbot) -> None:
    """Choose an entry of a list with the keyboard, as a reader would."""
    box = field(dialog, name)
    assert isinstance(box, QComboBox)
    steps = box.findData(value) - box.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def test_the_language_holds_at_once(window, settings, qtbot):
    pick(settings, "Language", "ru", qtbot)
    assert settings.windowTitle() == "Настройки"
    assert window.menuBar().actions()[0].text() == "&Файл"
    assert window.options.language == "ru"


def test_mouse_buttons_hold_at_once(window, settings, qtbot, tmp_path):
    settings.pages.setCurrentIndex(1)
    pick(settings, "Drag with the left button", "pan", qtbot)
    pick(settings, "Drag with the right button", "window", qtbot)
    pick(settings, "The window widens", "left", qtbot)
    pick(settings, "The film brightens", "down", qtbot)
    window.open(write_films(tmp_path, 1))
    qtbot.waitUntil(lambda: window.desk.look is not None, timeout=WAIT_MS)
    before = window.desk.look
    middle = window.canvas.rect().center()
    for button, changes in ((Qt.MouseButton.LeftButton, False), (Qt.MouseButton.RightButton, True)):
        qtbot.mousePress(window.canvas, button, pos=middle)
        qtbot.mouseMove(window.canvas, middle + middle / 4)
        qtbot.mouseRelease(window.canvas, button, pos=middle + middle / 4)
        assert (window.desk.look != before) is changes
    assert window.desk.look.grey.width < before.grey.width
    assert window.options.hands == HandChoice("pan", "pan", "window", True, True)


def test_the_pace_holds_at_once(window, settings):
    slider = settings.findChildren(QSlider)[0]
    slider.setValue(slider.maximum())
    assert window.options.hands.speed == 4.0


def test_text_and_names_hold_at_once(window, settings, qtbot):
    pick(settings, "Text on films", "none", qtbot)
    check = next(box for box in settings.findChildren(QCheckBox) if box.text() == "Hide names and dates")
    check.click()
    assert window.desk.text_mode == "none"
    assert window.desk.anonymous
    assert window.films.films.anonymous


def test_the_network_moves_and_memory_is_bounded(window, settings, analyst, qtbot):
    pick(settings, "The network runs on", "cpu", qtbot)
    assert analyst.device == "cpu"
    field(settings, "Memory for films").setValue(128)
    assert window.options.shelf_megabytes == 128


def test_the_cap_on_waiting_orders_the_list_at_once(window, settings):
    urgent = Entry(0, Path("urgent"), status="done", band="above", probability=0.9, arrived=time.time())
    old = Entry(1, Path("old"), status="done", band="below", probability=0.1, arrived=time.time() - 1800)
    for entry in (urgent, old):
        window.morning.worklist.put(entry)
    window.worklist.follow()
    assert window.morning.worklist.rows == [0, 1]
    field(settings, "Unread films rise after").setValue(15)
    assert window.morning.worklist.rows == [1, 0]
    field(settings, "Unread films rise after").setValue(0)
    assert window.morning.worklist.rows == [0, 1]
    assert window.options.longest_wait_minutes == 0


def test_a_key_is_changed_at_once_and_told_everywhere(window, settings, qtbot):
    keys = settings.keys
    keys.choose("view.flip_vertical")
    keys.field.setKeySequence(QKeySequence("H"))
    assert "Flip left and right" in keys.told.text()
    keys.set_button.click()
    assert [key.toString() for key in window.actions_["view.flip_vertical"].shortcuts()] == ["H"]
    assert window.actions_["view.flip_horizontal"].shortcuts() == []
    assert window.actions_["view.flip_vertical"].toolTip().endswith("(H)")
    keys.all_button.click()
    assert window.options.keys == {}
    assert [key.toString() for key in window.actions_["view.flip_horizontal"].shortcuts()] == ["H"]


def test_a_held_key_cannot_be_taken(settings):
    settings.keys.choose("view.flip_vertical")
    settings.keys.field.setKeySequence(QKeySequence("Space"))
    assert not settings.keys.set_button.isEnabled()


def test_settings_are_kept_at_once(window, settings, qtbot):
    with qtbot.waitSignal(window.settings_changed, timeout=WAIT_MS) as told:
        pick(settings, "Language", "ru", qtbot)
    assert told.args[0].language == "ru"


def test_settings_come_back(tmp_path, make_room):
    options = Options(
        language="ru", hands=HandChoice(left="pan", speed=2.0), keys={"view.fit": ("F12",)}, shelf_megabytes=128
    )
    storage.save(options, tmp_path / "options.json")
    assert storage.load(tmp_path / "options.json") == options
    window = make_room(keys={"view.fit": ("F12",)})
    assert [key.toString() for key in window.actions_["view.fit"].shortcuts()] == ["F12"]


@pytest.mark.parametrize(
    "damage",
    [
        '{"hands": {"left": "dance"}}',
        '{"hands": {"speed": 99}}',
        '{"keys": {"a": "b"}}',
        '{"language": "xx"}',
        '{"longest_wait_minutes": -1}',
    ],
)
def test_damaged_settings_are_refused(tmp_path, damage):
    (tmp_path / "options.json").write_text(damage)
    with pytest.raises(storage.OptionsError):
        storage.load(tmp_path / "options.json")
