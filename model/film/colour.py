"""Colour to grey: what a colour photograph of a film becomes on the light box."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.pixels.processing import apply_color_lut

from model.film.header import Header

RED, GREEN, BLUE = 0.299, 0.587, 0.114
"""Luminance of ITU-R BT.601, the Y of JPEG and of DICOM's YBR (PS3.3 C.7.6.3.1.2)."""

Pixels = NDArray[Any]


def luminance(colour: Pixels) -> Pixels:
    """Return the luminance of RGB samples.

    Parameters
    ----------
    colour
        Unsigned integers, shape (rows, columns, 3 or more): red, green, blue first.

    Returns
    -------
    ndarray
        Shape (rows, columns), same dtype, rounded to nearest.
    """
    weights = np.array([RED, GREEN, BLUE], np.float32)
    grey = np.tensordot(colour[:, :, :3].astype(np.float32), weights, axes=1)
    return np.rint(grey).astype(colour.dtype)


def grey_of_colour(header: Header, samples: Pixels, photometric: str) -> Pixels:
    """Return the grey levels of a DICOM colour image.

    Parameters
    ----------
    header
        The data set; the conversion is noted in its warnings.
    samples
        Shape (rows, columns, samples), or (rows, columns) when already luminance or a palette index.
    photometric
        Photometric Interpretation.

    Returns
    -------
    ndarray
        Shape (rows, columns), uint8 or uint16.
    """
    if samples.dtype.itemsize > 2:
        samples = (samples >> (8 * samples.dtype.itemsize - 16)).astype(np.uint16)
    header.warn("colour_as_grey", f"The image is in colour ({photometric}) and is shown as grey.")
    if photometric == "PALETTE COLOR":
        return _through_palette(header, samples)
    if samples.ndim == 2:
        return samples
    if photometric.startswith("YBR") and photometric not in ("YBR_RCT", "YBR_ICT"):
        return np.ascontiguousarray(samples[:, :, 0])
    return luminance(samples) if samples.shape[2] >= 3 else np.ascontiguousarray(samples[:, :, 0])


def _through_palette(header: Header, index: Pixels) -> Pixels:
    """Look palette indices up (PS3.3 C.7.9); without a usable palette the indices themselves are shown."""
    try:
        return luminance(apply_color_lut(index, header.dataset))
    except Exception:
        header.warn(
            "palette_invalid",
            "Red Palette Color Lookup Table Data (0028,1201) or its companions are broken; palette indices are shown.",
        )
        return index
