"""Tints: a map of the network as colours over the film, on the map's own absolute scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from model.findings.prediction import HeatMap
from model.findings.vocabulary import MAP_NAMES, term

LEVELS = 256
HOT_START = 0.18
"""Where on inferno the scale starts: below it the colours are too black to be told from the film."""
OPAQUE_FROM = 0.5
"""Share of a rising scale from which on the tint has its full opacity; below it fades out towards cold."""
COLD_LAB, NEUTRAL_LAB, WARM_LAB = (58.0, -10.0, -48.0), (70.0, 0.0, 0.0), (64.0, 44.0, 64.0)
"""Ends and middle of the diverging colours (CIELAB): blue and orange, which all readers tell apart."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One number beside the colour bar: ``position`` 0 (low end) .. 1 (high end)."""

    position: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ColourBar:
    """What a colour bar needs.

    ``colours``: uint8 RGBA, shape (256, 4), low end first, exactly as laid over the film. ``threshold``
    is the position of the map's threshold, None when it has none.
    """

    title: str
    colours: NDArray[np.uint8]
    ticks: tuple[Tick, ...]
    threshold: float | None


def tint(heat_map: HeatMap, film: Film, shape: tuple[int, int], opacity: float) -> NDArray[np.uint8]:
    """Return a map as colours over the whole film, in the film's orientation.

    Parameters
    ----------
    heat_map
        The map; its values are interpolated linearly between cell centres, then coloured from ``low``
        to ``high``.
    film
        The film it lies on.
    shape
        Rows and columns of the result: the film at any scale.
    opacity
        0 .. 1, opacity of hot cells. Cold ones are transparent (for class maps: those at the threshold).

    Returns
    -------
    numpy.ndarray
        uint8 RGBA (straight alpha), shape (rows, columns, 4). Transparent beyond the map's cells.
    """
    grid, (cells_down, cells_across) = heat_map.grid, heat_map.values.shape
    down = _interpolation(shape[0], film.rows, (grid.row, grid.cell_height), cells_down)
    across = _interpolation(shape[1], film.columns, (grid.column, grid.cell_width), cells_across)
    values = down @ heat_map.values @ across.T
    levels = (values - heat_map.low) * ((LEVELS - 1) / (heat_map.high - heat_map.low))
    codes = np.clip(levels + 0.5, 0, LEVELS - 1).astype(np.uint8)
    tinted = np.take(colours(heat_map, opacity).view(np.uint32).ravel(), codes).view(np.uint8).reshape(*shape, 4)
    tinted[down.sum(axis=1) == 0] = 0
    tinted[:, across.sum(axis=1) == 0] = 0
    return np.asarray(tinted, dtype=np.uint8)


def _interpolation(pixels: int, length: float, cell: tuple[float, float], cells: int) -> NDArray[np.float32]:
    """Return the weights, shape (pixels, cells), that read cells at the centres of pixels along one side.

    ``length`` is the film's, ``cell`` the start of the first cell and the size of one, in edge
    coordinates. A pixel whose centre lies on no cell has no weights.
    """
    start, size = cell
    centers = (np.arange(pixels) + 0.5) * (length / pixels)
    places = (centers - start) / size
    on_cells = (places >= 0) & (places <= cells)
    places = np.clip(places - 0.5, 0, cells - 1)
    first = np.minimum(places.astype(np.int64), max(cells - 2, 0))
    share = (places - first) * on_cells
    weights = np.zeros((pixels, cells), dtype=np.float32)
    every = np.arange(pixels)
    weights[every, np.minimum(first + 1, cells - 1)] = share
    weights[every, first] += on_cells - share
    return weights


def colours(heat_map: HeatMap, opacity: float) -> NDArray[np.uint8]:
    """Return the colours of a map's scale from low to high: uint8 RGBA, shape (256, 4)."""
    scale = np.linspace(0, 1, LEVELS)
    table = np.empty((LEVELS, 4), dtype=np.uint8)
    if _diverges(heat_map):
        middle = (float(heat_map.threshold or 0) - heat_map.low) / (heat_map.high - heat_map.low)
        apart = (scale - middle) / max(middle, 1 - middle)
        table[:, :3] = _looked_up(_diverging(), (apart + 1) / 2)
        strength = np.abs(apart)
    else:
        table[:, :3] = _looked_up(_inferno(), HOT_START + (1 - HOT_START) * scale)
        strength = np.minimum(scale / OPAQUE_FROM, 1)
    table[:, 3] = np.rint(255 * opacity * strength**2 * (3 - 2 * strength))
    return table


def _diverges(heat_map: HeatMap) -> bool:
    """Return whether the map speaks both for and against: class evidence does."""
    return heat_map.kind == "class" and heat_map.threshold is not None and heat_map.low < heat_map.threshold


def _looked_up(table: NDArray[np.uint8], places: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.asarray(table[np.rint(places * (len(table) - 1)).astype(np.int64)])


@lru_cache(maxsize=1)
def _inferno() -> NDArray[np.uint8]:
    """Return inferno (Smith, van der Walt; CC0), perceptually uniform: uint8 RGB, shape (256, 3)."""
    ramp = np.arange(256, dtype=np.uint8).reshape(-1, 1)
    return np.ascontiguousarray(cv2.applyColorMap(ramp, cv2.COLORMAP_INFERNO)[:, 0, ::-1])


@lru_cache(maxsize=1)
def _diverging() -> NDArray[np.uint8]:
    """Return blue over near-white to orange, straight lines in CIELAB: uint8 RGB, shape (257, 3)."""
    ramp = np.linspace(-1, 1, 257)
    lab = np.stack(
        [np.interp(ramp, (-1, 0, 1), ends) for ends in zip(COLD_LAB, NEUTRAL_LAB, WARM_LAB, strict=True)], axis=-1
    )
    rgb = cv2.cvtColor(lab.astype(np.float32)[None], cv2.COLOR_Lab2RGB)[0]
    return np.asarray(np.rint(255 * np.clip(rgb, 0, 1)), dtype=np.uint8)


@lru_cache(maxsize=8)
def colour_bar(heat_map: HeatMap, opacity: float, ticks: int = 5) -> ColourBar:
    """Return the colour bar of a map with about this many round numbers."""
    span = heat_map.high - heat_map.low
    threshold = None if heat_map.threshold is None else (heat_map.threshold - heat_map.low) / span
    numbers = round_numbers(heat_map.low, heat_map.high, ticks)
    return ColourBar(
        title(heat_map),
        colours(heat_map, opacity),
        tuple(Tick((number - heat_map.low) / span, f"{number:g}") for number in numbers),
        threshold,
    )


def title(heat_map: HeatMap) -> str:
    """Return what a map shows: its kind, the finding it speaks for and how it was smoothed."""
    finding = f": {term(heat_map.finding).name}" if heat_map.finding else ""
    smoothed = "" if heat_map.sigma is None else f", σ {heat_map.sigma:.3g} px"
    return MAP_NAMES[heat_map.kind] + finding + smoothed


def round_numbers(low: float, high: float, about: int) -> list[float]:
    """Return multiples of 1, 2 or 5 × a power of ten within ``low .. high``, about so many."""
    power = math.floor(math.log10((high - low) / max(about - 1, 1)))
    steps = [factor * 10.0**exponent for exponent in (power, power + 1) for factor in (1, 2, 5)]
    rows = [_multiples(low, high, step) for step in steps]
    return min(rows, key=lambda row: abs(len(row) - about))


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 10) + 0.0 for n in range(first, last + 1)]
