"""Grey bytes: modality values through the film's look to what the screen shows, by one table per look."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from model.film.grey import Grey, apply_grey, domain
from viewer.display.look import GreyTable, Look

BAND_PIXELS = 2**16


def grey_of(film: Film, look: Look) -> Grey:
    """Return the window or the film's VOI LUT that a look names.

    Raises
    ------
    IndexError
        When the look names a table that the film does not have.
    """
    return film.tables[look.grey.index] if isinstance(look.grey, GreyTable) else look.grey


def grey_bytes(
    values: NDArray[Any], film: Film, look: Look, padding: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """Return what the screen shows of these values, in the film's orientation: 0 is black, 255 is white.

    Parameters
    ----------
    values
        Modality values, shape (rows, columns): the film's pixels or a reduced copy of the same dtype.
    film
        Says the polarity and holds the tables.
    look
        Grey scale and inversion; its pose is not applied.
    padding
        True where a value is padding, shape of ``values``; shown black also when inverted.

    Returns
    -------
    numpy.ndarray
        uint8, shape of ``values``; ``round(255 * grey)``.
    """
    grey = grey_of(film, look)
    white_first = film.low_is_white != look.inverted
    if domain(values.dtype) is None:
        shown = _computed(values, grey, white_first)
    else:
        codes = np.ascontiguousarray(values).view(f"u{values.dtype.itemsize}")
        shown = np.asarray(cv2.LUT(codes, _table(grey, white_first, values.dtype.str)), dtype=np.uint8)
    if padding is not None:
        shown[padding] = 0
    return shown


def _computed(values: NDArray[Any], grey: Grey, white_first: bool) -> NDArray[np.uint8]:
    """Return the bytes of values that no table covers, a band of rows at a time so that it stays in the cache."""
    shown = np.empty(values.shape, dtype=np.uint8)
    band = max(1, BAND_PIXELS // values.shape[1])
    for top in range(0, len(values), band):
        shown[top : top + band] = _quantised(apply_grey(values[top : top + band], grey), white_first)
    return shown


def _quantised(grey: NDArray[np.float32], white_first: bool) -> NDArray[np.uint8]:
    levels = grey * np.float32(255)
    if white_first:
        np.subtract(255, levels, out=levels)
    np.rint(levels, out=levels)
    return levels.astype(np.uint8)


@lru_cache(maxsize=8)
def _table(grey: Grey, white_first: bool, dtype: str) -> NDArray[np.uint8]:
    """Return the bytes for every value of an integer dtype of at most 16 bits, in the order of ``domain``."""
    every = np.asarray(domain(np.dtype(dtype)))
    table = _quantised(apply_grey(every, grey), white_first)
    table.flags.writeable = False
    return table
