"""The choice of overlays picks the right map and refuses what cannot be shown."""

from pathlib import Path

import numpy as np
import pytest
from predictions import prediction_for

from model.film.film import Film, Origin
from viewer.session.overlays import OverlayChoice


@pytest.fixture
def prediction():
    film = Film("k", Path("f"), np.zeros((80, 60), np.uint8), False, Origin("PNG", None, "MONOCHROME2", 8, False))
    return prediction_for(film)


def test_a_map_is_found_by_kind_and_finding(prediction):
    chosen = OverlayChoice(map="class", finding="covid19").heat_map(prediction)
    assert chosen is prediction.map_of("class", "covid19")


def test_without_a_finding_the_first_map_of_the_kind_is_taken(prediction):
    assert OverlayChoice(map="class").heat_map(prediction) is prediction.map_of("class", "lung_opacity")


def test_a_map_that_the_model_does_not_have_is_none(prediction):
    assert OverlayChoice(map="class", finding="measles").heat_map(prediction) is None


def test_the_models_own_smoothing_is_shown_as_it_is(prediction):
    assert OverlayChoice(map="smoothed").shown_map(prediction) is prediction.map_of("smoothed")


def test_another_sigma_smooths_the_raw_map_on_the_same_scale(prediction):
    raw, own = prediction.map_of("intensity"), prediction.map_of("smoothed")
    shown = OverlayChoice(map="smoothed", sigma=3.0).shown_map(prediction)
    assert shown.sigma == 3.0
    assert (shown.low, shown.high) == (own.low, own.high)
    assert shown.values.max() < raw.values.max()
    assert shown.values.mean() == pytest.approx(raw.values.mean(), rel=0.05)
    assert not shown.values.flags.writeable


def test_sigma_zero_shows_the_raw_values(prediction):
    shown = OverlayChoice(map="smoothed", sigma=0.0).shown_map(prediction)
    assert np.array_equal(shown.values, prediction.map_of("intensity").values)


@pytest.mark.parametrize("wrong", [{"opacity": 1.2}, {"opacity": -0.1}, {"sigma": -1.0}, {"sigma": 1e6}])
def test_what_cannot_be_shown_is_refused(wrong):
    with pytest.raises(ValueError, match="got"):
        OverlayChoice(**wrong)


def test_nothing_is_laid_over_the_film_when_all_is_switched_off():
    assert OverlayChoice().anything
    assert not OverlayChoice(boxes=False).anything
