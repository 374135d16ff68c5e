"""How long a film takes: prepared, through the network, and to the whole answer, on the CPU."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from chests import draw_chest
from tiny_model import OPEN_GATE, tiny_card

from model.net.architecture import Architecture, Network
from model.net.device import cpu
from model.net.predictor import Predictor
from model.net.preprocess import prepare


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    """Return the network of the bundled edition's size, untrained; speed does not depend on the weights."""
    torch.manual_seed(0)
    architecture = Architecture()
    card = replace(tiny_card(), architecture=architecture.as_dict(), input_size=256, gate=OPEN_GATE)
    return Predictor(Network(architecture).eval(), card, cpu())


def test_bare_network(benchmark: Any, predictor: Predictor) -> None:
    """The floor: the forward pass on a tensor that is there already."""
    image = torch.randn(1, 1, 256, 256).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        benchmark(predictor.network, image)


@pytest.mark.parametrize("size", [(512, 400), (3000, 2500)], ids=["small", "full size"])
def test_prepare(benchmark: Any, size: tuple[int, int]) -> None:
    benchmark(prepare, draw_chest(*size), 256)


@pytest.mark.parametrize("size", [(512, 400), (3000, 2500)], ids=["small", "full size"])
def test_film_to_answer(benchmark: Any, predictor: Predictor, size: tuple[int, int]) -> None:
    film = draw_chest(*size, spots=((0.4 * size[0], 0.3 * size[1]),))
    benchmark(predictor.predict, film)
