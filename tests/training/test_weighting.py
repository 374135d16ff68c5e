"""Weighting: gradient maps equal what they are defined as, and each map is judged on the film alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from drawn_films import write_row

from model.net.architecture import Architecture, Network, lung_mean
from training import gradients, store, weighting

SMALL = Architecture(widths=(4, 4, 8, 8, 8), decoder=(8, 8), evidence="free")


def test_slopes_say_what_a_small_change_of_layer_19_does() -> None:
    torch.manual_seed(0)
    network = Network(SMALL).eval()
    for module in network.modules():  # residual branches begin silent: layer 19 would have no say
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.normal_(module.weight, std=0.15)
    image = torch.randn(1, 1, 64, 64)
    output, slopes = gradients.with_slopes(network, image, 0)
    assert slopes.shape == output.layer19.shape[1:]
    nudge = torch.zeros_like(output.layer19)
    nudge[0, 3, 2, 5] = 0.1
    hook = network.convolution(19).register_forward_hook(lambda layer, given, out: out + nudge)
    evidence = network(image).evidence
    hook.remove()
    change = (lung_mean(evidence, output.lungs) - output.findings)[0, 0].detach().item()  # pooling weights stand still
    assert change != 0
    assert change == pytest.approx(0.1 * slopes[3, 2, 5].item(), rel=0.05)


def test_maps_weight_values_by_slopes() -> None:
    layer = torch.tensor([[[1.0, 2.0]], [[3.0, -1.0]]])
    slopes = torch.tensor([[[2.0, -1.0]], [[-0.5, -4.0]]])
    assert gradients.hires_cam(layer, slopes).tolist() == [[0.5, 2.0]]
    assert gradients.layer_cam(layer, slopes).tolist() == [[2.0, 0.0]]


def test_every_map_gets_both_numbers_and_lungs_need_no_network(tmp_path: Path) -> None:
    films = store.build(tmp_path, [write_row(tmp_path, number) for number in range(6)], 80)
    judged = store.chosen(films, weighting.drawn(films))
    assert [row.opacity for row in judged.rows] == [True, True, True]
    found = weighting.measure(Network(SMALL), judged, 64)
    assert next(iter(found)) == weighting.RAW
    assert {"HiResCAM", "LayerCAM", "class map", weighting.NO_NETWORK} < set(found)
    lungs = found[weighting.NO_NETWORK]
    shares = [((plane & 3) == 3).sum() / ((plane & 1) > 0).sum() for plane in judged.plane]
    assert lungs["pointing game"] == pytest.approx(np.mean(shares), abs=0.02)
    assert lungs["energy in opacity"] == pytest.approx(lungs["pointing game"])
