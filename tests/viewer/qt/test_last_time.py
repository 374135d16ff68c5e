"""Last time's films hang again: the same list, the same film in front, after a closed window or a killed program."""

from __future__ import annotations

import pytest
from room import WAIT_MS, HandAnalyst, names_of, write_films

from viewer.app import build
from viewer.display.look import Look
from viewer.session.hanging import Hanging
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
    qtbot.waitUntil(lambda: beside.choices("sitting").get("films", {}).get("panes") == [1], timeout=WAIT_MS)
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


def test_panes_come_back_with_the_films_that_hung_in_them(start, qtbot, tmp_path):
    first = start()
    films = hang_second(first, qtbot, tmp_path)
    first.desk.panes.arrange(2, 2)
    sheets = [sheet.id for sheet in first._sitting.table]
    first.desk.panes.restore(Hanging(2, 2, (sheets[2], None, sheets[0], sheets[1]), 2))
    first.close()
    second = start()
    resume(second, qtbot)
    qtbot.waitUntil(lambda: second.desk.film is not None and second.desk.film.path == films[0], timeout=WAIT_MS)
    hung = [None if pane.sheet is None else pane.sheet.path for pane in second.box.panes]
    assert hung == [films[2], None, films[0], films[1]]
    qtbot.waitUntil(lambda: all(pane.film_key for pane in second.box.panes if pane.sheet), timeout=WAIT_MS)
    assert second.box.panes[3].canvas._look.inverted


def test_an_empty_pane_in_front_comes_back_too(start, qtbot, tmp_path):
    first = start()
    hang_second(first, qtbot, tmp_path)
    first.desk.panes.arrange(1, 2)
    first.desk.panes.step(1)
    first.close()
    second = start()
    resume(second, qtbot)
    qtbot.waitUntil(lambda: second.desk.panes.layout == (1, 2), timeout=WAIT_MS)
    assert second.box.front is second.box.panes[1]
    assert second.desk.film is None


@pytest.mark.parametrize(
    "damage",
    [
        "text",
        {"paths": []},
        {"paths": ["a"], "layout": [1, 1], "panes": [4], "front": 0, "frame": 0},
        {"paths": ["a"], "layout": [3, 1], "panes": [0], "front": 0, "frame": 0},
        {"paths": ["a", "b"], "layout": [1, 2], "panes": [0, 0], "front": 0, "frame": 0},
        {"layout": [1, 1]},
    ],
)
def test_what_cannot_be_understood_is_no_last_time(start, tmp_path, damage):
    store = Store(tmp_path / "store.sqlite")
    store.keep_choice("sitting", "films", damage)
    store.close()
    assert not start().actions_["file.resume"].isEnabled()


def test_nothing_to_resume_at_first(start):
    assert not start().actions_["file.resume"].isEnabled()
