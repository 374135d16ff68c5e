"""The magnifier shows the film point under the cursor, enlarged, in its own window, and leaves the film as it is."""

import numpy as np
import pytest
from greys import film_of
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QImage, QPainter

from model.film.film import Window
from viewer.display.look import Look
from viewer.display.pose import ALL_POSES
from viewer.display.view import MAX_ZOOM, View
from viewer.qt.magnifier import Lens, Magnifier, lens_look, lens_view
from viewer.qt.picture import PictureMaker

LOOK = Look(Window(2000, 4000))


def view_of(pose=ALL_POSES[0]) -> View:
    return View.fitted(400, 300, 800, 600, pose=pose)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("pose", ALL_POSES)
def test_the_point_under_the_cursor_is_in_the_middle(pose, ratio):
    view, at = view_of(pose), QPointF(310 / ratio, 250 / ratio)
    inside = lens_view(view, Lens(diameter=200), at, ratio)
    assert inside.to_screen(*view.to_film(310, 250)) == pytest.approx((100 * ratio, 100 * ratio), abs=0.6)
    assert inside.zoom == pytest.approx(2.5 * view.zoom)


def test_it_enlarges_no_further_than_the_canvas_could():
    assert lens_view(view_of(), Lens(factor=1e6), QPointF(1, 1), 1.0).zoom == MAX_ZOOM


def test_its_own_window_spreads_what_lies_under_it():
    pixels = np.full((400, 300), 100, np.uint16)
    pixels[150:250, 100:200] = np.random.default_rng(1).integers(3000, 3100, (100, 100))
    inside = View(400, 300, 100, 100, 2.0, (200, 150))
    look = lens_look(film_of(pixels), inside, LOOK)
    assert look.grey.center == pytest.approx(3050, abs=5)
    assert look.grey.width == pytest.approx(98, abs=5)


def test_padding_has_no_say_in_its_window():
    pixels = np.full((50, 50), 1000, np.uint16)
    pixels[:, 25:] = np.linspace(10, 20, 25).astype(np.uint16)
    padding = pixels == 1000
    look = lens_look(film_of(pixels, padding=padding), View(50, 50, 100, 100, 2.0, (25, 25)), LOOK)
    assert look.grey.center < 30
    all_padding = film_of(pixels, padding=np.ones_like(padding))
    assert lens_look(all_padding, View(50, 50, 100, 100, 2.0, (25, 25)), LOOK) is LOOK


def test_it_is_round_and_leaves_the_rest_alone(qapp):
    film = film_of(np.full((400, 300), 4000, np.uint16))
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    painter = QPainter(image)
    lens = Lens(diameter=200, own_window=False)
    Magnifier(film, PictureMaker(film)).draw(painter, lens, QPointF(400, 300), view_of(), LOOK, ratio=1.0, font=QFont())
    painter.end()
    assert image.pixelColor(400, 300).lightness() == 255
    for corner in ((305, 205), (495, 205), (305, 395), (495, 395)):
        assert image.pixel(*corner) & 0xFFFFFF == 0x123456
