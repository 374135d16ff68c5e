from dataclasses import replace

from model.film.film import Window
from viewer.display.look import Look
from viewer.session.edits import EditBook, Edits

FIRST = Look(Window(100, 200))
WIDER = Look(Window(100, 400))


def test_each_film_has_its_own_look_and_its_own_undo():
    book = EditBook()
    book.open("a", FIRST)
    book.open("b", WIDER)
    book.record("a", Edits(replace(FIRST, inverted=True)))
    book.record("b", Edits(replace(WIDER, inverted=True)))
    book.history("a").undo()
    assert book.history("a").present.look == FIRST
    assert book.history("b").present.look.inverted


def test_a_film_opened_again_keeps_what_was_chosen():
    book = EditBook()
    book.open("a", FIRST)
    book.record("a", Edits(WIDER))
    assert book.open("a", FIRST).look == WIDER
    assert book.first_look("a") == FIRST
