"""Figures: each is drawn, and the drawn architecture is that of the network."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from training_rows import make_row

from model.net.architecture import LAYER_19, LAYER_19_STRIDE, Architecture, Network
from model.net.device import choose
from model.net.predictor import Predictor
from training import figures, subject
from training.datasets.row import BoxPart
from training.drawing import structure
from training.manifest import Manifest

SMALL = Architecture(widths=(4, 4, 4, 8, 8), decoder=(8, 8))


@pytest.fixture
def made(tmp_path: Path) -> Manifest:
    generator = np.random.default_rng(0)
    rows = []
    for number in range(10):
        picture = cv2.GaussianBlur(generator.integers(0, 255, (60, 80)).astype(np.uint8), (0, 0), 2)
        cv2.imwrite(str(tmp_path / f"{number}.png"), picture)
        boxes = (BoxPart("lung_opacity", 0.2, 0.2, 0.3, 0.3),) if number % 2 else ()
        rows.append(
            make_row(
                f"{number}.png",
                opacity=bool(number % 2),
                boxes=boxes,
                boxed=True,
                split="test",
                group=f"g{min(number, 8)}",
            )
        )
    return Manifest(tmp_path, tuple(rows), (), (), 0)


@pytest.fixture
def predictor() -> Predictor:
    torch.manual_seed(0)
    network = Network(SMALL).eval()
    card = subject.provisional_card(network, 64, "made")
    return Predictor(network, card, choose("cpu"))


def test_every_figure_is_drawn(made: Manifest, predictor: Predictor, tmp_path: Path) -> None:
    paths = figures.draw(predictor, made, tmp_path / "figures")
    assert {path.stem for path in paths} == {
        "films", "boxes", "feature-space", "activations", "architecture", "confusion", "roc", "layer-19",
    }  # fmt: skip
    for path in paths:
        picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        assert picture is not None
        assert picture.std() > 5


def test_of_each_group_one_film_is_asked(made: Manifest, predictor: Predictor) -> None:
    reads = figures._read(predictor, made, figures.Plan(), lambda share: None)
    assert len(reads) == 9
    assert len(figures._read(predictor, made, figures.Plan(most=3), lambda share: None)) == 3


def test_films_of_one_kind_are_not_enough(made: Manifest, predictor: Predictor, tmp_path: Path) -> None:
    one = Manifest(made.root, made.rows[1:2], (), (), 0)
    with pytest.raises(figures.FigureError, match="only one answer"):
        figures.draw(predictor, one, tmp_path)


def test_the_drawn_layers_are_the_networks() -> None:
    network = Network(SMALL).eval()
    drawn = structure.steps(network, 64)
    assert [step.number for step in drawn] == list(range(1, network.layers + 1))
    assert drawn[0].side == 64
    assert drawn[LAYER_19 - 1].side == 64 // LAYER_19_STRIDE
    assert drawn[LAYER_19 - 1].channels == 8
