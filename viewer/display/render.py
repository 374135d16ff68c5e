"""The picture: a film as it is seen, the same for the screen, for exports and for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from viewer.display.aids import aided
from viewer.display.look import Look, Pose
from viewer.display.pose import posed, posed_shape, to_film, to_posed
from viewer.display.reduce import reduced
from viewer.display.windowing import grey_bytes

__all__ = ["Picture", "grey_bytes", "render"]

Size = Literal["native"] | int


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is seen of a film: grey bytes in the look's pose, with the way back to the film.

    ``pixels``: uint8, shape (rows, columns) as seen. Mapped points are (row, column) edge coordinates,
    shape (n, 2): 0 is the outer edge of the first pixel.
    """

    pixels: NDArray[np.uint8]
    pose: Pose
    film_rows: int
    film_columns: int

    def _scale(self) -> NDArray[np.float64]:
        """Return picture pixels per film pixel, down and across as seen."""
        seen = posed_shape(self.film_rows, self.film_columns, self.pose)
        return np.asarray(self.pixels.shape, dtype=np.float64) / seen

    def from_film(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map points of the film to points of the picture."""
        return to_posed(points, self.pose, self.film_rows, self.film_columns) * self._scale()

    def to_film(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map points of the picture to points of the film."""
        return to_film(np.asarray(points) / self._scale(), self.pose, self.film_rows, self.film_columns)


def film_aspect(film: Film) -> float:
    """Return the height of one pixel over its width, 1 when the spacing is not known."""
    return film.spacing.row_mm / film.spacing.column_mm if film.spacing else 1.0


def sized(film: Film, size: Size) -> tuple[int, int]:
    """Return (rows, columns) before the pose: the film's own, or the longer side at ``size`` pixels.

    Square millimetres are kept square where the film has a spacing, except at native size.

    Raises
    ------
    ValueError
        When ``size`` is not positive.
    """
    if size == "native":
        return film.rows, film.columns
    if size < 1:
        raise ValueError(f"A picture needs a size of at least 1 pixel; got {size}.")
    height, width = film.rows * film_aspect(film), float(film.columns)
    scale = size / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def render(film: Film, look: Look, size: Size = "native") -> Picture:
    """Return the film as seen with this look.

    Parameters
    ----------
    film
        The film.
    look
        Grey scale, inversion, pose and aids.
    size
        "native": one picture pixel per film pixel, exactly the bytes that the window shows at 100 %;
        else the length of the longer side in pixels.

    Returns
    -------
    Picture
        ``pixels`` contiguous, read-only.
    """
    small = reduced(aided(film, look.aids), *sized(film, size))
    pixels = np.ascontiguousarray(posed(grey_bytes(small.values, film, look, small.padding), look.pose))
    pixels.flags.writeable = False
    return Picture(pixels, look.pose, film.rows, film.columns)
