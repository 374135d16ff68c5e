"""The list as the reader sees it; new files of a watched folder; time left; the summary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from viewer.triage.ledger import Entry
from viewer.triage.pace import Pace, time_left_text
from viewer.triage.report import summary
from viewer.triage.watch import Watch
from viewer.triage.worklist import FILTERS, Sorting, Worklist

HERE = Path("films")


def _list(*entries: Entry) -> Worklist:
    made = Worklist()
    for entry in entries:
        made.put(entry)
    made.rows = made.ordered(0.0)
    return made


def _done(number: int, probability: float, **more: object) -> Entry:
    band = "above" if probability > 0.5 else "below"
    entry = Entry(number, HERE / f"{number}.dcm", status="done", band=band, probability=probability)
    return replace(entry, **more)  # type: ignore[arg-type]


def test_news_below_the_held_row_rise_only_as_far_as_it() -> None:
    made = _list(_done(0, 0.9), _done(1, 0.8), _done(2, 0.1))
    made.put(_done(3, 0.99))
    assert made.ordered(0.0, held=1) == [0, 1, 3, 2]
    assert made.ordered(0.0) == [3, 0, 1, 2]


def test_a_held_row_stays_though_the_filter_drops_it() -> None:
    made = _list(_done(0, 0.9), _done(1, 0.8))
    made.filter = "unread"
    made.put(_done(0, 0.9, reviewed=True))
    assert made.ordered(0.0, held=0) == [0, 1]
    assert made.ordered(0.0) == [1]


@given(st.permutations(range(6)), st.sampled_from(sorted(FILTERS)), st.integers(0, 5))
def test_every_shown_row_is_there_once(order: list[int], name: str, held: int) -> None:
    made = _list(*(_done(number, number / 6, reviewed=number % 2 == 0) for number in range(6)))
    made.rows, made.filter = list(order), name  # type: ignore[assignment]
    rows = made.ordered(0.0, held)
    assert len(rows) == len(set(rows))
    assert {number for number in range(6) if FILTERS[made.filter](made[number])} <= set(rows)
    assert rows[: order.index(held) + 1] == order[: order.index(held) + 1]


def test_sorting_by_a_column_leaves_what_is_not_known_at_the_end() -> None:
    made = _list(_done(0, 0.2), Entry(1, HERE, status="failed"), _done(2, 0.7))
    made.sorting = Sorting("score", descending=True)
    assert made.ordered(0.0) == [2, 0, 1]
    made.sorting = Sorting("score")
    assert made.ordered(0.0) == [0, 2, 1]
    made.put(_done(0, 0.2, findings=("lung_opacity",)))
    made.sorting = Sorting("finding")
    assert made.ordered(0.0) == [0, 1, 2]


def test_every_word_searched_for_is_in_what_a_row_reads() -> None:
    made = _list(_done(0, 0.2, patient="Doe^Jane", view="PA"), _done(1, 0.3, patient="Doe^John", view="AP"))
    made.text = lambda entry: f"{entry.patient} {entry.view}"
    made.search = "doe pa"
    assert made.ordered(0.0) == [0]
    made.text = lambda entry: entry.view
    assert made.ordered(0.0) == []


def test_the_next_film_skips_what_cannot_be_opened() -> None:
    made = _list(_done(0, 0.9), Entry(1, HERE, status="failed", band=None), _done(2, 0.1))
    assert made.beside(0, 1) == made[2]
    assert made.beside(2, -1) == made[0]
    assert made.beside(2, 1) is None


def test_a_file_is_taken_once_it_has_stopped_growing(tmp_path: Path) -> None:
    watch = Watch([tmp_path])
    film = tmp_path / "film.dcm"
    film.write_bytes(b"half")
    assert watch.look() == []
    film.write_bytes(b"half and more")
    assert watch.look() == []
    assert watch.look() == [film]
    assert watch.look() == []
    (tmp_path / "empty").touch()
    assert watch.look() == watch.look() == []


def test_known_files_are_not_new(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"x")
    watch = Watch([tmp_path, tmp_path / "gone"], known=[tmp_path / "old"])
    assert watch.look() == watch.look() == []


def test_the_time_left_knows_pauses() -> None:
    clock = [0.0]
    pace = Pace(lambda: clock[0])
    pace.start()
    assert pace.seconds_left(4) is None
    clock[0] = 2.0
    pace.count()
    assert pace.seconds_left(4) == 8.0
    pace.pause()
    clock[0] = 100.0
    pace.resume()
    clock[0] = 102.0
    pace.count()
    assert pace.seconds_left(4) == 8.0
    assert [time_left_text(seconds) for seconds in (5, 61, 7500)] == ["5 s", "2 min", "2 h 05 min"]


def test_the_summary_counts_each_film_once() -> None:
    entries = [
        *(_done(0, 1.0, reviewed=True), _done(1, 0.05), _done(2, 0.07)),
        *(Entry(3, HERE / "bad", status="failed", reason="Damaged."), Entry(4, HERE, status="not_assessable")),
    ]
    told = summary(entries)
    assert (told.above, told.below, told.not_assessable, told.reviewed) == (1, 2, 1, 1)
    assert told.histogram == (2, *[0] * 8, 1)
    assert told.failures == (("bad", "Damaged."),)


def test_what_the_reader_is_to_judge_first_gives_nothing_away() -> None:
    """Neither a row's words, nor filter, search, column order or place tell a film with opacity from one without."""
    made = _list(_done(0, 0.1, film_key="a"), _done(1, 0.9, film_key="b", findings=("lung_opacity",)))
    made.hides = lambda film_key: film_key in {"a", "b"}
    assert {replace(entry, number=0, path=HERE, film_key="") for entry in made.entries} == {
        Entry(0, HERE, status="withheld")
    }
    assert made.ordered(0.0) == [0, 1]
    for made.filter, made.search, made.sorting in (
        ("above", "", Sorting()),
        ("all", "above", Sorting()),
        ("unknown", "", Sorting()),
    ):
        assert made.ordered(0.0) == []
    made.filter, made.search, made.sorting = "all", "", Sorting("score", descending=True)
    assert made.ordered(0.0) == [0, 1]
    assert summary(made.entries).above == 0
    made.hides = lambda film_key: film_key == "a"
    made.sorting = Sorting()
    assert made.ordered(0.0) == [1, 0]
    assert made.count().opened == 2
