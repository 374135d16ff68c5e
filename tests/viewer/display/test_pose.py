"""Poses form the group of the square and move arrays and points alike."""

from itertools import product

import numpy as np
import pytest

from viewer.display.look import Pose
from viewer.display.pose import (
    ALL_POSES,
    IDENTITY,
    composed,
    flipped_horizontally,
    flipped_vertically,
    inverse,
    posed,
    posed_shape,
    to_film,
    to_posed,
    turned,
)

ARRAY = np.arange(15).reshape(3, 5)


@pytest.mark.parametrize("pose", ALL_POSES)
def test_gestures_do_what_the_hand_sees(pose: Pose) -> None:
    seen = posed(ARRAY, pose)
    np.testing.assert_array_equal(posed(ARRAY, turned(pose)), np.rot90(seen, -1))
    np.testing.assert_array_equal(posed(ARRAY, turned(pose, -1)), np.rot90(seen, 1))
    np.testing.assert_array_equal(posed(ARRAY, flipped_horizontally(pose)), seen[:, ::-1])
    np.testing.assert_array_equal(posed(ARRAY, flipped_vertically(pose)), seen[::-1])


@pytest.mark.parametrize(("first", "then"), list(product(ALL_POSES, ALL_POSES)))
def test_composition_equals_one_after_the_other(first: Pose, then: Pose) -> None:
    np.testing.assert_array_equal(posed(posed(ARRAY, first), then), posed(ARRAY, composed(first, then)))


@pytest.mark.parametrize("pose", ALL_POSES)
def test_inverse_takes_back(pose: Pose) -> None:
    assert composed(pose, inverse(pose)) == IDENTITY == composed(inverse(pose), pose)


def test_there_are_eight() -> None:
    assert len({posed(np.arange(4).reshape(2, 2), p).tobytes() for p in ALL_POSES}) == 8


@pytest.mark.parametrize("pose", ALL_POSES)
def test_points_go_where_their_pixels_go(pose: Pose) -> None:
    rows, columns = ARRAY.shape
    seen = posed(ARRAY, pose)
    assert seen.shape == posed_shape(rows, columns, pose)
    where = np.argwhere(np.ones(ARRAY.shape))
    there = to_posed(where + 0.5, pose, rows, columns)
    np.testing.assert_array_equal(seen[tuple(np.floor(there).astype(int).T)], ARRAY.ravel())
    np.testing.assert_allclose(to_film(there, pose, rows, columns), where + 0.5)
