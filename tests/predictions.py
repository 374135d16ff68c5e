"""Predictions made by hand for any film, so that overlays, exports and commands are tested without a network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from model.findings.prediction import Box, Finding, Grid, HeatMap, MapKind, ModelIdentity, Prediction, Refusal, Remedy

Array = TypeVar("Array", bound=NDArray[np.generic])

IDENTITY = ModelIdentity("synthetic", "0.0.1", "0" * 64)
LONG_SIDE_CELLS = 40
FEATURES = np.array([0.5, -0.25], np.float32)
"""What every network by hand found in every film."""


def prediction_for(
    film: Film,
    *,
    hot_spot: tuple[float, float] | None = None,
    boxes: Sequence[Box] | None = None,
    probabilities: tuple[float, float] = (0.87, 0.34),
    refusal: Refusal | None = None,
    forced: bool = False,
    corrected: Remedy | None = None,
    seconds: float = 0.05,
) -> Prediction:
    """Return a full prediction for this film: two lungs, a heart, one opacity, every kind of map.

    The opacity is a bump centred on ``hot_spot`` (row, column in edge coordinates; default: in the lung on the
    left side of the film), and the one default box is drawn around it. ``probabilities`` are those of lung
    opacity and of COVID-19. With a ``refusal`` that was neither ``forced`` nor ``corrected``, findings, boxes and
    extent are empty.
    """
    rows, columns = film.rows, film.columns
    spot = hot_spot or (0.62 * rows, 0.28 * columns)
    grid = cells_over(film)
    bump = _bump(film, grid, spot, 0.06 * max(rows, columns))
    lungs = np.maximum(_ellipse(film, grid, (0.5, 0.28), (0.33, 0.14)), _ellipse(film, grid, (0.5, 0.72), (0.33, 0.14)))
    answered = refusal is None or forced or corrected is not None
    return Prediction(
        film_key=film.key,
        findings=_findings(probabilities) if answered else (),
        boxes=tuple(boxes if boxes is not None else (box_around(film, spot),)) if answered else (),
        maps=(
            _map("intensity", None, 40.0 + 80.0 * bump, grid, (20.0, 120.0, None)),
            _map("smoothed", None, 40.0 + 70.0 * bump, grid, (20.0, 120.0, None)),
            _map("class", "lung_opacity", 8.0 * bump - 3.0, grid, (-3.0, 5.0, 0.0)),
            _map("class", "covid19", 5.0 * bump - 3.0, grid, (-3.0, 5.0, 0.0)),
            _map("opacity", "lung_opacity", 0.95 * bump, grid, (0.0, 1.0, 0.5)),
            _map("lungs", None, lungs, grid, (0.0, 1.0, 0.5)),
            _map("heart", None, _ellipse(film, grid, (0.66, 0.54), (0.14, 0.17)), grid, (0.0, 1.0, 0.5)),
        ),
        opacity_extent=0.12 if answered else None,
        model=IDENTITY,
        device="CPU (1 thread)",
        seconds=seconds,
        seen=_frozen((255.0 * bump).astype(np.uint8)),
        seen_grid=grid,
        features=FEATURES if answered else None,
        refusal=refusal,
        forced=forced,
        corrected=corrected,
    )


def refused(film: Film, code: str = "lateral") -> Prediction:
    """Return a prediction that refuses this film."""
    return prediction_for(film, refusal=Refusal(code, "This is not a frontal film, so it was not judged."))


def cells_over(film: Film, long_side: int = LONG_SIDE_CELLS) -> Grid:
    """Return a grid of square cells over the film, ``long_side`` along the longer side; the last may overhang."""
    cell = max(film.rows, film.columns) / long_side
    return Grid(row=0.0, column=0.0, cell_height=cell, cell_width=cell)


def box_around(film: Film, spot: tuple[float, float], score: float = 0.78, finding: str = "lung_opacity") -> Box:
    """Return a box of a sixth by an eighth of the film centred on ``spot`` and clipped to the film."""
    height, width = film.rows / 6, film.columns / 8
    top, left = max(spot[0] - height / 2, 0.0), max(spot[1] - width / 2, 0.0)
    bottom, right = min(spot[0] + height / 2, film.rows), min(spot[1] + width / 2, film.columns)
    return Box(finding, score, top, left, bottom - top, right - left)


def _findings(probabilities: tuple[float, float]) -> tuple[Finding, ...]:
    names = ("lung_opacity", "covid19")
    return tuple(
        Finding(name, p, 0.5, "below" if p < 0.4 else "above" if p >= 0.6 else "uncertain")
        for name, p in zip(names, probabilities, strict=True)
    )


def _centres(film: Film, grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    down = math.ceil(film.rows / grid.cell_height)
    across = math.ceil(film.columns / grid.cell_width)
    row = grid.row + (np.arange(down) + 0.5) * grid.cell_height
    column = grid.column + (np.arange(across) + 0.5) * grid.cell_width
    return row[:, None], column[None, :]


def _bump(film: Film, grid: Grid, spot: tuple[float, float], sigma: float) -> NDArray[np.float64]:
    row, column = _centres(film, grid)
    return np.asarray(np.exp(-((row - spot[0]) ** 2 + (column - spot[1]) ** 2) / (2 * sigma**2)))


def _ellipse(film: Film, grid: Grid, centre: tuple[float, float], radii: tuple[float, float]) -> NDArray[np.float64]:
    row, column = _centres(film, grid)
    distance = ((row / film.rows - centre[0]) / radii[0]) ** 2 + ((column / film.columns - centre[1]) / radii[1]) ** 2
    return np.asarray(1.0 / (1.0 + np.exp(6.0 * (distance - 1.0))))


def _map(
    kind: MapKind,
    finding: str | None,
    values: NDArray[np.float64],
    grid: Grid,
    scale: tuple[float, float, float | None],
) -> HeatMap:
    return HeatMap(kind, finding, _frozen(values.astype(np.float32)), grid, *scale)


def _frozen(values: Array) -> Array:
    values.setflags(write=False)
    return values
