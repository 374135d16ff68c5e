"""Boxes: found inside the lungs only, in film pixels, joined, filtered, clipped and ordered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.card import BoxRule, PixelRule
from model.findings.prediction import Grid
from model.net.boxes import Chest, extent, find, lung_mask

PIXELS = PixelRule(0.5, 0.5, 0.5)
RULE = BoxRule(threshold=0.5, minimum_area=0.01, minimum_score=0.0, gap=0.0)
GRID = Grid(0.0, 0.0, 1.0, 1.0)
SIZE = (100, 100)


def _chest(*spots: tuple[int, int, int, int, float]) -> Chest:
    """Two lungs (rows 10-90, columns 10-40 and 60-90) with opacities (top, left, bottom, right, probability)."""
    lungs, opacity = np.zeros(SIZE, np.float32), np.zeros(SIZE, np.float32)
    lungs[10:90, 10:40] = lungs[10:90, 60:90] = 0.9
    for top, left, bottom, right, probability in spots:
        opacity[top:bottom, left:right] = probability
    return Chest(opacity, lungs, np.ones(SIZE, np.bool_))


def _corners(
    chest: Chest, rule: BoxRule = RULE, grid: Grid = GRID, size: tuple[int, int] = SIZE
) -> list[tuple[float, ...]]:
    return [
        (box.row, box.column, box.row + box.height, box.column + box.width)
        for box in find(chest, PIXELS, rule, grid, size)
    ]


def test_a_rectangle_comes_back_exactly() -> None:
    assert _corners(_chest((20, 15, 40, 30, 0.8))) == [(20, 15, 40, 30)]


def test_boxes_are_laid_on_the_film() -> None:
    grid = Grid(-30.0, 12.0, 2.5, 4.0)
    assert _corners(_chest((20, 15, 40, 30, 0.8)), grid=grid, size=(900, 900)) == [(20.0, 72.0, 70.0, 132.0)]


def test_boxes_are_clipped_to_the_film() -> None:
    grid = Grid(-25.0, -20.0, 1.0, 1.0)
    assert _corners(_chest((20, 15, 40, 30, 0.8)), grid=grid, size=(10, 5)) == [(0, 0, 10, 5)]


def test_opacity_outside_the_lungs_is_nothing() -> None:
    assert _corners(_chest((20, 42, 60, 58, 0.9))) == []


def test_one_opacity_over_both_lungs_gives_a_box_in_each() -> None:
    assert sorted(_corners(_chest((20, 30, 40, 70, 0.9)))) == [(20, 30, 40, 40), (20, 60, 40, 70)]


def test_padding_counts_for_nothing() -> None:
    chest = _chest((20, 15, 40, 30, 0.8))
    inside = chest.inside.copy()
    inside[:30] = False
    assert _corners(replace(chest, inside=inside)) == [(30, 15, 40, 30)]


def test_a_consolidation_that_the_lung_mask_leaves_out_is_found() -> None:
    chest = _chest((30, 20, 40, 30, 0.9))
    lungs = chest.lungs.copy()
    lungs[30:40, 20:30] = 0.1
    chest = replace(chest, lungs=lungs)
    assert _corners(chest) == [(30, 20, 40, 30)]
    assert extent(chest, PIXELS) == pytest.approx(100 / (2 * 80 * 30))


def test_neighbours_are_joined_within_the_gap_and_only_within_one_lung() -> None:
    chest = _chest((20, 30, 30, 40, 0.9), (33, 30, 43, 40, 0.7), (20, 60, 30, 70, 0.8))
    assert len(_corners(chest)) == 3
    assert sorted(_corners(chest, replace(RULE, gap=0.03))) == [(20, 30, 43, 40), (20, 60, 30, 70)]
    assert sorted(_corners(chest, replace(RULE, gap=0.5))) == [(20, 30, 43, 40), (20, 60, 30, 70)]


def test_joining_goes_on_until_nothing_is_near() -> None:
    chest = _chest((20, 12, 30, 22, 0.9), (20, 26, 30, 30, 0.9), (32, 12, 42, 16, 0.9), (46, 12, 56, 22, 0.9))
    assert _corners(chest, replace(RULE, gap=0.04)) == [(20, 12, 56, 30)]


def test_small_and_unsure_ones_are_dropped() -> None:
    chest = _chest((20, 15, 24, 20, 0.95), (40, 15, 60, 30, 0.6))
    assert _corners(chest) == [(40, 15, 60, 30)]
    (found,) = find(chest, PIXELS, RULE, GRID, SIZE)
    assert _corners(chest, replace(RULE, minimum_score=found.score + 0.01)) == []
    assert len(_corners(chest, replace(RULE, minimum_area=0.0))) == 2


def test_the_score_is_what_it_says() -> None:
    (found,) = find(_chest((20, 15, 40, 30, 0.8)), PIXELS, RULE, GRID, SIZE)
    share = 0.8 * 20 * 15 / (2 * 80 * 30)
    assert found.score == pytest.approx((share / (share + 0.05) * share / (share + 0.2)) ** 0.5)


def test_the_surest_comes_first() -> None:
    boxes = find(_chest((20, 15, 40, 30, 0.6), (20, 65, 40, 80, 0.9)), PIXELS, RULE, GRID, SIZE)
    assert [box.column for box in boxes] == [65, 15]
    assert 1 > boxes[0].score > boxes[1].score > 0
    (alone,) = find(_chest((20, 65, 40, 80, 0.9)), PIXELS, RULE, GRID, SIZE)
    assert alone.score < boxes[0].score


def test_stray_pieces_are_no_lungs() -> None:
    chest = _chest((2, 50, 8, 56, 0.9))
    lungs = chest.lungs.copy()
    lungs[1:9, 49:57] = 0.9
    assert lung_mask(replace(chest, lungs=lungs), PIXELS).sum() == lung_mask(chest, PIXELS).sum() == 2 * 80 * 30
    assert _corners(replace(chest, lungs=lungs)) == []


def test_no_lungs_no_answer() -> None:
    chest = replace(_chest((20, 15, 40, 30, 0.8)), lungs=np.zeros(SIZE, np.float32))
    assert extent(chest, PIXELS) is None
    assert _corners(chest) == []
    assert not lung_mask(chest, PIXELS).any()


def test_extent_is_the_part_of_the_lungs() -> None:
    assert extent(_chest((10, 10, 90, 40, 0.8)), PIXELS) == pytest.approx(0.5)
    assert extent(_chest(), PIXELS) == 0.0
