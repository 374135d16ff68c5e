"""The automatic window shows all that lies within the picture."""

import numpy as np
from greys import film_of

from model.film.grey import auto_window
from viewer.display.auto import shown_window


def ramp() -> np.ndarray:
    return np.tile(np.linspace(1000, 3000, 400), (400, 1)).astype(np.uint16)


def test_black_and_white_patches_inside_are_shown() -> None:
    pixels = ramp()
    pixels[100:200, 100:200] = 0
    pixels[250:350, 100:200] = 4095
    window = shown_window(film_of(pixels))
    assert (window.center - window.width / 2, window.center + window.width / 2) == (0, 4095)


def test_black_that_runs_in_from_the_edge_is_air() -> None:
    pixels = ramp()
    pixels[:, :120] = 0
    pixels[300:, :200] = 0
    film = film_of(pixels)
    assert shown_window(film) == auto_window(film)
    assert auto_window(film).center - auto_window(film).width / 2 > 1000


def test_small_markers_are_clipped() -> None:
    pixels = ramp()
    pixels[20:36, 20:40] = 60000
    assert shown_window(film_of(pixels)).width < 2500
