"""The dark reading-room theme: one file of tokens fills one style sheet and Qt's palette."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

import resources
from viewer.qt.icons import icon_file

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Theme:
    """Tokens by name: colours as "#rrggbb", sizes in pixels at 100 %."""

    colours: dict[str, str]
    type: dict[str, int]
    space: dict[str, int]

    def colour(self, name: str) -> QColor:
        """Return a colour by its name."""
        return QColor(self.colours[name])


@cache
def theme() -> Theme:
    """Return the theme's tokens."""
    with resources.path("theme", "reading_room.toml").open("rb") as stream:
        raw = tomllib.load(stream)
    return Theme(raw["colours"], raw["type"], raw["space"])


def style_sheet(tokens: Theme) -> str:
    """Return the style sheet with every token filled in."""
    sheet = resources.path("theme", "reading_room.qss").read_text(encoding="utf-8")
    icons = {
        "icon_check": icon_file("check", tokens.colours["text"]),
        "icon_check_on": icon_file("check", tokens.colours["on_accent"]),
        "icon_chevron": icon_file("chevron-down", tokens.colours["quiet"]),
    }
    return Template(sheet).substitute(tokens.colours, **tokens.type, **tokens.space, **icons)


def palette(tokens: Theme) -> QPalette:
    """Return Qt's palette for what no style sheet reaches."""
    roles = {
        QPalette.ColorRole.Window: "floor",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "floor",
        QPalette.ColorRole.AlternateBase: "raised",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "higher",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "text",
        QPalette.ColorRole.ToolTipBase: "higher",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, tokens.colour(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, tokens.colour("faint"))
    return made


def dress(application: QApplication) -> None:
    """Give the whole application this theme, the same on every platform."""
    application.setStyle("Fusion")
    application.setPalette(palette(theme()))
    font = application.font()
    font.setPointSizeF(theme().type["body"] * POINTS_PER_INCH / application.primaryScreen().logicalDotsPerInch())
    application.setFont(font)
    application.setStyleSheet(style_sheet(theme()))
