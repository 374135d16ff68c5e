"""The atlas: films are placed and neighbours found as plain geometry says, and no other file passes for it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from atlases import scattered
from chests import draw_chest
from safetensors.numpy import load, save
from tiny_model import tiny_card, write_tiny

from model import card as cards
from model.errors import WeightsError
from model.net import atlas as atlases
from model.net.predictor import Predictor


def _kept(folder: Path) -> tuple[Path, cards.ModelCard]:
    path = write_tiny(folder)
    return path, replace(cards.read(path.with_suffix(".json")), feature_map=atlases.write(scattered(), path))


def test_a_film_lies_where_the_axes_take_it() -> None:
    atlas = scattered(features=5)
    features = np.arange(5, dtype=np.float32)
    expected = [sum(float(a) * f for a, f in zip(axis, features, strict=True)) for axis in atlas.axes]
    assert atlas.place(features) == pytest.approx((expected[0] + 1.0, expected[1] - 2.0), abs=1e-5)


def test_the_nearest_are_those_that_measuring_every_film_finds() -> None:
    atlas, place = scattered(), (0.2, -0.4)
    measured = sorted(
        (float(((x - place[0]) ** 2 + (y - place[1]) ** 2) ** 0.5), number)
        for number, (x, y) in enumerate(atlas.points.tolist())
    )
    found = atlas.nearest(place, 7)
    assert [one.distance for one in found] == pytest.approx([away for away, _ in measured[:7]])
    for one, (_, number) in zip(found, measured, strict=False):
        assert one.source == atlas.sources[atlas.source[number]]
        assert one.place == pytest.approx(tuple(atlas.points[number]))
        assert one.opacity == {1: True, 0: False, -1: None}[int(atlas.opacity[number])]
        assert one.covid19 == {1: True, 0: False, -1: None}[int(atlas.covid19[number])]
    assert len(atlas.nearest(place, 100)) == 40


def test_it_comes_back_whole_through_file_and_card(tmp_path: Path) -> None:
    path, card = _kept(tmp_path)
    read = atlases.read(path, cards.parse(card.to_json()))
    assert read is not None
    assert (read.gap, read.sources) == (0.5, ("here", "there"))
    for name in ("axes", "offset", "points", "source", "opacity", "covid19"):
        np.testing.assert_array_equal(getattr(read, name), getattr(scattered(), name))


def test_a_network_without_one_has_none() -> None:
    assert atlases.read(Path("nowhere.safetensors"), tiny_card()) is None


def test_missing_changed_and_foreign_files_are_refused(tmp_path: Path) -> None:
    path, card = _kept(tmp_path)
    file = path.with_suffix(atlases.SUFFIX)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(WeightsError, match="hash differs"):
        atlases.read(path, card)
    file.unlink()
    with pytest.raises(WeightsError, match="is missing"):
        atlases.read(path, card)
    foreign = replace(card, feature_map=atlases.write(scattered(features=3), path))
    with pytest.raises(WeightsError, match="made for another network"):
        atlases.read(path, foreign)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"source": np.full(40, 2, np.uint8)},
        {"points": np.full((40, 2), np.nan, np.float32)},
        {"opacity": np.zeros(39, np.int8)},
        {"surprise": np.zeros(1, np.float32)},
    ],
)
def test_a_file_that_is_vouched_for_but_senseless_is_refused(spoilt: dict[str, np.ndarray], tmp_path: Path) -> None:
    path, card = _kept(tmp_path)
    file = path.with_suffix(atlases.SUFFIX)
    content = save(load(file.read_bytes()) | spoilt)
    file.write_bytes(content)
    assert card.feature_map is not None
    vouched = replace(card.feature_map, sha256=sha256(content).hexdigest(), size=len(content))
    with pytest.raises(WeightsError, match="not a usable feature map"):
        atlases.read(path, replace(card, feature_map=vouched))


def test_the_bundled_network_places_a_film_among_its_training_films() -> None:
    path = cards.bundled()
    predictor = Predictor.load(path, "cpu")
    atlas = atlases.read(path, predictor.card)
    assert atlas is not None
    assert path.with_suffix(atlases.SUFFIX).stat().st_size < 1_000_000
    assert set(atlas.sources) <= {item.name for item in predictor.card.training_data}
    answer = predictor.predict(draw_chest(512, 431), force=True)
    assert answer.features is not None
    assert np.isfinite(atlas.place(answer.features)).all()
    assert atlas.nearest(atlas.place(answer.features), 1)[0].source in atlas.sources
