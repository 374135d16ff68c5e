"""Poses: the eight ways to lay a film on the box, as a group, on arrays and on points.

Edge coordinates are used throughout: 0 is the outer edge of the first pixel, pixel i spans i .. i + 1.
"""

from __future__ import annotations

from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from viewer.display.look import Pose

IDENTITY = Pose()
ALL_POSES = tuple(Pose(m, cast("Literal[0, 1, 2, 3]", q)) for m in (False, True) for q in range(4))


def _pose(mirrored: bool, turns: int) -> Pose:
    return Pose(mirrored, cast("Literal[0, 1, 2, 3]", turns % 4))


def turned(pose: Pose, quarter_turns: int = 1) -> Pose:
    """Return the pose after turning what is seen clockwise by so many quarters (negative: anticlockwise)."""
    return _pose(pose.mirrored, pose.quarter_turns + quarter_turns)


def flipped_horizontally(pose: Pose) -> Pose:
    """Return the pose after exchanging left and right as seen on the screen."""
    return _pose(not pose.mirrored, -pose.quarter_turns)


def flipped_vertically(pose: Pose) -> Pose:
    """Return the pose after exchanging top and bottom as seen on the screen."""
    return _pose(not pose.mirrored, 2 - pose.quarter_turns)


def composed(first: Pose, then: Pose) -> Pose:
    """Return the one pose that equals ``first`` followed by ``then``."""
    turned_first = -first.quarter_turns if then.mirrored else first.quarter_turns
    return _pose(first.mirrored != then.mirrored, turned_first + then.quarter_turns)


def inverse(pose: Pose) -> Pose:
    """Return the pose that takes back this one."""
    return pose if pose.mirrored else _pose(False, -pose.quarter_turns)


def posed(array: NDArray[Any], pose: Pose) -> NDArray[Any]:
    """Return a view of an array, shape (rows, columns, ...), laid in this pose."""
    mirrored = array[:, ::-1] if pose.mirrored else array
    return np.rot90(mirrored, -pose.quarter_turns)


def posed_shape(rows: float, columns: float, pose: Pose) -> tuple[float, float]:
    """Return (rows, columns) of the film as seen in this pose."""
    return (columns, rows) if pose.quarter_turns % 2 else (rows, columns)


def pose_matrix(pose: Pose, rows: float, columns: float) -> NDArray[np.float64]:
    """Return the 3 × 3 matrix from film (x, y, 1) to posed (x, y, 1), both in edge coordinates.

    ``x`` is the column and ``y`` the row; the posed film's top left corner is at (0, 0).
    """
    matrix = np.eye(3)
    if pose.mirrored:
        matrix = np.array([[-1.0, 0, columns], [0, 1, 0], [0, 0, 1]])
    height = rows
    for _ in range(pose.quarter_turns):
        matrix = np.array([[0.0, -1, height], [1, 0, 0], [0, 0, 1]]) @ matrix
        height = rows + columns - height
    return matrix


def to_posed(points: NDArray[np.float64], pose: Pose, rows: float, columns: float) -> NDArray[np.float64]:
    """Map (row, column) edge coordinates of the film, shape (n, 2), to those of the posed film."""
    return _mapped(points, pose_matrix(pose, rows, columns))


def to_film(points: NDArray[np.float64], pose: Pose, rows: float, columns: float) -> NDArray[np.float64]:
    """Map (row, column) edge coordinates of the posed film, shape (n, 2), to those of the film.

    ``rows`` and ``columns`` are the film's own.
    """
    return _mapped(points, np.linalg.inv(pose_matrix(pose, rows, columns)).astype(np.float64))


def _mapped(points: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    swapped = np.asarray(points, dtype=np.float64)[:, ::-1]
    mapped = swapped @ matrix[:2, :2].T + matrix[:2, 2]
    return np.asarray(mapped[:, ::-1])
