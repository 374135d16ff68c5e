"""The commands: fit, stop, resume, and one sentence for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from drawn_films import write_rows
from typer.testing import CliRunner

from model.errors import NegatoscopeError
from training import checkpoint as keeping
from training import manifest as manifests
from training.cli import app
from training.manifest import Manifest


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    rows = write_rows(tmp_path, 12)
    path = tmp_path / "films.json"
    manifests.write(Manifest(tmp_path, tuple(rows), (), (), 0), path)
    return path


def test_fit_runs_and_is_not_overwritten(manifest: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    arguments = [
        "fit",
        str(manifest),
        "-o",
        str(run),
        "-c",
        "tiny",
        "-s",
        "steps=4",
        "--cache",
        str(tmp_path / "cache"),
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert keeping.load(run).step == 4
    assert (run / "manifest.json").read_bytes() == manifest.read_bytes()
    again = CliRunner().invoke(app, arguments)
    assert isinstance(again.exception, NegatoscopeError)
    assert "already holds a run" in str(again.exception)
    assert CliRunner().invoke(app, ["resume", str(run)]).exit_code == 0


def test_a_wrong_setting_is_one_sentence(manifest: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["fit", str(manifest), "-o", str(tmp_path / "run"), "-s", "colour=1"])
    assert isinstance(result.exception, NegatoscopeError)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("command", [command.callback for command in app.registered_commands])
def test_every_command_shows_an_example_of_itself(command: Callable[..., None]) -> None:
    assert f"Example: negatoscope-train {command.__name__} " in (command.__doc__ or "")


def test_the_end_says_what_the_run_cost_and_which_weights_it_leaves(manifest: Path, tmp_path: Path) -> None:
    rows = [
        replace(row, split="validation" if n > 8 else "train") for n, row in enumerate(manifests.read(manifest).rows)
    ]
    manifests.write(Manifest(tmp_path, tuple(rows), (), (), 0), manifest)
    changes = [part for text in ("stopping.patience=1", "validate_every=2") for part in ("-s", text)]
    result = CliRunner().invoke(app, ["fit", str(manifest), "-o", str(tmp_path / "run"), "-c", "tiny", *changes])
    assert result.exit_code == 0, result.output
    assert re.search(r"\d+ steps, \d+\.\d films a second with looks and all, peak memory \d\.\d GiB", result.output)
    best = keeping.load(tmp_path / "run").best
    assert best is not None
    assert f"Kept: the averaged weights of step {best.step}," in result.output


def test_an_unknown_accelerator_is_one_sentence(manifest: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["fit", str(manifest), "-o", str(tmp_path / "run"), "--accelerator", "abacus"])
    assert isinstance(result.exception, NegatoscopeError)
    assert "abacus" in result.exception.message
    assert not (tmp_path / "run").exists()
