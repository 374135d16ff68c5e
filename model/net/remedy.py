"""Remedies: an inverted or turned film put right for the network, and its answer laid back on the film as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from model.findings.prediction import Box, Grid, HeatMap, Prediction, Remedy
from model.net.preprocess import Prepared, standardise
from model.net.view import View

REMEDIES: dict[View, Remedy] = {
    "inverted": "invert",
    "turned_90": "turn_left",
    "turned_180": "turn_over",
    "turned_270": "turn_right",
}
"""What puts each view right; other views cannot be."""
_QUARTERS: dict[Remedy, int] = {"invert": 0, "turn_left": 1, "turn_over": 2, "turn_right": 3}
"""Anticlockwise."""

Size = tuple[int, int]


def remedied(film: Film, prepared: Prepared, remedy: Remedy) -> tuple[Film, Prepared]:
    """Return film and prepared image put right; of the film, shape and words are right, its greys are not touched."""
    if remedy == "invert":
        grey = np.where(prepared.inside, 255 - prepared.grey, 0).astype(np.uint8)
        return film, replace(prepared, grey=grey, image=standardise(grey))
    quarters = _QUARTERS[remedy]
    grey, grid = _turned(prepared.grey, prepared.grid, (film.rows, film.columns), quarters)
    inside = np.ascontiguousarray(np.rot90(prepared.inside, quarters))
    return replace(film, pixels=np.rot90(film.pixels, quarters), padding=None), Prepared(
        standardise(grey), grey, inside, grid
    )


def undone(answer: Prediction, remedy: Remedy, size: Size) -> Prediction:
    """Return an answer about a film put right, of ``size`` (rows, columns), in the coordinates of the film as it is.

    What the network saw stays as it was seen.
    """
    back = -_QUARTERS[remedy] % 4
    maps = tuple(_map_turned(heat_map, size, back) for heat_map in answer.maps)
    boxes = tuple(_box_turned(box, size, back) for box in answer.boxes)
    return replace(answer, maps=maps, boxes=boxes, forced=False, corrected=remedy)


def _map_turned(heat_map: HeatMap, size: Size, quarters: int) -> HeatMap:
    values, grid = _turned(heat_map.values, heat_map.grid, size, quarters)
    values.setflags(write=False)
    return replace(heat_map, values=values, grid=grid)


def _turned(values: NDArray[Any], grid: Grid, size: Size, quarters: int) -> tuple[NDArray[Any], Grid]:
    """Turn cells anticlockwise together with a film of ``size`` that they lie on."""
    for _ in range(quarters):
        right = grid.column + values.shape[1] * grid.cell_width
        grid = Grid(size[1] - right, grid.row, grid.cell_width, grid.cell_height)
        values, size = np.rot90(values), size[::-1]
    return np.ascontiguousarray(values), grid


def _box_turned(box: Box, size: Size, quarters: int) -> Box:
    """Turn a box anticlockwise together with a film of ``size`` that it lies on."""
    for _ in range(quarters):
        top = size[1] - (box.column + box.width)
        box, size = replace(box, row=top, column=box.row, height=box.width, width=box.height), size[::-1]
    return box
