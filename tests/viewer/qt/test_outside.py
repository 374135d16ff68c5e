"""What other programs are given when ours opens a page or a folder; and the links of the page about the program."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from viewer.qt.dialogs.about import RELEASES, about_html
from viewer.qt.dialogs.page import PageDialog
from viewer.qt.outside import AS_FOUND, SEARCHED, environment_as_found


@pytest.mark.parametrize(
    ("ours", "meanwhile"),
    [
        ({SEARCHED: "/inside", "HOME": "/h"}, {"HOME": "/h"}),
        ({SEARCHED: "/inside", AS_FOUND: "/users"}, {SEARCHED: "/users", AS_FOUND: "/users"}),
        ({"HOME": "/h"}, {"HOME": "/h"}),
    ],
)
def test_other_programs_search_where_they_would_without_us(ours, meanwhile):
    environment = dict(ours)
    with environment_as_found(environment):
        assert environment == meanwhile
    assert environment == ours


def test_a_link_is_opened_outside_and_our_libraries_stay_inside(qtbot, monkeypatch):
    opened = []
    monkeypatch.setenv(SEARCHED, "/inside")
    monkeypatch.setattr(
        "viewer.qt.outside.QDesktopServices.openUrl", lambda url: opened.append((url, os.environ.get(SEARCHED)))
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PageDialog(lambda: "About", parent)
    dialog.page.anchorClicked.emit(QUrl(RELEASES))
    assert opened == [(QUrl(RELEASES), None)]
    assert os.environ[SEARCHED] == "/inside"


def test_a_built_program_links_to_its_licence_texts_and_to_newer_versions(tmp_path: Path, monkeypatch):
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "build.json").write_text(json.dumps({"version": "1.2", "commit": "abc1234"}))
    (notices / "parts.json").write_text(json.dumps([{"name": "numpy", "version": "2", "licence": "BSD"}]))
    assert "file://" not in about_html()
    monkeypatch.setattr("resources.ROOT", tmp_path)
    page = about_html()
    assert QUrl.fromLocalFile(str(notices)).toString() in page
    assert RELEASES in page
    assert "numpy" in page
    assert "(abc1234)" in page
