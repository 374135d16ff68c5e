"""The atlas: where the training films lie in the network's feature space, and how a new film is placed among them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from model.card import FeatureMap, ModelCard
from model.errors import WeightsError

SUFFIX = ".atlas.safetensors"
"""Takes the place of the weights' ending."""
LARGEST_ATLAS_BYTES = 1 << 20
UNKNOWN = -1
"""Stands for an answer that the collection does not give."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One training film as the atlas knows it: its collection, its answers (None where unknown), where, and how far."""

    source: str
    opacity: bool | None
    covid19: bool | None
    place: tuple[float, float]
    distance: float

    def answer(self, finding: str) -> bool | None:
        """Return the film's answer for a finding of the vocabulary, None where unknown."""
        return {"lung_opacity": self.opacity, "covid19": self.covid19}[finding]


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Training films as points on a plane that is laid through the feature space.

    ``axes``: float32, shape (2, features), and ``offset``: float32, (2,), take features to the plane.
    ``points``: float32, (films, 2). ``source``: uint8, (films,), places in ``sources``. ``opacity`` and
    ``covid19``: int8, (films,), 1 yes, 0 no, ``UNKNOWN``. ``gap``: 99 % of the films have another one at most this far
    away. Lengths are in standard deviations of films with the same answers.
    """

    axes: NDArray[np.float32]
    offset: NDArray[np.float32]
    points: NDArray[np.float32]
    source: NDArray[np.uint8]
    opacity: NDArray[np.int8]
    covid19: NDArray[np.int8]
    gap: float
    sources: tuple[str, ...]

    def __post_init__(self) -> None:
        films = len(self.points)
        whole = (
            self.axes.ndim == 2
            and len(self.axes) == 2
            and self.offset.shape == (2,)
            and self.points.shape == (films, 2)
            and films > 0
            and all(values.shape == (films,) for values in (self.source, self.opacity, self.covid19))
        )
        if not whole or self.source.max() >= len(self.sources):
            raise ValueError("its parts do not fit together")
        if not all(np.isfinite(values).all() for values in (self.axes, self.offset, self.points, self.gap)):
            raise ValueError("its numbers are not finite")

    def answers(self, finding: str) -> NDArray[np.int8]:
        """Return every film's answer for a finding of the vocabulary: 1 yes, 0 no, ``UNKNOWN``."""
        return {"lung_opacity": self.opacity, "covid19": self.covid19}[finding]

    def place(self, features: NDArray[np.float32]) -> tuple[float, float]:
        """Return where a film with these features lies; features as in ``Prediction.features``, shape (features,)."""
        across, up = self.axes.astype(np.float64) @ features + self.offset
        return float(across), float(up)

    def nearest(self, place: tuple[float, float], count: int) -> tuple[Neighbour, ...]:
        """Return the training films nearest to a place on the plane, the nearest first."""
        away = np.hypot(*(self.points.astype(np.float64) - place).T)
        return tuple(self._film(int(number), float(away[number])) for number in np.argsort(away, kind="stable")[:count])

    def _film(self, number: int, distance: float) -> Neighbour:
        opacity, covid19 = (_answer(values[number]) for values in (self.opacity, self.covid19))
        across, up = self.points[number].tolist()
        return Neighbour(self.sources[self.source[number]], opacity, covid19, (across, up), distance)


def _answer(value: np.int8) -> bool | None:
    return None if value == UNKNOWN else bool(value)


def write(atlas: Atlas, weights: Path) -> FeatureMap:
    """Write the atlas beside the weights and return what their card must say of it."""
    parts = {
        "axes": atlas.axes,
        "offset": atlas.offset,
        "points": atlas.points,
        "source": atlas.source,
        "opacity": atlas.opacity,
        "covid19": atlas.covid19,
        "gap": np.array([atlas.gap], np.float32),
    }
    content = save({name: np.ascontiguousarray(values) for name, values in parts.items()})
    weights.with_suffix(SUFFIX).write_bytes(content)
    return FeatureMap(hashlib.sha256(content).hexdigest(), len(content), atlas.sources)


def read(weights: Path, card: ModelCard) -> Atlas | None:
    """Return the atlas that the card of these weights vouches for, None when it names none.

    Raises
    ------
    WeightsError
        When the file is missing, of another hash, or no atlas of this network.
    """
    if card.feature_map is None:
        return None
    path = weights.with_suffix(SUFFIX)
    content = _verified(path, card.feature_map)
    try:
        parts = load(content)
        gap = float(parts.pop("gap")[0])
        atlas = Atlas(**parts, gap=gap, sources=card.feature_map.sources)
        if atlas.axes.shape[1] != card.architecture["widths"][-1]:
            raise ValueError("it was made for another network")
    except (SafetensorError, ValueError, KeyError, TypeError, IndexError) as error:
        raise WeightsError("atlas_layout", f"{path.name} is not a usable feature map: {error}.") from None
    return atlas


def _verified(path: Path, said: FeatureMap) -> bytes:
    """Return the file's bytes once their hash is the card's; what is hashed is what is parsed."""
    if not path.is_file():
        raise WeightsError("atlas_missing", f"The feature map {path.name} is missing; put it back beside the weights.")
    content = path.read_bytes() if path.stat().st_size == said.size <= LARGEST_ATLAS_BYTES else b""
    if hashlib.sha256(content).hexdigest() != said.sha256:
        raise WeightsError(
            "atlas_hash", f"{path.name} is not the file its card describes (the hash differs); download it again."
        )
    return content
