"""Weighting: whether maps of layer 19 point better when they are weighted by what the answer is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from model.findings.smoothing import smooth
from model.net.architecture import FINDINGS, LAYER_19_STRIDE, FilmNetwork
from model.net.heatmap import class_map, layer_sum
from training import augment, gradients
from training.metrics import maps
from training.monitor import whole_films
from training.store import FILM, LUNGS, OPACITY, Store
from training.subject import UNCALIBRATED

RAW = "layer 19, positive sum"
NO_NETWORK = "the lungs themselves (no network)"
SIGMA = 8.0
"""Input pixels by which the smoothed map is smoothed, as in the viewer."""
_OPACITY = FINDINGS.index("lung_opacity")
_HEAT = NDArray[np.float32]
Measures = dict[str, float]


def measure(network: FilmNetwork, films: Store, size: int) -> dict[str, Measures]:
    """Return the pointing game and the energy in opacity of every map, means over the films with drawn opacity.

    Heat of the unweighted maps is what lies above the median of all cells of these films, that of the class map what
    lies above even odds, that of the gradient maps what lies above nothing. Of each film its part of the square counts;
    a map without any heat has no energy in the opacity.
    """
    network.eval()
    heats: dict[str, list[_HEAT]] = {}
    for images in whole_films(films, size, network.architecture.channels_in):
        for film in images:
            for name, heat in _maps(network, film[None]):
                heats.setdefault(name, []).append(heat)
    planes = [augment.apply_pose(plane, augment.plain_pose(films.side, size), size, False) for plane in films.plane]
    for name, every in heats.items():
        if name not in _FROM_NOTHING:
            floor = np.median([cell for heat, plane in zip(every, planes, strict=True) for cell in _shown(heat, plane)])
            heats[name] = [heat - np.float32(floor) for heat in every]
    heats[NO_NETWORK] = [((plane & LUNGS) > 0).astype(np.float32) for plane in planes]
    return {name: _judged(every, planes) for name, every in heats.items()}


def drawn(films: Store) -> Sequence[int]:
    """Return the places of films on which both opacity and lungs are drawn."""
    known = (films.plane & OPACITY).any((1, 2)) & (films.plane & LUNGS).any((1, 2))
    return [int(place) for place in np.flatnonzero(known)]


_FROM_NOTHING = frozenset({"class map", "HiResCAM", "LayerCAM"})


def _maps(network: FilmNetwork, image: torch.Tensor) -> Iterator[tuple[str, _HEAT]]:
    output, slopes = gradients.with_slopes(network, image, _OPACITY)
    layer = output.layer19[0].detach()
    summed = layer_sum(layer, "positive")
    yield RAW, summed
    yield "layer 19, plain sum", layer_sum(layer, "literal")
    yield f"layer 19, positive sum, smoothed by {SIGMA:g} px", smooth(summed, SIGMA / LAYER_19_STRIDE)
    yield "HiResCAM", gradients.hires_cam(layer, slopes)
    yield "LayerCAM", gradients.layer_cam(layer, slopes)
    yield "class map", class_map(output.evidence[0, _OPACITY].detach(), output.lungs[0, 0].detach(), UNCALIBRATED)


def _shown(heat: _HEAT, plane: NDArray[np.uint8]) -> _HEAT:
    """Return the cells of a map that lie on the film."""
    film = cv2.resize((plane & FILM) // FILM, heat.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    return np.asarray(heat[film], np.float32)


def _judged(heats: Sequence[_HEAT], planes: Sequence[NDArray[np.uint8]]) -> Measures:
    pointing, energy = [], []
    for heat, plane in zip(heats, planes, strict=True):
        large = np.asarray(cv2.resize(heat, plane.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
        large[(plane & FILM) == 0] = large.min()
        opacity = (plane & OPACITY) > 0
        pointing.append(maps.points_inside(large, opacity))
        energy.append(maps.energy_inside(large, opacity))
    return {"pointing game": float(np.mean(pointing)), "energy in opacity": float(np.mean(np.nan_to_num(energy)))}
