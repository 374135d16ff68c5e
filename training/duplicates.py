"""Near-duplicates: the same film in several collections, re-cropped, re-compressed or re-bordered, found by its pixels.

Three steps: (1) pictures whose perceptual hashes nearly agree, and for every picture the ones that look most like one
of its crops, are candidates; (2) each candidate pair is aligned by an affine map (ECC, Evangelidis & Psarakis 2008);
(3) the pair counts when the locally normalised pictures correlate above ``SAME_FILM`` where they overlap.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SAME_FILM = 0.75
"""Of 9,652 pairs of films of different patients the most alike reached .744; of 270 known copies 99 % are above .82."""
MOST = 15_000
"""Films among which crops are looked for; beyond, memory (two squares of this number) would not suffice."""
_MARGINS = (0.0, 0.1, 0.2)
_BANK = np.array(list(itertools.product(_MARGINS, repeat=4)))  # top, bottom, left, right
_TARGET = 0.1
_COARSE_PX, _FINE_PX, _STORED_PX = 32, 96, 160
_NEIGHBOURS, _ALIKE, _HASH_BITS = 6, 0.75, 4
_FIRST_STEPS, _PROMISING, _STEPS = 6, 0.7, 25
"""Pairs that correlate less after the first steps are given up: of the same films none was below .76 there."""
_SHEAR, _SCALE, _OVERLAP = 0.12, 2.0, 0.3

Picture = NDArray[np.uint8]
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two films, by their place in the list, that show the same exposure; ``correlation`` after alignment."""

    first: int
    second: int
    correlation: float


def shrink(picture: Picture) -> Picture:
    """Return the small square picture, shape (160, 160), that the search works on."""
    return np.asarray(cv2.resize(picture, (_STORED_PX, _STORED_PX), interpolation=cv2.INTER_AREA), np.uint8)


def find_pairs(pictures: Sequence[Picture], progress: Callable[[float], None] | None = None) -> list[Pair]:
    """Return the near-duplicates among small pictures (see ``shrink``).

    Time and memory grow with the square of their number: 3,340 films take about a minute and 70 MB. Among more than
    ``MOST`` films only copies of whole films are looked for, not crops.
    """
    if len(pictures) < 2:
        return []
    tell = progress or (lambda share: None)
    hashed = _hash_candidates(pictures)
    if len(pictures) > MOST:
        starts = [(first, second, np.full(4, _TARGET)) for first, second in sorted(hashed)]
    else:
        starts = _crop_candidates(pictures, hashed, lambda share: tell(0.7 * share))
    fine = [_flatten(_resized(picture, _FINE_PX), 4.0, 3.0) for picture in pictures]
    found = []
    for number, (inner, outer, margins) in enumerate(starts):
        correlation = _aligned(fine[inner], fine[outer], margins)
        if correlation >= SAME_FILM:
            found.append(Pair(min(inner, outer), max(inner, outer), correlation))
        if number % 200 == 0:
            tell(0.7 + 0.3 * number / len(starts))
    tell(1.0)
    return found


def _crop_candidates(
    pictures: Sequence[Picture], hashed: set[tuple[int, int]], progress: Callable[[float], None]
) -> list[tuple[int, int, NDArray[np.float64]]]:
    """Return which film to align with which, and the crop of the first that looks like the middle of the second."""
    alike, crop = _crop_search(pictures, progress)
    starts = []
    for first, second in sorted(_candidates(alike) | hashed):
        inner, outer = (first, second) if alike[first, second] >= alike[second, first] else (second, first)
        starts.append((inner, outer, _BANK[crop[inner, outer]]))
    return starts


def _crop_search(pictures: Sequence[Picture], progress: Callable[[float], None]) -> tuple[Vector, NDArray[np.uint8]]:
    """For each pair (i, j): the best correlation of a crop of i with the middle of j, and which crop it was."""
    middle = np.stack([_coarse(picture, (_TARGET,) * 4) for picture in pictures]).T
    best = np.full((len(pictures), len(pictures)), -1.0, np.float32)
    crop = np.zeros(best.shape, np.uint8)
    for number, margins in enumerate(_BANK):
        alike = np.stack([_coarse(picture, margins) for picture in pictures]) @ middle
        better = alike > best
        best[better] = alike[better]
        crop[better] = number
        progress((number + 1) / len(_BANK))
    np.fill_diagonal(best, -1.0)
    return best, crop


