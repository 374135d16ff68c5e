"""The beam: a point source, a flat detector, and the rays between them, for each way of standing before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

ViewName = Literal["PA", "AP", "LL"]

SOURCE_TO_DETECTOR_MM = 1800.0


@dataclass(frozen=True, slots=True, eq=False)
class Beam:
    """A cone beam in the patient frame (x left, y back, z head; mm).

    ``right`` and ``down`` are the patient directions of growing film column and row; ``depth_axis`` is
    the patient axis (0 or 1) along which the central ray runs; ``near`` and ``far`` bound the torso on it.
    """

    source: NDArray[np.float64]
    centre: NDArray[np.float64]
    right: NDArray[np.float64]
    down: NDArray[np.float64]
    depth_axis: int
    near: float
    far: float
    orientation: tuple[str, str]

    @property
    def reach(self) -> float:
        """Distance from source to detector."""
        return float(np.linalg.norm(self.centre - self.source))

    @property
    def magnification(self) -> float:
        """Enlargement of what lies in the middle of the torso."""
        return self.magnification_at(0.0)

    def magnification_at(self, depth: float) -> float:
        """Enlargement of what lies at ``depth`` on the depth axis."""
        return float(self.reach / abs(depth - self.source[self.depth_axis]))


_VIEWS: dict[ViewName, tuple[int, float, tuple[float, float, float], float, float, tuple[str, str]]] = {
    # axis, detector position, right, near, far, letters
    "PA": (1, -145.0, (1, 0, 0), -165.0, 135.0, ("L", "F")),
    "AP": (1, 145.0, (1, 0, 0), -165.0, 135.0, ("L", "F")),
    "LL": (0, 200.0, (0, 1, 0), -185.0, 185.0, ("P", "F")),
}


def beam(view: ViewName, scale: float = 1.0, centre_z_mm: float = -8.0) -> Beam:
    """Return the beam of one view, its central ray at height ``centre_z_mm``.

    All lengths are those of an adult: for a person of another ``scale`` the room shrinks or grows instead.
    """
    axis, position, right, near, far, letters = _VIEWS[view]
    centre = np.zeros(3)
    centre[2], centre[axis] = centre_z_mm, position
    source = centre.copy()
    source[axis] = position - np.sign(position) * SOURCE_TO_DETECTOR_MM / scale
    down = np.array([0.0, 0.0, -1.0])
    return Beam(source, centre, np.array(right, dtype=float), down, axis, near, far, letters)


@dataclass(frozen=True, slots=True)
class RayGrid:
    """Square grid of rays on the detector: pixel centres at ``(i + 0.5 - n / 2) * spacing_mm``."""

    rows: int
    columns: int
    spacing_mm: float

    @property
    def across(self) -> NDArray[np.float32]:
        """Detector positions of the columns in mm, 0 at the central ray."""
        return ((np.arange(self.columns) + 0.5 - self.columns / 2) * self.spacing_mm).astype(np.float32)

    @property
    def down(self) -> NDArray[np.float32]:
        """Detector positions of the rows in mm, 0 at the central ray."""
        return ((np.arange(self.rows) + 0.5 - self.rows / 2) * self.spacing_mm).astype(np.float32)

    def finer(self, times: int) -> RayGrid:
        """Return the same field with ``times`` as many rays along either side."""
        return RayGrid(self.rows * times, self.columns * times, self.spacing_mm / times)
