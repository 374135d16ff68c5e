"""Ablation: ways that are the same are trained once, finished runs are not repeated, answers land in the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from drawn_films import write_row
from typer.testing import CliRunner

from model.net.architecture import FINDINGS
from training import ablate, config, manifest, trials
from training.cli import app
from training.datasets.row import Split
from training.manifest import Manifest

SPLITS: tuple[Split, ...] = ("train", "train", "validation", "test")


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    root = tmp_path_factory.mktemp("films")
    rows = [replace(write_row(root, number), split=SPLITS[number // 2 % 4]) for number in range(16)]
    return Manifest(root, tuple(rows), (), (), 0)


def test_a_way_of_training_with_two_names_is_trained_once(listed: Manifest, tmp_path: Path) -> None:
    told: list[str] = []
    films = ablate.Films(listed, 64, None)
    base, plan = ("tiny", ("steps=2",)), (tmp_path, 2)
    found = ablate.ask(["channels", "weighting"], base, films, plan, told.append)
    assert {folder.name for folder in tmp_path.iterdir()} == {"plain", "three-channels"} == set(found)
    assert len(told) == 4
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("checkpoint.pt")}
    again = ablate.ask(["weighting", "channels"], base, ablate.Films(listed, 64, None), plan)
    assert again == found
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_the_command_writes_table_and_plot_of_every_question(listed: Manifest, tmp_path: Path) -> None:
    manifest.write(listed, tmp_path / "manifest.json")
    page = tmp_path / "page" / "RESULTS.md"
    words = ["ablate", str(tmp_path / "manifest.json"), "-o", str(tmp_path / "runs"), "-c", "tiny", "-s", "steps=2"]
    asked = ["--question", "channels", "--question", "weighting", "--seeds", "2", "--results", str(page)]
    result = CliRunner().invoke(app, [*words, *asked], catch_exceptions=False)
    assert result.exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "tiny, 64 px, 2 steps of 4 films, 2 seeds" in text
    assert "| Dice of lungs | 4 | three channels |" in text
    assert "| pointing game | 4 | class map |" in text
    for name in ("channels", "weighting"):
        assert (page.parent / "results" / f"ablate-{name}.png").stat().st_size > 5000


def test_an_unknown_question_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(ablate.AblationError, match=r"no question 'colour'; known are channels, activation"):
        ablate.ablate(tmp_path / "manifest.json", tmp_path, ["colour"])


def test_every_variant_is_a_setting_that_exists_and_has_a_folder_of_its_own() -> None:
    variants = {variant for each in ablate.QUESTIONS.values() for variant in each}
    by_folder = {variant.folder: variant.changes for variant in variants}
    assert all(by_folder[variant.folder] == variant.changes for variant in variants)
    loaded = {str(config.load("tiny", changes)) for changes in by_folder.values()}
    assert len(loaded) == len(by_folder)


def test_processor_time_is_that_of_all_films_trained_on(listed: Manifest, tmp_path: Path) -> None:
    films = ablate.Films(listed, 64, None)
    trial = trials.Trial(config.load("tiny", ["steps=3"]), tmp_path)
    assert trials.numbers(trial, lambda: films.train, lambda network: {"found": len(FINDINGS)}) == {"found": 2}
    assert 0 < trials.processor_ms(tmp_path) < 60_000
    spent = (tmp_path / trials.PROCESSOR_FILE).read_text(encoding="utf-8")
    assert '"films": 12' in spent


def test_a_stopped_trial_is_gone_on_with(listed: Manifest, tmp_path: Path) -> None:
    films = ablate.Films(listed, 64, None)
    trial = trials.Trial(config.load("tiny", ["steps=4", "log_every=1"]), tmp_path)
    (tmp_path / "stop").touch()
    with pytest.raises(trials.TrialError, match="give the same command again"):
        trials.numbers(trial, lambda: films.train, lambda network: {})
    assert not (tmp_path / trials.NUMBERS_FILE).exists()
    (tmp_path / "stop").unlink()
    assert trials.numbers(trial, lambda: films.train, lambda network: {"done": 1}) == {"done": 1}
    assert '"films": 16' in (tmp_path / trials.PROCESSOR_FILE).read_text(encoding="utf-8")


def test_numbers_of_other_settings_are_not_taken_for_these(listed: Manifest, tmp_path: Path) -> None:
    films = ablate.Films(listed, 64, None)
    trials.numbers(trials.Trial(config.load("tiny", ["steps=1"]), tmp_path), lambda: films.train, lambda network: {})
    longer = trials.Trial(config.load("tiny", ["steps=2"]), tmp_path)
    with pytest.raises(trials.TrialError, match="holds a training with other settings"):
        trials.numbers(longer, lambda: films.train, lambda network: {})
