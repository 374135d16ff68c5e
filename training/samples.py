"""Samples: which films a step sees, how they are changed, and what is known of them, all decided by seed and step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from model.net.architecture import FINDINGS, PIXEL_CLASSES, PIXEL_STRIDE
from model.net.preprocess import resize, standardise
from training import augment
from training.config import Config, ConfigError
from training.datasets.row import Row
from training.store import BOX, FILM, MASK_BITS, Store

_LEAST_PER_CLASS = 5
_MASK_BONUS = {"opacity": 6.0, "lungs": 1.5, "box": 2.5}
_MOST_OFTEN = 5.0
_CLEAR_SHARE = 0.4
_LUNGS, _OPACITY = PIXEL_CLASSES.index("lungs"), PIXEL_CLASSES.index("opacity")
_ENLARGE = np.array([[4.0, 0, 1.5], [0, 4.0, 1.5], [0, 0, 1]])
"""From cells of a quarter of the stored film to its pixels, (x, y), homogeneous."""
_Cells = NDArray[np.float32]


class Batch(NamedTuple):
    """One step's films, float32 tensors.

    ``image``: (B, channels, H, W). ``pixels``: share of each cell that is lungs, opacity, heart, (B, 3, H/4, W/4);
    ``pixel_weight``: what each cell counts for, same shape, 0 where nothing is known. ``masked``: (B, 3), 1 where
    a drawn mask (not a box, not a "none anywhere") stands behind ``pixels``. ``findings``: (B, 2), 0 or 1;
    ``finding_weight``: (B, 2). ``twin``: (B,), int64, the place in the batch of the same film shown whole, -1 if none.
    """

    image: Tensor
    pixels: Tensor
    pixel_weight: Tensor
    masked: Tensor
    findings: Tensor
    finding_weight: Tensor
    twin: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How often each film is drawn, and which findings it may teach.

    ``probability``: (n,), sums to 1. ``teaches``: bool, (n, 2), columns as ``FINDINGS``.
    """

    probability: NDArray[np.float64]
    teaches: NDArray[np.bool_]


def usable(rows: Sequence[Row], taught: bool = False) -> list[Row]:
    """Return the rows that the network learns from: frontal films that carry a mask, a box or an answer.

    With teachers (``taught``), those that carry nothing are learned from as well.
    """
    return [row for row in rows if row.frontal and (taught or row.masked or row.boxed or row.opacity is not None)]


def plan(rows: Sequence[Row]) -> Plan:
    """Decide how often each film is drawn and what it may teach.

    Every source x view weighs as the square root of its number of films, and so does every class in it; films
    with drawn masks or boxes come more often, children half as often, and films without opacity make up two fifths
    of all. No film comes more than 5 times as often as if all were alike. COVID-19 is taught only where the web site
    (or collection) that a film comes from has at least 5 films of either answer; children teach no COVID-19.
    """
    strata: defaultdict[tuple[str, str], Counter[tuple[bool | None, bool | None]]] = defaultdict(Counter)
    for row in rows:
        strata[_stratum(row)][row.opacity, row.covid] += 1
    weights = np.empty(len(rows))
    for index, row in enumerate(rows):
        classes = strata[_stratum(row)]
        roots = sum(np.sqrt(count) for count in classes.values())
        weights[index] = _bonus(row) * np.sqrt(classes.total() / classes[row.opacity, row.covid]) / roots
    weights = _balanced(rows, weights)
    weights = np.minimum(weights, _MOST_OFTEN / len(rows))
    answers: defaultdict[tuple[str, str], Counter[bool | None]] = defaultdict(Counter)
    for row in rows:
        answers[row.source, row.site][row.covid] += 1
    teaches = np.zeros((len(rows), len(FINDINGS)), dtype=np.bool_)
    for index, row in enumerate(rows):
        known = answers[row.source, row.site]
        both = min(known[True], known[False]) >= _LEAST_PER_CLASS
        teaches[index] = row.opacity is not None, both and row.covid is not None and row.adult is not False
    return Plan(weights / weights.sum(), teaches)


@dataclass(frozen=True, slots=True)
class Share:
    """The part of every batch that one of several processes takes: its ``number`` (from 0) of ``count``."""

    number: int = 0
    count: int = 1


WHOLE = Share()


