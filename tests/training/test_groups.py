"""Groups and splits: what belongs together stays together, on made rows and on the real collections."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from training_rows import make_row

from training.duplicates import Pair
from training.groups import join, merged_patients
from training.manifest import Manifest
from training.splits import SPLITS, Division, random_leak, spanning, split

KNOWN_MERGES = {("97", "178"), ("78", "201"), ("137", "202"), ("285", "339"), ("287", "340")}


def test_patient_picture_and_file_join_films_transitively() -> None:
    rows = [
        make_row("a/1.jpg", patient="a:1"),
        make_row("a/2.jpg", patient="a:1"),
        make_row("b/1.jpg", patient="b:1", source="b"),
        make_row("b/1.jpg", patient="b:2", source="b"),
        make_row("b/3.jpg", patient="b:2", source="b"),
        make_row("b/4.jpg", patient="b:4", source="b"),
    ]
    joined, joins = join(rows, [Pair(1, 2, 0.93)])
    groups = {row.path: row.group for row in joined}
    assert len(joined) == 5
    assert len({groups[path] for path in ("a/1.jpg", "a/2.jpg", "b/1.jpg", "b/3.jpg")}) == 1
    assert groups["b/4.jpg"] not in {groups["a/1.jpg"]}
    assert {found.reason for found in joins} == {"picture", "file"}
    assert set(merged_patients(joins)) == {("b:1", "b:2")}


def test_equal_names_join_only_where_collections_copied_from_each_other() -> None:
    rows = [
        make_row("covid-chestxray/images/x.png", patient="c:1", source="covid-chestxray"),
        make_row("darkcovidnet/Covid-19/x.jpg", patient="d:x", source="darkcovidnet"),
        make_row("nih/x.png", patient="n:1", source="nih"),
    ]
    joined, _ = join(rows, [])
    assert joined[0].group == joined[1].group != joined[2].group


def test_split_is_deterministic_whole_and_near_the_wanted_shares() -> None:
    rows = [make_row(f"{n}.jpg", patient=f"s:{n // 3}", opacity=n % 2 == 0) for n in range(600)]
    joined, _ = join(rows, [])
    first, again = split(joined, Division(3)), split(list(reversed(joined)), Division(3))
    assert {row.path: row.split for row in first} == {row.path: row.split for row in again}
    assert spanning(first) == []
    counts = Counter((row.split, row.opacity) for row in first)
    assert counts["train", True] == pytest.approx(210, abs=6)
    assert counts["test", False] == pytest.approx(60, abs=6)
    assert {row.path: row.split for row in split(joined, Division(4))} != {row.path: row.split for row in first}


def test_a_site_that_is_held_out_is_tested_alone_with_all_its_groups() -> None:
    rows = [make_row(f"{n}.jpg", patient=f"s:{n // 3}", site=f"site {n % 30}") for n in range(300)]
    joined, _ = join(rows, [])
    divided = split(joined, Division(held=frozenset({"site 0"})))
    of_site = {row.group for row in divided if row.site == "site 0"}
    assert {row.split for row in divided if row.group in of_site} == {"test"}
    others = Counter(row.split for row in divided if row.group not in of_site)
    assert others["train"] == pytest.approx(0.7 * others.total(), abs=6)


def test_a_random_split_leaks_what_can_be_reckoned() -> None:
    rows = [make_row(f"{n}.jpg", patient=f"s:{n // 2}") for n in range(2000)]
    joined, _ = join(rows, [])
    assert random_leak(joined, rounds=50)["all"] == pytest.approx(0.8, abs=0.02)


def test_spanning_names_a_torn_group() -> None:
    rows = [make_row("1.jpg", group="g", split="train"), make_row("2.jpg", group="g", split="test")]
    assert spanning(rows) == ["g"]


def test_no_group_of_the_real_collections_spans_splits(manifest: Manifest) -> None:
    assert spanning(manifest.rows) == []
    where = {}
    for row in manifest.rows:
        assert where.setdefault(row.patient, row.split) == row.split
    assert len(manifest.rows) > 3200


def test_the_known_double_patients_are_found(manifest: Manifest) -> None:
    merged = {frozenset(pair) for pair in merged_patients(manifest.joins)}
    known = {frozenset(f"covid-chestxray:{number}" for number in pair) for pair in KNOWN_MERGES}
    assert known <= merged


def test_copies_are_found_across_collections_and_strangers_are_not(manifest: Manifest) -> None:
    sources: dict[str, set[str]] = {row.group: set() for row in manifest.rows}
    for row in manifest.rows:
        sources[row.group].add(row.source)
    copied = Counter(
        row.source for row in manifest.rows if {"covid-chestxray", "covid-segmentations"} & sources[row.group]
    )
    assert copied["covid-cxnet"] >= 200
    assert copied["darkcovidnet"] >= 60
    strangers = {"nih", "coronahack"}
    for found, stranger in itertools.product(sources.values(), strangers):
        assert stranger not in found or found == {stranger}


def test_what_the_test_split_must_hold(manifest: Manifest) -> None:
    masked = Counter(row.split for row in manifest.rows if "opacity" in row.masked)
    assert sum(masked.values()) == 100
    assert masked["test"] + masked["validation"] >= 28
    verdicts = Counter(row.label for row in manifest.of("test") if row.boxed)
    assert len(verdicts) == 3
    assert min(verdicts.values()) >= 12
    assert all(manifest.of(name) for name in SPLITS)


def test_todo_is_refused(manifest: Manifest) -> None:
    assert sum("todo" in item.reason for item in manifest.refused) == 78
    assert all("todo" not in row.label for row in manifest.rows)
