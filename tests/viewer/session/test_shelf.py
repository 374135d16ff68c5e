import numpy as np
import pytest

from viewer.display.look import Look
from viewer.session.reading import Reading
from viewer.session.shelf import Shelf


@pytest.fixture
def reading(png_film):
    return Reading(png_film, (), Look(png_film.windows[0]), np.zeros((8, 8), np.uint8))


def test_what_was_not_looked_at_for_longest_leaves_first(reading):
    shelf = Shelf(3 * reading.held_bytes)
    for sheet_id in (1, 2, 3):
        shelf.put((sheet_id, 0), reading)
    shelf.take((1, 0))
    shelf.put((4, 0), reading)
    assert (2, 0) not in shelf
    assert (1, 0) in shelf
    assert shelf.held_bytes <= 3 * reading.held_bytes


def test_one_film_larger_than_the_shelf_is_still_held(reading):
    shelf = Shelf(1)
    shelf.put((1, 0), reading)
    assert shelf.take((1, 0)) is reading
    shelf.put((2, 0), reading)
    assert (1, 0) not in shelf


def test_dropping_a_sheet_drops_all_its_frames(reading):
    shelf = Shelf(2**30)
    shelf.put((1, 0), reading)
    shelf.put((1, 1), reading)
    shelf.put((2, 0), reading)
    shelf.drop(1)
    assert shelf.take((1, 1)) is None
    assert (2, 0) in shelf


def test_what_hangs_is_never_let_go_of_and_leaves_first_once_it_does_not(reading):
    shelf = Shelf(1)
    shelf.hold([(1, 0), (2, 0)])
    for sheet_id in (1, 2, 3, 4):
        shelf.put((sheet_id, 0), reading)
    assert [sheet_id for sheet_id in (1, 2, 3, 4) if (sheet_id, 0) in shelf] == [1, 2, 4]
    shelf.hold([(2, 0)])
    assert [sheet_id for sheet_id in (1, 2, 3, 4) if (sheet_id, 0) in shelf] == [2, 4]
