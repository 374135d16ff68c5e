"""Boxes: from opacity pixels inside the lungs to pathology boxes in film pixels, and how much lung they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from model.card import BoxRule, PixelRule
from model.findings.prediction import Box, Grid
from model.findings.vocabulary import LUNG_OPACITY

Probability = NDArray[np.float32]
Mask = NDArray[np.bool_]
HALF_SURE, HALF_SURE_FILM = 0.05, 0.2
"""Opacity in a piece, and in both lungs, as shares of the lungs, that count for one half in a box's score."""
SMALLEST_LUNG = 0.1
"""A piece of the lung mask below this part of the largest is no lung of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Chest:
    """Opacity and lungs in network input pixels, all of one shape (height, width).

    ``inside`` is False on padding, where nothing counts.
    """

    opacity: Probability
    lungs: Probability
    inside: Mask


class _Part(NamedTuple):
    """A piece of opacity: its rows and columns (half open), its number of pixels, the sum of them."""

    top: int
    left: int
    bottom: int
    right: int
    area: int
    total: float


class Pieces(NamedTuple):
    """Pieces of opacity by lung, the area of all lungs in pixels, all opacity in them, the longer side of the input."""

    lungs: tuple[tuple[_Part, ...], ...]
    lung_area: int
    opacity: float
    side: int

    def score(self, part: _Part) -> float:
        """Return how sure it is that a piece is an opacity, 0 .. 1.

        It grows with the opacity in the piece and with all opacity of the film, each as a share ``m`` of the lungs
        that is worth ``m / (m + half)``; their geometric mean. On validation films this ranked boxes better than the
        mean or the highest probability of their pixels, which tell a faint stripe from a pneumonia poorly.
        """
        own, film = part.total / self.lung_area, self.opacity / self.lung_area
        return float(np.sqrt(own / (own + HALF_SURE) * film / (film + HALF_SURE_FILM)))


def lung_mask(chest: Chest, rule: PixelRule) -> Mask:
    """Return the lungs as solid shapes: holes that a dense opacity leaves are filled, stray small pieces left out."""
    raw = ((chest.lungs >= rule.lungs) & chest.inside).astype(np.uint8)
    outlines, _ = cv2.findContours(raw, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros_like(raw), outlines, -1, 1, cv2.FILLED)
    whole = np.zeros(raw.shape, np.bool_)
    for lung in _each_lung(filled > 0):
        whole |= lung
    return whole


def extent(chest: Chest, rule: PixelRule) -> float | None:
    """Return opacity area over lung area, 0 .. 1; None when there is no lung."""
    lungs = lung_mask(chest, rule)
    area = int(lungs.sum())
    if area == 0:
        return None
    return float((lungs & (chest.opacity >= rule.opacity)).sum() / area)


def find(chest: Chest, pixels: PixelRule, rule: BoxRule, grid: Grid, size: tuple[int, int]) -> tuple[Box, ...]:
    """Find the opacity boxes of one film.

    Parameters
    ----------
    chest
        What the network marked.
    pixels, rule
        The card's thresholds.
    grid
        Where the input pixels lie on the film.
    size
        Rows and columns of the film; boxes are clipped to it.

    Returns
    -------
    Boxes in the film's edge coordinates, the surest first.
    """
    return assemble(pieces(chest, pixels, rule.threshold), rule, grid, size)


def pieces(chest: Chest, pixels: PixelRule, threshold: float) -> Pieces:
    """Return the connected pieces of opacity in each lung; what ``assemble`` makes boxes from."""
    lungs = lung_mask(chest, pixels)
    opaque = chest.opacity >= threshold
    each = tuple(tuple(_parts(chest.opacity, lung & opaque)) for lung in _each_lung(lungs))
    return Pieces(each, int(lungs.sum()), float(chest.opacity[lungs].sum()), max(lungs.shape))


def assemble(found: Pieces, rule: BoxRule, grid: Grid, size: tuple[int, int]) -> tuple[Box, ...]:
    """Join, filter and order pieces, and lay them on the film; parameters and result as for ``find``."""
    smallest, reach = rule.minimum_area * found.lung_area, rule.gap * found.side
    parts = [part for lung in found.lungs for part in _joined(lung, reach) if part.area >= smallest]
    scored = [(found.score(part), part) for part in parts]
    kept = [(score, part) for score, part in scored if score >= rule.minimum_score]
    kept.sort(key=lambda pair: (-pair[0], pair[1].top, pair[1].left))
    return tuple(_on_film(part, score, grid, size) for score, part in kept)


def _each_lung(lungs: Mask) -> Iterator[Mask]:
    """Yield each lung; small pieces belong to no lung and are left out."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lungs.astype(np.uint8), connectivity=4)
    areas = stats[1:, cv2.CC_STAT_AREA]
    for label in range(1, count):
        if areas[label - 1] >= SMALLEST_LUNG * areas.max():
            yield labels == label


def _parts(opacity: Probability, mask: Mask) -> Iterator[_Part]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        area_of = slice(top, top + height), slice(left, left + width)
        values = opacity[area_of][labels[area_of] == label]
        yield _Part(top, left, top + height, left + width, area, float(values.sum()))


def _joined(parts: Sequence[_Part], reach: float) -> list[_Part]:
    """Join parts whose boxes are no further apart than ``reach`` until none is left to join."""
    apart: list[_Part] = []
    for candidate in parts:
        grown = candidate
        while (near := next((other for other in apart if _gap(grown, other) <= reach), None)) is not None:
            apart.remove(near)
            grown = _union(grown, near)
        apart.append(grown)
    return apart


def _gap(a: _Part, b: _Part) -> float:
    down = max(a.top, b.top) - min(a.bottom, b.bottom)
    across = max(a.left, b.left) - min(a.right, b.right)
    return float(np.hypot(max(down, 0), max(across, 0)))


def _union(a: _Part, b: _Part) -> _Part:
    return _Part(
        min(a.top, b.top),
        min(a.left, b.left),
        max(a.bottom, b.bottom),
        max(a.right, b.right),
        a.area + b.area,
        a.total + b.total,
    )


def _on_film(part: _Part, score: float, grid: Grid, size: tuple[int, int]) -> Box:
    top, bottom = (float(np.clip(grid.row + edge * grid.cell_height, 0, size[0])) for edge in (part.top, part.bottom))
    left, right = (float(np.clip(grid.column + edge * grid.cell_width, 0, size[1])) for edge in (part.left, part.right))
    return Box(LUNG_OPACITY.id, score, top, left, bottom - top, right - left)
