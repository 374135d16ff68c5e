"""Masks of a row painted as whole-film pictures, whatever size the film is wanted in."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.datasets.collection import DatasetError
from training.datasets.row import MaskPart, PixelKind, Row


def paint(root: Path, row: Row, kind: PixelKind, shape: tuple[int, int]) -> NDArray[np.bool_] | None:
    """Return where the film shows ``kind``, shape ``shape`` (rows, columns); None when nobody looked for it.

    All parts of the kind are joined (left and right lung; ground glass and consolidation).
    """
    if kind not in row.masked:
        return None
    painted = np.zeros(shape, bool)
    for part in row.masks:
        if part.kind == kind:
            _paint_part(painted, part, read_mask(root / part.path))
    return painted


def read_mask(path: Path) -> NDArray[np.bool_]:
    """Return a mask file as True inside, shape (rows, columns); colour counts, transparency does not.

    Raises
    ------
    DatasetError
        When the file is missing or no image.
    """
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise DatasetError("mask", f"{path} is missing or no image: run prepare again to see what is there.")
    return np.asarray(picture.max(axis=2) > 0)


def _paint_part(painted: NDArray[np.bool_], part: MaskPart, mask: NDArray[np.bool_]) -> None:
    down, across = painted.shape[0] / part.film_height, painted.shape[1] / part.film_width
    top, left = round(part.top * down), round(part.left * across)
    bottom, right = round((part.top + part.height) * down), round((part.left + part.width) * across)
    size = (max(1, right - left), max(1, bottom - top))
    scaled = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) >= 0.5
    inside = painted[top:bottom, left:right]
    inside |= scaled[: inside.shape[0], : inside.shape[1]]
