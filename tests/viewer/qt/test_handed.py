"""Films handed over by the desktop wait for the one who opens them, and are opened in the order in which they came."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from viewer.qt.handed import Handed


@pytest.fixture
def handed(qapp: QApplication):
    made = Handed(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def hand_over(qapp: QApplication, name: str) -> None:
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(name)))


def test_what_comes_before_the_notice_is_accepted_waits(qapp, handed):
    opened: list[tuple[Path, ...]] = []
    hand_over(qapp, "/films/one.dcm")
    hand_over(qapp, "/films/two.dcm")
    handed.pass_to(lambda paths: opened.append(tuple(paths)))
    hand_over(qapp, "/films/three.dcm")
    assert opened == [(Path("/films/one.dcm"), Path("/films/two.dcm")), (Path("/films/three.dcm"),)]


def test_an_address_that_is_no_file_is_not_opened(qapp, handed):
    opened: list[tuple[Path, ...]] = []
    handed.pass_to(lambda paths: opened.append(tuple(paths)))
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/film.dcm")))
    assert opened == []
