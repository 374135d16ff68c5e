"""Which film is read next and which stay in memory."""

from pathlib import Path

import numpy as np
import pytest

from viewer.display.look import Look
from viewer.session.reading import Reading
from viewer.session.shelf import Shelf
from viewer.session.state import Table
from viewer.session.wants import Wants


@pytest.fixture
def table():
    made = Table()
    made.lay([Path(f"{number}.dcm") for number in range(1, 7)])
    return made


@pytest.fixture
def reading(png_film):
    return Reading(png_film, (), Look(png_film.windows[0]), np.zeros((8, 8), np.uint8))


def wants_of(table, shelf):
    return Wants(table, shelf, lambda sheet, step: table.beside(sheet.id, step))


def asked(wants, shelf, reading):
    """Return the sheets in the order in which they are asked for, each put into memory as it is read."""
    order = []
    while (wanted := wants.next()) is not None:
        sheet, sketch = wanted
        order.append((sheet.id, "sketch") if sketch else sheet.id)
        if not sketch:
            wants._table.change(sheet.id, reading="ready")
            shelf.put((sheet.id, sheet.frame), reading)
    return order


def test_front_then_beside_then_the_neighbours_then_companions_then_the_rest(table, reading):
    shelf = Shelf(2**30)
    wants = wants_of(table, shelf)
    table.bring_forward(3)
    wants.hang_beside([6], companions=[1])
    assert asked(wants, shelf, reading) == [(3, "sketch"), 3, 6, 4, 2, 1, 5]
    assert wants.looked_at == (3, 6, 1)


def test_companions_that_have_an_answer_need_no_memory(table, reading):
    shelf = Shelf(2**30)
    wants = wants_of(table, shelf)
    table.bring_forward(1)
    wants.hang_beside([], companions=[5, 6])
    table.change(5, answer="analysed")
    assert [sheet.id for sheet in wants.near()] == [1, 2, 6]


def test_a_shelf_too_small_asks_for_no_film_twice_until_another_one_is_in_front(table, reading):
    shelf = Shelf(1)
    wants = wants_of(table, shelf)
    table.bring_forward(1)
    wants.hang_beside([2], companions=[5])
    order = asked(wants, shelf, reading)
    assert len(order) == len(set(order))
    assert (1, 0) in shelf
    assert (2, 0) in shelf
    table.bring_forward(5)
    wants.begin()
    wants.hang_beside([], companions=[])
    assert asked(wants, shelf, reading)[:2] == [(5, "sketch"), 5]


def test_with_an_empty_pane_in_front_those_beside_it_are_wanted_still(table, reading):
    shelf = Shelf(2**30)
    wants = wants_of(table, shelf)
    wants.hang_beside([4], companions=[])
    assert asked(wants, shelf, reading)[0] == 4
