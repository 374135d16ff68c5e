"""The truth of one film on the network's input: masks and boxes as people drew them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from model.net.preprocess import Placement
from training.datasets.row import PixelKind, Row
from training.masks import paint
from training.metrics.boxes import Boxes

SMALLEST_BOX = 0.001
"""Pieces of an opacity mask below this share of the film are specks of the brush, not boxes."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What people drew on one film.

    ``masks``: by kind, bool, in network input pixels (size, size). ``boxes``: in fractions of the film, shape (n, 4),
    None when nobody looked for boxes; from radiologists' boxes, else from the pieces of the opacity mask.
    """

    masks: dict[PixelKind, Mask]
    boxes: Boxes | None


def of(root: Path, row: Row, placement: Placement) -> Truth:
    """Return the truth of a film that lies in the network's input as ``placement`` says."""
    masks: dict[PixelKind, Mask] = {}
    for kind in row.masked:
        drawn = paint(root, row, kind, (placement.height, placement.width))
        if drawn is not None and (drawn.any() or kind == "opacity"):
            whole = np.zeros((placement.size, placement.size), bool)
            whole[placement.area] = drawn
            masks[kind] = whole
    return Truth(masks, _boxes(row, masks.get("opacity"), placement))


def pieces(mask: Mask, smallest: float) -> NDArray[np.int64]:
    """Return top, left, height and width of each connected piece of at least ``smallest`` pixels, shape (n, 4)."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    kept = stats[1:][stats[1:, cv2.CC_STAT_AREA] >= smallest]
    order = [cv2.CC_STAT_TOP, cv2.CC_STAT_LEFT, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH]
    return np.asarray(kept[:, order], np.int64).reshape(-1, 4)


def as_fractions(found: NDArray[np.int64], placement: Placement) -> Boxes:
    """Turn boxes in input pixels into fractions of the film."""
    corner = np.array([placement.top, placement.left, 0, 0])
    span = np.array([placement.height, placement.width] * 2)
    return np.asarray((found - corner) / span, np.float64)


def _boxes(row: Row, opacity: Mask | None, placement: Placement) -> Boxes | None:
    if opacity is not None:
        smallest = SMALLEST_BOX * placement.height * placement.width
        return as_fractions(pieces(opacity, smallest), placement)
    if row.boxed:
        drawn = [[box.row, box.column, box.height, box.width] for box in row.boxes]
        return np.array(drawn, np.float64).reshape(-1, 4)
    return None
