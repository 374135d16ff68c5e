"""Sanity: does a map depend on what the network has learned? (Adebayo et al. 2018, model randomisation)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import spearmanr

from model.card import LIKE_RANDOM, SANITY_FIGURE
from model.film import open_film
from model.net.architecture import LAYER_19_STRIDE
from model.net.device import choose
from model.net.predictor import Predictor
from model.net.reading import Reading
from training import networks
from training.answers import heats
from training.datasets.row import Row
from training.judging.lines import Goal, Line, Section
from training.metrics.intervals import estimate, weighted_mean

UNLIKE = Goal(most=LIKE_RANDOM)
"""A map that ranks the film's cells much as it does with random weights shows the film, not what was learned."""
FILMS = 12


def sanity_section(predictor: Predictor, root: Path, rows: Sequence[Row], seed: int = 0) -> Section:
    """Compare every map with that of a network of random weights, on the first films with opacity."""
    chosen = [row for row in rows if row.opacity and row.adult is not False][:FILMS]
    blank = untrained(predictor, seed)
    likeness = [compare(predictor, blank, root / row.path) for row in chosen]
    groups = [row.group or row.patient for row in chosen]
    lines = [
        Line(
            SANITY_FIGURE.format(map=name),
            estimate(weighted_mean(np.array([each[name] for each in likeness])), groups),
            "films with opacity",
            UNLIKE,
        )
        for name in (likeness[0] if likeness else ())
    ]
    note = "Near 0: the map comes from what was learned. Near 1: it would look the same had nothing been learned."
    return Section("Sanity of the maps", note, tuple(lines))


def untrained(predictor: Predictor, seed: int = 0) -> Predictor:
    """Return a network of the same architecture and card with random weights in every layer."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = networks.untrained(predictor.network)
        for parameter in network.parameters():
            if not parameter.any():  # what starts at nothing would hide the layers before it
                torch.nn.init.normal_(parameter, std=0.05)
    return Predictor(network.eval(), predictor.card, choose("cpu"))


def compare(trained: Predictor, blank: Predictor, path: Path) -> dict[str, float]:
    """Return for each map the absolute rank correlation of its cells between the two networks, 0 .. 1."""
    film = open_film(path)
    first, second = trained.read(film), blank.read(film)
    others = dict(heats(second, blank.card))
    return {
        name: _likeness(_cells(heat, first), _cells(others[name], first)) for name, heat in heats(first, trained.card)
    }


def _cells(heat: NDArray[np.float32], reading: Reading) -> NDArray[np.float32]:
    side = heat.shape[0] // LAYER_19_STRIDE
    small = cv2.resize(heat, (side, side), interpolation=cv2.INTER_AREA)
    inside = cv2.resize(reading.prepared.inside.astype(np.float32), (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(small[inside > 0.99], np.float32)


def _likeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return abs(float(spearmanr(first, second).statistic))
