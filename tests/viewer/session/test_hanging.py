"""Which film hangs in which pane: nothing hangs twice, nothing in front is lost, whatever is done in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.session.hanging import LAYOUTS, Hanging

FOUR = Hanging(2, 2, (1, 2, 3, None), 2)

DEEDS = st.one_of(
    st.tuples(st.just("fronted"), st.integers(0, 3)),
    st.tuples(st.just("with_current"), st.one_of(st.none(), st.integers(1, 6))),
    st.tuples(st.just("with_film"), st.integers(1, 6), st.integers(0, 3)),
    st.tuples(st.just("exchanged"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("filled"), st.lists(st.integers(1, 6), unique=True)),
    st.tuples(st.just("without"), st.sets(st.integers(1, 6))),
)


@given(st.lists(DEEDS, max_size=12))
def test_no_film_ever_hangs_twice(deeds):
    hanging = Hanging(2, 2, (None,) * 4)
    for deed, *values in deeds:
        hanging = getattr(hanging, deed)(*values)
        assert len(set(hanging.hung)) == len(hanging.hung)


@given(st.sampled_from(LAYOUTS), st.integers(0, 3))
def test_the_film_in_front_stays_in_front_in_every_layout(layout, front):
    arranged = FOUR.fronted(front).arranged(*layout)
    assert arranged.current == FOUR.sheets[front]
    assert arranged.layout == layout


@given(st.permutations([1, 2, 3, None]), st.integers(0, 3), st.integers(0, 3))
def test_exchanging_twice_changes_nothing(sheets, one, other):
    hanging = Hanging(2, 2, tuple(sheets), 1)
    there = hanging.exchanged(one, other)
    assert there.current == hanging.current
    assert there.exchanged(one, other) == hanging


def test_a_film_dragged_from_the_list_takes_the_place_of_what_hung_there():
    assert FOUR.with_film(9, 0) == Hanging(2, 2, (9, 2, 3, None), 0)


def test_a_film_dragged_from_another_pane_exchanges_the_two():
    assert FOUR.with_film(1, 1) == Hanging(2, 2, (2, 1, 3, None), 1)
    assert FOUR.with_film(1, 3) == Hanging(2, 2, (None, 2, 3, 1), 3)


def test_a_film_that_hangs_already_comes_in_front_where_it_is():
    assert FOUR.with_current(2) == Hanging(2, 2, (1, 2, 3, None), 1)
    assert FOUR.with_current(7) == Hanging(2, 2, (1, 2, 7, None), 2)


def test_a_smaller_layout_keeps_the_first_films_and_the_one_in_front():
    assert FOUR.arranged(1, 2) == Hanging(1, 2, (1, 3), 1)
    assert FOUR.arranged(1, 1) == Hanging(1, 1, (3,), 0)


def test_empty_panes_are_filled_in_order_with_what_hangs_nowhere():
    assert Hanging(2, 2, (1, None, None, None)).filled([1, 5, 6]).sheets == (1, 5, 6, None)


def test_films_under_other_names_are_those_of_last_time():
    assert FOUR.renamed({1: 10, 3: 30}) == Hanging(2, 2, (10, None, 30, None), 2)
    assert FOUR.renamed({1: 10, 3: 30}).beside == (10,)


@pytest.mark.parametrize(
    ("values", "words"),
    [((1, 1, (1, 2)), "do not fill"), ((3, 1, (1, 2, 3)), "do not fill"), ((1, 2, (1, 1)), "at most"),
     ((1, 2, (1, 2), 2), "in front")],
)  # fmt: skip
def test_what_cannot_hang_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        Hanging(*values)
