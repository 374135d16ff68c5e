import pytest

from model.film.film import FilmWarning
from viewer.messages import Batch, batch_message, header_message


def test_the_parts_of_a_batch_must_add_up():
    with pytest.raises(ValueError, match="account"):
        Batch(found=5, opened=3, failures=("a: broken",))


def test_one_film_that_opens_says_nothing():
    assert batch_message(Batch(1, 1)) is None


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        (Batch(5, 4, ("x.txt: no film",)), "5 found, 4 opened, 1 failed."),
        (Batch(5, 3, ("x.txt: no film",), 1), "5 found, 3 opened, 1 were open already, 1 failed."),
        (Batch(5, 3, ("x.txt: no film",), 0, 1), "5 found, 3 opened, 1 removed, 1 failed."),
        (Batch(5, 2, ("x.txt: no film",), 1, 1), "5 found, 2 opened, 1 were open already, 1 removed, 1 failed."),
        (Batch(0, 0), "No films were found there."),
        (Batch(3, 3), "3 found, 3 opened, 0 failed."),
    ],
)
def test_the_sentence_names_every_part(batch, words):
    message = batch_message(batch)
    assert message.text.format(**message.values) == words
    assert message.details == batch.failures
    assert message.level == ("warning" if batch.failures or not batch.found else "info")


def test_one_unusable_tag_is_named_and_several_are_listed():
    one = FilmWarning("spacing", "Pixel Spacing (0028,0030) is zero; lengths are in pixels.")
    two = FilmWarning("window", "Window Width (0028,1051) is negative; an automatic window is used.")
    assert header_message(()) is None
    message = header_message((one,))
    assert message.text.format(**message.values) == one.message
    message = header_message((one, two))
    assert message.details == (one.message, two.message)
    assert "(2)" in message.text.format(**message.values)
