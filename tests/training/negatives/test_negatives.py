"""Negatives: whatever is made has greys to judge, is the same for the same seed, and is what its name says."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from model.net.gate import by_header
from training.negatives import drawn, limbs, shipped
from training.negatives.photographed import SIDE, photographed
from training.negatives.picture import as_film, stretched


@pytest.mark.parametrize("kind", drawn.KINDS)
def test_drawings_have_greys_and_repeat(kind: str) -> None:
    for seed in range(4):
        sheet = drawn.KINDS[kind](np.random.default_rng(seed))
        np.testing.assert_array_equal(sheet, drawn.KINDS[kind](np.random.default_rng(seed)))
        assert sheet.dtype == np.uint8
        assert min(sheet.shape) >= 200
        assert np.ptp(sheet) > 0


@pytest.mark.parametrize("kind", limbs.KINDS)
def test_limbs_are_bones_in_flesh(kind: str) -> None:
    soft, bones = limbs.KINDS[kind](np.random.default_rng(5))
    assert soft
    assert bones
    assert max(float(part.density.max()) for part in bones) > max(float(part.density.max()) for part in soft)


def test_a_limb_is_bright_where_there_is_bone_and_dark_beside_the_body() -> None:
    grey = limbs.limb(np.random.default_rng(11))
    assert grey.shape == (limbs.SIDE, limbs.SIDE)
    assert np.percentile(grey, 99) > np.percentile(grey, 20) + 60
    np.testing.assert_array_equal(grey, limbs.limb(np.random.default_rng(11)))


def test_shipped_photographs_open_and_are_large_enough() -> None:
    found = shipped.photographs()
    assert set(found) == set(shipped.FOLDERS)
    assert all(found.values())
    assert sum(map(len, found.values())) > 20
    first = found["scikit-image"][0]
    for seed in range(5):
        part = shipped.cut(first, np.random.default_rng(seed))
        assert part.rows >= first.rows // 2 - 1
        assert part.columns >= first.columns // 2 - 1


def test_a_photographed_film_hangs_aslant_before_something_else() -> None:
    """A white film before whatever stands there: its outline has four corners and is not the frame's."""
    picture = photographed(np.full((300, 260), 255, np.uint8), np.random.default_rng(4))
    assert max(picture.shape) == SIDE
    assert picture.std() > 10
    corners = np.concatenate([picture[:8, :8], picture[-8:, -8:]]).astype(float)
    middle = picture[SIDE // 2 - 30 : SIDE // 2 + 30, picture.shape[1] // 2 - 30 : picture.shape[1] // 2 + 30]
    assert abs(middle.mean() - corners.mean()) > 10


def test_a_made_picture_passes_for_a_film_without_a_header() -> None:
    grey = stretched(np.add.outer(np.arange(300), np.arange(280)))
    film = as_film(grey)
    assert by_header(film) is None
    assert film.key == as_film(grey.copy()).key != as_film(cv2.flip(grey, 1)).key
