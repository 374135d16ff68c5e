"""Exporting: a checkpoint becomes weights with a card whose rules were chosen on validation films."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from chests import LUNGS, draw_chest
from PIL import Image
from tiny_model import tiny_architecture, tiny_network
from typer.testing import CliRunner

from model.net import weights
from model.net.predictor import Predictor
from training import checkpoint, manifest
from training.cli import app
from training.config import Config
from training.datasets.row import BoxPart, MaskPart, Row
from training.export import read_figures

ROWS, COLUMNS = 320, 280
FILMS, TRAINED = 24, 8


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> manifest.Manifest:
    """Draw 24 films: every other one with an opacity of known place, mask and box; eight serve for training too."""
    root = tmp_path_factory.mktemp("films")
    rows = [_draw(root, number) for number in range(FILMS)]
    taught = tuple(replace(row, split="train") for row in rows[:TRAINED])
    return manifest.Manifest(root, (*rows, *taught), (), (), 0)


def _draw(root: Path, number: int) -> Row:
    opaque = number % 2 == 1
    spot = ((0.35 + 0.01 * number) * ROWS, (0.3 if number % 4 == 1 else 0.7) * COLUMNS)
    # One film of each kind looks like the other, so that the likeliest calibration is finite.
    shown = opaque != (number in {0, 1})
    film = draw_chest(ROWS, COLUMNS, spots=(spot,) if shown else (), radius=0.08)
    Image.fromarray(film.pixels).save(root / f"{number}.png")
    row, column = np.mgrid[0:ROWS, 0:COLUMNS] + 0.5
    lungs = np.zeros((ROWS, COLUMNS), bool)
    for down, across in LUNGS:
        lungs |= ((row / ROWS - down) / 0.32) ** 2 + ((column / COLUMNS - across) / 0.14) ** 2 <= 1
    opacity = np.hypot(row - spot[0], column - spot[1]) <= 0.08 * COLUMNS
    if not opaque:
        opacity[:] = False
    masks = []
    for kind, mask in (("lungs", lungs), ("opacity", opacity), ("heart", ~lungs)):
        name = f"{kind}{number}.png"
        Image.fromarray(mask.astype(np.uint8) * 255).save(root / name)
        masks.append(MaskPart(name, kind, 0, 0, ROWS, COLUMNS, ROWS, COLUMNS))
    side = 2 * 0.08 * COLUMNS
    box = BoxPart("lung_opacity", (spot[0] - side / 2) / ROWS, (spot[1] - side / 2) / COLUMNS, side / ROWS, 0.16)
    boxed = number in {5, 7}
    return Row(
        path=f"{number}.png",
        source="drawn",
        site="drawn",
        patient=f"drawn:{number}",
        view="PA",
        frontal=True,
        adult=True,
        age=None,
        sex="",
        opacity=opaque,
        covid=opaque,
        label="",
        masked=("lungs", "opacity", "heart"),
        masks=tuple(masks),
        boxed=boxed,
        boxes=(box,) if boxed else (),
        group=f"g{number}",
        split="validation",
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a checkpoint that holds the tiny network."""
    folder = tmp_path_factory.mktemp("run")
    state = tiny_network().state_dict()
    config = Config(size=128, architecture=tiny_architecture())
    marked = np.zeros((1, 32, 32), np.uint8)
    checkpoint.save(checkpoint.Checkpoint(config, 1, 0.5, 1.0, state, state, {}, marked, "films"), folder)
    return folder


