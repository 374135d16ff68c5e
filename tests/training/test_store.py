"""The store holds films and masks where the network will see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from drawn_films import COLUMNS, ROWS, draw, write_row, write_rows

from training import store
from training.datasets.row import MaskPart


def silent(share: float) -> None:
    assert 0 <= share <= 1


def test_masks_lie_on_their_film(tmp_path: Path) -> None:
    row = write_row(tmp_path, 0)
    grey, plane = store.load(tmp_path, row, 96)
    _, lungs, opacity = draw(0, True)
    left = (96 - COLUMNS) // 2
    for bit, mask in ((store.LUNGS, lungs), (store.OPACITY, opacity)):
        assert np.array_equal((plane[:, left : left + COLUMNS] & bit) > 0, mask > 0)
    assert not plane[:, :left].any()
    healthy = ((plane & store.LUNGS) > 0) & ((plane & store.OPACITY) == 0)
    assert grey[healthy].mean() + 80 < grey[((plane & store.FILM) > 0) & ((plane & store.LUNGS) == 0)].mean()


def test_a_cropped_mask_goes_to_its_corner(tmp_path: Path) -> None:
    row = write_row(tmp_path, 1)
    cv2.imwrite(str(tmp_path / "crop.png"), np.full((20, 10), 1, dtype=np.uint8))
    part = MaskPart("crop.png", "heart", 2 * 30, 2 * 40, 2 * 20, 2 * 10, 2 * ROWS, 2 * COLUMNS)
    _, plane = store.load(tmp_path, replace(row, masks=(part,)), 96)
    rows, columns = np.nonzero(plane & store.HEART)
    assert (rows.min(), rows.max() + 1) == (30, 50)
    assert (columns.min(), columns.max() + 1) == (8 + 40, 8 + 50)


def test_boxes_cover_the_opacity(tmp_path: Path) -> None:
    _, plane = store.load(tmp_path, write_row(tmp_path, 2, "boxed"), 96)
    _, _, opacity = draw(2, True)
    rows, columns = np.nonzero(opacity)
    boxed_rows, boxed_columns = np.nonzero(plane & store.BOX)
    assert (boxed_rows.min(), boxed_rows.max()) == (rows.min(), rows.max())
    assert (boxed_columns.min(), boxed_columns.max()) == (columns.min() + 8, columns.max() + 8)


def test_the_cache_gives_the_same_and_notices_other_films(tmp_path: Path) -> None:
    rows = write_rows(tmp_path, 4)
    first = store.build(tmp_path, rows, 64, tmp_path / "cache", silent)
    again = store.build(tmp_path, rows, 64, tmp_path / "cache", silent)
    assert np.array_equal(first.grey, again.grey)
    assert np.array_equal(first.plane, again.plane)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    store.build(tmp_path, rows[:3], 64, tmp_path / "cache", silent)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_only_films_without_a_mask_are_marked(tmp_path: Path) -> None:
    rows = [write_row(tmp_path, 0, "masked"), write_row(tmp_path, 1, "plain")]
    built = store.build(tmp_path, rows, 64, None, silent)
    assert built.lungs_known.tolist() == [True, False]
    before = built.marked.copy()
    for index in range(2):
        built.mark(index, np.ones((8, 8), dtype=np.float32))
    assert np.array_equal(built.marked[0], before[0])
    assert (built.marked[1] == 255).all()


def test_a_missing_mask_is_named(tmp_path: Path) -> None:
    row = write_row(tmp_path, 0)
    (tmp_path / "0-lungs.png").unlink()
    with pytest.raises(FileNotFoundError, match=r"0-lungs\.png"):
        store.load(tmp_path, row, 64)
