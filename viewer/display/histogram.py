"""The histogram of a film: how many pixels hold which modality values."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from model.film.grey import domain


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Pixel counts over modality values: ``counts``, int64, shape (n,), between ``edges``, shape (n + 1,)."""

    counts: NDArray[np.int64]
    edges: NDArray[np.float64]


def histogram(film: Film, bins: int = 256) -> Histogram:
    """Count the film's pixels in bins of equal width from its lowest to its highest value.

    Padding is not counted. Whole values get bins of a whole number of values each, at most ``bins`` of
    them, so that no bin is emptier than its neighbours for arithmetic reasons.
    """
    values, counts = _counted(film)
    low, high = float(values[0]), float(values[-1])
    if np.issubdtype(film.pixels.dtype, np.integer):
        step = np.ceil((high - low + 1) / bins)
        edges = low - 0.5 + step * np.arange(np.ceil((high - low + 1) / step) + 1)
    else:
        edges = np.linspace(low, high if high > low else low + 1, bins + 1)
    binned, _ = np.histogram(values, edges, weights=counts)
    return Histogram(binned.astype(np.int64), edges)


def _counted(film: Film) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the values that occur, rising, and how often each does."""
    pixels = film.pixels
    padding = None if film.padding is None or film.padding.all() else film.padding
    every = domain(pixels.dtype)
    if every is None:
        found, times = np.unique(pixels if padding is None else pixels[~padding], return_counts=True)
        return found.astype(np.float64), times.astype(np.int64)
    codes = np.ascontiguousarray(pixels).view(f"u{pixels.dtype.itemsize}")
    mask = None if padding is None else (~padding).view(np.uint8)
    times = cv2.calcHist([codes], [0], mask, [len(every)], [0, len(every)]).ravel()
    order = np.argsort(every, kind="stable")
    order = order[times[order] > 0]
    return every[order].astype(np.float64), times[order].astype(np.int64)
