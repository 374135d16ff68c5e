"""The cardiothoracic ratio as the network would draw it, from its maps of lungs and heart; the reader corrects it."""

from __future__ import annotations

from uuid import uuid4

import cv2
import numpy as np
from numpy.typing import NDArray

from model.findings.prediction import HeatMap, Prediction
from viewer.measure.shapes import Measurement

LEVEL = 0.5
"""Where a map has no threshold of its own, its pixels count from here on."""
LUNG_SHARE = 0.25
"""A second lung counts when it is at least so large, as a share of the first; smaller islands are not lungs."""


def proposed_ratio(prediction: Prediction) -> Measurement | None:
    """Return the two widths that make the cardiothoracic ratio, as the network sees them.

    The chest is measured where the lungs reach furthest apart on one level (Danzer 1919); the heart from its
    leftmost to its rightmost edge, drawn at its own widest level. None when the network marks no heart or not both
    lungs.
    """
    lungs, heart = prediction.map_of("lungs"), prediction.map_of("heart")
    if lungs is None or heart is None:
        return None
    chest = _widest_level(lungs, _islands(lungs, 2))
    across = _extent(heart, _islands(heart, 1))
    if chest is None or across is None:
        return None
    (chest_row, chest_left, chest_right), (heart_row, heart_left, heart_right) = chest, across
    points = (
        (heart_row, heart_left),
        (heart_row, heart_right),
        (chest_row, chest_left),
        (chest_row, chest_right),
    )
    return Measurement(uuid4().hex, "cardiothoracic", points, origin="network")


Level = tuple[float, float, float]
"""Row, left and right column in film edge coordinates."""


def _threshold(heat_map: HeatMap) -> float:
    return LEVEL if heat_map.threshold is None else heat_map.threshold


def _islands(heat_map: HeatMap, most: int) -> NDArray[np.bool_]:
    """Return the cells above the threshold in the largest island, and in the next if it is large enough."""
    above = (heat_map.values >= _threshold(heat_map)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(above, connectivity=4)
    sizes = [(int(size), label) for label, size in enumerate(stats[:, cv2.CC_STAT_AREA]) if label > 0]
    largest = sorted(sizes, reverse=True)[:most]
    kept = [label for size, label in largest if size >= LUNG_SHARE * largest[0][0]]
    return np.isin(labels, kept)


def _widest_level(lungs: HeatMap, inside: NDArray[np.bool_]) -> Level | None:
    """Return the level on which the outer edges of two lungs lie furthest apart."""
    levels = [(row, *_edges(lungs, inside, row)) for row in np.flatnonzero(inside.any(axis=1)).tolist()]
    both = [level for level in levels if _parts(inside[level[0]]) >= 2]
    if not both:
        return None
    row, left, right = max(both, key=lambda level: level[2] - level[1])
    return _row_on_film(lungs, row), left, right


def _extent(heart: HeatMap, inside: NDArray[np.bool_]) -> Level | None:
    """Return the heart's whole extent across, at the level on which it is widest."""
    levels = [(row, *_edges(heart, inside, row)) for row in np.flatnonzero(inside.any(axis=1)).tolist()]
    if not levels:
        return None
    widest = max(levels, key=lambda level: level[2] - level[1])[0]
    return _row_on_film(heart, widest), min(level[1] for level in levels), max(level[2] for level in levels)


def _parts(row: NDArray[np.bool_]) -> int:
    """Return in how many parts a row of cells falls."""
    return int(np.count_nonzero(np.diff(np.concatenate([[False], row]).astype(np.int8)) == 1))


def _edges(heat_map: HeatMap, inside: NDArray[np.bool_], row: int) -> tuple[float, float]:
    """Return where the map crosses its threshold left and right of the cells of a row, between cell centres."""
    columns = np.flatnonzero(inside[row])
    values, grid = heat_map.values[row], heat_map.grid
    left = columns[0] + 0.5 - _beyond(heat_map, values, int(columns[0]), -1)
    right = columns[-1] + 0.5 + _beyond(heat_map, values, int(columns[-1]), 1)
    return grid.column + left * grid.cell_width, grid.column + right * grid.cell_width


def _beyond(heat_map: HeatMap, values: NDArray[np.float32], column: int, step: int) -> float:
    """Return how far beyond a cell's centre the threshold lies, in cells; half a cell at the end of the map."""
    if not 0 <= column + step < values.size:
        return 0.5
    inner, outer = float(values[column]), float(values[column + step])
    return 0.5 if inner <= outer else min((inner - _threshold(heat_map)) / (inner - outer), 1.0)


def _row_on_film(heat_map: HeatMap, row: int) -> float:
    return heat_map.grid.row + (row + 0.5) * heat_map.grid.cell_height
