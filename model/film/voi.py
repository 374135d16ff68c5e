"""Which grey values of the film matter: its windows, VOI tables and polarity (PS3.3 C.11.2, C.11.6)."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from model.film.film import VoiFunction, VoiTable, Window
from model.film.header import Header, name_of
from model.film.tables import read_table

WIDEST = 64.0
"""A window more than this many times as wide as the film's values shows fewer than four greys."""

SAMPLED_LINES = 512
"""A film is thinned out to about this many lines a side before its range is taken."""

_FUNCTIONS = {"LINEAR", "LINEAR_EXACT", "SIGMOID"}


def read_windows(header: Header, pixels: NDArray[np.generic]) -> tuple[Window, ...]:
    """Read the film's own windows (PS3.3 C.11.2.1.2, C.11.2.1.3).

    Windows that would show nothing of the film are left out with a warning.

    Parameters
    ----------
    header
        The data set.
    pixels
        Modality values, shape (rows, columns).
    """
    centers, widths = header.numbers("WindowCenter"), header.numbers("WindowWidth")
    if len(centers) != len(widths):
        header.warn(
            "window_count",
            f"{name_of('WindowCenter')} has {len(centers)} values, {name_of('WindowWidth')} has {len(widths)}; "
            "only pairs are used.",
        )
    pairs = list(zip(centers, widths, strict=False))
    if not pairs:
        return ()
    function, names = _function(header), _names(header)
    low, high = _value_range(pixels)
    kept = []
    for number, (center, width) in enumerate(pairs):
        why = _unusable(center, width, function, low, high)
        if why:
            header.warn(
                "window_invalid", f"{name_of('WindowWidth')} {width:g} at center {center:g} is not used: {why}."
            )
        else:
            kept.append(Window(center, width, function, names[number] if number < len(names) else ""))
    return tuple(kept)


def _value_range(pixels: NDArray[np.generic]) -> tuple[float, float]:
    """Return lowest and highest value of a thinned-out film: enough to judge a window."""
    rows, columns = (max(1, side // SAMPLED_LINES) for side in pixels.shape)
    sampled = pixels[::rows, ::columns]
    return float(sampled.min()), float(sampled.max())


def _function(header: Header) -> VoiFunction:
    function = header.word("VOILUTFunction")
    if function and function not in _FUNCTIONS:
        header.warn("voi_function", f"{name_of('VOILUTFunction')} is none of the defined terms; LINEAR is used.")
    return cast(VoiFunction, function if function in _FUNCTIONS else "LINEAR")


def _names(header: Header) -> list[str]:
    value = header.get("WindowCenterWidthExplanation")
    parts = [value] if isinstance(value, str) else list(value or [])
    return [str(part).strip() for part in parts]


def _unusable(center: float, width: float, function: VoiFunction, low: float, high: float) -> str:
    """Say why a window cannot show the film, "" when it can."""
    if width <= 0 or (function == "LINEAR" and width < 1):
        return "the width must be at least 1" if function == "LINEAR" else "the width must be positive"
    span = high - low
    if span and width > WIDEST * span:
        return f"it is far wider than the film's values {low:g} to {high:g}"
    if function != "SIGMOID" and (center + width / 2 < low or center - width / 2 > high) and span:
        return f"it lies outside the film's values {low:g} to {high:g}"
    return ""


def read_tables(header: Header, pixels: NDArray[np.generic]) -> tuple[VoiTable, ...]:
    """Read the film's VOI LUTs (PS3.3 C.11.2.1.1), those that cannot be used left out with a warning."""
    signed = pixels.dtype == np.int16 or (pixels.dtype.kind != "u" and float(pixels.min()) < 0)
    tables = (read_table(header.within(item), "VOILUTSequence", signed) for item in header.items("VOILUTSequence"))
    return tuple(table for table in tables if table is not None)


def is_low_white(header: Header, photometric: str) -> bool:
    """Tell whether low values are to be shown white.

    MONOCHROME1 says so (PS3.3 C.7.6.3.1.2), and so does Presentation LUT Shape INVERSE (C.11.6.1.2).
    Together they mean it once, not twice: in a DX image the shape merely restates the photometric
    interpretation (C.8.11.3.1.2).
    """
    shape = header.word("PresentationLUTShape")
    contradiction = (photometric, shape) in {("MONOCHROME1", "IDENTITY"), ("MONOCHROME2", "INVERSE")}
    if contradiction:
        header.warn(
            "polarity",
            f"{name_of('PresentationLUTShape')} {shape} contradicts {name_of('PhotometricInterpretation')} "
            f"{photometric}; low values are shown white, press I if bones are dark.",
        )
    return photometric == "MONOCHROME1" or shape == "INVERSE"
