"""What a run looks at while it trains: a few numbers of the validation films, cheap enough to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from model.net.architecture import PIXEL_STRIDE, FilmNetwork
from model.net.preprocess import resize, standardise
from training import augment
from training.datasets.row import Row
from training.store import LUNGS, OPACITY, Store

_BATCH = 16
Cast = Callable[[], AbstractContextManager[object]]
"""Makes the context that a forward pass runs in."""
WORDS = {
    "dice_lungs": "Dice of lungs",
    "dice_opacity": "Dice of opacity",
    "auc_opacity": "AUC of opacity, adults",
    "auc_opacity_rsna": "AUC of opacity, RSNA verdict",
    "auc_opacity_children": "AUC of opacity, children",
    "auc_covid": "AUC of COVID-19, adults",
    "auc_covid_among_pneumonias": "AUC of COVID-19, covid-chestxray",
}
"""The numbers of ``summarise`` in words."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a network says of the films of a store, in their order.

    ``pixels``: probabilities, float32, (n, 3, cells, cells). ``findings``: logits, (n, 2). ``extent``: opacity over
    lungs by probability, (n,).
    """

    pixels: NDArray[np.float32]
    findings: NDArray[np.float32]
    extent: NDArray[np.float32]


def whole_films(store: Store, size: int, channels: int) -> Iterator[torch.Tensor]:
    """Give all films in batches, unchanged, float32, (b, channels, size, size)."""
    matrix = augment.plain_pose(store.side, size)
    for first in range(0, len(store.rows), _BATCH):
        greys = [augment.apply_pose(grey, matrix, size) for grey in store.grey[first : first + _BATCH]]
        yield torch.from_numpy(np.stack([standardise(grey) for grey in greys])[:, None]).expand(-1, channels, -1, -1)


def answer(network: FilmNetwork, store: Store, size: int, cast: Cast, mirrored: bool = False) -> Answers:
    """Run the network over all films of the store; mirrored: over their mirror images, answers turned back."""
    was_training, device = network.training, next(network.parameters()).device
    network.eval()
    pixels, findings = [], []
    with torch.inference_mode(), cast():
        for images in whole_films(store, size, network.architecture.channels_in):
            seen = images.flip(-1) if mirrored else images
            output = network(seen.to(device).contiguous(memory_format=torch.channels_last))
            marked = torch.sigmoid(output.pixels.float())
            pixels.append((marked.flip(-1) if mirrored else marked).cpu().numpy())
            findings.append(output.findings.float().cpu().numpy())
    network.train(was_training)
    every = np.concatenate(pixels)
    lungs = every[:, 0]
    extent = (every[:, 1] * lungs).sum((1, 2)) / np.maximum(lungs.sum((1, 2)), 1e-6)
    return Answers(every, np.concatenate(findings), extent)


def summarise(answers: Answers, store: Store, size: int) -> dict[str, float]:
    """Return Dice of lungs and opacity, and AUC of the image answers where both answers occur (unrounded, 0 .. 1)."""
    result: dict[str, float] = {}
    for name, channel, bit in (("lungs", 0, LUNGS), ("opacity", 1, OPACITY)):
        overlaps = [_dice(answers.pixels[i, channel], store.plane[i], bit, size) for i in range(len(store.rows))]
        known = [value for value in overlaps if value is not None]
        if known:
            result[f"dice_{name}"] = float(np.mean(known))
    scores = {"opacity": answers.extent, "covid": answers.findings[:, 1]}
    for name, (truth, finding) in _asked(store).items():
        places = [place for place, value in enumerate(truth) if value is not None]
        values = [truth[place] for place in places]
        if len(set(values)) == 2:
            result[name] = float(roc_auc_score(values, scores[finding][places]))
    return result


def counts(store: Store) -> dict[str, int]:
    """Return how many films stand behind each number of ``summarise``."""
    drawn = {"dice_lungs": LUNGS, "dice_opacity": OPACITY}
    found = {name: int((store.plane & bit).any((1, 2)).sum()) for name, bit in drawn.items()}
    return found | {name: len(truth) - truth.count(None) for name, (truth, _) in _asked(store).items()}


def _asked(store: Store) -> dict[str, tuple[list[bool | None], Literal["opacity", "covid"]]]:
    """Return for each AUC what is true of each film, None where it is not asked, and what score it is about."""

    def among(kept: Callable[[Row], bool], finding: Literal["opacity", "covid"]) -> list[bool | None]:
        return [getattr(row, finding) if kept(row) else None for row in store.rows]

    return {
        "auc_opacity": (among(_grown, "opacity"), "opacity"),
        "auc_opacity_children": (among(lambda row: not _grown(row), "opacity"), "opacity"),
        "auc_opacity_rsna": (among(lambda row: _grown(row) and row.label.startswith("RSNA"), "opacity"), "opacity"),
        "auc_covid": (among(_grown, "covid"), "covid"),
        "auc_covid_among_pneumonias": (
            among(lambda row: _grown(row) and row.source == "covid-chestxray", "covid"),
            "covid",
        ),
    }


def _grown(row: Row) -> bool:
    return row.adult is not False


def _dice(probability: NDArray[np.float32], plane: NDArray[np.uint8], bit: int, size: int) -> float | None:
    """Return the Dice overlap of what is above one half with the drawn mask at the network's input size."""
    matrix = augment.plain_pose(plane.shape[0], size)
    truth = (augment.apply_pose(plane, matrix, size, smooth=False) & bit) > 0
    if not truth.any():
        return None
    found = resize(probability, probability.shape[0] * PIXEL_STRIDE, probability.shape[1] * PIXEL_STRIDE) > 0.5
    return float(2 * (truth & found).sum() / (truth.sum() + found.sum()))
