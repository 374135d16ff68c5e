"""Pictures look the same on every machine: one typeface, one style, one size of a pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from likeness import Gallery
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication
from room import HandAnalyst

import resources
from viewer.app import build
from viewer.qt.language import voice
from viewer.qt.theme import dress
from viewer.qt.window import Window
from viewer.settings.options import NOTICE, Options


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that approves."""
    parser.addoption("--approve", action="store_true", help="approve every picture of tests/pictures as it is now")


@pytest.fixture
def gallery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Return what holds pictures against the approved ones."""
    approving = bool(request.config.getoption("--approve", default=False))
    return Gallery(tmp_path_factory.mktemp("pictures"), approving)


@pytest.fixture(autouse=True)
def typeface(qapp: QApplication) -> Iterator[None]:
    """Write everything in the bundled typeface, whatever fonts and scale the machine has."""
    if qapp.devicePixelRatio() != 1.0:
        pytest.skip("pictures are compared at 100 %")
    before = qapp.font(), qapp.palette(), qapp.styleSheet()
    qapp.setCursorFlashTime(0)
    number = QFontDatabase.addApplicationFont(str(resources.path("fonts", "DejaVuSans.ttf")))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    qapp.setFont(font)
    dress(qapp)
    yield
    voice().speak("en")
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])


@pytest.fixture
def make_room(qtbot) -> Iterator[Callable[..., Window]]:
    """Return a maker of shown windows, all closed afterwards."""
    made: list[Window] = []

    def make(language: str, analyst: HandAnalyst | None = None) -> Window:
        options = Options(accepted_notice=NOTICE, language=language)
        window = build(options, analyst or HandAnalyst())
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()
