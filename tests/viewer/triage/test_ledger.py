"""Sums always hold; duplicates are one film."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from viewer.triage.ledger import Ledger, Status


def test_the_second_copy_of_a_film_is_a_duplicate_that_names_the_first() -> None:
    ledger = Ledger()
    first, second, third = (ledger.find(Path(f"{name}.dcm")) for name in "abc")
    ledger.change(first.number, status="done", film_key="1.2.3", content="x")
    by_key = ledger.change(second.number, status="done", film_key="1.2.3", content="y")
    by_content = ledger.change(third.number, status="done", content="x")
    assert (by_key.status, by_key.duplicate_of) == ("duplicate", 0)
    assert (by_content.status, by_content.duplicate_of) == ("duplicate", 0)
    assert "a.dcm" in by_key.reason
    assert ledger.count().opened == 1


def test_files_of_one_identity_that_show_something_else_are_kept_apart() -> None:
    ledger = Ledger()
    plain, inverted, copy = (ledger.find(Path(f"{name}.dcm")) for name in ("plain", "inverted", "copy"))
    ledger.change(plain.number, status="done", film_key="1.2.3", appearance="bone white", content="x")
    other = ledger.change(inverted.number, status="done", film_key="1.2.3", appearance="bone black", content="y")
    again = ledger.change(copy.number, status="done", film_key="1.2.3", appearance="bone white", content="z")
    assert other.status == "done"
    assert (again.status, again.duplicate_of) == ("duplicate", 0)


def test_updating_the_first_again_leaves_it_the_first() -> None:
    ledger = Ledger()
    entry = ledger.change(ledger.find(Path("a")).number, status="analysing", film_key="k")
    assert ledger.change(entry.number, status="done").status == "done"


def test_what_two_threads_change_at_once_both_holds() -> None:
    ledger = Ledger()
    number = ledger.find(Path("a")).number
    with ThreadPoolExecutor(2) as threads:
        for step in range(200):
            changed = [threads.submit(ledger.change, number, **{name: str(step)}) for name in ("patient", "view")]
            assert all(one.result() for one in changed)
            assert (ledger[number].patient, ledger[number].view) == (str(step), str(step))


@given(st.lists(st.tuples(st.sampled_from(get_args(Status)), st.sampled_from(["", "k1", "k2"]))))
def test_the_sum_always_holds(steps: list[tuple[Status, str]]) -> None:
    ledger = Ledger()
    for status, key in steps:
        entry = ledger.find(Path("film"))
        ledger.change(entry.number, status=status, film_key=key)
    count = ledger.count()
    assert count.found == len(steps) == len(ledger)
    assert f"{len(steps)} found" in count.sentence()
