"""Last time's films hang again: the same list, the same film in front, after a closed window or a killed program."""

from __future__ import annotations

import pytest
from room import WAIT_MS, HandAnalyst, names_of, write_films

from viewer.app import build
from viewer.display.look import Look
from viewer.session.store import Store
from viewer.settings.options import NOTICE, Options


@pytest.fixture
def start(dressed, qtbot, tmp_path):
    """Start the program on one store, as often as asked."""
    made = []

    def begin():
        store = Store(tmp_path / "store.sqlite")
        window = build(Options(accepted_notice=NOTICE, language="en"), HandAnalyst(), store)
        qtbot.addWidget(window)
        window.show()
        made.append((window, store))
        return window

    yield begin
    for window, store in made:
        window.close()
        store.close()


def hang_second(window, qtbot, folder):
    films = write_films(folder, 3)
    window.open(films)
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    window.desk.step_film(1)
    qtbot.waitUntil(lambda: window.desk.film is not None and window.desk.film.path == films[1], timeout=WAIT_MS)
    window.actions_["view.invert"].trigger()
    return films


def resume(window, qtbot):
    assert window.actions_["file.resume"].isEnabled()
    window.actions_["file.resume"].trigger()
    qtbot.waitUntil(lambda: window.desk.film_count == 3, timeout=WAIT_MS)


def names(window) -> list[str]:
    return names_of([sheet.path for sheet in window._sitting.table])


def test_films_place_and_look_come_back_after_closing(start, qtbot, tmp_path):
    first = start()
    films = hang_second(first, qtbot, tmp_path)
    first.close()
    second = start()
    assert second.desk.film_count == 0
    resume(second, qtbot)
    qtbot.waitUntil(lambda: second.desk.film is not None and second.desk.film.path == films[1], timeout=WAIT_MS)
    assert names(second) == names_of(films)
    assert isinstance(second.desk.look, Look)
    assert second.desk.look.inverted
    assert not second.actions_["file.resume"].isEnabled()


def test_nothing_waits_for_the_window_to_close(start, qtbot, tmp_path):
    first = start()
    films = hang_second(first, qtbot, tmp_path)
    beside = Store(tmp_path / "store.sqlite")
    qtbot.waitUntil(lambda: beside.choices("sitting").get("films", {}).get("place") == 1, timeout=WAIT_MS)
    assert beside.choices("sitting")["films"]["paths"] == [str(film) for film in films]
    beside.close()


def test_an_empty_start_forgets_nothing_but_clearing_does(start, qtbot, tmp_path):
    first = start()
    hang_second(first, qtbot, tmp_path)
    first.close()
    start().close()
    third = start()
    resume(third, qtbot)
    third.actions_["file.clear"].trigger()
    third.close()
    assert not start().actions_["file.resume"].isEnabled()


@pytest.mark.parametrize("damage", ["text", {"paths": []}, {"paths": ["a"], "place": 4, "frame": 0}, {"place": 0}])
def test_what_cannot_be_understood_is_no_last_time(start, tmp_path, damage):
    store = Store(tmp_path / "store.sqlite")
    store.keep_choice("sitting", "films", damage)
    store.close()
    assert not start().actions_["file.resume"].isEnabled()


def test_nothing_to_resume_at_first(start):
    assert not start().actions_["file.resume"].isEnabled()
