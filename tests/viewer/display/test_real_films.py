"""Real films on the screen: dark lungs whatever the polarity, test patterns with every patch."""

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.pixels import apply_voi_lut

from model.film import open_film
from viewer.display.look import Look
from viewer.display.presets import default_grey, presets
from viewer.display.render import render


@pytest.mark.parametrize("name", ["CR-MONO1-10-chest", "RG1_JLSN.dcm", "rsna-chest-mono2.dcm"])
@pytest.mark.parametrize("preset", ["default", "auto", "lung", "bone", "full", "sigmoid"])
def test_lungs_are_dark_in_every_preset(name: str, preset: str, shared_films: Path) -> None:
    film = open_film(shared_films / name)
    greys = {"default": default_grey(film), **{p.id: p.grey for p in presets(film)}}
    seen = render(film, Look(greys[preset]), 400).pixels
    rows, columns = seen.shape
    band = seen[int(0.35 * rows) : int(0.45 * rows)]
    spine, left, right = (
        band[:, int((at - 0.05) * columns) : int((at + 0.05) * columns)].mean() for at in (0.5, 0.3, 0.72)
    )
    assert spine > left + 15
    assert spine > right + 15


def test_film_whose_header_says_the_opposite_polarity_is_its_negative(shared_films: Path) -> None:
    one, two = (open_film(shared_films / f"rsna-chest-mono{number}.dcm") for number in (1, 2))
    look = Look(default_grey(two))
    apart = render(one, look).pixels.astype(int) + render(two, look).pixels
    assert abs(apart - 255).max() <= 1


@pytest.mark.parametrize("name", ["mlut_18.dcm", "vlut_04.dcm"])
def test_pattern_shows_its_faintest_patches(name: str, shared_films: Path) -> None:
    """The SMPTE pattern has squares of 5 % in black and of 95 % in white: neither may drown."""
    film = open_film(shared_films / name)
    counts = np.bincount(render(film, Look(default_grey(film))).pixels.ravel(), minlength=256)
    levels = [round(percent * 2.55) for percent in range(0, 101, 10)]
    patches = [counts[max(level - 2, 0) : level + 3].sum() for level in levels]
    assert min(patches) > 1000, "eleven steps"
    assert counts[10:17].sum() > 100, "5 % on black"
    assert counts[239:246].sum() > 100, "95 % on white"


def test_voi_lut_pattern_equals_pydicom(shared_films: Path) -> None:
    film = open_film(shared_films / "vlut_04.dcm")
    dataset = pydicom.dcmread(shared_films / "vlut_04.dcm")
    wanted = apply_voi_lut(dataset.pixel_array, dataset) / 65535 * 255
    assert np.abs(render(film, Look(default_grey(film))).pixels - wanted).max() <= 0.51
