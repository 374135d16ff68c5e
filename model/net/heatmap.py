"""Heat maps: what the network's layers say, cell by cell, laid exactly on the film and on the card's scale."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model.card import MapScale
from model.findings.calibration import Calibration
from model.findings.prediction import Grid, HeatMap

Reduction = Literal["literal", "positive", "absolute"]
Cells = NDArray[np.float32]


def layer_sum(activations: Tensor, reduction: Reduction = "positive") -> Cells:
    """Join the channels of a layer into one map.

    Parameters
    ----------
    activations
        Post-activation output, (C, h, w). ELU reaches down to -1, so that channels can cancel each other.
    reduction
        "literal" sums the channels as they are (the paper's unweighted sum), "positive" only their positive parts,
        "absolute" their absolute values.

    Returns
    -------
    float32, shape (h, w).
    """
    if reduction == "positive":
        activations = activations.clamp_min(0)
    elif reduction == "absolute":
        activations = activations.abs()
    return np.asarray(activations.float().sum(dim=0).cpu().numpy(), dtype=np.float32)


def class_map(evidence: Tensor, lungs: Tensor, calibration: Calibration) -> Cells:
    """Turn the evidence for one finding into what each cell adds to the answer, in calibrated log-odds.

    A cell of the lungs shows its own log-odds; a cell outside them, which has no say, shows the threshold. In
    between, ``threshold + lungs * (own log-odds - threshold)``. It is exact: the sum of the map's distances from the
    threshold, over the sum of ``lungs``, is the distance of the answer's log-odds from the threshold.

    Parameters
    ----------
    evidence
        One channel of the network's evidence, (h, w).
    lungs
        The weights it was pooled with, (h, w).

    Returns
    -------
    float32, shape (h, w).
    """
    threshold = calibration.threshold_log_odds
    own = evidence.float() / calibration.temperature + calibration.offset
    values = threshold + lungs.float() * (own - threshold)
    return np.asarray(values.cpu().numpy(), dtype=np.float32)


def probabilities(logits: Tensor) -> Cells:
    """Return the pixel probabilities of one class, float32, shape (h, w)."""
    return np.asarray(torch.sigmoid(logits.float()).cpu().numpy(), dtype=np.float32)


def coarser(grid: Grid, stride: int) -> Grid:
    """Return the grid of a map with ``stride`` input pixels per cell; ``grid`` is that of the input pixels."""
    return replace(grid, cell_height=grid.cell_height * stride, cell_width=grid.cell_width * stride)


def crop(values: Cells, grid: Grid, size: tuple[int, int]) -> tuple[Cells, Grid]:
    """Keep the cells that overlap the film; cells wholly on padding go.

    Parameters
    ----------
    values
        float32, shape (cells down, cells across).
    grid
        Where the cells lie, in the film's edge coordinates.
    size
        Rows and columns of the film.

    Returns
    -------
    The kept cells (read-only) and their grid. The outermost cells may still overhang the film.
    """
    top, bottom = _overlap(grid.row, grid.cell_height, size[0], values.shape[0])
    left, right = _overlap(grid.column, grid.cell_width, size[1], values.shape[1])
    kept = np.ascontiguousarray(values[top:bottom, left:right])
    kept.setflags(write=False)
    corner = replace(grid, row=grid.row + top * grid.cell_height, column=grid.column + left * grid.cell_width)
    return kept, corner


def _overlap(start: float, step: float, length: int, count: int) -> tuple[int, int]:
    """Return the first cell that reaches onto 0 .. length and the one after the last that does."""
    slack = 1e-6
    first = max(0, math.floor(-start / step + slack))
    last = min(count, math.ceil((length - start) / step - slack))
    return first, max(last, first)


def scaled(values: Cells, grid: Grid, scale: MapScale, sigma: float | None = None) -> HeatMap:
    """Return the map with its fixed colour bar from the card; ``sigma`` tells by how much it was smoothed."""
    return HeatMap(scale.kind, scale.finding, values, grid, scale.low, scale.high, scale.threshold, sigma)
