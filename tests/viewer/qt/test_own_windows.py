"""A window kept on one film is one key away on every other, also in the next sitting."""

from dataclasses import replace
from types import SimpleNamespace

from PySide6.QtCore import Qt
from room import WAIT_MS, write_films

from model.film.film import Window
from viewer.display.look import GreyTable, Look
from viewer.qt.own_windows import OwnWindows
from viewer.session.reading import prepared


def press(qtbot, window, modifiers, place):
    qtbot.keyClick(window.canvas, getattr(Qt.Key, f"Key_{place}"), modifiers)


def hung(qtbot, window, paths):
    window.open(paths)
    qtbot.waitUntil(lambda: window.desk.film is not None and not window._sitting._reader.busy, timeout=WAIT_MS)


def see(window, grey):

    window.desk.set_look(replace(window.desk.look, grey=grey))


def test_a_window_is_kept_and_used_on_another_film(qtbot, make_room, tmp_path):
    window = make_room()
    hung(qtbot, window, write_films(tmp_path, 2))
    automatic = window._sitting.reading.preset(0).grey
    see(window, Window(automatic.center + 0.1 * automatic.width, 0.5 * automatic.width))
    press(qtbot, window, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier, 2)
    assert window.desk.look.grey.name == "own"
    assert window.actions_["view.own_window_2"].isChecked()
    window._sitting.step(1)
    first = window.desk.look.grey
    press(qtbot, window, Qt.KeyboardModifier.AltModifier, 2)
    other = window._sitting.reading.preset(0).grey
    assert window.desk.look.grey.width == 0.5 * other.width
    window.desk.undo()
    assert window.desk.look.grey == first


def test_kept_windows_come_back_in_the_next_sitting(qtbot, make_room, tmp_path):
    window = make_room()
    hung(qtbot, window, write_films(tmp_path, 1))
    window.actions_["view.keep_window_1"].trigger()
    again = make_room(own_windows=window.options.own_windows)
    hung(qtbot, again, write_films(tmp_path, 1))
    assert again.actions_["view.own_window_1"].isEnabled()
    assert not again.actions_["view.own_window_3"].isEnabled()


def test_a_films_own_table_is_no_window_to_keep(png_film):
    kept = []
    sitting = SimpleNamespace(film=png_film, look=Look(GreyTable(0)), reading=prepared(png_film))
    windows = OwnWindows(sitting, dict, kept.append)
    windows.keep(1)
    assert not windows.can_keep
    assert kept == []
