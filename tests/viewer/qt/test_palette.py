import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from viewer.commands.registry import Registry
from viewer.qt.palette import Palette


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def palette(window, chosen):
    palette = Palette(window, chosen.append)
    palette.ask(list(Registry()))
    return palette


def field(palette):
    return palette.findChild(QLineEdit)


def test_enter_runs_the_best_find(qtbot, palette, chosen):
    qtbot.keyClicks(field(palette), "hide names")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert [command.id for command in chosen] == ["view.anonymous"]
    assert not palette.isVisible()


def test_arrows_choose_another(qtbot, palette, chosen):
    qtbot.keyClicks(field(palette), "flip")
    second = palette.titles()[1]
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert chosen[0].title == second


def test_arrows_stop_at_the_ends(qtbot, palette, chosen):
    qtbot.keyClicks(field(palette), "flip")
    for _ in range(3):
        qtbot.keyClick(field(palette), Qt.Key.Key_Up)
    first = palette.titles()[0]
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert chosen[0].title == first


def test_escape_and_leaving_close_it_without_a_word(qtbot, window, palette, chosen):
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.ask(list(Registry()))
    window.canvas.setFocus()
    assert not palette.isVisible()
    assert chosen == []


def test_nothing_found_runs_nothing(qtbot, palette, chosen):
    qtbot.keyClicks(field(palette), "zzzz")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert chosen == []


def test_it_stays_inside_a_small_window(window, palette):
    window.resize(700, 420)
    palette.place()
    assert window.rect().contains(palette.geometry())
