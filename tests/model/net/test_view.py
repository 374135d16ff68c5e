"""The view layer: probabilities, what it is told, and the refusals that follow."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from chests import draw_chest
from safetensors.torch import load_file, save_file
from tiny_model import OPEN_GATE, tiny_card, tiny_network, write_tiny

from model.errors import WeightsError
from model.film.film import Film, FilmWarning
from model.findings.prediction import Remedy
from model.net import gate, weights
from model.net.device import cpu
from model.net.predictor import Predictor
from model.net.remedy import REMEDIES
from model.net.view import VIEWS, View, ViewHead, describe

RULE = replace(OPEN_GATE, frontal=0.5, child=0.8)


def _head(predictor: Predictor, likeliest: View) -> ViewHead:
    size = len(describe(predictor.read(draw_chest())))
    bias = np.zeros(len(VIEWS), np.float32)
    bias[VIEWS.index(likeliest)] = 5.0
    return ViewHead(np.zeros((len(VIEWS), size), np.float32), bias)


def test_probabilities_add_up_and_do_not_overflow() -> None:
    head = ViewHead(np.full((len(VIEWS), 1), 1e4, np.float32), np.arange(len(VIEWS), dtype=np.float32))
    said = head.probabilities(np.array([3.0], np.float32))
    assert sum(said.values()) == pytest.approx(1.0)
    assert said["turned_270"] == pytest.approx(np.exp(len(VIEWS) - 1) / np.exp(np.arange(len(VIEWS))).sum())


def test_the_description_follows_film_and_turn(predictor: Predictor) -> None:
    film = draw_chest(320, 320, spots=((150.0, 96.0),))
    turned = replace(film, pixels=np.ascontiguousarray(np.rot90(film.pixels)))
    first, again, other = (describe(predictor.read(shown)) for shown in (film, film, turned))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.3
    assert first.dtype == np.float32


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in {"frontal", *REMEDIES}])
def test_every_view_that_nothing_puts_right_has_its_refusal(view: View) -> None:
    said = dict.fromkeys(VIEWS, 0.01) | {view: 0.9}
    assert gate.by_view(said, RULE) == view
    refusal = gate.refusal(view)
    assert refusal.code == view
    assert refusal.remedy is None
    assert refusal.message.endswith(".")


@pytest.mark.parametrize(("view", "remedy"), REMEDIES.items())
def test_what_can_be_put_right_is_offered_and_stamped(view: View, remedy: Remedy) -> None:
    assert gate.by_view(dict.fromkeys(VIEWS, 0.01) | {view: 0.9}, RULE) == view
    offered, stamp = gate.curable(remedy), gate.cured(remedy)
    assert offered.code == stamp.code == ("inverted" if view == "inverted" else "rotated")
    assert offered.remedy == stamp.remedy == remedy
    assert offered.message != stamp.message


def test_frontal_films_pass_and_a_limit_of_nothing_asks_for_nothing() -> None:
    assert gate.by_view(dict.fromkeys(VIEWS, 0.01) | {"frontal": 0.5}, RULE) is None
    assert gate.by_view(dict.fromkeys(VIEWS, 0.1) | {"frontal": 0.0}, OPEN_GATE) is None


def test_a_possible_child_is_judged_and_a_certain_one_is_not() -> None:
    said = dict.fromkeys(VIEWS, 0.0) | {"child": 0.75, "frontal": 0.2, "lateral": 0.05}
    assert gate.by_view(said, RULE) is None
    assert gate.by_view(said | {"child": 0.81}, RULE) == "child"
    assert gate.by_view(said | {"frontal": 0.05, "lateral": 0.2}, RULE) == "lateral"


def test_a_colour_picture_without_lungs_is_a_photograph() -> None:
    colour = replace(draw_chest(), warnings=(FilmWarning("colour_as_grey", "It is in colour."),))
    for code, expected in (("not_chest", "photograph"), ("lateral", "lateral")):
        named = gate.named(gate.refusal(code), colour)
        assert named is not None
        assert named.code == expected
    plain = gate.named(gate.refusal("not_chest"), draw_chest())
    assert plain is not None
    assert plain.code == "not_chest"
    assert gate.named(None, colour) is None


@pytest.mark.parametrize(("likeliest", "code"), [("frontal", None), ("lateral", "lateral"), ("inverted", "not_chest")])
def test_the_predictor_asks_the_view_layer(predictor: Predictor, likeliest: View, code: str | None) -> None:
    card = replace(tiny_card(), gate=RULE)
    asking = Predictor(tiny_network(), card, cpu(), _head(predictor, likeliest))
    refusal = asking.predict(draw_chest()).refusal
    assert (refusal.code if refusal else None) == code


def test_a_film_is_called_inverted_only_when_undoing_it_makes_it_a_chest(predictor: Predictor) -> None:
    film = draw_chest(300, 300)
    described = {kind: describe(predictor.read(shown)) for kind, shown in _both(film).items()}
    away = described["upright"] - described["inverted"]
    middle = float(away @ (described["upright"] + described["inverted"])) / 2
    weight = np.zeros((len(VIEWS), len(away)), np.float32)
    bias = np.full(len(VIEWS), -50.0, np.float32)
    weight[VIEWS.index("frontal")], bias[VIEWS.index("frontal")] = away, -middle
    bias[VIEWS.index("inverted")] = 0.0
    asking = Predictor(tiny_network(), replace(tiny_card(), gate=RULE), cpu(), ViewHead(weight, bias))
    codes = {kind: asking.predict(shown).refusal for kind, shown in _both(film).items()}
    assert codes["upright"] is None
    assert codes["inverted"] is not None
    assert codes["inverted"].code == "inverted"
    right, put_right = (asking.predict(shown, correct=True) for shown in _both(film).values())
    assert right.corrected is None
    assert put_right.corrected == "invert"
    assert not put_right.refused
    assert put_right.refusal == gate.cured("invert")
    np.testing.assert_allclose(*([f.probability for f in one.findings] for one in (right, put_right)), atol=0.02)


def _both(film: Film) -> dict[str, Film]:
    return {"upright": film, "inverted": replace(film, low_is_white=True)}


def test_the_layer_travels_with_the_weights(predictor: Predictor, tmp_path: Path) -> None:
    path = write_tiny(tmp_path)
    assert weights.read(path).view is None
    plain = _head(predictor, "child")
    head = ViewHead(np.asfortranarray(plain.weight), plain.bias)
    _bless(path, weights.write(tiny_network(), path, head))
    read = weights.read(path).view
    assert read is not None
    np.testing.assert_array_equal(read.weight, head.weight)
    np.testing.assert_array_equal(read.bias, head.bias)


def test_a_layer_that_does_not_fit_is_refused(predictor: Predictor, tmp_path: Path) -> None:
    path = write_tiny(tmp_path)
    weights.write(tiny_network(), path, _head(predictor, "child"))
    good = load_file(path)
    for wrong in (
        {name: part for name, part in good.items() if name != "view.bias"},
        {**good, "view.bias": torch.zeros(3)},
        {**good, "view.bias": good["view.bias"].double()},
        {**good, "view.weight": torch.full_like(good["view.weight"], float("inf"))},
        {**good, "view.extra": torch.zeros(1)},
    ):
        save_file(wrong, path)
        _bless(path, None)
        with pytest.raises(WeightsError, match="view layer") as caught:
            weights.read(path)
        assert caught.value.code == "weights_layout"


def _bless(path: Path, written: weights.Written | None) -> None:
    content = path.read_bytes()
    card = path.with_suffix(".json")
    values = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    assert written is None or (written.sha256, written.size) == tuple(values.values())
    card.write_text(json.dumps({**json.loads(card.read_text()), **values}))
