"""What a run looks at while it trains: a few numbers of the validation films, cheap enough to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from model.net.architecture import PIXEL_STRIDE, FilmNetwork
from model.net.preprocess import resize, standardise
from training import augment
from training.store import LUNGS, OPACITY, Store

_BATCH = 16
Cast = Callable[[], AbstractContextManager[object]]
"""Makes the context that a forward pass runs in."""


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
    adults = np.array([row.adult is not False for row in store.rows])
    opacity = [row.opacity for row in store.rows]
    covid = [row.covid for row in store.rows]
    verdict = [row.opacity if row.label.startswith("RSNA") else None for row in store.rows]
    opaque_covid = [row.covid if row.source == "covid-chestxray" else None for row in store.rows]
    _put_auc(result, "auc_opacity", opacity, answers.extent, adults)
    _put_auc(result, "auc_opacity_children", opacity, answers.extent, ~adults)
    _put_auc(result, "auc_opacity_rsna", verdict, answers.extent, adults)
    _put_auc(result, "auc_covid", covid, answers.findings[:, 1], adults)
    _put_auc(result, "auc_covid_among_pneumonias", opaque_covid, answers.findings[:, 1], adults)
    return result


def _dice(probability: NDArray[np.float32], plane: NDArray[np.uint8], bit: int, size: int) -> float | None:
    """Return the Dice overlap of what is above one half with the drawn mask at the network's input size."""
    matrix = augment.plain_pose(plane.shape[0], size)
    truth = (augment.apply_pose(plane, matrix, size, smooth=False) & bit) > 0
    if not truth.any():
        return None
    found = resize(probability, probability.shape[0] * PIXEL_STRIDE, probability.shape[1] * PIXEL_STRIDE) > 0.5
    return float(2 * (truth & found).sum() / (truth.sum() + found.sum()))


def _put_auc(
    result: dict[str, float],
    name: str,
    truth: list[bool | None],
    score: NDArray[np.float32],
    among: NDArray[np.bool_],
) -> None:
    chosen = [index for index, value in enumerate(truth) if value is not None and among[index]]
    values = [truth[index] for index in chosen]
    if len(set(values)) == 2:
        result[name] = float(roc_auc_score(values, score[chosen]))
