"""The words in the corners of the film: who, what, how it is shown and what lies under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from model.film.film import Description, Film, Spacing, SpacingSource
from viewer.display.look import GreyTable, Look
from viewer.qt import inks
from viewer.qt.halo import draw_text, line_step, text_size
from viewer.session.corner import TextMode

translate = QCoreApplication.translate
Tone = Literal["text", "quiet", "flag"]
INKS: dict[Tone, QColor] = {"text": inks.TEXT, "quiet": inks.QUIET, "flag": inks.FLAG}
VIEWS = frozenset({"PA", "AP", "LL", "RL", "LLD", "RLD", "LLO", "RLO"})
"""View Position codes that tell nothing about the patient, hence stay when the patient is hidden."""
PAD = 8.0
BETWEEN = " · "
"""Between flags on one line."""
FOOT_LINES = 9
"""No more lines than this stand at the foot: those of a corner, the disclaimer and an edge letter."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and what kind of thing it says."""

    text: str
    tone: Tone = "text"


@dataclass(frozen=True, slots=True)
class Under:
    """The film pixel under the cursor and its modality value."""

    row: int
    column: int
    value: float


@dataclass(frozen=True, slots=True)
class Corners:
    """The lines of the four corners, top to bottom."""

    top_left: tuple[Line, ...] = ()
    top_right: tuple[Line, ...] = ()
    bottom_left: tuple[Line, ...] = ()
    bottom_right: tuple[Line, ...] = ()


def corners(  # noqa: PLR0913 - everything that is written about one film
    film: Film, look: Look, zoom: float, under: Under | None, *, mode: TextMode, anonymous: bool
) -> Corners:
    """Return what is written in the corners.

    Parameters
    ----------
    film, look
        What is shown, and how.
    zoom
        Device pixels per film pixel.
    under
        The pixel under the cursor, None when there is none.
    mode
        "all", "minimal" (no words about patient and study) or "none".
    anonymous
        Whether the words about patient and study are hidden.
    """
    if mode == "none":
        return Corners()
    view = film.description.view.strip().upper()
    shown_view = (Line(view),) if view in VIEWS else ()
    grey = (*_flags(film, look), Line(window_words(film, look)), Line(_zoom_words(zoom)))
    place = tuple(_under_lines(film, under))
    if mode == "minimal":
        return Corners(top_right=shown_view, bottom_left=grey, bottom_right=place)
    top_left = (
        (Line(translate("CornerText", "Patient hidden"), "quiet"),) if anonymous else tuple(_patient(film.description))
    )
    top_right = shown_view if anonymous else tuple(_study(film.description))
    return Corners(
        top_left,
        top_right,
        (*_warnings(film), *grey),
        (*_frame(film), Line(scale_words(film.spacing), "quiet"), *place),
    )


def window_words(film: Film, look: Look) -> str:
    """Return the grey scale in words: width and level with the preset's name, or the name of the film's table."""
    if isinstance(look.grey, GreyTable):
        name = film.tables[look.grey.index].name or translate("CornerText", "table {number}").format(
            number=look.grey.index + 1
        )
        return translate("CornerText", "Film's own curve: {name}").format(name=name)
    window = look.grey
    words = translate("CornerText", "W {width}  L {level}").format(
        width=number(window.width), level=number(window.center)
    )
    if window.function == "SIGMOID":
        words += "  " + translate("CornerText", "sigmoid")
    return f"{words}  {preset_name(window.name)}" if window.name else words


def preset_name(name: str) -> str:
    """Return the translated name of a computed preset; names given by the film stay as they are."""
    named = {
        "auto": translate("CornerText", "Auto"),
        "lung": translate("CornerText", "Lung"),
        "bone": translate("CornerText", "Bone"),
        "full": translate("CornerText", "Full range"),
        "sigmoid": "",
        "own": translate("CornerText", "My window"),
    }
    return named.get(name, name)


def number(value: float) -> str:
    """Return a modality value without needless digits: whole above 100, else up to three significant decimals."""
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"


def _patient(description: Description) -> list[Line]:
    name = " ".join(description.patient_name.replace("^", " ").split())
    person = "  ".join(part for part in (description.sex, description.age, _date(description.birth_date)) if part)
    return [Line(text) for text in (name, description.patient_id, person) if text]


def _study(description: Description) -> list[Line]:
    when = "  ".join(part for part in (_date(description.study_date), _time(description.study_time)) if part)
    title = description.study_description or description.series_description
    what = "  ".join(part for part in (description.modality, description.body_part, description.laterality) if part)
    lines = [Line(text) for text in (description.institution, when, title, what) if text]
    return [*lines, Line(description.view)] if description.view else lines


def _date(raw: str) -> str:
    digits = raw.replace("-", "").replace(".", "")[:8]
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return raw
    return day.isoformat()