def _candidates(alike: Vector) -> set[tuple[int, int]]:
    both = np.maximum(alike, alike.T)
    count = min(_NEIGHBOURS, len(both) - 1)
    nearest = np.argpartition(-both, count - 1, axis=1)[:, :count]
    return {(min(i, int(j)), max(i, int(j))) for i, row in enumerate(nearest) for j in row if both[i, j] > _ALIKE}


def _hash_candidates(pictures: Sequence[Picture]) -> set[tuple[int, int]]:
    bits = [
        np.packbits(imagehash.phash(Image.fromarray(picture)).hash.ravel()).view(np.uint64)[0] for picture in pictures
    ]
    hashes = np.array(bits)
    found: set[tuple[int, int]] = set()
    for i in range(len(hashes) - 1):
        near = np.flatnonzero(np.bitwise_count(hashes[i + 1 :] ^ hashes[i]) <= _HASH_BITS)
        found.update((i, i + 1 + int(j)) for j in near)
    return found


def _coarse(picture: Picture, margins: Sequence[float] | NDArray[np.float64]) -> Vector:
    top, bottom, left, right = (round(margin * _STORED_PX) for margin in margins)
    part = picture[top : _STORED_PX - bottom, left : _STORED_PX - right]
    flat = _flatten(_resized(part, _COARSE_PX), 5.0, 4.0)
    flat -= flat.mean()
    return np.asarray(flat.ravel() / (np.linalg.norm(flat) + 1e-6), np.float32)


def _resized(picture: Picture, side: int) -> Vector:
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)


def _flatten(picture: Vector, sigma: float, floor: float) -> Vector:
    """Take away slow brightness and contrast, so that windowing and exposure do not matter."""
    flat = picture - cv2.GaussianBlur(picture, (0, 0), sigma)
    spread = np.sqrt(cv2.GaussianBlur(flat * flat, (0, 0), sigma))
    return np.asarray(flat / (spread + floor), np.float32)


def _aligned(inner: Vector, outer: Vector, margins: NDArray[np.float64]) -> float:
    """Correlate after aligning: a crop of ``inner`` by ``margins`` looks like the middle of ``outer``."""
    top, bottom, left, right = (float(margin) for margin in margins)
    across, down = (1 - left - right) / (1 - 2 * _TARGET), (1 - top - bottom) / (1 - 2 * _TARGET)
    start = [[across, 0, (left - _TARGET * across) * _FINE_PX], [0, down, (top - _TARGET * down) * _FINE_PX]]
    template = np.array(start, np.float32)
    seen = np.full(inner.shape, 255, np.uint8)
    try:
        for steps, least in ((_FIRST_STEPS, _PROMISING), (_STEPS, -1.0)):
            stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, steps, 1e-3)
            likeness, warp = cv2.findTransformECC(outer, inner, template.copy(), cv2.MOTION_AFFINE, stop, seen, 3)
            if likeness < least:
                return -1.0
    except cv2.error:  # does not converge: not the same film
        return -1.0
    scales = (warp[0, 0], warp[1, 1])
    if abs(warp[0, 1]) > _SHEAR or abs(warp[1, 0]) > _SHEAR or not all(1 / _SCALE < s < _SCALE for s in scales):
        return -1.0
    size, flags = (_FINE_PX, _FINE_PX), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    shared = cv2.warpAffine(np.ones_like(inner), warp, size, flags=flags) > 0.99
    if shared.mean() < _OVERLAP:
        return -1.0
    moved = cv2.warpAffine(inner, warp, size, flags=flags)
    return float(np.corrcoef(moved[shared], outer[shared])[0, 1])
