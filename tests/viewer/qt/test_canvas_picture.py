"""What the canvas lays down: the very bytes of the renderer at 100 %, and the right place at every zoom and pose."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.film.film import Film, Origin, Spacing, Window
from viewer.display.look import Aids, Look
from viewer.display.pose import ALL_POSES, posed
from viewer.display.render import render
from viewer.display.view import View
from viewer.qt.picture import PictureMaker, Span, laid, laid_back, visible

ORIGIN = Origin("DICOM", None, "MONOCHROME2", 12, False)


def film_of(pixels, **facts) -> Film:
    return Film("k", Path("f"), pixels, False, ORIGIN, **facts)


@pytest.fixture(scope="module")
def film() -> Film:
    noise = np.random.default_rng(3).integers(0, 4096, (151, 97))
    return film_of(noise.astype(np.uint16))


def look_of(pose=ALL_POSES[0]) -> Look:
    return Look(Window(2000, 3000), pose=pose)


def view_of(film: Film, look: Look, zoom: float, width=400, height=300) -> View:
    view = View.fitted(film.rows, film.columns, width, height, pose=look.pose)
    return view.zoomed_to(zoom, width / 2, height / 2)


@pytest.mark.parametrize("sharp", [True, False])
@pytest.mark.parametrize("pose", ALL_POSES)
def test_at_100_percent_the_bytes_are_those_of_the_renderer(film, pose, sharp):
    look = look_of(pose)
    patch = PictureMaker(film).patch(view_of(film, look, 1.0), look, sharp)
    assert np.array_equal(patch.pixels, render(film, look, "native").pixels)


def test_image_aids_are_those_of_the_renderer_and_leave_the_film_alone(film):
    before, look = film.pixels.copy(), replace(look_of(), aids=Aids(0.5, 0.5))
    maker = PictureMaker(film)
    plain = maker.patch(view_of(film, look, 1.0), look_of())
    patch = maker.patch(view_of(film, look, 1.0), look)
    assert np.array_equal(patch.pixels, render(film, look, "native").pixels)
    assert not np.array_equal(patch.pixels, plain.pixels)
    assert np.array_equal(film.pixels, before)


@pytest.mark.parametrize("pose", ALL_POSES)
def test_a_part_at_100_percent_is_that_part_of_the_renderers_bytes(film, pose):
    look = look_of(pose)
    view = view_of(film, look, 1.0, 60, 50).panned(13, -17)
    patch = PictureMaker(film).patch(view, look)
    left, top = view.corner()
    whole = render(film, look, "native").pixels
    assert np.array_equal(patch.pixels, whole[patch.y - top :, patch.x - left :][:50, :60])
    assert patch.pixels.shape == (50, 60)


@pytest.mark.parametrize("pose", ALL_POSES)
def test_a_fitted_film_is_the_renderers_picture_of_that_size(pose):
    film = film_of(np.random.default_rng(3).integers(0, 4096, (600, 400)).astype(np.uint16))
    look = look_of(pose)
    view = View.fitted(600, 400, 300, 300, pose=pose)
    patch = PictureMaker(film).patch(view, look)
    assert np.array_equal(patch.pixels, render(film, look, 300).pixels)


def spot(rows, columns, row, column) -> Film:
    pixels = np.zeros((rows, columns), np.uint16)
    pixels[row - 8 : row + 8, column - 8 : column + 8] = 4000
    return film_of(pixels)


@pytest.mark.parametrize("sharp", [True, False])
@pytest.mark.parametrize("zoom", [0.11, 0.37, 0.5, 0.93, 1.0, 1.4, 2.9, 3.0, 5.5])
@pytest.mark.parametrize("pose", ALL_POSES)
def test_a_spot_is_drawn_where_the_view_says(pose, zoom, sharp):
    film, look = spot(700, 500, 300, 140), look_of(pose)
    view = replace(view_of(film, look, zoom), centre=(310, 150))
    patch = PictureMaker(film).patch(view, look, sharp)
    rows, columns = np.nonzero(patch.pixels > 40)
    weights = patch.pixels[rows, columns].astype(float)
    x = patch.x + 0.5 + np.average(columns, weights=weights)
    y = patch.y + 0.5 + np.average(rows, weights=weights)
    assert (x, y) == pytest.approx(view.to_screen(300, 140), abs=0.75)


def test_magnified_pixels_are_sharp_squares(film):
    look = look_of()
    patch = PictureMaker(film).patch(view_of(film, look, 4.0), look)
    whole = np.repeat(np.repeat(render(film, look).pixels, 4, axis=0), 4, axis=1)
    left, top = view_of(film, look, 4.0).corner()
    assert np.array_equal(patch.pixels, whole[patch.y - top :, patch.x - left :][:300, :388])


def test_below_three_times_pixels_are_smoothed(film):
    look = look_of()
    patch = PictureMaker(film).patch(view_of(film, look, 2.0), look)
    assert len(np.unique(patch.pixels)) > 100
    assert not np.array_equal(patch.pixels[::2], patch.pixels[1::2])


def test_pixels_that_are_not_square_are_stretched():
    film = film_of(np.zeros((50, 50), np.uint16), spacing=Spacing(0.4, 0.2, "detector"))
    view = View.fitted(50, 50, 400, 300, pose=ALL_POSES[0], aspect=2.0)
    patch = PictureMaker(film).patch(view, look_of())
    assert patch.pixels.shape == (300, 150)


def test_padding_stays_black_at_every_zoom():
    padding = np.zeros((80, 80), bool)
    padding[:, :40] = True
    film = film_of(np.full((80, 80), 60000, np.uint16), padding=padding)
    for zoom in (0.5, 1.0, 2.0):
        look = Look(Window(1000, 100), inverted=True)
        bright = PictureMaker(film).patch(view_of(film, replace(look, inverted=False), zoom), look).pixels
        assert bright[:, : int(30 * zoom)].max() == 0
    shown = PictureMaker(film).patch(view_of(film, look_of(), 1.0), look_of()).pixels
    assert shown[:, :40].max() == 0 and shown[:, 40:].min() == 255


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int32, np.float32])
@pytest.mark.parametrize("zoom", [0.3, 1.0, 2.5])
def test_every_kind_of_pixel_is_drawn(dtype, zoom):
    ramp = np.tile(np.linspace(0, 120, 100).astype(dtype), (80, 1))
    look = Look(Window(60, 120))
    shown = PictureMaker(film_of(ramp)).patch(view_of(film_of(ramp), look, zoom), look).pixels
    middle = shown[shown.shape[0] // 2].astype(int)
    assert middle[0] <= 6 and middle[-1] >= 249
    assert (np.diff(middle) >= 0).all()


def test_nothing_is_made_of_a_film_beside_the_screen(film):
    view = View(151, 97, 40, 40, 8.0, (10_000.0, 10_000.0))
    assert PictureMaker(film).patch(view, look_of()) is None
    assert visible(view).empty


def test_the_same_moment_is_not_made_twice(film):
    maker, look = PictureMaker(film), look_of()
    view = view_of(film, look, 0.7)
    assert maker.patch(view, look) is maker.patch(view, replace(look))
    assert maker.patch(view, look) is not maker.patch(view, replace(look, inverted=True))


@pytest.mark.parametrize("pose", ALL_POSES)
def test_arrays_are_laid_as_poses_say_and_cut_out_beforehand(pose):
    array = np.arange(7 * 5, dtype=np.uint8).reshape(7, 5)
    whole = posed(array, pose)
    assert np.array_equal(laid(array, pose), whole)
    part = Span(1, 2, 4, 5)
    back = laid_back(part, pose, array.shape)
    assert np.array_equal(laid(array[back.top : back.bottom, back.left : back.right], pose), whole[2:5, 1:4])


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (2, 5)])
@pytest.mark.parametrize("sharp", [True, False])
@pytest.mark.parametrize("zoom", [0.01, 0.3, 1.0, 1.5, 64.0])
def test_films_of_odd_shapes_are_drawn_at_any_zoom(shape, sharp, zoom):
    film = film_of(np.full(shape, 4000, np.uint16))
    for pose in ALL_POSES[:4]:
        view = view_of(film, look_of(pose), zoom)
        patch = PictureMaker(film).patch(view, look_of(pose), sharp)
        assert patch.pixels.min() == 255
