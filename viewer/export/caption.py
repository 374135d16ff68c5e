"""The band under an exported picture: what the network said, the colour bars, and what none of it is for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

import resources
from model.findings.prediction import Finding, Prediction
from model.findings.vocabulary import term
from viewer.display.tint import ColourBar
from viewer.session.numbers import extent_text, probability_text

DISCLAIMER = "research and education only; not for diagnosis"
UNBROKEN = "\N{NO-BREAK SPACE}"
GROUND, INK, FAINT, FLAG = (16, 18, 22), (232, 234, 238), (150, 156, 166), (255, 200, 87)
Line = tuple[str, tuple[int, int, int]]
"""Words and their colour."""


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the bundled typeface (DejaVu Sans: Latin, Greek, Cyrillic) at a size in pixels."""
    return ImageFont.truetype(str(resources.path("fonts", "DejaVuSans.ttf")), size)


def text_size(rows: int, columns: int) -> int:
    """Return the text size in pixels that is legible on a picture when its whole is seen."""
    return max(11, round(max(rows, columns) / 64))


def answer_line(prediction: Prediction) -> str:
    """Return the one line that answers: each finding with probability and band, or why there is none.

    What belongs together is joined by no-break spaces.
    """
    reason = "" if prediction.refusal is None else prediction.refusal.message
    if prediction.refused:
        return refusal_line(reason)
    stamp = stamped(reason, corrected=prediction.corrected is not None)
    return findings_line(prediction.findings, prediction.opacity_extent, stamp)


def refusal_line(reason: str) -> str:
    """Return the one line for a film that is not assessable."""
    return f"Not assessable: {reason}"


def stamped(reason: str, *, corrected: bool) -> str:
    """Return what an answer must carry when the film was put right for it, or judged although not assessable."""
    return reason if corrected or not reason else f"analysed although not assessable: {reason}"


def findings_line(findings: Sequence[Finding], opacity_extent: float | None, stamp: str = "") -> str:
    """Return the one line for a film that was analysed, with the ``stamp`` that the answer carries."""
    parts = [
        f"{term(f.id).name} {probability_text(f.probability)} ({f.band}, threshold {probability_text(f.threshold)})"
        for f in findings
    ]
    if opacity_extent is not None:
        parts.append(f"opacity extent {extent_text(opacity_extent)}")
    if stamp:
        parts.append(stamp)
    return " · ".join(part.replace(" ", UNBROKEN) for part in parts)


def model_line(prediction: Prediction) -> str:
    """Return which network spoke and what its words are not for."""
    return f"{prediction.model.name} {prediction.model.version} · {DISCLAIMER}"


def caption(width: int, size: int, lines: Sequence[Line], bars: Sequence[ColourBar]) -> Image.Image:
    """Return the band: RGB, ``width`` pixels wide and as high as bars and lines need at this text size."""
    typeface, margin = font(size), size
    wrapped = [(part, ink) for line, ink in lines for part in _wrapped(line, typeface, width - 2 * margin)]
    step = round(1.5 * size)
    band = Image.new("RGB", (width, margin + step * len(wrapped) + bar_height(size) * len(bars) + margin // 2), GROUND)
    pen = ImageDraw.Draw(band)
    top = margin
    for bar in bars:
        _draw_bar(band, pen, bar, (margin, top), size)
        top += bar_height(size)
    for line, ink in wrapped:
        pen.text((margin, top), line, fill=ink, font=typeface)
        top += step
    return band


def _wrapped(text: str, typeface: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return the text in lines no wider than ``width`` where its words allow."""
    lines: list[str] = []
    for part in text.split(" "):
        fits = typeface.getlength(part) <= width
        for word in [part] if fits else part.split(UNBROKEN):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and typeface.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
    return lines


def bar_height(size: int) -> int:
    """Return the height of a colour bar with its title and numbers at this text size."""
    return round(4.6 * size)


def _draw_bar(band: Image.Image, pen: ImageDraw.ImageDraw, bar: ColourBar, corner: tuple[int, int], size: int) -> None:
    """Draw title, colours over middle grey, numbers, and the threshold as a white notch."""
    left, top = corner
    length = max(1, min(band.width - 2 * left, 26 * size))
    pen.text((left, top), bar.title, fill=FAINT, font=font(size))
    top += round(1.4 * size)
    strip = Image.fromarray(bar.colours[None]).resize((length, size))
    ground = Image.new("RGBA", strip.size, (90, 90, 90, 255))
    band.paste(Image.alpha_composite(ground, strip).convert("RGB"), (left, top))
    for tick in bar.ticks:
        x = left + tick.position * (length - 1)
        pen.line([(x, top + size), (x, top + size + size // 4)], fill=FAINT)
        pen.text((x, top + round(1.3 * size)), tick.text, fill=FAINT, font=font(round(0.85 * size)), anchor="ma")
    if bar.threshold is not None:
        x = left + bar.threshold * (length - 1)
        pen.line([(x, top - size // 4), (x, top + size + size // 4)], fill=INK, width=max(2, size // 7))