def _time(raw: str) -> str:
    digits = raw.replace(":", "").split(".")[0]
    return f"{digits[:2]}:{digits[2:4]}" if len(digits) >= 4 and digits.isdigit() else raw


def _flags(film: Film, look: Look) -> list[Line]:
    words = []
    if look.inverted:
        words.append(translate("CornerText", "inverted"))
    if look.pose.mirrored:
        words.append(translate("CornerText", "mirrored"))
    if look.pose.quarter_turns:
        words.append(translate("CornerText", "turned {degrees}°").format(degrees=90 * look.pose.quarter_turns))
    for strength, text in (
        (look.aids.local_contrast, translate("CornerText", "local contrast {percent} %")),
        (look.aids.sharpening, translate("CornerText", "sharpened {percent} %")),
    ):
        if strength > 0:
            words.append(text.format(percent=f"{100 * strength:.0f}"))
    return [Line(BETWEEN.join(words), "flag")] if words else []


def _warnings(film: Film) -> list[Line]:
    if not film.warnings:
        return []
    words = translate("CornerText", "warnings about this file: {count}").format(count=len(film.warnings))
    return [Line(words, "flag")]


def _frame(film: Film) -> list[Line]:
    if film.frames < 2:
        return []
    return [Line(translate("CornerText", "frame {frame} of {frames}").format(frame=film.frame + 1, frames=film.frames))]


def source_words(source: SpacingSource | None) -> str:
    """Return what millimetres hold for; nothing for pixels."""
    words = {
        "patient": translate("CornerText", "calibrated"),
        "detector": translate("CornerText", "at detector"),
        "magnified": translate("CornerText", "magnified"),
        "raster": translate("CornerText", "from the file"),
        "hand": translate("CornerText", "calibrated by hand"),
    }
    return "" if source is None else words[source]


def scale_words(spacing: Spacing | None) -> str:
    """Return how large a pixel is and what that holds for, or that it is not known."""
    if spacing is None:
        return translate("CornerText", "scale unknown: px")
    same = abs(spacing.row_mm - spacing.column_mm) < 1e-6
    size = f"{spacing.row_mm:.3g}" if same else f"{spacing.row_mm:.3g} × {spacing.column_mm:.3g}"
    return translate("CornerText", "{size} mm/px, {source}").format(size=size, source=source_words(spacing.source))


def _zoom_words(zoom: float) -> str:
    percent = 100 * zoom
    return translate("CornerText", "{percent} %").format(
        percent=f"{percent:.0f}" if percent >= 10 else f"{percent:.1f}"
    )


def _under_lines(film: Film, under: Under | None) -> list[Line]:
    if under is None:
        return []
    where = translate("CornerText", "row {row}  column {column}").format(row=under.row, column=under.column)
    return [Line(where, "quiet"), Line(translate("CornerText", "value {value}").format(value=number(under.value)))]


def foot(bounds: QRect, font: QFont) -> QRect:
    """Return the part of the canvas at the bottom where words change with the pixel under the cursor."""
    return bounds.adjusted(0, max(0, bounds.height() - round(FOOT_LINES * line_step(font))), 0, 0)


def draw_corners(painter: QPainter, bounds: QRectF, words: Corners, font: QFont) -> None:
    """Draw the lines of all four corners inside ``bounds``; long ones are parted or shortened, never overlaid."""
    room = bounds.width() / 2 - 2 * PAD
    inner = bounds.adjusted(PAD, PAD, -PAD, -PAD)
    for lines, right, bottom in (
        (words.top_left, False, False),
        (words.top_right, True, False),
        (words.bottom_left, False, True),
        (words.bottom_right, True, True),
    ):
        _draw_block(painter, inner, _fitted(lines, font, room), font, (right, bottom))


def _fitted(lines: Sequence[Line], font: QFont, room: float) -> list[Line]:
    """Put the parts of a line that is too long below each other; what is still too long is shortened."""
    metrics = QFontMetricsF(font)
    parted = [
        Line(part, line.tone)
        for line in lines
        for part in ([line.text] if metrics.horizontalAdvance(line.text) <= room else line.text.split(BETWEEN))
    ]
    return _shortened(parted, font, room)


def _shortened(lines: Sequence[Line], font: QFont, room: float) -> list[Line]:
    metrics = QFontMetricsF(font)
    return [Line(metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, room), line.tone) for line in lines]


def _draw_block(
    painter: QPainter, bounds: QRectF, lines: Sequence[Line], font: QFont, corner: tuple[bool, bool]
) -> None:
    right, bottom = corner
    step = line_step(font)
    top = bounds.bottom() - step * len(lines) if bottom else bounds.top()
    for i, line in enumerate(lines):
        x = bounds.right() - text_size(line.text, font).width() if right else bounds.left()
        draw_text(painter, QPointF(x, top + i * step), line.text, font, INKS[line.tone])
