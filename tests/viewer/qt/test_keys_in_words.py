"""Keys named in words are the keys that hold: chosen anew, every tip, placard and hint names the new one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QToolButton
from room import WAIT_MS, write_films

from viewer.qt.dialogs.help import help_html
from viewer.qt.window import Window
from viewer.session.hands import HandChoice

CHOSEN = {
    "file.open": ("F9",),
    "measure.ruler": ("Ctrl+1",),
    "measure.cardiothoracic": (),
    "findings.boxes": ("Ctrl+2",),
    "findings.lungs": (),
    "findings.next_box": ("Ctrl+3",),
    "findings.previous_box": ("Ctrl+4",),
    "view.preset_6": ("Ctrl+6",),
    "view.panel_findings": ("Ctrl+7",),
}


@pytest.fixture
def rebound(window: Window, qtbot: Any, tmp_path: Path) -> Window:
    window.open(write_films(tmp_path, 1, (240, 200)))
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    window._on_settings_chosen(replace(window.options, keys=CHOSEN))
    return window


def test_tips_of_the_panels(rebound: Window) -> None:
    tips = {check.text(): check.toolTip() for check in rebound.overlays.findChildren(QCheckBox)}
    assert tips["Boxes"] == "Boxes with their scores (Ctrl+2)"
    assert tips["Lung outline"] == "Outline of the lungs"
    assert tips["Heatmap"] == "Where the network responds (M)"
    assert rebound.findings.boxes.buttons[0].toolTip() == "Zoom to this box (Ctrl+3, Ctrl+4)"


def test_the_invitation_to_draw_leaves_out_what_has_no_key(rebound: Window) -> None:
    words = [part.text() for part in rebound.drawings.findChildren(QLabel)]
    assert "Nothing is drawn on this film: Ctrl+1 ruler, E ellipse, T note." in words


def test_toolbar_and_title_bars(rebound: Window) -> None:
    tips = [button.toolTip() for button in rebound.findChildren(QToolButton)]
    assert "Grey levels: presets computed from the film (0 … Ctrl+6)" in tips
    assert "Hide this panel (Ctrl+7 brings it back)" in tips


def test_the_placard_of_the_empty_box(rebound: Window) -> None:
    rebound.desk.files.clear_table()
    assert rebound.canvas._placard.detail == "F9"


def test_no_tip_of_a_command_names_a_key_of_another(window: Window) -> None:
    """Keys in tips are written behind them by the registry; one in the sentence would not follow."""
    for command in window._registry:
        words = set(command.tip.replace(",", " ").replace(".", " ").split())
        assert not words & {"Enter", "Return", "Space", "Tab", "Esc", "Backspace"}, command.id
        assert "Ctrl+" not in command.tip, command.id


def test_gestures_on_the_help_page_are_those_that_were_chosen(window: Window) -> None:
    usual = help_html(window._registry, HandChoice())
    assert _meaning(usual, "Left drag") == "Window: right is wider, up is brighter"
    assert _meaning(usual, "Middle drag") == "Move the film"
    chosen = help_html(window._registry, HandChoice(left="pan", middle="zoom", right="window", left_widens=True))
    assert _meaning(chosen, "Left drag") == "Move the film"
    assert _meaning(chosen, "Middle drag") == "Zoom"
    assert _meaning(chosen, "Right drag") == "Window: left is wider, up is brighter"


def _meaning(page: str, gesture: str) -> str:
    found = re.search(rf">{gesture}</td><td[^>]*>([^<]*)<", page)
    assert found is not None
    return found.group(1)
