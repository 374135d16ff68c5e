"""What lies on the detector besides the patient: the lead letter and the collimator's leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.phantom.geometry import RayGrid

Image = NDArray[np.float32]

BORDER_MM = 5.0
_LETTER_MM = (9.0, 15.0)
_STROKE_MM = 3.0
_TILT = np.radians(11)
_PLACE = (0.452, 0.405)
_LEAD_LETS_THROUGH = 0.004


def letter(grid: RayGrid) -> Image:
    """Return the coverage 0 .. 1 of the lead "L" at the patient's left, the upper right of the film."""
    height, width = grid.rows * grid.spacing_mm, grid.columns * grid.spacing_mm
    x = (grid.across - np.float32(_PLACE[0] * width))[None]
    y = (grid.down + np.float32(_PLACE[1] * height))[:, None]
    u = x * np.cos(_TILT) + y * np.sin(_TILT)
    v = -x * np.sin(_TILT) + y * np.cos(_TILT)
    foot = _bar(u, v - (_LETTER_MM[1] - _STROKE_MM) / 2, (_LETTER_MM[0], _STROKE_MM), grid.spacing_mm)
    stem = _bar(u + (_LETTER_MM[0] - _STROKE_MM) / 2, v, (_STROKE_MM, _LETTER_MM[1]), grid.spacing_mm)
    return np.asarray(np.maximum(foot, stem), dtype=np.float32)


def _bar(u: Image, v: Image, size: tuple[float, float], edge: float) -> Image:
    """Return the coverage of a bar of ``size`` (width, height) in mm around the origin."""
    within = np.minimum(size[0] / 2 - np.abs(u), size[1] / 2 - np.abs(v))
    return np.asarray(np.clip(within / edge + 0.5, 0, 1), dtype=np.float32)


def leaded(exposure: Image, grid: RayGrid) -> Image:
    """Return the exposure with the letter's shadow."""
    cover = letter(grid)
    return np.asarray(exposure * (1 - cover * np.float32(1 - _LEAD_LETS_THROUGH)), dtype=np.float32)


def field(shape: tuple[int, ...], spacing_mm: float) -> NDArray[np.bool_]:
    """Return what the collimator leaves open of a film of ``shape`` (rows, columns)."""
    rows, columns = shape
    border = min(round(BORDER_MM / spacing_mm), rows // 8, columns // 8)
    opened = np.zeros((rows, columns), dtype=bool)
    opened[border : rows - border, border : columns - border] = True
    return opened
