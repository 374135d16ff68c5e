"""Smoothing: the one Gaussian that turns the raw layer-19 map into its smoothed map."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

REACH = 4.0
"""The kernel is cut at this many standard deviations; less than 0.01 % of its weight lies beyond."""


def smooth(values: NDArray[np.float32], sigma_cells: float) -> NDArray[np.float32]:
    """Smooth a map by a Gaussian, normalised at the edges so that a constant map stays constant.

    Parameters
    ----------
    values
        float32, shape (cells down, cells across).
    sigma_cells
        Standard deviation in cells of the map: a sigma in network input pixels divided by the stride. 0 changes
        nothing.

    Returns
    -------
    float32 of the same shape. Cells beyond the edge have no weight (normalised convolution, Knutsson 1993).

    Raises
    ------
    ValueError
        When sigma is negative or not finite.
    """
    if not (np.isfinite(sigma_cells) and sigma_cells >= 0):
        raise ValueError(f"sigma must be finite and not negative, but is {sigma_cells}")
    if sigma_cells == 0:
        return values.copy()
    blurred = _blur(values.astype(np.float32), sigma_cells)
    weight = _blur(np.ones_like(values, dtype=np.float32), sigma_cells)
    return np.asarray(blurred / weight, dtype=np.float32)


def _blur(values: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    radius = max(1, int(np.ceil(REACH * sigma)))
    kernel = cv2.getGaussianKernel(2 * radius + 1, sigma, cv2.CV_32F)
    blurred = cv2.sepFilter2D(values, cv2.CV_32F, kernel, kernel, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, dtype=np.float32)
