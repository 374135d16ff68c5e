"""Gradients: layer-19 maps weighted by what the answer would make of each cell, HiResCAM and LayerCAM."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model.net.architecture import FilmNetwork, Output

Cells = NDArray[np.float32]


def with_slopes(network: FilmNetwork, image: Tensor, finding: int) -> tuple[Output, Tensor]:
    """Run the network on one film and follow a finding's logit back to layer 19.

    Parameters
    ----------
    image
        A standardised film, (1, channels, H, W).
    finding
        Place in ``FINDINGS``.

    Returns
    -------
    The output, and the slope of the logit at every value of layer 19, (C, h, w).
    """
    with torch.enable_grad():
        device = next(network.parameters()).device
        output: Output = network(image.to(device).contiguous(memory_format=torch.channels_last).requires_grad_())
        (slopes,) = torch.autograd.grad(output.findings[0, finding], output.layer19)
    return output, slopes[0]


def hires_cam(layer: Tensor, slopes: Tensor) -> Cells:
    """Return the positive part of slope times value summed over channels (Draelos & Carin 2020), (h, w)."""
    return _cells((layer * slopes).sum(0).clamp_min(0))


def layer_cam(layer: Tensor, slopes: Tensor) -> Cells:
    """Return the positive part of positive slope times value summed over channels (Jiang et al. 2021), (h, w)."""
    return _cells((layer * slopes.clamp_min(0)).sum(0).clamp_min(0))


def _cells(values: Tensor) -> Cells:
    return np.asarray(values.detach().float().cpu().numpy(), dtype=np.float32)
