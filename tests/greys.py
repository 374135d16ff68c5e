"""Films made from an array, and an independent straightforward reference of the grey-scale pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from model.film.film import Film, Origin, VoiTable, Window


def film_of(pixels: np.ndarray, low_is_white: bool = False, **more: Any) -> Film:
    """Return a film of these modality values."""
    photometric = "MONOCHROME1" if low_is_white else "MONOCHROME2"
    origin = Origin("DICOM", "1.2.840.10008.1.2.1", photometric, 12, pixels.dtype.kind == "i")
    return Film("key", Path("film.dcm"), pixels, low_is_white, origin, **more)


def reference_grey(value: float, grey: Window | VoiTable, white_first: bool) -> float:
    """Return 0 .. 255 for one modality value, written down from PS3.3 C.11.2 line by line."""
    shade = _table_shade(value, grey) if isinstance(grey, VoiTable) else _window_shade(value, grey)
    return 255 * (1 - shade if white_first else shade)


def _table_shade(value: float, table: VoiTable) -> float:
    if value < table.first:
        entry = table.values[0]
    elif value > table.first + len(table.values) - 1:
        entry = table.values[-1]
    else:
        entry = table.values[int(value) - table.first]
    return float(entry) / (2**table.bits - 1)


def _window_shade(x: float, window: Window) -> float:
    c, w = window.center, window.width
    if window.function == "SIGMOID":
        with np.errstate(over="ignore"):
            return float(1 / (1 + np.exp(-4 * (np.float64(x) - c) / w)))
    if window.function == "LINEAR_EXACT":
        if x <= c - w / 2:
            return 0.0
        return 1.0 if x > c + w / 2 else (x - c) / w + 0.5
    if x <= c - 0.5 - (w - 1) / 2:
        return 0.0
    return 1.0 if x > c - 0.5 + (w - 1) / 2 else (x - (c - 0.5)) / (w - 1) + 0.5
