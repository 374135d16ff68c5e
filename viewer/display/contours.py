"""Outlines of what a map marks, as polygons on the film."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from model.findings.prediction import HeatMap

LATTICE_SIDE = 1024
FINEST = 16
"""Lattice points per cell along each side, at most; fewer when the lattice would grow beyond its side."""
LEAST_CELLS = 1.0
"""Specks of a smaller area than so many cells are left out."""


def outlines(heat_map: HeatMap, threshold: float | None = None) -> tuple[NDArray[np.float64], ...]:
    """Return the outlines of the areas above a map's threshold, largest first.

    Parameters
    ----------
    heat_map
        The map, interpolated linearly between cell centres.
    threshold
        None takes the map's own.

    Returns
    -------
    tuple of numpy.ndarray
        Closed polygons of (row, column) film edge coordinates, shape (n, 2), n at least 3, the last
        point not repeated. Holes are not outlined.

    Raises
    ------
    ValueError
        When neither the map nor the caller has a threshold.
    """
    level = heat_map.threshold if threshold is None else threshold
    if level is None:
        raise ValueError(f"The {heat_map.kind} map has no threshold; give one to outline it.")
    cells_down, cells_across = heat_map.values.shape
    fineness = max(2, min(FINEST, LATTICE_SIDE // max(cells_across, cells_down)))
    size = cells_across * fineness, cells_down * fineness
    fine = cv2.resize(heat_map.values, size, interpolation=cv2.INTER_LINEAR)
    inside = (fine > level).astype(np.uint8)
    found, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    kept = [contour for contour in found if cv2.contourArea(contour) >= LEAST_CELLS * fineness**2]
    kept.sort(key=cv2.contourArea, reverse=True)
    return tuple(
        _on_film(_smoothed(contour[:, 0].astype(np.float64), fineness), fineness, heat_map) for contour in kept
    )


def _smoothed(points: NDArray[np.float64], fineness: int) -> NDArray[np.float64]:
    """Take the steps of the lattice out of a closed line by a running mean, then thin it."""
    around = min(fineness // 2, len(points) // 4)
    wrapped = np.concatenate([points[-around:], points, points[:around]])
    summed = np.cumsum(np.concatenate([np.zeros((1, 2)), wrapped]), axis=0)
    mean = (summed[2 * around + 1 :] - summed[: -2 * around - 1]) / (2 * around + 1)
    return np.asarray(mean[:: max(1, math.ceil(fineness / 4))])


def _on_film(points: NDArray[np.float64], fineness: int, heat_map: HeatMap) -> NDArray[np.float64]:
    """Map lattice (x, y) to film (row, column) edge coordinates."""
    grid = heat_map.grid
    cells = (points[:, ::-1] + 0.5) / fineness
    return np.asarray(cells * (grid.cell_height, grid.cell_width) + (grid.row, grid.column))
