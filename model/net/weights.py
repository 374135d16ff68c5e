"""The door for weights: safetensors only, and nothing is parsed before its hash agrees with the model card."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from model import card as cards
from model.card import ModelCard
from model.errors import WeightsError
from model.net.architecture import Architecture, Network
from model.net.view import ViewHead

ARCHITECTURE_VERSION = 2
"""Raised whenever old weights would no longer give the old answers."""
LARGEST_WEIGHTS_BYTES = 512 << 20
WIDEST_LAYER = 2048
MOST_BLOCKS = 64
_VIEW = "view."


class Loaded(NamedTuple):
    """A network ready to run, its card, and the layer that tells views (None when the file has none)."""

    network: Network
    card: ModelCard
    view: ViewHead | None


class Written(NamedTuple):
    """What a card must say of the file that was written."""

    sha256: str
    size: int


def read(path: Path) -> Loaded:
    """Read weights with the card beside them (same name, ``.json``) into a network in evaluation mode.

    Raises
    ------
    WeightsError
        When the card is missing or invalid, or the file is missing, truncated, of another hash, not safetensors, or
        not of the architecture that the card names. The sentence says which.
    """
    card = cards.read(path.with_suffix(".json"))
    content = _verified(path, card)
    network = _skeleton(card, path.name)
    try:
        tensors = load(content)
    except (SafetensorError, ValueError, KeyError) as error:
        raise WeightsError(
            "weights_format",
            f"{path.name} is not a readable safetensors file ({type(error).__name__}); download it again.",
        ) from None
    view = _view(tensors, path.name)
    _fit(network, tensors, path.name)
    network.load_state_dict(tensors, assign=True)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    return Loaded(network.eval(), card, view)


def write(network: Network, path: Path, view: ViewHead | None = None) -> Written:
    """Write a network's weights as float32 safetensors and return what its card must say of the file."""
    tensors = {name: _plain(tensor) for name, tensor in network.state_dict().items()}
    if view is not None:
        tensors |= {f"{_VIEW}weight": torch.tensor(view.weight), f"{_VIEW}bias": torch.tensor(view.bias)}
    content = save({name: tensor.contiguous() for name, tensor in tensors.items()})
    path.write_bytes(content)
    return Written(hashlib.sha256(content).hexdigest(), len(content))


def _plain(tensor: Tensor) -> Tensor:
    kept = tensor.detach().cpu().contiguous()
    return kept.float() if kept.is_floating_point() else kept


def _verified(path: Path, card: ModelCard) -> bytes:
    """Return the file's bytes once size and hash are those of the card; what is hashed is what is parsed."""
    if not path.is_file():
        raise WeightsError(
            "weights_missing", f"The weights file {path.name} is missing; put it back or choose another."
        )
    size = path.stat().st_size
    if size > LARGEST_WEIGHTS_BYTES:
        raise WeightsError(
            "weights_size", f"{path.name} has {size:,} bytes, more than any network here; choose another."
        )
    if size != card.size:
        raise WeightsError(
            "weights_size",
            f"{path.name} has {size:,} bytes but its card says {card.size:,}: it is truncated or another file; "
            "download it again.",
        )
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise WeightsError(
            "weights_hash", f"{path.name} is not the file its card describes (the hash differs); download it again."
        )
    return content


def _skeleton(card: ModelCard, name: str) -> Network:
    """Build the card's network without memory for its weights."""
    if card.architecture_version != ARCHITECTURE_VERSION:
        raise WeightsError(
            "architecture_version",
            f"{name} needs architecture version {card.architecture_version}, but this program has version "
            f"{ARCHITECTURE_VERSION}; install the matching release.",
        )
    try:
        architecture = Architecture.from_dict(card.architecture)
        if max(*architecture.widths, *architecture.decoder) > WIDEST_LAYER or sum(architecture.blocks) > MOST_BLOCKS:
            raise ValueError("it is larger than any network here")
        with torch.device("meta"):
            return Network(architecture)
    except (TypeError, ValueError, RuntimeError, IndexError) as error:
        raise WeightsError(
            "architecture_invalid", f"The card of {name} names an architecture that cannot be built: {error}"
        ) from None


def _view(tensors: dict[str, Tensor], name: str) -> ViewHead | None:
    """Take the view layer out of the tensors."""
    parts = {key: tensors.pop(key) for key in list(tensors) if key.startswith(_VIEW)}
    if not parts:
        return None
    try:
        if set(parts) != {f"{_VIEW}weight", f"{_VIEW}bias"}:
            raise ValueError("it is not whole")
        if not all(part.dtype == torch.float32 and bool(torch.isfinite(part).all()) for part in parts.values()):
            raise ValueError("its numbers are not finite float32")
        return ViewHead(parts[f"{_VIEW}weight"].numpy(), parts[f"{_VIEW}bias"].numpy())
    except ValueError as error:
        raise WeightsError("weights_layout", f"The view layer in {name} is not valid: {error}.") from None


def _fit(network: Network, tensors: dict[str, Tensor], name: str) -> None:
    """Refuse tensors whose names, shapes or types are not the network's, or that are not finite."""
    wanted = network.state_dict()
    if set(wanted) != set(tensors):
        odd = sorted(set(wanted) ^ set(tensors))[0]
        raise WeightsError("weights_layout", f"{name} and its card disagree about the layer {odd}; export it again.")
    for key, tensor in tensors.items():
        if tensor.shape != wanted[key].shape or tensor.dtype != wanted[key].dtype:
            raise WeightsError(
                "weights_layout", f"The layer {key} in {name} has not the shape its card names; export it again."
            )
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise WeightsError("weights_layout", f"The layer {key} in {name} holds numbers that are not finite.")
