from pathlib import Path
from zipfile import ZipFile

import pytest
from predictions import prediction_for, refused
from room import WAIT_MS, HandAnalyst, write_films

from model.errors import NetworkError
from viewer.display.look import Look
from viewer.qt.analysis import Analysis
from viewer.qt.sitting import Sitting


@pytest.fixture
def sitting(qapp, analyst):
    made = Sitting(Analysis(analyst), 2**26)
    made.allow_analysis()
    yield made
    analyst.free.set()
    made.close()


@pytest.fixture
def films(tmp_path):
    return write_films(tmp_path, 4)


def open_all(qtbot, sitting, paths):
    sitting.open(paths)
    qtbot.waitUntil(lambda: len(sitting.table) == len(paths) and not any(sitting.table.waiting()), timeout=WAIT_MS)


def answered(qtbot, sitting):
    qtbot.waitUntil(lambda: sitting.prediction is not None, timeout=WAIT_MS)


def test_the_first_film_found_hangs_on_the_box_and_all_are_read(qtbot, sitting, films):
    open_all(qtbot, sitting, films)
    assert sitting.film.path == films[0]
    assert all(sheet.thumbnail is not None and sheet.reading == "ready" for sheet in sitting.table)


def test_films_beside_the_one_in_front_hang_at_once(qtbot, sitting, films):
    open_all(qtbot, sitting, films)
    qtbot.waitUntil(lambda: not sitting._reader.busy, timeout=WAIT_MS)
    sitting.step(1)
    assert sitting.film.path == films[1]


def test_films_far_down_the_list_are_read_when_they_are_wanted(qtbot, sitting, films):
    open_all(qtbot, sitting, films)
    sitting.hang(list(sitting.table)[-1].id)
    qtbot.waitUntil(lambda: sitting.film is not None and sitting.film.path == films[-1], timeout=WAIT_MS)


def test_a_shelf_too_small_for_two_films_does_not_read_for_ever(qtbot, qapp, analyst, films):
    sitting = Sitting(Analysis(analyst), 1)
    open_all(qtbot, sitting, films)
    qtbot.waitUntil(lambda: not sitting._reader.busy, timeout=WAIT_MS)
    with qtbot.assertNotEmitted(sitting.sheet_changed, wait=60):
        pass
    sitting.close()


def test_the_sum_of_a_batch_is_told_with_reasons(qtbot, sitting, films, tmp_path):
    (tmp_path / "readme.txt").write_text("no film")
    with qtbot.waitSignal(sitting.told, timeout=WAIT_MS) as caught:
        sitting.open([tmp_path])
    (message,) = caught.args
    assert message.text.format(**message.values) == "5 found, 4 opened, 1 failed."
    assert message.details[0].startswith("readme.txt: ")


def test_a_file_that_is_no_film_stays_in_the_list_with_its_reason(qtbot, sitting, tmp_path):
    (tmp_path / "readme.txt").write_text("no film")
    sitting.open([tmp_path / "readme.txt"])
    qtbot.waitUntil(lambda: sitting.table.current is not None and sitting.table.current.reading == "failed")
    assert "text file" in sitting.table.current.error
    assert sitting.film is None


def test_a_missing_file_is_told(qtbot, sitting, tmp_path):
    sitting.open([tmp_path / "gone.dcm"])
    qtbot.waitUntil(lambda: sitting.table.current is not None and sitting.table.current.reading == "failed")
    assert "not there any more" in sitting.table.current.error


def test_an_empty_folder_is_told(qtbot, sitting, tmp_path):
    with qtbot.waitSignal(sitting.told, timeout=WAIT_MS) as caught:
        sitting.open([tmp_path])
    assert caught.args[0].text == "No films were found there."


def test_two_drops_at_once_are_both_opened(qtbot, sitting, films):
    sitting.open(films[:2])
    sitting.open(films[2:])
    qtbot.waitUntil(lambda: len(sitting.table) == 4, timeout=WAIT_MS)


