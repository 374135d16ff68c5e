"""Exporting: a checkpoint becomes weights with a card whose rules were chosen on validation films."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chests import LUNGS, draw_chest
from PIL import Image
from tiny_model import tiny_architecture, tiny_network
from typer.testing import CliRunner

from model.findings.calibration import Calibration, expit
from model.findings.prediction import Grid
from model.net import weights
from model.net.gate import by_shape
from model.net.predictor import Predictor
from training import checkpoint, manifest, tune
from training.cli import app
from training.config import Config
from training.datasets.row import BoxPart, MaskPart, Row
from training.survey import Answer, survey, to_input

ROWS, COLUMNS = 320, 280
FILMS = 24


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> manifest.Manifest:
    """Draw 24 films: every other one with an opacity of known place, mask and box; and one training film."""
    root = tmp_path_factory.mktemp("films")
    rows = [_draw(root, number) for number in range(FILMS)]
    return manifest.Manifest(root, (*rows, replace(rows[0], split="train", path=rows[2].path)), (), (), 0)


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
    for kind, mask in (("lungs", lungs), ("opacity", opacity)):
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
        masked=("lungs", "opacity"),
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


@pytest.fixture(scope="module")
def answers(data: manifest.Manifest, exported: Path) -> list[Answer]:
    rows = [row for row in data.rows if row.split == "validation"]
    return list(survey(Predictor.load(exported, "cpu"), data.root, rows))


def test_the_export_is_accepted_and_finds_the_opacity(exported: Path, data: manifest.Manifest) -> None:
    card = weights.read(exported).card
    assert (card.name, card.input_size) == ("drawn", 128)
    assert [item.films for item in card.training_data] == [1]
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
    figures.write_text('[{"name": "Dice", "value": 0.5, "low": null, "high": null, "n": 3, "measured_on": "x"}]')
    result = CliRunner().invoke(app, ["card", str(exported), "--figures", str(figures)])
    assert result.exit_code == 0, result.output
    assert "| Dice | 0.500 |" in result.output
    assert [figure.name for figure in weights.read(exported).card.figures] == ["Dice"]


def test_the_survey_knows_where_everything_is(answers: list[Answer]) -> None:
    opaque = answers[5]
    assert opaque.boxes is not None
    (box,) = opaque.boxes
    mask = opaque.truth["opacity"]
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    np.testing.assert_allclose(box, [rows[0], columns[0], len(rows), len(columns)], atol=1.0)
    lungs = (opaque.probability("lungs") >= 0.5) & opaque.inside
    assert 2 * (lungs & opaque.truth["lungs"]).sum() / (lungs.sum() + opaque.truth["lungs"].sum()) > 0.8
    assert answers[3].boxes is None
    assert tune.true_boxes(answers[2]) is not None
    assert len(tune.true_boxes(answers[2])) == 0


def test_boxes_in_fractions_are_laid_on_the_input() -> None:
    cell = ROWS / 128
    grid = Grid(0.0, -8.0 * cell, cell, cell)
    placed = to_input(np.array([[0.0, 0.0, 1.0, 1.0]]), grid, (ROWS, COLUMNS))
    np.testing.assert_allclose(placed, [[0.0, 8.0, 128.0, 112.0]])


def test_calibration_recovers_a_known_curve(answers: list[Answer]) -> None:
    random = np.random.default_rng(0)
    logits = random.normal(scale=4.0, size=4000)
    truth = random.random(4000) < np.array([expit(value / 2.5 - 0.7) for value in logits])
    drawn = [
        replace(answers[0], logits=np.array([logit, 0.0]), row=replace(answers[0].row, opacity=bool(true)))
        for logit, true in zip(logits, truth, strict=True)
    ]
    found = tune.calibration(drawn, "lung_opacity")
    assert found.temperature == pytest.approx(2.5, rel=0.1)
    assert found.offset == pytest.approx(-0.7, abs=0.15)
    assert found.lower <= found.threshold <= found.upper


def test_children_and_unknown_films_do_not_calibrate(answers: list[Answer]) -> None:
    unknown = [replace(answer, row=replace(answer.row, adult=False)) for answer in answers]
    with pytest.raises(tune.TuningError, match="fewer than 10"):
        tune.calibration(unknown, "lung_opacity")
    with pytest.raises(tune.TuningError, match="fewer than 10"):
        tune.calibration(answers[:8], "covid19")


def test_without_masks_pixels_count_from_one_half(answers: list[Answer]) -> None:
    assert tune.pixel_rule(answers).heart == 0.5


def test_the_box_rule_needs_boxes(answers: list[Answer]) -> None:
    bare = [replace(answer, truth={}, boxes=None) for answer in answers]
    with pytest.raises(tune.TuningError, match="box"):
        tune.box_rule(bare, tune.pixel_rule(answers))


def test_scales_do_not_come_from_one_film(answers: list[Answer]) -> None:
    rule = Calibration(1.0, 0.0, 0.5, 0.4, 0.6)
    scales = tune.map_scales(answers, {"lung_opacity": rule}, tune.pixel_rule(answers), "positive")
    every = np.concatenate([answer.layer.ravel() for answer in answers])
    assert scales[0].low == pytest.approx(np.median(every))
    assert scales[0].high == pytest.approx(np.percentile(every, 99.5))
    (own,) = (scale for scale in scales if scale.kind == "class")
    assert own.threshold == 0.0
    assert own.low == -own.high


def test_the_gate_lets_its_own_films_through(answers: list[Answer]) -> None:
    rule = tune.gate_rule(answers)
    assert sum(by_shape(answer.shape, rule) is None for answer in answers) >= 0.9 * len(answers)
