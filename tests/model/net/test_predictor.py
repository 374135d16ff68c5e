"""The predictor: whole answers for drawn films, refusals, force, cancelling, repeatability, the device."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from chests import draw_chest
from tiny_model import STRICT_GATE, tiny_network, write_tiny

from model.errors import Cancelled
from model.film.film import Description
from model.findings.calibration import expit
from model.net import predictor as module
from model.net.device import Device
from model.net.predictor import Predictor

SPOT = (170.0, 95.0)


def test_an_answer_holds_everything(predictor: Predictor) -> None:
    film = draw_chest(spots=(SPOT,))
    answer = predictor.predict(film)
    assert answer.refusal is None
    assert not answer.forced
    assert answer.film_key == film.key
    assert answer.model == predictor.card.identity
    assert [finding.id for finding in answer.findings] == ["lung_opacity", "covid19"]
    assert {(heat.kind, heat.finding) for heat in answer.maps} == {(s.kind, s.finding) for s in predictor.card.maps}
    assert answer.seconds > 0
    assert answer.device.startswith("CPU (")
    assert answer.seen.shape == (128, 128)
    assert not answer.seen.flags.writeable
    assert all(not heat.values.flags.writeable for heat in answer.maps)


def test_the_probability_is_the_calibrated_logit(predictor: Predictor) -> None:
    film = draw_chest(spots=(SPOT,))
    logit = predictor.read(film).logit("lung_opacity")
    (finding, _) = predictor.predict(film).findings
    assert finding.probability == pytest.approx(expit(logit / 1.5 - 0.25))


@pytest.mark.parametrize("shape", [(400, 300), (300, 400), (800, 1000)])
def test_the_box_is_around_the_spot(predictor: Predictor, shape: tuple[int, int]) -> None:
    spot = (0.45 * shape[0], 0.3 * shape[1])
    answer = predictor.predict(draw_chest(*shape, spots=(spot,)))
    (box,) = answer.boxes
    cell, radius = 4 * answer.seen_grid.cell_height, 0.06 * min(shape)
    assert box.row == pytest.approx(spot[0] - radius, abs=cell)
    assert box.column == pytest.approx(spot[1] - radius, abs=cell)
    assert box.height == pytest.approx(2 * radius, abs=2 * cell)
    assert box.width == pytest.approx(2 * radius, abs=2 * cell)
    assert answer.opacity_extent is not None
    assert 0 < answer.opacity_extent < 0.3


def test_a_clear_film_has_no_boxes(predictor: Predictor) -> None:
    answer = predictor.predict(draw_chest())
    assert answer.boxes == ()
    assert answer.opacity_extent == 0.0


def test_the_same_film_gives_the_same_numbers(predictor: Predictor) -> None:
    film = draw_chest(spots=(SPOT,))
    first, second = predictor.predict(film), predictor.predict(film)
    assert first.findings == second.findings
    assert first.boxes == second.boxes
    for one, other in zip(first.maps, second.maps, strict=True):
        np.testing.assert_array_equal(one.values, other.values)


def test_three_channels_say_the_same_as_one(predictor: Predictor) -> None:
    film = draw_chest(spots=(SPOT,))
    network = tiny_network(channels_in=3)
    three = Predictor(network, predictor.card, Device(torch.device("cpu"), "CPU"))
    assert three.read(film).output.layer19.shape == predictor.read(film).output.layer19.shape
    with torch.no_grad():
        network.stem.convolution.weight[0, 1:].zero_()
        network.stem.convolution.weight[1].zero_()
        network.stem.convolution.weight[1, 2, 1, 1] = 1.0
        network.stem.convolution.weight[0, 0, 1, 1] = -1.0
    torch.testing.assert_close(three.read(film).output.findings, predictor.read(film).output.findings)


def test_a_refused_film_gets_no_answer_unless_forced(predictor: Predictor) -> None:
    film = draw_chest(spots=(SPOT,), description=Description(view="LL"))
    answer = predictor.predict(film)
    assert answer.refusal is not None
    assert answer.refusal.code == "lateral"
    assert (answer.findings, answer.boxes, answer.maps, answer.opacity_extent) == ((), (), (), None)
    assert not answer.forced
    forced = predictor.predict(film, force=True)
    assert forced.refusal == answer.refusal
    assert forced.forced
    assert len(forced.findings) == 2
    assert forced.boxes


def test_a_film_without_lungs_is_refused_by_the_network(tmp_path: Path) -> None:
    strict = Predictor.load(write_tiny(tmp_path, gate=STRICT_GATE), "cpu")
    assert strict.predict(draw_chest()).refusal is None
    film = draw_chest(spots=((200.0, 90.0), (200.0, 210.0)), radius=0.4)
    refusal = strict.predict(film).refusal
    assert refusal is not None
    assert refusal.code == "not_chest"
    assert strict.predict(film, force=True).findings


def test_stages_are_reported_in_order(predictor: Predictor) -> None:
    seen: list[tuple[str, float]] = []
    predictor.predict(draw_chest(), report=lambda stage, fraction: seen.append((stage, fraction)))
    assert [stage for stage, _ in seen] == ["prepare", "network", "maps", "done"]
    fractions = [fraction for _, fraction in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


@pytest.mark.parametrize("stage", ["prepare", "network", "maps", "done"])
def test_cancelling_stops_before_every_stage(predictor: Predictor, stage: str) -> None:
    seen: list[str] = []

    def cancelled() -> bool:
        return len(seen) == ["prepare", "network", "maps", "done"].index(stage)

    with pytest.raises(Cancelled):
        predictor.predict(draw_chest(), report=lambda name, _: seen.append(name), cancelled=cancelled)
    assert stage not in seen


def test_a_device_that_fails_gives_way_to_the_cpu_and_says_so(predictor: Predictor) -> None:
    failing = Predictor(tiny_network(), predictor.card, Device(torch.device("cpu"), "CPU"))
    failing._device = Device(torch.device("meta"), "Imaginary 9000")
    film = draw_chest(spots=(SPOT,))
    answer = failing.predict(film)
    assert "Imaginary 9000 failed" in answer.device
    assert answer.device.startswith("CPU (")
    assert answer.findings == predictor.predict(film).findings


def test_the_bundled_network_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_tiny(tmp_path)
    monkeypatch.setattr(module.cards, "bundled", lambda: path)
    assert Predictor.load(device="cpu").card.name == "tiny"
