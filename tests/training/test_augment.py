"""Changes to films keep what must be kept: size, black surroundings, polarity, and where things lie."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from drawn_films import draw

from training import augment
from training.config import Augmentation

ALWAYS = replace(
    Augmentation(),
    **{
        item.name: 1.0
        for item in fields(Augmentation)
        if item.name not in ("rotate_degrees", "scale", "stretch", "shift", "gamma")
    },
)
STILL = Augmentation(rotate_degrees=0, scale=0, stretch=0, shift=0, mirror=0)


def square(number: int = 0) -> np.ndarray:
    film, _, _ = draw(number, True)
    return np.pad(film, ((0, 0), (8, 8)))


def test_a_still_pose_is_the_plain_one() -> None:
    random = np.random.default_rng(0)
    np.testing.assert_allclose(augment.pose(320, 256, None, STILL, random), augment.plain_pose(320, 256), atol=1e-9)


def test_the_plain_pose_keeps_edges_in_place() -> None:
    image = np.zeros((80, 80), dtype=np.uint8)
    image[20:40, 30:60] = 255
    small = augment.apply_pose(image, augment.plain_pose(80, 64), 64)
    rows, columns = np.nonzero(small > 127)
    assert (rows.min(), rows.max() + 1) == (16, 32)
    assert (columns.min(), columns.max() + 1) == (24, 48)


def test_a_crop_centres_the_lungs_and_fills_the_picture() -> None:
    marked = np.zeros((80, 80), dtype=np.uint8)
    marked[20:60, 10:40] = 255
    extent = augment.lung_extent(marked, 4.0, margin=0.0)
    assert extent is not None
    assert (extent.row, extent.column, extent.half) == (160, 100, 80)
    matrix = augment.pose(320, 256, extent, STILL, np.random.default_rng(0))
    enlarged = np.kron(marked, np.ones((4, 4), dtype=np.uint8))
    rows, columns = np.nonzero(augment.apply_pose(enlarged, matrix, 256) > 127)
    assert rows.min() <= 1
    assert rows.max() >= 254
    assert abs(columns.min() - (255 - columns.max())) <= 1


def test_no_lungs_no_crop() -> None:
    assert augment.lung_extent(np.zeros((80, 80), dtype=np.uint8), 4.0, 0.2) is None


@pytest.mark.parametrize("seed", range(12))
def test_tone_keeps_black_size_and_polarity(seed: int) -> None:
    before = square()
    after = augment.change_tone(before.copy(), ALWAYS, np.random.default_rng(seed))
    assert after.dtype == np.uint8
    assert after.shape == before.shape
    assert (after[before == 0] == 0).all()
    inside = before > 0
    assert np.corrcoef(before[inside], after[inside])[0, 1] > 0.4
    assert not np.array_equal(before, after)


def test_borders_change_but_the_middle_mostly_stays() -> None:
    untouched = 0
    for seed in range(30):
        before = square()
        after = augment.change_border(before.copy(), ALWAYS, np.random.default_rng(seed))
        assert not np.array_equal(before, after)
        untouched += np.array_equal(before[25:70, 30:66], after[25:70, 30:66])
    assert untouched > 15


def test_lungs_are_kept_or_removed() -> None:
    film, lungs, _ = draw(1, False)
    random = np.random.default_rng(3)
    kept = augment.keep_lungs(film, lungs > 0, random)
    assert np.array_equal(kept[lungs > 0], film[lungs > 0])
    assert (kept[:8] == 0).all()
    removed = augment.remove_lungs(film, lungs > 0, random)
    assert np.ptp(removed[lungs > 0]) == 0
    assert np.array_equal(removed[:8], film[:8])