class Sampler:
    """Makes the batch of any step: the same step always gives the same batch.

    The shares of several processes together hold the films of the whole batch, each once and changed alike; a
    film and its lungs-only copy are in one share.

    Raises
    ------
    ConfigError
        When a batch has fewer films than there are shares.
    """

    def __init__(self, store: Store, config: Config, share: Share = WHOLE) -> None:
        self._store = store
        self._config = config
        self._share = share
        drawn = config.batch - round(config.batch * config.mixing.lungs_only)
        if drawn < share.count:
            words = f"batch is {config.batch}, that is {drawn} different films, but there are {share.count} processes"
            raise ConfigError("batch", f"{words}; enlarge the batch or take fewer processes.")
        self._plan = plan(store.rows)
        self._lungs_marked: NDArray[np.bool_] = np.any(store.marked, axis=(1, 2))

    def refresh(self) -> None:
        """Take notice of lungs that were marked since."""
        self._lungs_marked = np.any(self._store.marked, axis=(1, 2))

    def batch(self, step: int) -> Batch:
        """Return this share of the batch of this step."""
        config = self._config
        random = np.random.default_rng((config.seed, step))
        only = round(config.batch * config.mixing.lungs_only)
        out = round(config.batch * config.mixing.lungs_out)
        whole = config.batch - only - out
        drawn = random.choice(len(self._store.rows), size=whole + out, p=self._plan.probability)
        able = [place for place in range(whole) if self._lungs_marked[drawn[place]]][:only]
        mine = range(self._share.number, whole + out, self._share.count)
        seats = [place for place in mine if place < whole]
        samples = [self._sample(drawn[place], (step, place), "whole", -1) for place in seats]
        samples += [self._sample(drawn[p], (step, p), "only", seats.index(p)) for p in seats if p in able]
        samples += [self._without_lungs(drawn[place], (step, place)) for place in mine if place >= whole]
        return Batch(*(torch.from_numpy(np.stack(parts)) for parts in zip(*samples, strict=True)))

    def _without_lungs(self, index: int, key: tuple[int, int]) -> tuple[Any, ...]:
        return self._sample(index, key, "out" if self._lungs_marked[index] else "whole", -1)

    def _sample(self, index: int, key: tuple[int, int], show: str, twin: int) -> tuple[Any, ...]:
        config, store = self._config, self._store
        random = np.random.default_rng((config.seed, *key))
        matrix = self._pose(index, random)
        grey = augment.apply_pose(store.grey[index], matrix, config.size)
        plane = augment.apply_pose(store.plane[index], matrix, config.size, smooth=False)
        grey = augment.change_tone(grey, config.augmentation, random)
        grey = augment.change_border(grey, config.augmentation, random)
        if show != "whole":
            lungs = self._lungs(index, matrix)
            change = augment.keep_lungs if show == "only" else augment.remove_lungs
            grey = change(grey, lungs, random)
        image = np.repeat(standardise(grey)[None], config.architecture.channels_in, axis=0)
        pixels, weight, masked = self._pixels(index, plane, show)
        if show != "out":
            self._hear(index, (matrix, show), pixels, weight)
        if self._lungs_marked[index] and not store.lungs_known[index] and show != "out":
            lungs = resize(self._lungs(index, matrix).astype(np.float32), *pixels.shape[1:])
            if store.taught is None:
                pixels[_LUNGS], weight[_LUNGS] = lungs, config.weights.marked_lungs
            if store.rows[index].boxes or (show == "only" and not masked[_OPACITY]):
                weight[_OPACITY] *= 1 - pixels[_OPACITY] * (1 - lungs)
        findings, finding_weight = self._findings(index, show)
        return image, pixels, weight, masked, findings, finding_weight, np.int64(twin)

    def _pose(self, index: int, random: Generator) -> NDArray[np.float64]:
        settings, store, extent = self._config.augmentation, self._store, None
        if random.random() < settings.crop_to_lungs:
            extent = augment.lung_extent(store.marked[index], 4.0, random.uniform(0.05, 0.4))
        return augment.pose(store.side, self._config.size, extent, settings, random)

    def _lungs(self, index: int, matrix: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return the marked lungs of the film in the network's input."""
        lungs = augment.apply_pose(self._store.marked[index], matrix @ _ENLARGE, self._config.size)
        return np.asarray(lungs > 127)

    def _pixels(self, index: int, plane: NDArray[np.uint8], show: str) -> tuple[NDArray[np.float32], ...]:
        """Return what is known of the cells, what each counts for, and which classes have a drawn mask."""
        row, cells = self._store.rows[index], self._config.size // PIXEL_STRIDE
        shape = (len(PIXEL_CLASSES), cells, cells)
        pixels, weight = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
        masked = np.zeros(shape[0], dtype=np.float32)
        if show == "out":
            weight[_OPACITY] = 1
            return pixels, weight, masked
        film = _cells(plane, FILM, cells)
        for channel, kind in enumerate(PIXEL_CLASSES):
            drawn = bool((plane & MASK_BITS[kind]).any())
            if kind == "heart" and show == "only":
                continue
            if kind in row.masked and (drawn or kind == "opacity"):
                pixels[channel] = _cells(plane, MASK_BITS[kind], cells)
                weight[channel], masked[channel] = 1, drawn
            elif kind == "opacity" and (row.boxed or row.opacity is False):
                pixels[channel] = _cells(plane, BOX, cells)
                weight[channel] = 1 + (self._config.weights.weak_box - 1) * pixels[channel]
        weight *= np.maximum(film, 0.2)
        return pixels, weight, masked

    def _hear(self, index: int, shown: tuple[NDArray[np.float64], str], pixels: _Cells, weight: _Cells) -> None:
        """Put in what the teachers say where nobody drew, and let them soften what a box claims as a whole."""
        if self._store.taught is None:
            return
        matrix, show = shown
        said = _taught_cells(self._store.taught[index], matrix, self._config.size)
        for channel, kind in enumerate(PIXEL_CLASSES):
            if not weight[channel].any() and not (kind == "heart" and show == "only"):
                pixels[channel], weight[channel] = said[channel], self._config.weights.taught
        if self._store.rows[index].boxes:
            pixels[_OPACITY] *= (1 + said[_OPACITY]) / 2

    def _findings(self, index: int, show: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        if show == "out":
            return np.zeros(len(FINDINGS), dtype=np.float32), np.ones(len(FINDINGS), dtype=np.float32)
        row = self._store.rows[index]
        answers = np.array([bool(row.opacity), bool(row.covid)], dtype=np.float32)
        return answers, self._plan.teaches[index].astype(np.float32)


def _balanced(rows: Sequence[Row], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale the films without opacity, children half as much, to their share of all; the sum is 1."""
    scaled = weights * np.array([0.5 if row.adult is False else 1.0 for row in rows])
    clear = np.array([row.opacity is False for row in rows])
    for part, share in ((clear, _CLEAR_SHARE), (~clear, 1 - _CLEAR_SHARE)):
        if part.any():
            scaled[part] *= share / scaled[part].sum()
    return np.asarray(scaled / scaled.sum())


def _stratum(row: Row) -> tuple[str, str]:
    return row.source, row.view


def _bonus(row: Row) -> float:
    bonus = 1.0
    for kind in ("opacity", "lungs"):
        if kind in row.masked:
            bonus *= _MASK_BONUS[kind]
            break
    return bonus * (_MASK_BONUS["box"] if row.boxed else 1.0)


def _taught_cells(said: NDArray[np.uint8], matrix: NDArray[np.float64], size: int) -> _Cells:
    """Return the teachers' probabilities, posed as the film is, (3, cells, cells), 0 .. 1."""
    cells, ratio = size // PIXEL_STRIDE, 1 / PIXEL_STRIDE
    shrink = np.array([[ratio, 0, ratio / 2 - 0.5], [0, ratio, ratio / 2 - 0.5], [0, 0, 1]])
    whole = shrink @ np.vstack([matrix, [0, 0, 1]]) @ _ENLARGE
    posed = cv2.warpAffine(said, whole[:2], (cells, cells), flags=cv2.INTER_LINEAR)
    return np.asarray(posed.transpose(2, 0, 1) / 255, dtype=np.float32)


def _cells(plane: NDArray[np.uint8], bit: int, cells: int) -> NDArray[np.float32]:
    """Return the share of each cell in which this bit is set."""
    return np.asarray(resize(((plane & bit) > 0).astype(np.float32), cells, cells), dtype=np.float32)
