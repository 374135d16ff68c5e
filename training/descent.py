"""Descent: the optimiser, its learning rate along the run, and the running average of the weights."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from training.config import Config

Weights = dict[str, Tensor]


def rate(config: Config, progress: float) -> float:
    """Return the learning rate: a linear rise, then half a cosine down to a thousandth."""
    if progress < config.warm_up:
        return config.rate * (0.04 + 0.96 * progress / config.warm_up)
    down = min(1.0, (progress - config.warm_up) / (1 - config.warm_up))
    return config.rate * (0.001 + 0.999 * (1 + math.cos(math.pi * down)) / 2)


def optimiser(network: nn.Module, config: Config) -> torch.optim.AdamW:
    """Return AdamW; biases and scales do not decay."""
    decaying = [parameter for parameter in network.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in network.parameters() if parameter.ndim <= 1]
    groups = [{"params": decaying, "weight_decay": config.weight_decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=config.rate, betas=(0.9, 0.99))


def copied(network: nn.Module) -> Weights:
    """Return a copy of all weights."""
    return {name: value.detach().clone() for name, value in network.state_dict().items()}


def follow(average: Weights, network: nn.Module, share: float) -> None:
    """Move the averaged weights towards the present ones, keeping ``share`` of what they were."""
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                average[name].lerp_(value, 1 - share)
            else:
                average[name].copy_(value)
