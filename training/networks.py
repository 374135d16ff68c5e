"""Which network a run trains: our own, or a ready one that is fine-tuned."""

from __future__ import annotations

from model.net.architecture import FilmNetwork, Network
from training.config import Config
from training.ready import ReadyNetwork


def build(config: Config) -> FilmNetwork:
    """Return the network that the settings name, with the weights it has before training."""
    ready = config.backbone == "efficientnet-lite0"
    return ReadyNetwork(config.architecture, config.pretrained) if ready else Network(config.architecture)


def untrained(network: FilmNetwork) -> FilmNetwork:
    """Return a network of the same kind and architecture with random weights."""
    if isinstance(network, ReadyNetwork):
        return ReadyNetwork(network.architecture, pretrained=False)
    return Network(network.architecture)
