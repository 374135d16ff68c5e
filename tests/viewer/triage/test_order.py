"""Urgent first, old ones lifted, unknown never normal, nothing jumps under the hand."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from viewer.triage.ledger import Entry
from viewer.triage.order import Urgency, by_urgency, settle

PLACE = Path("film")


def test_groups_come_in_the_order_of_urgency() -> None:
    entries = [
        Entry(0, PLACE, status="duplicate"),
        Entry(1, PLACE, status="done", band="below", probability=0.1),
        Entry(2, PLACE, status="failed"),
        Entry(3, PLACE, status="done", band="uncertain", probability=0.5),
        Entry(4, PLACE, status="done", band="above", probability=0.8),
        Entry(5, PLACE, status="done", band="above", probability=0.9),
        Entry(6, PLACE, status="not_assessable"),
        Entry(7, PLACE, status="queued"),
        Entry(8, PLACE, status="done", band="above", probability=0.99, reviewed=True),
    ]
    assert by_urgency(entries, now=0.0, urgency=Urgency()) == [5, 4, 3, 2, 6, 1, 7, 8, 0]


def test_a_film_that_waited_too_long_rises_above_every_score() -> None:
    old = Entry(0, PLACE, status="done", band="below", probability=0.01, arrived=0.0)
    urgent = Entry(1, PLACE, status="done", band="above", probability=0.99, arrived=90.0)
    assert by_urgency([urgent, old], now=100.0, urgency=Urgency(longest_wait_s=60.0)) == [0, 1]
    assert by_urgency([urgent, old], now=100.0, urgency=Urgency(longest_wait_s=None)) == [1, 0]


def test_films_that_came_together_and_waited_too_long_keep_their_urgency() -> None:
    normal = Entry(0, PLACE, status="done", band="below", probability=0.01, arrived=0.0)
    failed = Entry(1, PLACE, status="failed", arrived=0.0)
    urgent = Entry(2, PLACE, status="done", band="above", probability=0.9, arrived=0.0)
    fresh = Entry(3, PLACE, status="done", band="above", probability=0.99, arrived=90.0)
    assert by_urgency([normal, failed, urgent, fresh], now=100.0, urgency=Urgency(60.0)) == [2, 1, 0, 3]


@given(st.permutations(range(8)), st.permutations(range(10)), st.integers(0, 7))
def test_rows_up_to_the_held_one_stay(shown: list[int], wanted: list[int], held: int) -> None:
    settled = settle(shown, wanted, held)
    place = shown.index(held)
    assert settled[: place + 1] == shown[: place + 1]
    assert sorted(settled) == sorted(wanted)
    rest = [number for number in wanted if number not in shown[: place + 1]]
    assert settled[place + 1 :] == rest


def test_without_a_held_row_everything_may_move() -> None:
    assert settle([0, 1, 2], [2, 1, 0], None) == [2, 1, 0]
