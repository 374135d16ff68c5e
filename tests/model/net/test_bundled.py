"""The bundled network: it is what its card says, and it says what it should of the real films."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from chests import draw_chest

from model import card as cards
from model.card_page import to_markdown
from model.film import open_film
from model.net import heatmap, weights
from model.net.architecture import FINDINGS
from model.net.predictor import Predictor


@pytest.fixture(scope="module")
def bundled() -> Predictor:
    return Predictor.load(device="cpu")


def test_weights_and_card_belong_together() -> None:
    path = cards.bundled()
    network, card, view = weights.read(path)
    assert network.parameter_count < 3_000_000
    assert view is not None
    assert card.figures
    assert card.training_data
    assert path.with_suffix(".md").read_text(encoding="utf-8") == to_markdown(card)


def test_every_map_of_the_card_is_drawn(bundled: Predictor) -> None:
    answer = bundled.predict(draw_chest(400, 300), force=True)
    assert {heat.kind for heat in answer.maps} == {"intensity", "smoothed", "class", "opacity", "lungs", "heart"}
    for heat in answer.maps:
        assert np.isfinite(heat.values).all()


@pytest.mark.parametrize("finding", FINDINGS)
def test_the_class_map_is_the_answer(bundled: Predictor, finding: str) -> None:
    reading = bundled.read(draw_chest(512, 431, spots=((200.0, 120.0),)))
    calibration = bundled.card.rule_of(finding).calibration
    lungs = reading.output.lungs[0, 0]
    values = heatmap.class_map(reading.output.evidence[0, FINDINGS.index(finding)], lungs, calibration)
    distance = float((values - calibration.threshold_log_odds).sum() / lungs.sum())
    answer = calibration.log_odds(reading.logit(finding))
    assert distance == pytest.approx(answer - calibration.threshold_log_odds, abs=1e-5)


def test_threads_do_not_change_the_answer(bundled: Predictor) -> None:
    film = draw_chest(512, 431)
    before = torch.get_num_threads()
    try:
        said = []
        for count in (1, 2):
            torch.set_num_threads(count)
            said.append(bundled.read(film).output.findings.numpy())
    finally:
        torch.set_num_threads(before)
    np.testing.assert_allclose(*said, atol=1e-4)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CR-MONO1-10-chest", None),
        ("RG1_JLSN.dcm", None),
        ("rsna-chest-mono2.dcm", None),
        ("rsna-chest-mono1.dcm", "inverted"),
        ("RG2_JPLL.dcm", "not_chest"),
        ("mlut_18.dcm", "any"),
        ("vlut_04.dcm", "any"),
    ],
)
def test_the_gate_on_real_films(bundled: Predictor, shared_films: Path, name: str, code: str | None) -> None:
    refusal = bundled.predict(open_film(shared_films / name)).refusal
    if code == "any":
        assert refusal is not None
    else:
        assert (refusal.code if refusal else None) == code


def test_an_inverted_film_is_judged_as_its_twin_of_right_polarity(bundled: Predictor, shared_films: Path) -> None:
    inverted, right = (open_film(shared_films / f"rsna-chest-mono{number}.dcm") for number in (1, 2))
    answer, wanted = bundled.predict(inverted, correct=True), bundled.predict(right)
    assert answer.corrected == "invert"
    assert not answer.refused
    for mine, theirs in zip(answer.findings, wanted.findings, strict=True):
        assert mine.probability == pytest.approx(theirs.probability, abs=0.1)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_film_is_judged_as_if_it_stood(bundled: Predictor, shared_films: Path, turns: int) -> None:
    film = open_film(shared_films / "RG1_JLSN.dcm")
    turned = replace(film, pixels=np.ascontiguousarray(np.rot90(film.pixels, turns)))
    refused, answer, wanted = bundled.predict(turned), bundled.predict(turned, correct=True), bundled.predict(film)
    assert refused.refusal is not None
    assert refused.refusal.code == "rotated"
    assert answer.corrected == {1: "turn_right", 2: "turn_over", 3: "turn_left"}[turns]
    assert len(answer.boxes) == len(wanted.boxes)
    assert answer.findings[0].probability == pytest.approx(wanted.findings[0].probability, abs=0.05)


def test_nodules_are_boxed_and_a_clear_chest_is_not(bundled: Predictor, shared_films: Path) -> None:
    sick, clear = (bundled.predict(open_film(shared_films / name)) for name in ("RG1_JLSN.dcm", "CR-MONO1-10-chest"))
    assert len(sick.boxes) >= 2
    assert sick.findings[0].band == "above"
    assert sick.opacity_extent is not None
    assert sick.opacity_extent > 0.2
    assert clear.boxes == ()
    assert clear.findings[0].band == "below"