@pytest.fixture(scope="module")
def exported(data: manifest.Manifest, run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models")
    manifest.write(data, out / "manifest.json")
    figures = [{"name": "AUC", "value": 0.9, "low": 0.8, "high": 0.95, "n": 24, "measured_on": "drawn films"}]
    (out / "figures.json").write_text(json.dumps(figures))
    options = ["--manifest", out / "manifest.json", "--out", out, "--name", "drawn", "--figures", out / "figures.json"]
    result = CliRunner().invoke(app, ["export", str(run), *map(str, options)])
    assert result.exit_code == 0, result.output
    return out / "drawn.safetensors"


def test_the_export_is_accepted_and_finds_the_opacity(exported: Path, data: manifest.Manifest) -> None:
    card = weights.read(exported).card
    assert (card.name, card.input_size) == ("drawn", 128)
    assert [item.films for item in card.training_data] == [TRAINED]
    assert card.figures[0].value == 0.9
    predictor = Predictor.load(exported, "cpu")
    answer = predictor.predict(draw_chest(ROWS, COLUMNS, spots=((160.0, 84.0),), radius=0.08))
    assert answer.refusal is None
    assert len(answer.boxes) == 1
    assert {heat.kind for heat in answer.maps} == {"intensity", "smoothed", "class", "opacity", "lungs", "heart"}
    assert predictor.predict(draw_chest(ROWS, COLUMNS)).boxes == ()


def test_the_page_lies_beside_the_card(exported: Path) -> None:
    page = exported.with_suffix(".md").read_text(encoding="utf-8")
    assert "| AUC | 0.900 | 0.800 to 0.950 | 24 | drawn films |" in page


def test_card_shows_and_takes_figures(exported: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    figures.write_text(
        '{"figures": [{"name": "Dice", "value": 0.5, "low": null, "high": null, "n": 3, "measured_on": "x"}]}'
    )
    result = CliRunner().invoke(app, ["card", str(exported), "--figures", str(figures)])
    assert result.exit_code == 0, result.output
    assert "| Dice | 0.500 |" in result.output
    assert [figure.name for figure in weights.read(exported).card.figures] == ["Dice"]


def test_rules_chosen_before_give_the_same_card(
    exported: Path, data: manifest.Manifest, run: Path, tmp_path: Path
) -> None:
    manifest.write(data, tmp_path / "manifest.json")
    rules, out = tmp_path / "rules.json", tmp_path / "out"
    runner = CliRunner()
    assert runner.invoke(app, ["calibrate", str(run), str(tmp_path / "manifest.json"), "-o", str(rules)]).exit_code == 0
    options = ["--manifest", tmp_path / "manifest.json", "--out", out, "--name", "drawn", "--rules", rules]
    result = runner.invoke(app, ["export", str(run), *map(str, options)])
    assert result.exit_code == 0, result.output
    first, second = (weights.read(path).card for path in (exported, out / "drawn.safetensors"))
    assert replace(second, created=first.created, figures=first.figures) == first


def test_the_gate_is_taught_anew_for_exported_weights(exported: Path, data: manifest.Manifest, tmp_path: Path) -> None:
    path = tmp_path / exported.name
    for suffix in (".safetensors", ".json"):
        path.with_suffix(suffix).write_bytes(exported.with_suffix(suffix).read_bytes())
    manifest.write(data, tmp_path / "manifest.json")
    result = CliRunner().invoke(
        app, ["gate", str(path), "--manifest", str(tmp_path / "manifest.json"), "--version", "9"]
    )
    assert result.exit_code == 0, result.output
    assert "Too few training films show lateral, cross_section, child" in " ".join(result.output.split())
    network, card, view = weights.read(path)
    before = weights.read(exported)
    assert card.version == "9"
    assert card.gate == before.card.gate
    assert view is not None
    assert before.view is not None
    np.testing.assert_array_equal(view.weight, before.view.weight)
    assert all(map(torch.equal, network.state_dict().values(), before.network.state_dict().values()))


def test_class_maps_reach_equally_far_to_both_sides(exported: Path) -> None:
    card = weights.read(exported).card
    for finding in ("lung_opacity", "covid19"):
        scale = card.scale_of("class", finding)
        assert scale.threshold is not None
        assert scale.high - scale.threshold == pytest.approx(scale.threshold - scale.low)
    assert card.scale_of("intensity", None).low < card.scale_of("intensity", None).high


@pytest.mark.parametrize(
    "text", ['[{"name": "x"}]', '[{"name": 1, "value": 0, "low": 0, "high": 0, "n": 1, "measured_on": ""}]']
)
def test_figures_that_do_not_fit_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text(text)
    with pytest.raises(ValueError, match="figure 1"):
        read_figures(tmp_path / "figures.json")
