from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.display.look import Look
from viewer.session.reading import Reading
from viewer.session.state import Table

A, B, C = Path("a.dcm"), Path("b.dcm"), Path("c.dcm")


def reading_of(film):
    return Reading(film, (), Look(film.windows[0]), np.zeros((8, 8), np.uint8))


def test_films_lie_in_the_order_in_which_they_came():
    table = Table()
    table.lay([B, A])
    table.lay([C])
    assert [sheet.path for sheet in table] == [B, A, C]


def test_a_film_already_there_is_not_laid_twice():
    table = Table()
    first, *_ = table.lay([A])
    again, _ = table.lay([A, B])
    assert again.id == first.id
    assert len(table) == 2


def test_a_film_that_failed_is_tried_again_when_dropped_again():
    table = Table()
    (sheet,) = table.lay([A])
    table.change(sheet.id, reading="failed", error="broken")
    table.lay([A])
    assert [waiting.id for waiting in table.waiting()] == [sheet.id]


def test_the_film_after_a_removed_one_comes_forward_else_the_one_before():
    table = Table()
    a, b, c = table.lay([A, B, C])
    table.bring_forward(b.id)
    table.remove(b.id)
    assert table.current.id == c.id
    table.remove(c.id)
    assert table.current.id == a.id
    table.remove(a.id)
    assert table.current is None


def test_removing_another_film_leaves_the_one_in_front():
    table = Table()
    a, b = table.lay([A, B])
    table.bring_forward(a.id)
    table.remove(b.id)
    assert table.current.id == a.id


names = st.integers(0, 6).map(lambda n: Path(f"{n}.dcm"))
gestures = st.lists(
    st.one_of(
        st.tuples(st.just("lay"), st.lists(names, max_size=5)),
        st.tuples(st.sampled_from(["read", "fail", "remove"]), st.integers(0, 6)),
    ),
    max_size=40,
)


@given(gestures)
def test_every_batch_adds_up_whatever_happens_in_between(taken):
    """A batch refuses to be made when its parts do not add up to what was found."""
    table, batches, laid = Table(), [], 0
    for deed, what in taken:
        if deed == "lay":
            laid += 1
            table.lay(what)
        elif len(table):
            sheet = list(table)[what % len(table)]
            if deed == "remove":
                table.remove(sheet.id)
            elif sheet.reading == "waiting":
                table.change(sheet.id, reading="ready" if deed == "read" else "failed", error="broken")
        batches += table.finished_batches()
    for sheet in list(table.waiting()):
        table.change(sheet.id, reading="ready")
    batches += table.finished_batches()
    assert len(batches) == laid


def test_a_reading_of_other_pixels_forgets_the_answer(png_film):
    table = Table()
    (sheet,) = table.lay([A])
    table.change(sheet.id, key="other", answer="analysed")
    assert table.read(sheet.id, reading_of(png_film)).answer == "none"
