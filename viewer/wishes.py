"""What was wished for on the command line, as text, turned into grey scales, layers and sizes."""

from __future__ import annotations

from typing import cast

import typer

from model.film.film import Film, Window
from viewer.display.look import GreyTable
from viewer.display.presets import default_grey, presets
from viewer.display.render import Size
from viewer.export.picture import LAYERS, Layer

WINDOW_NAMES = ("auto", "film", "lung", "bone", "full", "sigmoid", "WIDTH,LEVEL")


def wanted_grey(film: Film, text: str) -> Window | GreyTable:
    """Return the grey scale that ``--window`` names; "film" is the film's own first one, else auto.

    Raises
    ------
    typer.BadParameter
        With the words that can be used.
    """
    if text == "film":
        return default_grey(film)
    by_name = {preset.id: preset.grey for preset in presets(film)}
    return by_name[text] if text in WINDOW_NAMES else _numbers(text)


def _numbers(text: str) -> Window:
    try:
        width, level = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(WINDOW_NAMES)}.", param_hint="--window") from None
    if not (1 <= width < float("inf") and abs(level) < float("inf")):
        raise typer.BadParameter(f"The width must be at least 1; got {text!r}.", param_hint="--window")
    return Window(level, width)


def wanted_layers(text: str) -> tuple[Layer, ...]:
    """Return the layers that ``--layers`` names, in drawing order.

    Raises
    ------
    typer.BadParameter
        With the words that can be used.
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    unknown = names - set(LAYERS)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))} is none of {', '.join(LAYERS)}.", param_hint="--layers")
    return tuple(layer for layer in LAYERS if layer in names)


def wanted_size(text: str) -> Size:
    """Return the size that ``--size`` names: "native", or the longer side in pixels.

    Raises
    ------
    typer.BadParameter
        When it is neither, or not within 16 .. 20000.
    """
    if text == "native":
        return "native"
    if not text.isdecimal() or not 16 <= int(text) <= 20000:
        raise typer.BadParameter(f"{text!r} is neither native nor 16 to 20000 pixels.", param_hint="--size")
    return cast("Size", int(text))
