"""The automatic window on the screen: the network's own, opened up to what it leaves out inside the picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film, Window
from model.film.grey import Sample, exposed_sample, sample_window, span_window

LEAST_SHARE = 0.005
"""Of the picture: smaller patches of black or white than this inside it may be clipped."""


def shown_window(film: Film) -> Window:
    """Return the window computed from the film's values that shows all that lies within the picture.

    :func:`model.film.grey.auto_window` leaves out black and white that many pixels share. Where such pixels
    run in from the edge they are air, collimator or letterbox; where they lie inside the picture, as the
    patches of a test pattern do, they are to be seen, and the window is opened up to them.
    """
    return opened_window(exposed_sample(film))


def opened_window(sample: Sample) -> Window:
    """Return the window of :func:`shown_window` from a sample of the film."""
    window = sample_window(sample)
    enclosed = sample.values[_enclosed(~sample.inside)]
    if enclosed.size < LEAST_SHARE * sample.values.size:
        return window
    low, high = window.center - window.width / 2, window.center + window.width / 2
    return span_window(min(low, float(enclosed.min())), max(high, float(enclosed.max())), window.name)


def _enclosed(marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which marked pixels are not joined to the edge by marked pixels."""
    _, labels = cv2.connectedComponents(marked.astype(np.uint8), connectivity=8)
    at_edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return np.asarray(marked & ~np.isin(labels, at_edge))
