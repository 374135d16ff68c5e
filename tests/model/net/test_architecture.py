"""The network keeps its promises about shapes, numbering and exact pooling."""

from __future__ import annotations

import json

import pytest
import torch
from torch import nn

from model.net.architecture import LAYER_19, LAYER_19_STRIDE, PIXEL_STRIDE, Architecture, Network, lung_mean


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    return Network().eval()


def test_shapes_follow_the_input(network: Network) -> None:
    with torch.inference_mode():
        output = network(torch.randn(2, 1, 96, 64))
    assert output.pixels.shape == (2, 3, 96 // PIXEL_STRIDE, 64 // PIXEL_STRIDE)
    assert output.evidence.shape == (2, 2, 12, 8)
    assert output.lungs.shape == (2, 1, 12, 8)
    assert output.findings.shape == (2, 2)
    assert output.features.shape == (2, network.architecture.widths[4])


def test_layer_19_lies_at_stride_8_and_is_not_the_last(network: Network) -> None:
    caught = []
    handle = network.convolution(LAYER_19).register_forward_hook(lambda _module, _inputs, output: caught.append(output))
    with torch.inference_mode():
        output = network(torch.randn(1, 1, 64, 96))
    handle.remove()
    assert len(caught) == 1
    assert output.layer19.shape[-2:] == (64 // LAYER_19_STRIDE, 96 // LAYER_19_STRIDE)
    assert torch.equal(caught[0], output.layer19)
    assert output.layer19.min() >= -1
    assert output.layer19.min() < 0
    assert network.layers > LAYER_19


def test_layers_are_numbered_in_the_order_they_run(network: Network) -> None:
    order: list[int] = []
    handles = [
        network.convolution(number).register_forward_hook(lambda *_, number=number: order.append(number))
        for number in range(1, network.layers + 1)
    ]
    with torch.inference_mode():
        network(torch.randn(1, 1, 32, 32))
    for handle in handles:
        handle.remove()
    backbone = [number for number in order if number <= 25]
    assert backbone == list(range(1, 26))
    assert sorted(order) == list(range(1, network.layers + 1))


def test_the_finding_is_the_mean_of_its_evidence_over_the_lungs(network: Network) -> None:
    with torch.inference_mode():
        output = network(torch.randn(2, 1, 64, 64))
    mean = (output.evidence * output.lungs).sum((2, 3)) / output.lungs.sum((2, 3))
    torch.testing.assert_close(output.findings, mean)


def test_opacity_is_read_off_the_opacity_pixels(network: Network) -> None:
    with torch.inference_mode():
        output = network(torch.randn(2, 1, 64, 64))
    share = nn.functional.avg_pool2d(torch.sigmoid(output.pixels[:, 1:2]), 2)
    rank = torch.corrcoef(torch.stack([share.flatten(), output.evidence[:, :1].flatten()]))[0, 1]
    assert rank == pytest.approx(1, abs=1e-3)


def test_evidence_can_be_free_of_the_pixels() -> None:
    network = Network(Architecture(widths=(4, 4, 8, 8, 8), decoder=(8, 8), evidence="free"))
    assert network.opacity_scale is None
    assert network(torch.randn(1, 1, 32, 32)).evidence.shape == (1, 2, 4, 4)


def test_lung_mean_ignores_what_lies_outside() -> None:
    values = torch.tensor([[[[1.0, 100.0], [3.0, -50.0]]]])
    lungs = torch.tensor([[[[1.0, 0.0], [1.0, 0.0]]]])
    assert lung_mean(values, lungs).item() == 2.0


def test_an_architecture_survives_json() -> None:
    plan = Architecture(channels_in=3, activation="relu", normalisation="batch", widths=(8, 8, 8, 8, 8))
    assert Architecture.from_dict(json.loads(json.dumps(plan.as_dict()))) == plan


@pytest.mark.parametrize(
    "values",
    [{"colour": 1}, {"channels_in": 2}, {"activation": "gelu"}, {"widths": [1, 2]}, {"opacity_in_covid": -1.0}],
)
def test_an_impossible_architecture_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Architecture.from_dict(values)


def test_the_default_network_is_small_and_has_no_normalisation(network: Network) -> None:
    assert network.parameter_count <= 3_000_000
    assert not any(isinstance(module, nn.BatchNorm2d) for module in network.modules())


def test_signals_neither_fade_nor_explode_at_the_start(network: Network) -> None:
    with torch.inference_mode():
        output = network(torch.randn(4, 1, 64, 64))
    assert 0.05 < output.layer19.std() < 5


def test_odd_sizes_are_refused(network: Network) -> None:
    with pytest.raises(ValueError, match="multiples of 16"):
        network(torch.randn(1, 1, 40, 64))


def test_three_channels_batch_normalisation_and_relu_train() -> None:
    plan = Architecture(channels_in=3, activation="relu", normalisation="batch", widths=(4, 4, 8, 8, 8), decoder=(8, 8))
    network = Network(plan)
    output = network(torch.randn(2, 3, 32, 32))
    (output.pixels.square().mean() + output.findings.square().mean()).backward()
    assert all(parameter.grad is not None for parameter in network.parameters())
