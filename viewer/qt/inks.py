"""The colours drawn on the film: few, distinct on grey, and the same everywhere."""

from __future__ import annotations

from PySide6.QtGui import QColor

BOX = QColor("#000000")
"""The unlit light box around the film."""
HALO = QColor(0, 0, 0, 215)
TEXT = QColor("#e3e8ed")
BAR_GROUND = QColor("#30363c")
"""Film grey behind the colour bar, where a heatmap is not opaque."""
QUIET = QColor("#b4bec8")
FAINT = QColor("#8a939c")
"""What the reader has set aside."""
FLAG = QColor("#ffc857")
"""Flags and warnings: something is not as the film came."""
PLATE = QColor(8, 10, 12, 150)
"""The ground of a box's label."""
QUIET_PLATE = QColor(8, 10, 12, 190)
"""The ground of quiet words: dark enough that they keep 4.5 : 1 on a white film."""
LETTER = QColor("#eef2f5")
LUNGS = QColor("#6fd3ff")
MEASURE = QColor("#8df0b4")
CHOSEN = QColor("#ffffff")
FOCUS = QColor("#4aa3df")
PANEL = QColor("#14181c")
PANEL_EDGE = QColor("#2b333b")
GLOW = QColor("#dfe9f2")
ALARM = QColor("#ff8a7a")

_FINDINGS = {"lung_opacity": QColor("#ffb000"), "covid19": QColor("#ff6fae")}
_OTHER = QColor("#8be28b")


def finding_ink(finding: str) -> QColor:
    """Return the colour of a finding's boxes."""
    return _FINDINGS.get(finding, _OTHER)
