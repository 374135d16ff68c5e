"""Protocols: folds leak or do not as they say, sources held out are held out, and the page shows what was measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_films import write_row
from typer.testing import CliRunner

from training import manifest
from training.cli import app
from training.datasets.row import Row, Split
from training.manifest import Manifest
from training.metrics.intervals import wilson
from training.protocols import darkcovidnet, held_out, scores, seed_paper
from training.protocols.series import Judged, Pool, Said, SeriesError

SOURCES = (
    ("covid-chestxray", "radiopaedia.org"),
    ("covid-chestxray", "eurorad.org"),
    ("covid-chestxray", "rsna.org"),
    ("nih", "rsna"),
    ("coronahack", "guangzhou"),
    ("darkcovidnet", "covid-19"),
)
SPLITS: tuple[Split, ...] = ("train", "train", "validation", "test")


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """Return thirty films a source, two of a patient, each with the answers that its source may have."""
    root = tmp_path_factory.mktemp("films")
    rows = [_row(root, number, *SOURCES[number // 30]) for number in range(30 * len(SOURCES))]
    table = ["Image Index,Finding Labels,Patient ID,Patient Age,Patient Gender,View Position"]
    table += [
        f"{Path(row.path).name},{'Pneumonia' if row.opacity else 'No Finding'},{number},50,M,PA"
        for number, row in enumerate(rows)
        if row.source == "nih"
    ]
    (root / "nih").mkdir()
    (root / "nih" / "Data_Entry_2017_v2020.csv").write_text("\n".join(table), encoding="utf-8")
    return Manifest(root, tuple(rows), (), (), 0)


def _row(root: Path, number: int, source: str, site: str) -> Row:
    row, web = write_row(root, number), source == "covid-chestxray"
    return replace(
        row,
        source=source,
        site=site,
        opacity=True if web else row.opacity,
        covid=number % 4 < 2 if web else source == "darkcovidnet",
        adult=source != "coronahack",
        boxed=source == "nih",
        group=f"{source}:{number // 2}",
        split=SPLITS[number // 2 % 4],
    )


def test_folds_by_patient_share_nobody_and_folds_by_film_do(listed: Manifest) -> None:
    plans = darkcovidnet.plans(listed.root, listed.rows)
    films = {row.path for row in listed.rows if row.source in {"nih", "darkcovidnet"}}
    for rule, leaks in (("by film", True), ("by patient", False)):
        folds = [plan for plan in plans if plan.way == rule]
        tested = [row.path for plan in folds for row in plan.judged["whole"].rows]
        assert len(folds) == 5 and len(tested) == len(films) and set(tested) == films
        shared = [
            {row.group for row in plan.train} & {row.group for row in plan.judged["whole"].rows} for plan in folds
        ]
        assert any(shared) is leaks
    known = {row.group for row in listed.rows if row.source == "darkcovidnet"}
    foreign = plans[0].judged[darkcovidnet.WEB].rows
    assert foreign and not known & {row.group for row in foreign}


def test_the_same_18_films_are_asked_with_and_without_their_patients_in_training(listed: Manifest) -> None:
    plans = seed_paper.plans(listed.rows, 2)
    for film, patient in zip(plans[::2], plans[1::2], strict=True):
        test = film.judged[seed_paper.TEST].rows
        assert test == patient.judged[seed_paper.TEST].rows
        assert [row.covid for row in test] == [True] * 12 + [False] * 6
        assert not {row.path for row in test} & {row.path for row in film.train}
        groups = {row.group for row in test}
        assert groups & {row.group for row in film.train}
        assert not groups & {row.group for row in patient.train}


def test_a_source_held_out_is_not_trained_on(listed: Manifest) -> None:
    plans = {plan.name: plan for plan in held_out.plans(listed.rows, 1)}
    assert len(plans) == 1 + len(held_out.PLACES)
    assert {row.source for row in plans["held-out/nih/0"].train} == {"covid-chestxray", "coronahack", "darkcovidnet"}
    both = plans["held-out/radiopaedia.org-and-eurorad.org/0"]
    assert {row.site for row in both.train if row.covid is not None and row.source == "covid-chestxray"} == {"web"}
    asked = both.judged[held_out.ALL].rows
    assert {row.site for row in asked} == {"radiopaedia.org", "eurorad.org"}
    assert not {row.group for row in asked} & {row.group for row in both.train}
    seen = plans["held-out/nothing/0"]
    names = {row.path for row in seen.train}
    assert not any(row.path in names for judged in seen.judged.values() for row in judged.rows)


def test_a_manifest_without_the_films_of_a_protocol_is_refused(listed: Manifest) -> None:
    few = [row for row in listed.rows if row.source == "coronahack" and row.opacity]
    with pytest.raises(SeriesError, match="films of darkcovidnet and of either label of nih"):
        darkcovidnet.plans(listed.root, few)
    with pytest.raises(SeriesError, match="more than 12 films of COVID-19"):
        seed_paper.plans(few, 1)
    with pytest.raises(SeriesError, match=r"no films of radiopaedia\.org"):
        held_out.plans(few, 1)
    some = [row for row in listed.rows if row.source in {"nih", "darkcovidnet"}]
    assert {plan.way for plan in held_out.plans(some, 1)} == {"nothing", "nih"}


def test_films_without_lungs_have_none(listed: Manifest) -> None:
    rows = listed.rows[:4]
    pool = Pool(listed.root, listed.rows[:10], 64, None)
    told = tuple(replace(row, covid=True) for row in rows)
    whole, out = pool.films(Judged(told)), pool.films(Judged(told, "lungs out"))
    assert whole.rows == out.rows == told
    changed = whole.grey != out.grey
    assert not out.grey[changed].any()


def _said(covid: list[float], truth: list[bool], group: str) -> Said:
    rows = tuple(
        replace(_BARE, path=f"{group}{number}", group=f"{group}{number}", covid=value)
        for number, value in enumerate(truth)
    )
    values = np.array(covid)
    return Said(rows, values, values, values)


_BARE = Row("", "made", "made", "", "PA", True, True, 50.0, "F", True, True, "made")


def test_numbers_over_networks_are_means_and_films_count_once() -> None:
    good, bad = [0.1, 0.2, 0.8, 0.9], [0.9, 0.8, 0.2, 0.1]
    truth = [False, False, True, True]
    same = [_said(good, truth, "a"), _said(bad, truth, "a")]
    found = scores.auc(same, "covid", scores.covid)
    assert (found.value, found.n, found.clusters) == (0.5, 4, 4)
    apart = scores.auc([_said(good, truth, "a"), _said(good, truth, "b")], "covid", scores.covid)
    assert (apart.value, apart.n) == (1.0, 8)
    hits = scores.share(same, [said.covid > 0.5 for said in same])
    assert hits.value == 0.5 and hits.n == 4
    assert (hits.low, hits.high) == pytest.approx(wilson(2, 4))
    assert scores.false_alarms(same, 0.5).value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("darkcovidnet", ("| accuracy: three classes | 0.870 |", "| AUC of COVID-19, lungs blacked out |")),
        (
            "seed-paper",
            ("always True” | 18 | 0 | 12 of 12", "0.667 [0.437, 0.837]", "all other films, draw 1"),
        ),
        ("held-out", ("| nih | extent of opacity", "| radiopaedia.org and eurorad.org | COVID-19 among")),
    ],
)
def test_the_command_writes_the_page_and_does_not_train_twice(
    listed: Manifest, tmp_path: Path, name: str, shown: tuple[str, ...]
) -> None:
    manifest.write(listed, tmp_path / "manifest.json")
    page = tmp_path / "RESULTS.md"
    words = ["protocols", str(tmp_path / "manifest.json"), "-o", str(tmp_path / "runs"), "--protocol", name]
    more = ["-c", "tiny", "-s", "steps=1", "--seeds", "1", "--results", str(page)]
    CliRunner().invoke(app, [*words, *more], catch_exceptions=False)
    text = page.read_text(encoding="utf-8")
    assert all(part in text for part in shown)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "runs").rglob("*.*")}
    CliRunner().invoke(app, [*words, *more], catch_exceptions=False)
    assert page.read_text(encoding="utf-8") == text
    assert {file: file.stat().st_mtime_ns for file in before} == before
