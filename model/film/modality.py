"""Stored values to modality values: lookup table or rescale, and which pixels are padding (PS3.3 C.11.1)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.film.film import VoiTable
from model.film.header import Header, name_of
from model.film.layout import Layout
from model.film.tables import read_table

Pixels = NDArray[Any]

_INTEGERS = (np.dtype(np.uint8), np.dtype(np.uint16), np.dtype(np.int16), np.dtype(np.int32))


def to_modality(header: Header, stored: Pixels, layout: Layout) -> Pixels:
    """Apply the modality transform of the film.

    A table that cannot be used, a slope of zero and the like leave the stored values as they are and
    add a warning.

    Parameters
    ----------
    header
        The data set.
    stored
        Stored values, shape (rows, columns).
    layout
        How they are stored.

    Returns
    -------
    ndarray
        Modality values, shape (rows, columns): an integer type when slope and intercept are whole and
        the values fit 32 bits, else float32.
    """
    if stored.dtype.kind == "f":
        return stored
    table = _modality_table(header, layout)
    if table is not None:
        return _look_up(stored, table)
    slope, intercept = _rescale(header)
    return _rescaled(stored, layout, slope, intercept)


def _modality_table(header: Header, layout: Layout) -> VoiTable | None:
    items = header.items("ModalityLUTSequence")
    if not items:
        return None
    if header.has("RescaleSlope"):
        header.warn(
            "two_transforms",
            f"Both {name_of('ModalityLUTSequence')} and {name_of('RescaleSlope')} are given; the table is used.",
        )
    return read_table(header.within(items[0]), "ModalityLUTSequence", signed=layout.signed)


def _rescale(header: Header) -> tuple[float, float]:
    slope = header.number("RescaleSlope")
    intercept = header.number("RescaleIntercept")
    if slope is None and intercept is None:
        return 1.0, 0.0
    if slope == 0:
        header.warn(
            "rescale_slope", f"{name_of('RescaleSlope')} is 0, which would erase the image; stored values are shown."
        )
        return 1.0, 0.0
    slope = 1.0 if slope is None else slope
    intercept = 0.0 if intercept is None else intercept
    if max(abs(slope), abs(intercept)) > 1e12 or abs(slope) < 1e-12:
        header.warn(
            "rescale_slope",
            f"{name_of('RescaleSlope')} {slope:g} and {name_of('RescaleIntercept')} {intercept:g} are absurd; "
            "stored values are shown.",
        )
        return 1.0, 0.0
    return slope, intercept


def _rescaled(stored: Pixels, layout: Layout, slope: float, intercept: float) -> Pixels:
    low, high = _stored_range(layout)
    ends = sorted((low * slope + intercept, high * slope + intercept))
    whole = slope == int(slope) and intercept == int(intercept)
    dtype = _narrowest(ends[0], ends[1]) if whole else np.dtype(np.float32)
    if slope == 1 and intercept == 0:
        return stored.astype(dtype, copy=False)
    if dtype.kind == "f":
        work = np.dtype(np.float64 if layout.bits_stored > 24 else np.float32)
        values = np.multiply(stored, work.type(slope), dtype=work)
        values += work.type(intercept)
        return values.astype(np.float32, copy=False)
    values = stored.astype(np.int64 if layout.bits_stored > 16 else np.int32)
    values *= int(slope)
    values += int(intercept)
    return values.astype(dtype, copy=False)


def _stored_range(layout: Layout) -> tuple[int, int]:
    half = 1 << (layout.bits_stored - 1)
    return (-half, half - 1) if layout.signed else (0, 2 * half - 1)


def _narrowest(low: float, high: float) -> np.dtype[Any]:
    fitting = (dtype for dtype in _INTEGERS if np.iinfo(dtype).min <= low and high <= np.iinfo(dtype).max)
    return next(fitting, np.dtype(np.float32))


def _look_up(stored: Pixels, table: VoiTable) -> Pixels:
    values = table.values.astype(np.uint8) if table.bits <= 8 else table.values
    index = np.clip(stored.astype(np.int64) - table.first, 0, len(values) - 1)
    return values[index]


def padding_mask(header: Header, stored: Pixels, layout: Layout) -> NDArray[np.bool_] | None:
    """Return where pixels are padding (PS3.3 C.7.5.1.1.2), None when no pixel is.

    Parameters
    ----------
    header
        The data set.
    stored
        Stored values, shape (rows, columns).
    layout
        How they are stored.
    """
    value = header.whole("PixelPaddingValue")
    if value is None or stored.dtype.kind == "f":
        return None
    limit = header.whole("PixelPaddingRangeLimit")
    ends = [_as_stored(value, layout), _as_stored(value if limit is None else limit, layout)]
    low, high = min(ends), max(ends)
    mask = stored == low if low == high else (stored >= low) & (stored <= high)
    if mask.all():
        header.warn("padding", f"{name_of('PixelPaddingValue')} would blank the whole film; it is ignored.")
        return None
    return np.asarray(mask) if mask.any() else None


def _as_stored(value: int, layout: Layout) -> int:
    """Read a padding value written with the wrong sign as the stored bits it stands for."""
    if layout.signed and value >= 1 << (layout.bits_stored - 1):
        return value - (1 << (16 if value >= 1 << 15 else layout.bits_stored))
    if not layout.signed and value < 0:
        return value + (1 << 16)
    return value
