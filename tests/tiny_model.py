"""A network of two channels with weights set by hand: dark is lung, bright is opacity. Written in milliseconds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from model.card import (
    DISCLAIMER,
    FORMAT,
    WEIGHTS_SUFFIX,
    BoxRule,
    Collection,
    Figure,
    FindingRule,
    GateRule,
    MapScale,
    ModelCard,
    PixelRule,
)
from model.findings.calibration import Calibration
from model.net import weights
from model.net.architecture import Architecture, Network

DARK, BRIGHT = 0, 1
FAINT = 0.05
"""Share of the coarse maps in the fine ones, so that edges stay sharp."""
BODY = 1.2
"""Standard deviations above the film's mean from which a pixel is brighter than a body is."""
OPEN_GATE = GateRule((0.0, 1.0), 0.0, 0.0, -100.0, (0.0, 1000.0))
"""Lets every film pass that its header does not exclude."""
STRICT_GATE = GateRule((0.05, 0.6), 0.5, 0.4, 0.2, (0.8, 4.0))


def write_tiny(folder: Path, name: str = "tiny", *, gate: GateRule = OPEN_GATE, input_size: int = 128) -> Path:
    """Write the tiny network with its card into a folder and return the path of its weights.

    What it says is easily foretold: pixels clearly darker than the film's mean are lungs, clearly brighter ones
    opacity (counted inside the lungs, holes filled). Evidence for lung opacity grows with brightness. With the
    default gate every film that its header does not exclude is judged.
    """
    path = folder / f"{name}{WEIGHTS_SUFFIX}"
    written = weights.write(tiny_network(), path)
    card = replace(tiny_card(), name=name, sha256=written.sha256, size=written.size, gate=gate, input_size=input_size)
    path.with_suffix(".json").write_text(card.to_json(), encoding="utf-8")
    return path


def tiny_network(channels_in: int = 1) -> Network:
    """Return the network itself: channel 0 carries darkness, channel 1 brightness, through every layer."""
    network = Network(tiny_architecture(channels_in))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        for number in range(1, network.layers + 1):
            weight = network.convolution(number).convolution.weight
            middle = weight.shape[2] // 2
            for channel in (DARK, BRIGHT):
                weight[channel, min(channel, weight.shape[1] - 1), middle, middle] = 1.0
        for module in network.modules():
            if type(module).__name__ == "Block":
                module.second.convolution.weight.zero_()
        network.stem.convolution.weight[DARK].neg_()
        assert network.stem.convolution.bias is not None
        network.stem.convolution.bias[BRIGHT] = -BODY
        network.deep.convolution.weight.zero_()
        network.fuse_eighth.convolution.weight.mul_(FAINT)
        _set_heads(network)
    return network.eval()


def tiny_architecture(channels_in: int = 1) -> Architecture:
    """Return the smallest architecture that has every layer."""
    return Architecture(
        evidence="free", channels_in=1 if channels_in == 1 else 3, widths=(2, 2, 2, 2, 2), decoder=(2, 2)
    )


def tiny_card() -> ModelCard:
    """Return a complete card; hash and size are those of no file."""
    calibration = Calibration(temperature=1.5, offset=-0.25, threshold=0.5, lower=0.4, upper=0.6)
    return ModelCard(
        format=FORMAT,
        name="tiny",
        version="0.0.1",
        created="2026-01-01",
        sha256="0" * 64,
        size=1,
        architecture=tiny_architecture().as_dict(),
        architecture_version=weights.ARCHITECTURE_VERSION,
        input_size=128,
        findings=(FindingRule("lung_opacity", calibration), FindingRule("covid19", calibration)),
        pixels=PixelRule(0.5, 0.5, 0.5),
        boxes=BoxRule(threshold=0.5, minimum_area=0.005, minimum_score=0.0, gap=0.02),
        gate=OPEN_GATE,
        maps=(
            MapScale("intensity", None, 0.0, 4.0, None, "positive"),
            MapScale("smoothed", None, 0.0, 4.0, None, "positive"),
            MapScale("class", "lung_opacity", -3.0, 3.0, 0.0, None),
            MapScale("class", "covid19", -3.0, 3.0, 0.0, None),
            MapScale("opacity", "lung_opacity", 0.0, 1.0, 0.5, None),
            MapScale("lungs", None, 0.0, 1.0, 0.5, None),
            MapScale("heart", None, 0.0, 1.0, 0.5, None),
        ),
        smoothing_sigma=8.0,
        summary="A network set by hand for tests.",
        training_data=(Collection("none", 0, "none", "made by hand"),),
        figures=(Figure("lung opacity AUC", 0.5, 0.4, 0.6, 10, "nothing"),),
        limits=("It knows only dark and bright.",),
        disclaimer=DISCLAIMER,
    )


def _set_heads(network: Network) -> None:
    pixels, evidence = network.pixel_head.convolution, network.evidence_head.convolution
    assert pixels.bias is not None
    assert evidence.bias is not None
    pixels.weight.zero_()
    evidence.weight.zero_()
    pixels.weight[0, DARK], pixels.bias[0] = 8.0, -2.0
    pixels.weight[1, BRIGHT], pixels.bias[1] = 8.0, -2.0
    pixels.bias[2] = -4.0
    evidence.weight[0, BRIGHT], evidence.bias[0] = 4.0 / FAINT, -0.5
    evidence.weight[1, BRIGHT], evidence.bias[1] = 1.0 / FAINT, -0.5
