"""The proposed cardiothoracic ratio against widths that are known."""

from dataclasses import replace

import numpy as np
import pytest
from greys import film_of
from phantoms import Pose, phantom_film, phantom_truth
from predictions import prediction_for

from model.findings.prediction import Grid, HeatMap
from viewer.jobs import Analyst, Token
from viewer.measure.geometry import cardiothoracic_ratio, length
from viewer.measure.heart import proposed_ratio

SIZES = [Pose(), Pose(opacities=False), Pose(view="AP"), Pose(scale=0.9)]


def with_maps(film, **masks):
    """A prediction whose maps of lungs and heart are these masks, pixel by pixel."""
    plain = prediction_for(film)
    others = tuple(m for m in plain.maps if m.kind not in masks)
    made = (
        HeatMap(kind, None, mask.astype(np.float32), Grid(0.0, 0.0, 1.0, 1.0), 0.0, 1.0, 0.5)
        for kind, mask in masks.items()
    )
    return replace(plain, maps=(*others, *made))


def widths(shape, film):
    heart, chest = shape.points[:2], shape.points[2:]
    ratio = cardiothoracic_ratio(heart, chest, film.spacing)
    return length(*heart, film.spacing).value, length(*chest, film.spacing).value, ratio


@pytest.mark.parametrize("pose", SIZES)
def test_perfect_maps_give_the_phantoms_true_widths(pose):
    film, truth = phantom_film(pose), phantom_truth(pose)
    shape = proposed_ratio(with_maps(film, lungs=truth.lungs, heart=truth.heart))
    assert shape.origin == "network"
    heart, chest, ratio = widths(shape, film)
    assert heart == pytest.approx(truth.cardiac_width_mm, abs=film.spacing.column_mm)
    assert chest == pytest.approx(truth.thoracic_width_mm, abs=6 * film.spacing.column_mm)
    assert ratio == pytest.approx(truth.cardiac_width_mm / truth.thoracic_width_mm, abs=0.015)


@pytest.mark.parametrize("pose", [Pose(512), Pose(512, view="AP")])
def test_the_bundled_network_comes_near_the_phantoms_true_ratio(pose):
    film, truth = phantom_film(pose), phantom_truth(pose)
    prediction = Analyst("cpu").analyse(film, Token(), lambda stage, share: None)
    _, chest, ratio = widths(proposed_ratio(prediction), film)
    assert chest == pytest.approx(truth.thoracic_width_mm, abs=6.0)
    assert ratio == pytest.approx(truth.cardiac_width_mm / truth.thoracic_width_mm, abs=0.04)


def lungs_and_heart(rows=100, columns=120):
    lungs, heart = np.zeros((rows, columns), bool), np.zeros((rows, columns), bool)
    lungs[20:70, 15:50] = lungs[20:70, 70:105] = True
    lungs[50, 10] = True
    heart[50:70, 45:80] = True
    return lungs, heart


def test_islands_that_are_no_lungs_do_not_widen_the_chest():
    lungs, heart = lungs_and_heart()
    film = film_of(np.zeros(lungs.shape, np.uint16))
    heart_width, chest, _ = widths(proposed_ratio(with_maps(film, lungs=lungs, heart=heart)), film)
    assert (heart_width, chest) == (35.0, 90.0)


def test_one_lung_or_no_heart_give_no_proposal():
    lungs, heart = lungs_and_heart()
    film = film_of(np.zeros(lungs.shape, np.uint16))
    one = lungs & (np.arange(120) < 60)
    assert proposed_ratio(with_maps(film, lungs=one, heart=heart)) is None
    assert proposed_ratio(with_maps(film, lungs=lungs, heart=np.zeros_like(heart))) is None
    assert proposed_ratio(replace(prediction_for(film), maps=())) is None


def test_edges_lie_between_the_cells_where_the_map_crosses_its_threshold():
    film = film_of(np.zeros((100, 120), np.uint16))
    lungs, heart = (mask.astype(np.float32) for mask in lungs_and_heart())
    heart[50:70, 44] = 0.25
    whole, _, _ = widths(proposed_ratio(with_maps(film, lungs=lungs, heart=heart)), film)
    assert whole == pytest.approx(35.0 - 0.5 + 2 / 3)
