from hypothesis import given
from hypothesis import strategies as st

from viewer.session.history import History

steps = st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 3)), max_size=60)


@given(steps)
def test_undoing_everything_returns_to_the_start_and_redoing_to_the_end(taken):
    history = History(-1)
    for snapshot, gesture in taken:
        history.record(snapshot, gesture)
    end = history.present
    undone = 0
    while history.can_undo:
        history.undo()
        undone += 1
    assert history.present == -1
    for _ in range(undone):
        history.redo()
    assert history.present == end
    assert not history.can_redo


@given(steps, st.integers(0, 10))
def test_a_new_step_after_undo_forgets_what_was_undone(taken, back):
    history = History(-1)
    for snapshot, gesture in taken:
        history.record(snapshot, gesture)
    for _ in range(back):
        history.undo()
    history.record(99)
    assert history.present == 99
    assert not history.can_redo


def test_one_gesture_is_one_step():
    history = History(0)
    for value in range(1, 40):
        history.record(value, gesture=7)
    history.record(100, gesture=8)
    assert history.undo() == 39
    assert history.undo() == 0
    assert not history.can_undo


def test_a_gesture_that_goes_on_after_undo_is_a_step_of_its_own():
    history = History(0)
    history.record(1, gesture=7)
    history.undo()
    history.record(2, gesture=7)
    assert history.undo() == 0


def test_an_equal_snapshot_is_no_step():
    history = History(0)
    history.record(0)
    assert not history.can_undo


def test_at_least_fifty_steps_are_kept():
    history = History(0)
    for value in range(1, 200):
        history.record(value)
    for _ in range(50):
        history.undo()
    assert history.present == 149
