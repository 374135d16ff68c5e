"""Contact sheets: many films in one picture, with what was drawn on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film import open_film
from model.net.preprocess import Placement, display_grey
from training.datasets.row import PixelKind, Row
from training.masks import paint

Colour = NDArray[np.uint8]
"""Shape (rows, columns, 3), blue, green, red."""
SHADES: dict[PixelKind, tuple[int, int, int]] = {
    "lungs": (120, 200, 90),
    "heart": (220, 150, 70),
    "opacity": (60, 90, 240),
}
BOX_SHADE = (40, 210, 240)
_CAPTION_PX, _GAP_PX = 16, 3


def sheet(root: Path, rows: Sequence[Row], captions: Sequence[str], side: int = 150, across: int = 8) -> Colour:
    """Return a picture of the films, ``across`` in a line, each in a square of ``side`` with its caption below.

    Outlines: lungs green, heart blue, opacity red, boxes yellow.
    """
    tiles = [_tile(root, row, caption, side) for row, caption in zip(rows, captions, strict=True)]
    blank = np.full_like(tiles[0], 255)
    tiles += [blank] * (-len(tiles) % across)
    lines = [np.hstack(tiles[first : first + across]) for first in range(0, len(tiles), across)]
    return np.vstack(lines)


def jpeg(picture: Colour) -> bytes:
    """Return the picture as a JPEG file."""
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tobytes()


def shown(root: Path, row: Row, side: int) -> Colour:
    """Return one film in a square of ``side`` with its masks and boxes outlined."""
    film = open_film(root / row.path)
    placement = Placement(film.rows, film.columns, side)
    picture = np.zeros((side, side, 3), np.uint8)
    grey = display_grey(film, placement.height, placement.width)
    inner = np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))
    for kind, shade in SHADES.items():
        mask = paint(root, row, kind, (placement.height, placement.width))
        if mask is not None:
            outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
            cv2.drawContours(inner, outlines, -1, shade, 1)
    for box in row.boxes:
        top, left = round(box.row * placement.height), round(box.column * placement.width)
        bottom, right = top + round(box.height * placement.height), left + round(box.width * placement.width)
        cv2.rectangle(inner, (left, top), (right, bottom), BOX_SHADE, 1)
    picture[placement.area] = inner
    return picture


def _tile(root: Path, row: Row, caption: str, side: int) -> Colour:
    tile = np.full((side + _CAPTION_PX + _GAP_PX, side + _GAP_PX, 3), 255, np.uint8)
    tile[:side, :side] = shown(root, row, side)
    where = (1, side + _CAPTION_PX - 4)
    cv2.putText(tile, caption, where, cv2.FONT_HERSHEY_SIMPLEX, 0.34, (60, 50, 40), 1, cv2.LINE_AA)
    return tile
