"""Structure: the network drawn layer by layer as it is built, and its activation beside the one it replaces."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor, nn

from model.net.architecture import LAYER_19, Network
from training.drawing.style import INK, QUIET, WARM, canvas


class Step(NamedTuple):
    """One numbered convolution: channels and side of what comes out, side of its kernel."""

    number: int
    channels: int
    side: int
    kernel: int


def steps(network: Network, size: int) -> list[Step]:
    """Run the network once on nothing and note what every numbered convolution gives out."""
    shapes: dict[int, tuple[int, int]] = {}
    hooks = [
        network.convolution(number).register_forward_hook(_noting(shapes, number))
        for number in range(1, network.layers + 1)
    ]
    with torch.inference_mode():
        network(torch.zeros(1, network.architecture.channels_in, size, size))
    for hook in hooks:
        hook.remove()
    kernels = {number: network.convolution(number).convolution.kernel_size[0] for number in shapes}
    return [Step(number, *shapes[number], kernels[number]) for number in sorted(shapes)]


def _noting(shapes: dict[int, tuple[int, int]], number: int):  # type: ignore[no-untyped-def]
    def note(layer: nn.Module, given: tuple[Tensor, ...], out: Tensor) -> None:
        shapes[number] = (out.shape[1], out.shape[2])

    return note


def architecture(network: Network, size: int) -> Figure:
    """Draw every numbered convolution: as high as its map, as dark as it has channels; layer 19 stands out."""
    drawn = steps(network, size)
    figure, axes = canvas(1, 1, 9.5, 3.4)
    place = axes[0, 0]
    widest = max(step.channels for step in drawn)
    for step in drawn:
        shade = WARM if step.number == LAYER_19 else INK
        strength = 0.2 + 0.8 * step.channels / widest
        corner = (step.number - 0.4, -step.side / 2)
        place.add_patch(Rectangle(corner, 0.8, step.side, color=shade, alpha=strength, lw=0))
        place.text(step.number, step.side / 2 + size * 0.02, str(step.channels), ha="center", fontsize=6, color=INK)
    for before, step in zip([None, *drawn[:-1]], drawn, strict=True):
        if before is None or before.side != step.side:
            place.text(step.number, -size * 0.6, str(step.side), ha="center", fontsize=6, color=QUIET)
    place.set(xlim=(0, len(drawn) + 1), ylim=(-size * 0.68, size * 0.62), yticks=[], xlabel="layer")
    place.set_xticks([1, *range(5, len(drawn) + 1, 5), LAYER_19])
    place.spines["left"].set_visible(False)
    count = f"{network.parameter_count / 1e6:.2f} million weights"
    place.set_title(
        f"{len(drawn)} convolutions, {count}; above: channels, below: side of its map in px; layer {LAYER_19} in orange"
    )
    return figure


def activations() -> Figure:
    """Draw ELU beside ReLU, and their slopes."""
    at = torch.linspace(-4, 3, 400, requires_grad=True)
    figure, axes = canvas(1, 2, 3.4, 2.8)
    for name, function, shade in (("ELU", nn.functional.elu, INK), ("ReLU", nn.functional.relu, WARM)):
        value = function(at)
        (slope,) = torch.autograd.grad(value.sum(), at)
        plain = at.detach().numpy()
        axes[0, 0].plot(plain, value.detach().numpy(), color=shade, label=name)
        axes[0, 1].plot(plain, np.asarray(slope), color=shade, label=name)
    axes[0, 0].set_title("Activation")
    axes[0, 1].set_title("Slope")
    axes[0, 0].legend()
    return figure