def test_the_network_is_asked_about_the_film_in_front(qtbot, sitting, films):
    open_all(qtbot, sitting, films[:1])
    answered(qtbot, sitting)
    assert sitting.prediction.film_key == sitting.film.key
    assert sitting.table.current.answer == "analysed"


def test_the_network_is_not_woken_before_it_may(qtbot, qapp, analyst, films):
    sitting = Sitting(Analysis(analyst), 2**26)
    open_all(qtbot, sitting, films)
    qtbot.wait(250)
    assert analyst.asked == []
    assert analyst.loads == 0
    sitting.close()


def test_the_network_warms_up_while_the_box_is_empty(qtbot, sitting, analyst):
    qtbot.waitUntil(lambda: analyst.loads == 1)


def test_leafing_through_films_asks_only_about_the_one_that_stays(qtbot, sitting, films, analyst):
    open_all(qtbot, sitting, films)
    for _ in range(3):
        sitting.step(1)
    answered(qtbot, sitting)
    assert analyst.asked[-1][0] == sitting.film.key
    assert len({key for key, _ in analyst.asked}) <= 2


def test_the_answer_for_one_film_is_never_shown_on_another(qtbot, sitting, films, analyst):
    open_all(qtbot, sitting, films)
    answered(qtbot, sitting)
    analyst.free.clear()
    sitting.analyse()
    first = sitting.table.current.id
    qtbot.waitUntil(lambda: len(analyst.asked) == 2)
    sitting.step(1)
    assert sitting.prediction is None
    analyst.free.set()
    answered(qtbot, sitting)
    assert sitting.prediction.film_key == sitting.film.key
    assert sitting.table.get(first).prediction.film_key == sitting.table.get(first).key


def test_an_answer_with_another_films_key_is_thrown_away(qtbot, qapp, films, png_film):
    analyst = HandAnalyst(answer=lambda film, force: prediction_for(png_film))
    sitting = Sitting(Analysis(analyst), 2**26)
    sitting.allow_analysis()
    open_all(qtbot, sitting, films[:1])
    qtbot.waitUntil(lambda: sitting.table.current.answer == "failed", timeout=WAIT_MS)
    assert sitting.prediction is None
    assert "another film" in sitting.table.current.answer_error
    sitting.close()


def test_an_answer_stays_with_its_film(qtbot, sitting, films):
    open_all(qtbot, sitting, films[:2])
    answered(qtbot, sitting)
    first = sitting.prediction
    sitting.step(1)
    answered(qtbot, sitting)
    sitting.step(-1)
    assert sitting.prediction is first


def test_cancelling_is_a_state_that_is_not_asked_again_by_itself(qtbot, sitting, films, analyst):
    analyst.free.clear()
    open_all(qtbot, sitting, films[:2])
    qtbot.waitUntil(lambda: sitting.analysing, timeout=WAIT_MS)
    sitting.answers.cancel()
    qtbot.waitUntil(lambda: sitting.table.current.answer == "cancelled", timeout=WAIT_MS)
    asked = len(analyst.asked)
    sitting.step(1)
    sitting.step(-1)
    qtbot.wait(250)
    assert [key for key, _ in analyst.asked].count(sitting.film.key) == 1
    assert asked == 1


def test_a_failure_of_the_network_is_a_sentence(qtbot, qapp, films):
    def fail(film, force):
        raise NetworkError("no_memory", "The network ran out of memory; close other programs and try again.")

    sitting = Sitting(Analysis(HandAnalyst(fail)), 2**26)
    sitting.allow_analysis()
    open_all(qtbot, sitting, films[:1])
    qtbot.waitUntil(lambda: sitting.table.current.answer == "failed", timeout=WAIT_MS)
    assert sitting.table.current.answer_error.startswith("The network ran out of memory")
    sitting.close()


