"""The one path from a film to what the network is given, for training and viewer alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from model.errors import NetworkError
from model.film.film import Film
from model.film.grey import Grey, auto_window, film_grey
from model.findings.prediction import Grid

_LEAST_SPREAD = 4.0
"""Standard deviation, in grey levels, below which a film is divided by this instead: flat films stay flat."""
_LEAST_SPAN = 0.1
"""Share of the grey scale that a film must span under its own window for that window to be believed."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a film of ``rows`` x ``columns`` lies in a square of ``size``: centred, aspect kept."""

    rows: int
    columns: int
    size: int

    @property
    def height(self) -> int:
        """Rows of the square that the film covers."""
        return max(1, round(self.size * self.rows / max(self.rows, self.columns)))

    @property
    def width(self) -> int:
        """Columns of the square that the film covers."""
        return max(1, round(self.size * self.columns / max(self.rows, self.columns)))

    @property
    def top(self) -> int:
        """First row of the square that the film covers."""
        return (self.size - self.height) // 2

    @property
    def left(self) -> int:
        """First column of the square that the film covers."""
        return (self.size - self.width) // 2

    @property
    def area(self) -> tuple[slice, slice]:
        """Rows and columns of the square that the film covers."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)

    @property
    def grid(self) -> Grid:
        """Where the pixels of the square lie on the film, in edge coordinates."""
        cell_height, cell_width = self.rows / self.height, self.columns / self.width
        return Grid(-self.top * cell_height, -self.left * cell_width, cell_height, cell_width)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A film as the network takes it.

    ``image``: float32, (size, size), standardised. ``grey``: uint8, (size, size), the same as grey levels, 0 around
    the film. ``inside``: bool, (size, size), True where the film is. ``grid``: where the pixels lie on the film.
    """

    image: NDArray[np.float32]
    grey: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    grid: Grid


def prepare(film: Film, size: int) -> Prepared:
    """Turn a film into the network's input.

    The film is reduced by area, shown as grey in its own polarity (bone white) through its own VOI LUT or window
    where it has one, stretched over the grey scale so that films of 8 and of 16 bits look alike, centred in a
    square, and standardised.

    Parameters
    ----------
    film
        Any film; padding pixels become black and count for nothing.
    size
        Side of the square in pixels, a multiple of 16.

    Raises
    ------
    NetworkError
        ``film_too_thin`` when the film would be less than 16 pixels high or wide in the square.
    """
    placement = Placement(film.rows, film.columns, size)
    if min(placement.height, placement.width) < 16:
        raise NetworkError(
            "film_too_thin",
            f"The film of {film.rows} x {film.columns} pixels is too long and thin for the network; crop it first.",
        )
    grey = np.zeros((size, size), dtype=np.uint8)
    grey[placement.area] = display_grey(film, placement.height, placement.width)
    inside = np.zeros((size, size), dtype=np.bool_)
    inside[placement.area] = True
    image = standardise(grey)
    for array in (image, grey, inside):
        array.setflags(write=False)
    return Prepared(image, grey, inside, placement.grid)


def display_grey(film: Film, height: int, width: int) -> NDArray[np.uint8]:
    """Return the film as grey levels of ``height`` x ``width``, in its own polarity and stretched over 0 .. 255."""
    small = _reduced(film, height, width)
    own = _own_grey(film)
    shown = film_grey(small, own) if own is not None else None
    if shown is None or np.ptp(np.percentile(shown, (1, 99))) < _LEAST_SPAN:
        stretched = film_grey(small)
    else:
        plain = replace(small, pixels=shown, low_is_white=False)
        stretched = film_grey(plain, auto_window(plain))
    return np.rint(stretched * 255).astype(np.uint8)


def standardise(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return grey levels with mean 0 and spread 1 over all that is not black.

    Black (letterbox, shutters, what was blacked out) is left out of the mean, so that it does not matter how much
    of it there is.
    """
    values = grey.astype(np.float32)
    seen = values[grey > 0]
    if seen.size == 0:
        return values
    spread = max(float(seen.std()), _LEAST_SPREAD)
    return np.asarray((values - seen.mean()) / np.float32(spread), dtype=np.float32)


def resize(values: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """Resize an image: averaging areas when it gets smaller, bilinear when it grows. dtype is kept where it can be."""
    smaller = height < values.shape[0] or width < values.shape[1]
    plain = values if values.dtype in (np.uint8, np.uint16, np.int16, np.float32) else values.astype(np.float32)
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(plain), (width, height), interpolation=method))


def _own_grey(film: Film) -> Grey | None:
    """Return the film's first VOI LUT, else its first window, else None."""
    own: tuple[Grey, ...] = (*film.tables, *film.windows)
    return own[0] if own else None


def _reduced(film: Film, height: int, width: int) -> Film:
    """Return the film with fewer pixels; a pixel that any padding went into is padding."""
    padding = None
    if film.padding is not None and film.padding.any():
        padding = resize(film.padding.astype(np.float32), height, width) > 0
    return replace(film, pixels=resize(film.pixels, height, width), padding=padding)
