"""Pictures: native bytes, sizes, poses and the way back to the film."""

import numpy as np
import pytest
from greys import film_of

from model.film.film import Spacing, Window
from viewer.display.look import Look, Pose
from viewer.display.pose import ALL_POSES, posed
from viewer.display.reduce import Reductions, reduced
from viewer.display.render import render
from viewer.display.windowing import grey_bytes

PIXELS = np.random.default_rng(1).integers(0, 4096, (120, 200)).astype(np.uint16)
LOOK = Look(Window(2048, 4096))


@pytest.mark.parametrize("pose", ALL_POSES)
def test_native_is_the_bytes_of_the_film_laid_in_its_pose(pose: Pose) -> None:
    film = film_of(PIXELS)
    picture = render(film, Look(LOOK.grey, pose=pose))
    np.testing.assert_array_equal(picture.pixels, posed(grey_bytes(PIXELS, film, LOOK), pose))


def test_size_is_the_longer_side() -> None:
    assert render(film_of(PIXELS), LOOK, 50).pixels.shape == (30, 50)
    assert render(film_of(PIXELS), Look(LOOK.grey, pose=Pose(False, 1)), 400).pixels.shape == (400, 240)


def test_oblong_pixels_are_shown_in_square_millimetres() -> None:
    film = film_of(PIXELS, spacing=Spacing(0.2, 0.1, "patient"))
    assert render(film, LOOK, 240).pixels.shape == (240, 200)
    assert render(film, LOOK).pixels.shape == PIXELS.shape


def test_smaller_pictures_are_averages_of_values() -> None:
    blocks = PIXELS.reshape(60, 2, 100, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(reduced(film_of(PIXELS), 60, 100).values, blocks, atol=0.51)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int32, np.float32])
def test_every_dtype_can_be_reduced_and_shown(dtype: type) -> None:
    film = film_of((PIXELS >> 5).astype(dtype))
    picture = render(film, Look(Window(64, 128)), 100)
    assert abs(float(picture.pixels.mean()) - 127) < 3


def test_size_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        render(film_of(PIXELS), LOOK, 0)


def test_one_pixel_wide_film_survives_reduction() -> None:
    assert render(film_of(PIXELS[:, :1]), LOOK, 10).pixels.shape == (10, 1)


@pytest.mark.parametrize("pose", ALL_POSES)
def test_points_go_to_the_picture_and_back(pose: Pose) -> None:
    picture = render(film_of(PIXELS), Look(LOOK.grey, pose=pose), 50)
    corners = np.array([[0.0, 0.0], [120.0, 200.0], [30.0, 170.0]])
    there = picture.from_film(corners)
    assert there.min() >= 0
    assert (there.max(axis=0) <= picture.pixels.shape).all()
    np.testing.assert_allclose(picture.to_film(there), corners)


def test_bright_spot_lies_where_the_points_say() -> None:
    pixels = np.zeros((120, 200), np.uint16)
    pixels[30:34, 150:154] = 4095
    for pose in ALL_POSES:
        picture = render(film_of(pixels), Look(LOOK.grey, pose=pose), 100)
        row, column = np.argwhere(picture.pixels > 128).mean(axis=0) + 0.5
        np.testing.assert_allclose(picture.from_film(np.array([[32.0, 152.0]]))[0], [row, column], atol=0.5)


def test_padding_stays_black_in_reduced_pictures() -> None:
    padding = np.zeros(PIXELS.shape, bool)
    padding[:, :40] = True
    film = film_of(PIXELS, low_is_white=True, padding=padding)
    assert render(film, LOOK, 50).pixels[:, :10].max() == 0


def test_reductions_are_made_once_and_forgotten_beyond_their_bytes() -> None:
    film = film_of(PIXELS)
    kept = Reductions(film, kept_bytes=PIXELS.nbytes // 3)
    first = kept.at(0.5)
    assert kept.at(0.5) is first
    kept.at(0.4)
    assert kept.at(0.5) is not first
    half = kept.at(0.5)
    assert kept.at(1.0).values is film.pixels
    assert kept.at(0.5) is half, "the film itself pushes nothing out"
    assert kept.at(3.0).values is film.pixels
