"""The films made for tests are what their names say."""

from __future__ import annotations

import numpy as np
import pytest
from phantoms import Pose, phantom_film, phantom_truth
from unfit_films import UNFIT, child, limb, smpte


@pytest.mark.parametrize("name", UNFIT)
def test_every_unfit_film_is_one_of_its_own(name):
    film = UNFIT[name]()
    assert film.pixels.ndim == 2
    assert film.key not in {UNFIT[other]().key for other in UNFIT if other != name}
    assert film.key != phantom_film().key


def test_inverted_film_shows_white_lungs():
    lungs, heart = phantom_truth().lungs, phantom_truth().heart
    white = UNFIT["inverted"]().pixels
    assert white[lungs].mean() > white[heart].mean() + 3000


def test_lateral_film_is_deeper_than_wide_and_has_no_left_and_right_lung():
    film = UNFIT["lateral"]()
    assert film.orientation == ("P", "F")
    assert film.description.view == "LL"


def test_childs_film_is_as_well_exposed_as_an_adults():
    lungs = phantom_truth().lungs
    assert child().pixels[lungs].mean() == pytest.approx(phantom_film().pixels[lungs].mean(), rel=0.25)
    assert child().spacing.row_mm == pytest.approx(phantom_film().spacing.row_mm / 2, rel=0.05)


def test_limb_shows_two_bones_in_flesh():
    row = limb().pixels[128].astype(float)
    flesh = np.median(row[row > 0.2 * row.max()])
    edges = np.flatnonzero(np.diff((row > 1.12 * flesh).astype(int)) == 1)
    assert 2 <= len(edges) <= 4
    assert row[:20].max() < 0.2 * row.max()


def test_pattern_holds_the_insets_of_five_and_ninety_five_percent():
    shades = np.unique(np.round(smpte().pixels / (2**14 - 1), 3))
    assert {0.0, 0.05, 0.5, 0.95, 1.0} <= set(shades.tolist())


def test_opacities_are_the_only_difference():
    ill, healthy = phantom_film(), phantom_film(Pose(opacities=False))
    difference = np.abs(ill.pixels.astype(int) - healthy.pixels.astype(int))
    mask = phantom_truth().opacity
    assert difference[mask].mean() > 5 * difference[~mask].mean()
