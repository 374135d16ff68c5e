"""Laying out training films: kinds part on the plane, a new film falls among its like, and too few films make none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from chests import draw_chest
from PIL import Image
from tiny_model import tiny_card, tiny_network
from training_rows import make_row
from typer.testing import CliRunner

from model import card as cards
from model.film import open_film
from model.net import atlas as atlases
from model.net import weights
from model.net.device import cpu
from model.net.predictor import Predictor
from training import atlas as drawing
from training import manifest
from training.cli import app
from training.datasets.row import Row

SIZE = (320, 280)
SPOTS = {"clear": (), "other": ((150.0, 84.0),), "covid": ((120.0, 84.0), (200.0, 196.0), (200.0, 84.0))}
"""What the network by hand sees on films of each kind: no spot, one, three."""


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor(tiny_network(), tiny_card(), cpu())


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> manifest.Manifest:
    """Draw ten films of each kind, the last of each with nothing known, and one that is not for training."""
    root = tmp_path_factory.mktemp("films")
    rows = [_draw(root, kind, number) for kind in SPOTS for number in range(10)]
    return manifest.Manifest(root, (*rows, replace(rows[0], split="test")), (), (), 0)


def _draw(root: Path, kind: str, number: int) -> Row:
    name = f"{kind}{number}.png"
    film = draw_chest(*SIZE, spots=SPOTS[kind], radius=0.05 + 0.003 * number)
    Image.fromarray(film.pixels).save(root / name)
    known = number < 9
    return make_row(
        name,
        source="odd" if number % 2 else "even",
        opacity=(kind != "clear") if known else None,
        covid=(kind == "covid") if known else None,
        masked=("lungs",),
        split="train",
    )


def test_every_training_film_is_a_point_and_its_like_are_nearest(
    predictor: Predictor, films: manifest.Manifest
) -> None:
    told: list[float] = []
    atlas = drawing.fit(predictor, films.root, films.of("train"), told.append)
    assert len(atlas.points) == 30
    assert told[-1] == 1.0
    assert [int((atlas.opacity == answer).sum()) for answer in (-1, 0, 1)] == [3, 9, 18]
    assert [int((atlas.covid19 == answer).sum()) for answer in (-1, 0, 1)] == [3, 18, 9]
    new = draw_chest(*SIZE, spots=SPOTS["covid"], radius=0.0655)
    near = atlas.nearest(atlas.place(predictor.read(new).features()), 5)
    assert all(one.covid19 in (True, None) for one in near)
    assert near[0].distance <= 2 * atlas.gap


def test_the_kinds_lie_the_way_the_help_says(predictor: Predictor, films: manifest.Manifest) -> None:
    atlas = drawing.fit(predictor, films.root, films.of("train"))
    clear = atlas.points[atlas.opacity == 0].mean(axis=0)
    covid = atlas.points[atlas.covid19 == 1].mean(axis=0)
    other = atlas.points[(atlas.opacity == 1) & (atlas.covid19 == 0)].mean(axis=0)
    assert clear[0] > covid[0]
    assert other[1] < 0


def test_without_every_kind_there_is_none(predictor: Predictor, films: manifest.Manifest) -> None:
    rows = [row for row in films.of("train") if not row.covid]
    with pytest.raises(drawing.AtlasError, match="of COVID-19"):
        drawing.fit(predictor, films.root, rows)


def test_a_network_that_tells_nothing_apart_has_none(films: manifest.Manifest) -> None:
    network = tiny_network()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
    with pytest.raises(drawing.AtlasError, match="same features"):
        drawing.fit(Predictor(network, tiny_card(), cpu()), films.root, films.of("train"))


def test_the_command_changes_card_and_file_but_not_the_weights(
    predictor: Predictor, films: manifest.Manifest, tmp_path: Path
) -> None:
    path = tmp_path / "drawn.safetensors"
    written = weights.write(predictor.network, path)
    card = replace(tiny_card(), name="drawn", sha256=written.sha256, size=written.size)
    path.with_suffix(".json").write_text(card.to_json(), encoding="utf-8")
    manifest.write(films, tmp_path / "manifest.json")
    result = CliRunner().invoke(app, ["atlas", str(path), "--manifest", str(tmp_path / "manifest.json")])
    assert result.exit_code == 0, result.output
    changed = weights.read(path).card
    assert replace(changed, feature_map=None) == card
    atlas = atlases.read(path, cards.read(path.with_suffix(".json")))
    assert atlas is not None
    assert atlas.sources == ("even", "odd")
    shown = [predictor.read(open_film(films.root / row.path)).features() for row in films.of("train")]
    placed = sorted(atlas.place(features) for features in shown)
    np.testing.assert_allclose(placed, sorted(map(tuple, atlas.points.tolist())), atol=1e-3)
