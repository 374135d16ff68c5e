"""The phantom command and the demonstration film it wrote."""

from __future__ import annotations

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

import resources
from model.film.opening import open_film
from training.phantom import DEMONSTRATION, Exposure, grey_levels, project
from training.phantom.command import phantom

app = typer.Typer()
app.command()(phantom)


def test_command_writes_the_same_film_twice(tmp_path):
    for name in ("a.dcm", "b.dcm"):
        result = CliRunner().invoke(app, [str(tmp_path / name), "--size", "96", "--opacity", "-90,30,-50,20"])
        assert result.exit_code == 0, result.output
        assert "ground_glass: row" in result.output
    assert (tmp_path / "a.dcm").read_bytes() == (tmp_path / "b.dcm").read_bytes()
    assert open_film(tmp_path / "a.dcm").warnings == ()


@pytest.mark.parametrize("words", ["1,2,3", "1,2,3,0", "1,2,3,x", "1,2,3,4,cloud", "1,2,3,4,ground_glass,5"])
def test_command_refuses_words_that_are_no_opacity(tmp_path, words):
    result = CliRunner().invoke(app, [str(tmp_path / "a.dcm"), "--size", "96", "--opacity", words])
    assert result.exit_code == 2
    assert not (tmp_path / "a.dcm").exists()


def test_demonstration_film_is_small_and_opens_without_warning():
    path = resources.path("films", "demonstration.dcm")
    film = open_film(path)
    assert path.stat().st_size <= 6_000_000
    assert (film.rows, film.columns) == (Exposure().rows, Exposure().columns)
    assert film.warnings == ()
    assert film.orientation == ("L", "F")
    assert film.spacing is not None and film.spacing.source == "patient"


def test_demonstration_film_is_the_demonstration_phantom():
    bundled = open_film(resources.path("films", "demonstration.dcm")).pixels.astype(float)
    times = 12
    size = Exposure().rows // times
    small = grey_levels(project(DEMONSTRATION, Exposure(size, size, Exposure().spacing_mm * times))).astype(float)
    thinned = bundled.reshape(size, times, size, times).mean(axis=(1, 3))
    assert np.corrcoef(small.ravel(), thinned.ravel())[0, 1] > 0.99
    assert np.abs(small - thinned)[8:-8, 8:-8].mean() < 350
