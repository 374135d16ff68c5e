import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

import resources
from viewer.qt.icons import application_icon, icon, icon_file, pixmap
from viewer.qt.theme import palette, style_sheet, theme

ICONS = sorted(path.stem for path in resources.path("icons").glob("*.svg") if path.stem != "negatoscope")

TEXT_PAIRS = [
    (ink, ground)
    for ink in ("text", "quiet", "accent", "above", "uncertain", "below", "error")
    for ground in ("room", "floor", "raised", "higher")
] + [("on_accent", "accent")]

EDGE_PAIRS = [("field_edge", "raised"), ("field_edge", "floor"), ("accent", "floor"), ("faint", "floor")]


def luminance(colour):
    """WCAG 2.2 relative luminance."""
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(theme().colour(one)), luminance(theme().colour(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(ink, ground):
    """WCAG 2.2 1.4.3 AA."""
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), EDGE_PAIRS)
def test_edges_of_controls_can_be_seen(line, ground):
    """WCAG 2.2 1.4.11 AA."""
    assert contrast(line, ground) >= 3.0


def test_every_token_of_the_style_sheet_is_filled_in(qapp):
    assert "$" not in style_sheet(theme())


def test_sizes_keep_to_the_grid():
    assert [theme().space[name] % 4 for name in ("half", "one", "two", "three")] == [0, 0, 0, 0]


def test_qt_s_own_palette_is_dark(qapp):
    made = palette(theme())
    assert made.window().color() == theme().colour("floor")
    assert made.windowText().color() == theme().colour("text")


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_one_stroke_of_one_colour(name):
    text = resources.path("icons", f"{name}.svg").read_text()
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}", text)) == {"#000"}
    assert 'stroke-width="1.6"' in text
    assert 'viewBox="0 0 24 24"' in text


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_are_drawn_at_the_very_size_asked_for(qapp, ratio):
    made = icon("invert", "#ffffff", "#555555").pixmap(QSize(20, 20), ratio)
    assert made.width() == round(20 * ratio)
    assert pixmap("invert", "#ff0000", 18, ratio).width() == round(18 * ratio)


def test_icons_take_their_colour_and_grey_out(qapp):
    made = icon("invert", "#00ff00", "#555555")

    def colours(mode):
        image = made.pixmap(QSize(40, 40), 1.0, mode).toImage()
        return image.pixelColor(28, 20)

    assert colours(QIcon.Mode.Normal) == QColor("#00ff00")
    assert colours(QIcon.Mode.Disabled) == QColor("#555555")


def test_an_icon_that_is_not_bundled_is_named(qapp):
    with pytest.raises(FileNotFoundError, match="no-such"):
        icon("no-such", "#ffffff", "#555555")


def test_style_sheets_get_tinted_files(qapp):
    assert "#123456" in Path(icon_file("check", "#123456")).read_text()


def test_the_program_has_an_icon(qapp):
    assert not application_icon().pixmap(64, 64).isNull()
