"""Tried: what a run changed and gave is read off its own folder; nothing is said of a folder that is no run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from training_rows import make_row
from typer.testing import CliRunner

from training import config, manifest, tried
from training.cli import app
from training.manifest import Manifest


def make_run(folder: Path, looks: dict[int, dict[str, float]], *settings: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(config.as_toml(config.load("tiny", settings)), encoding="utf-8")
    rows = tuple(make_row(f"{number}.png", split="validation") for number in range(3))
    manifest.write(Manifest(folder, rows, (), (), 0), folder / "manifest.json")
    lines = ["step,progress,seconds,rate,part,name,value", "5,0.1,60.0,1e-3,train,lungs,0.9"]
    lines += [
        f"{step},0.5,{60 * step},1e-3,validation,{name},{value}"
        for step, values in looks.items()
        for name, value in values.items()
    ]
    (folder / "log.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_page_shows_changes_last_looks_and_test_figures(tmp_path: Path) -> None:
    first = make_run(tmp_path / "first", {10: {"dice_lungs": 0.7}, 20: {"dice_lungs": 0.8, "auc_covid": 0.6}})
    second = make_run(
        tmp_path / "second", {30: {"dice_lungs": 0.9}}, "weights.opacity=2", f"start={first}", "steps=99", "size=96"
    )
    goal = {"name": "Dice", "measured_on": "films", "goal": "≥ 0.96", "value": 0.9, "low": 0.8, "high": None, "n": 3}
    lines = [goal | {"high": 0.95}, goal | {"goal": None}]
    (second / "test").mkdir()
    (second / "test" / "evaluation.json").write_text(json.dumps({"sections": [{"lines": lines}]}), encoding="utf-8")
    page = tmp_path / "RESULTS.md"
    CliRunner().invoke(app, ["tried", str(first), str(second), "--results", str(page)], catch_exceptions=False)
    text = page.read_text(encoding="utf-8")
    assert "| first | tiny | 20 | 20 | 3 | 0.800 | 0.600 |" in text
    assert "| second | `size=96`, `start=first`, `weights.opacity=2` | 30 | 30 | 3 | 0.900 |  |" in text
    assert "| On test films | Goal | second |" in text
    assert text.count("0.900 [0.800, 0.950]") == 1
    assert str(tmp_path) not in text
    assert (tmp_path / "results" / "tried.png").stat().st_size > 5000


def test_lines_follow_time_whatever_the_order_of_the_log(tmp_path: Path) -> None:
    run = tried.read(make_run(tmp_path / "run", {20: {"dice_lungs": 0.8}, 10: {"dice_lungs": 0.7}}))
    axes = tried.picture([run]).axes[0]
    assert list(axes.lines[0].get_ydata()) == [0.7, 0.8]
    assert axes.get_title() == "Dice of lungs"


def test_a_folder_that_is_no_run_and_one_without_a_look_are_named(tmp_path: Path) -> None:
    with pytest.raises(tried.TriedError, match="is no run"):
        tried.read(tmp_path)
    with pytest.raises(tried.TriedError, match="not yet looked"):
        tried.read(make_run(tmp_path / "young", {}))
