"""Image aids: local contrast and sharpening, for the eye only and always said; the network never sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from model.film.grey import domain
from viewer.display.look import Aids

CODES = 2**16
CLIP_LIMIT = 2.5
"""Steepest local curve, as a multiple of the straight one (Zuiderveld 1994)."""
TILES = 8
"""Tiles along the longer side."""
ADDED_SHARE, SHARPEN_SHARE = 0.0005, 0.001
"""Standard deviations as shares of the longer side: of smoothing what CLAHE adds, and of what is sharpened."""
LEAST_SIGMA = 0.6
SHARPEN_MOST = 3.0
"""How much finer detail than that is raised at full strength."""


def aided(film: Film, aids: Aids) -> Film:
    """Return the film as these aids show it: same values at the ends, same dtype; the very film without aids.

    For drawing only: measurements and the network take the film itself.

    Parameters
    ----------
    film
        The film; its padding is left as it is.
    aids
        Local contrast is contrast-limited adaptive histogram equalisation (CLAHE), sharpening an unsharp
        mask; both are mixed with the film by their strength.
    """
    if not aids.anything:
        return film
    low, high = _ends(film)
    if low == high:
        return film
    codes = _codes(film.pixels, low, high)
    if aids.local_contrast > 0:
        codes = _mixed(codes, 1 - aids.local_contrast, _equalised(codes), aids.local_contrast)
    if aids.sharpening > 0:
        soft = cv2.GaussianBlur(codes, (0, 0), _sigma(SHARPEN_SHARE, codes))
        raised = SHARPEN_MOST * aids.sharpening
        codes = _mixed(codes, 1 + raised, soft, -raised)
    pixels = _values(codes, low, high, film.pixels.dtype)
    if film.padding is not None:
        pixels[film.padding] = film.pixels[film.padding]
    pixels.flags.writeable = False
    return replace(film, pixels=pixels)


def aids_text(aids: Aids) -> str:
    """Return what has to be said of a picture with aids; empty without."""
    said = []
    if aids.local_contrast > 0:
        said.append(f"local contrast {100 * aids.local_contrast:.0f} %")
    if aids.sharpening > 0:
        said.append(f"sharpened {100 * aids.sharpening:.0f} %")
    return f"Not the film's own greys: {', '.join(said)}" if said else ""


def _sigma(share: float, codes: NDArray[np.uint16]) -> float:
    return max(LEAST_SIGMA, share * int(max(codes.shape)))


def _mixed(first: Any, first_share: float, second: Any, second_share: float) -> NDArray[np.uint16]:
    return np.asarray(cv2.addWeighted(first, first_share, second, second_share, 0), dtype=np.uint16)


def _ends(film: Film) -> tuple[float, float]:
    """Return the lowest and highest value that is no padding."""
    pictured = film.pixels if film.padding is None or film.padding.all() else film.pixels[~film.padding]
    return float(pictured.min()), float(pictured.max())


def _codes(pixels: NDArray[Any], low: float, high: float) -> NDArray[np.uint16]:
    """Spread values from ``low`` to ``high`` over 0 .. 65535."""
    every = domain(pixels.dtype)
    if every is None:
        return _spread(pixels, low, high)
    return np.asarray(np.take(_spread(every, low, high), pixels.view(f"u{pixels.dtype.itemsize}")), dtype=np.uint16)


def _spread(values: NDArray[Any], low: float, high: float) -> NDArray[np.uint16]:
    share = (values.astype(np.float32) - np.float32(low)) * np.float32((CODES - 1) / (high - low))
    np.clip(np.rint(share), 0, CODES - 1, out=share)
    return share.astype(np.uint16)


def _values(codes: NDArray[np.uint16], low: float, high: float, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Turn codes back into values of the film's dtype."""
    table = low + np.arange(CODES) * ((high - low) / (CODES - 1))
    whole = np.rint(table) if np.issubdtype(dtype, np.integer) else table
    return np.take(whole.astype(dtype), codes)


def _equalised(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return the codes after CLAHE.

    It runs on 8 bits, so that its clip limit means the same for films of any depth and size. What it adds
    to each pixel is smoothed and added to the codes themselves; the noise before rounding, the same every
    time, keeps that from showing steps.
    """
    noise = np.random.default_rng(0).integers(0, 256, codes.shape, dtype=np.uint16)
    coarse = (np.asarray(cv2.add(codes, noise), dtype=np.uint16) >> 8).astype(np.uint8)
    longer = max(codes.shape)
    tiles = tuple(max(1, round(TILES * side / longer)) for side in codes.shape[::-1])
    equal = cv2.createCLAHE(CLIP_LIMIT, tiles).apply(coarse)
    more = cv2.GaussianBlur(cv2.subtract(equal, coarse, dtype=cv2.CV_32F), (0, 0), _sigma(ADDED_SHARE, codes))
    raised = np.asarray(more, dtype=np.float32) * np.float32(CODES / 256)
    raised += codes
    np.clip(np.rint(raised, out=raised), 0, CODES - 1, out=raised)
    return raised.astype(np.uint16)
