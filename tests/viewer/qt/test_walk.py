"""A walk by keyboard: every panel and dialog can be reached, names itself to screen readers, and shows where one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from atlases import scattered
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QScrollArea, QWidget
from room import WAIT_MS, HandAnalyst, write_films

from viewer.qt.window import Window

DIALOGS = ("tools.settings", "tools.tags", "help.keys", "help.about", "help.model_card", "findings.agreement")
STOP = Qt.FocusPolicy.TabFocus


@pytest.fixture
def analyst() -> HandAnalyst:
    made = HandAnalyst()
    made.atlas = scattered()
    return made


@pytest.fixture
def full(window: Window, qtbot: Any, tmp_path: Path) -> Window:
    """A window in which every panel has something to show."""
    window.open(write_films(tmp_path, 2, (240, 200)))
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    window.walls.toggle_panel("feature_map")
    qtbot.waitUntil(window.feature_map.isVisible, timeout=WAIT_MS)
    return window


def _stops(root: QWidget) -> list[QWidget]:
    """Return every widget under ``root`` at which the keyboard stops."""
    return [
        part
        for part in (root, *root.findChildren(QWidget))
        if part.isVisibleTo(root) and part.isEnabled() and part.focusPolicy() & STOP and part.focusProxy() is None
    ]


def _name(part: QWidget) -> str:
    """Return what a screen reader would call it, as Qt tells the system."""
    interface = QAccessible.queryAccessibleInterface(part)
    return interface.text(QAccessible.Text.Name).strip()


def _unnamed(root: QWidget) -> list[str]:
    return [f"{type(part).__name__} {part.objectName()}" for part in _stops(root) if not _name(part)]


def _panels(window: Window) -> dict[str, QWidget]:
    return {
        "canvas": window.canvas,
        "films": window.films,
        "drawings": window.drawings,
        "feature map": window.feature_map,
        "findings": window.findings,
        "overlays": window.overlays,
        "toolbar": window.actions_.parent().findChild(QWidget, "toolbar"),
    }


def test_everything_the_keyboard_reaches_in_the_window_has_a_name(full: Window) -> None:
    for name, panel in _panels(full).items():
        assert _stops(panel) or name == "drawings", name
        assert _unnamed(panel) == [], name


def test_the_questions_of_the_first_read_have_names(full: Window, qtbot: Any) -> None:
    full.desk.first_read.set_reading_first(True)
    qtbot.keyClick(full.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: full.desk.first_read.pending, timeout=WAIT_MS)
    assert _unnamed(full.findings) == []
    names = [_name(part) for part in _stops(full.findings.impression)]
    assert "Lung opacity: Yes" in names


@pytest.fixture
def dialog(full: Window, request: pytest.FixtureRequest) -> QDialog:
    full.actions_[request.param].trigger()
    return next(part for part in full.findChildren(QDialog) if part.isVisible())


@pytest.mark.parametrize("dialog", DIALOGS, indirect=True)
def test_everything_the_keyboard_reaches_in_a_dialog_has_a_name(dialog: QDialog) -> None:
    assert _stops(dialog)
    assert _unnamed(dialog) == []
    assert dialog.windowTitle()


def _picture(part: QWidget) -> QImage:
    """Return what a widget looks like with some room around it."""
    room = part.window()
    rect = part.rect().translated(part.mapTo(room, QPoint())).adjusted(-3, -3, 3, 3)
    return room.grab(rect & room.rect()).toImage()


def _unseen(root: QWidget, elsewhere: QWidget) -> list[str]:
    """Return the stops that look the same with and without the keyboard on them."""
    alike = []
    for part in _stops(root):
        for area in root.findChildren(QScrollArea):
            if area.isAncestorOf(part):
                area.ensureWidgetVisible(part)
        elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        before = _picture(part)
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if part.hasFocus() and _picture(part) == before:
            alike.append(f"{type(part).__name__} {_name(part)}")
    return alike


def test_one_sees_where_the_keyboard_is_in_every_panel(full: Window) -> None:
    full.activateWindow()
    for name, panel in _panels(full).items():
        elsewhere = full.films if panel is full.canvas else full.canvas
        assert _unseen(panel, elsewhere) == [], name


@pytest.mark.parametrize("dialog", DIALOGS, indirect=True)
def test_one_sees_where_the_keyboard_is_in_every_dialog(dialog: QDialog) -> None:
    dialog.activateWindow()
    stops = _stops(dialog)
    assert len(stops) > 1
    seen_from = {stop: [part for part in stops if part is not stop] for stop in (stops[0], stops[-1])}
    for elsewhere, parts in seen_from.items():
        alike = _unseen(dialog, elsewhere)
        assert not {f"{type(part).__name__} {_name(part)}" for part in parts} & set(alike)


def test_the_walk_through_the_window_comes_round(full: Window, qtbot: Any) -> None:
    full.activateWindow()
    full.canvas.setFocus()
    met = [full.focusWidget()]
    while len(met) < 200:
        qtbot.keyClick(full.focusWidget(), Qt.Key.Key_F6)
        met.append(full.focusWidget())
        if met[-1] is met[0]:
            break
    assert met[-1] is full.canvas
    assert len(met) > 5
    assert not any(isinstance(part, QLabel) for part in met)
    assert all(isinstance(part, QAbstractButton | QLineEdit | QWidget) and _name(part) for part in met)
