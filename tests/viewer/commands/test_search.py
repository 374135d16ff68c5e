import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.commands.registry import COMMANDS
from viewer.commands.search import found, score

TITLES = [(command.title, command.id) for command in COMMANDS]


@pytest.mark.parametrize(
    ("typed", "command_id"),
    [
        ("inv", "view.invert"),
        ("flr", "view.flip_horizontal"),
        ("ftb", "view.flip_vertical"),
        ("heat", "findings.heatmap"),
        ("hide names", "view.anonymous"),
        ("fs", "view.full_screen"),
        ("UNDO", "edit.undo"),
        ("next bo", "findings.next_box"),
        ("lung out", "findings.lungs"),
    ],
)
def test_a_few_letters_find_the_command_first(typed, command_id):
    assert found(typed, TITLES)[0] == command_id


def test_letters_that_do_not_occur_find_nothing():
    assert found("qqzz", TITLES) == []


def test_nothing_typed_lists_everything_in_order():
    assert found("", TITLES) == [command_id for _, command_id in TITLES]


@given(st.text(min_size=1, max_size=20).filter(lambda text: not text.isspace()))
def test_a_title_finds_itself_and_nothing_fits_a_shorter_one(title):
    assert score(title, title) is not None
    assert score(title + "x" * 30, title) is None
