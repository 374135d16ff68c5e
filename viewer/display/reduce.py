"""Reduced copies of a film's pixels at screen scale: averaged once per zoom, then kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from viewer.display.aids import aided
from viewer.display.look import Aids

KEPT_BYTES = 64 * 2**20
NO_AIDS = Aids()


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """A film's pixels at another size, in the film's orientation and dtype (int32 becomes float32)."""

    values: NDArray[np.generic]
    padding: NDArray[np.bool_] | None

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return int(self.values.shape[0]), int(self.values.shape[1])


def reduced(film: Film, rows: int, columns: int) -> Reduced:
    """Return the film at ``rows`` × ``columns``: area averages when smaller, linear between pixels when larger.

    At the film's own size the very same pixels come back, not a copy.
    """
    if (rows, columns) == (film.rows, film.columns):
        return Reduced(film.pixels, film.padding)
    padding = None
    if film.padding is not None:
        padding = _resized(film.padding.view(np.uint8) * np.uint8(255), rows, columns) >= 128
    return Reduced(_resized(film.pixels, rows, columns), padding)


def _resized(pixels: NDArray[Any], rows: int, columns: int) -> NDArray[Any]:
    source = pixels.astype(np.float32) if pixels.dtype.itemsize > 2 else pixels
    smaller = rows <= pixels.shape[0] and columns <= pixels.shape[1]
    return np.asarray(
        cv2.resize(source, (columns, rows), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    )


class Reductions:
    """The reduced copies of one film, the least recently used dropped beyond a number of bytes.

    The film as image aids show it is made once and kept until other aids are asked for.
    """

    def __init__(self, film: Film, kept_bytes: int = KEPT_BYTES) -> None:
        self._film = film
        self._aided = (NO_AIDS, film)
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[tuple[int, int, Aids], Reduced] = OrderedDict()

    def at(self, scale: float, aids: Aids = NO_AIDS) -> Reduced:
        """Return the film at ``scale`` screen pixels per film pixel; from 1 upwards at its own size."""
        part = min(scale, 1.0)
        return self.sized(max(1, round(self._film.rows * part)), max(1, round(self._film.columns * part)), aids)

    def sized(self, rows: int, columns: int, aids: Aids = NO_AIDS) -> Reduced:
        """Return the film at ``rows`` × ``columns``, made once; its own size costs nothing and is not counted."""
        if (rows, columns) == (self._film.rows, self._film.columns):
            return reduced(self._shown(aids), rows, columns)
        key = (rows, columns, aids)
        found = self._kept.pop(key, None) or reduced(self._shown(aids), rows, columns)
        self._kept[key] = found
        while len(self._kept) > 1 and sum(r.values.nbytes for r in self._kept.values()) > self._kept_bytes:
            self._kept.popitem(last=False)
        return found

    def _shown(self, aids: Aids) -> Film:
        if self._aided[0] != aids:
            self._aided = (aids, aided(self._film, aids))
        return self._aided[1]
