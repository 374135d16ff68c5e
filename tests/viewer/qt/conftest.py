"""A window for each test; none may leave a worker thread or a visible widget behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from room import WAIT_MS, HandAnalyst

from viewer.app import build
from viewer.qt.theme import dress
from viewer.qt.window import Window
from viewer.settings.options import NOTICE, Options


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """Fail when a test leaves a thread or a visible window."""
    threads, widgets = set(threading.enumerate()), _visible()
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in threads]
    assert not left, f"threads left: {left}"
    assert not [widget for widget in _visible() if widget not in widgets]


def _visible() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """Return the application in its theme."""
    dress(qapp)
    return qapp


@pytest.fixture
def analyst() -> HandAnalyst:
    """Return a network by hand."""
    return HandAnalyst()


@pytest.fixture
def make_room(dressed: QApplication, qtbot: Any, analyst: HandAnalyst) -> Iterator[Callable[..., Window]]:
    """Return a maker of shown windows; all are closed afterwards."""
    made: list[Window] = []

    def make(**options: object) -> Window:
        window = build(Options(**{"accepted_notice": NOTICE, "language": "en", **options}), analyst)  # type: ignore[arg-type]
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
def window(make_room: Callable[..., Window]) -> Window:
    """Return one shown window with nothing on the box."""
    return make_room()