def test_a_failure_that_nobody_foresaw_is_told_and_reported(qtbot, qapp, films):
    sitting = Sitting(Analysis(HandAnalyst(lambda film, force: 1 / 0)), 2**26)
    sitting.allow_analysis()
    with qtbot.waitSignal(sitting.surprised, timeout=WAIT_MS) as caught:
        sitting.open(films[:1])
    assert isinstance(caught.args[0], ZeroDivisionError)
    assert "ZeroDivisionError" in sitting.table.current.answer_error
    sitting.close()


def test_films_in_an_archive_are_opened(qtbot, sitting, films, tmp_path):
    archive = tmp_path / "films.zip"
    with ZipFile(archive, "w") as stream:
        for film in films[:2]:
            stream.write(film, film.name)
    sitting.open([archive])
    qtbot.waitUntil(lambda: [sheet.reading for sheet in sitting.table] == ["ready"] * 2, timeout=WAIT_MS)


def test_a_film_that_is_not_assessable_can_be_judged_anyway(qtbot, qapp, films):
    analyst = HandAnalyst(lambda film, force: prediction_for(film, forced=True) if force else refused(film))
    sitting = Sitting(Analysis(analyst), 2**26)
    sitting.allow_analysis()
    open_all(qtbot, sitting, films[:1])
    qtbot.waitUntil(lambda: sitting.table.current.answer == "not_assessable", timeout=WAIT_MS)
    sitting.analyse(force=True)
    qtbot.waitUntil(lambda: sitting.table.current.answer == "analysed", timeout=WAIT_MS)
    assert sitting.prediction.forced
    sitting.close()


def test_each_film_keeps_its_own_look(qtbot, sitting, films):
    open_all(qtbot, sitting, films[:2])
    first = sitting.look
    inverted = Look(first.grey, inverted=True)
    sitting.set_look(inverted)
    sitting.step(1)
    assert not sitting.look.inverted
    sitting.step(-1)
    assert sitting.look == inverted
    sitting.choices.undo(sitting.film.key)
    assert sitting.look == first
    sitting.choices.redo(sitting.film.key)
    assert sitting.look == inverted


def test_removing_the_film_in_front_brings_the_next_one(qtbot, sitting, films):
    open_all(qtbot, sitting, films[:3])
    sitting.remove(sitting.table.current.id)
    qtbot.waitUntil(lambda: sitting.film is not None and sitting.film.path == films[1], timeout=WAIT_MS)
    sitting.clear()
    assert sitting.film is None
    assert len(sitting.table) == 0


def test_a_film_removed_while_it_is_read_is_forgotten(qtbot, sitting, films):
    sitting.open(films)
    qtbot.waitUntil(lambda: len(sitting.table) == 4, timeout=WAIT_MS)
    sitting.clear()
    qtbot.waitUntil(lambda: not sitting._reader.busy, timeout=WAIT_MS)
    assert sitting.film is None


def test_frames_can_be_reached(qtbot, sitting, tmp_path):
    from reference_films import film_named, to_bytes

    path = tmp_path / "frames.dcm"
    path.write_bytes(to_bytes(film_named("frames-native").dataset()))
    open_all(qtbot, sitting, [path])
    assert sitting.film.frames == 3
    sitting.step_frame(1)
    qtbot.waitUntil(lambda: sitting.film is not None and sitting.film.frame == 1, timeout=WAIT_MS)
    sitting.step_frame(-1)
    assert sitting.film.frame == 0
    sitting.step_frame(-1)
    assert sitting.film.frame == 0


def test_relative_paths_are_the_same_film_as_absolute_ones(qtbot, sitting, films, monkeypatch):
    monkeypatch.chdir(films[0].parent)
    open_all(qtbot, sitting, [Path(films[0].name)])
    with qtbot.waitSignal(sitting.told, timeout=WAIT_MS):
        sitting.open([films[0]])
    assert len(sitting.table) == 1
