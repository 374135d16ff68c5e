"""Presets: named grey scales computed from the film itself, since chest films share no absolute unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film, Window
from model.film.grey import Sample, exposed_sample, span_window
from viewer.display.auto import opened_window, shown_window
from viewer.display.look import GreyTable

SOFT_SHARE = 1.22
"""Range of values over width of the soft curve: its ends stay 8 % short of black and white."""
CENTRAL = 0.15
"""Share of the film on each side that is left out where lungs are looked for."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One grey scale to choose: a stable ``id``, an English ``name`` and what goes into the look."""

    id: str
    name: str
    grey: Window | GreyTable


def presets(film: Film) -> tuple[Preset, ...]:
    """Return the grey scales that a film offers, in the order of their keys.

    Returns
    -------
    tuple of Preset
        "auto"; the film's own VOI LUTs and windows as "film-1", "film-2", … by their names; then "lung",
        "bone" (mediastinum and bone), "full" (all values) and "sigmoid" (a soft curve).
    """
    sample = exposed_sample(film)
    auto = opened_window(sample)
    dark, bright = _tissues(sample, film.low_is_white)
    lung = _between(film, np.percentile(dark, 1), np.percentile(bright, 55), "lung")
    bone = _between(film, np.percentile(dark, 45), np.percentile(bright, 99.8), "bone")
    full = span_window(float(film.pixels.min()), float(film.pixels.max()), "full")
    soft = Window(auto.center, auto.width / SOFT_SHARE, "SIGMOID", "sigmoid")
    return (
        Preset("auto", "Auto", auto),
        *own_presets(film),
        Preset("lung", "Lung", lung),
        Preset("bone", "Mediastinum and bone", bone),
        Preset("full", "Full range", full),
        Preset("sigmoid", "Soft curve", soft),
    )


def own_presets(film: Film) -> tuple[Preset, ...]:
    """Return the film's own VOI LUTs, then its own windows, numbered from "film-1"."""
    own: list[tuple[Window | GreyTable, str]] = [(GreyTable(i), table.name) for i, table in enumerate(film.tables)]
    own += [(window, window.name) for window in film.windows]
    return tuple(Preset(f"film-{n}", name or f"Film {n}", grey) for n, (grey, name) in enumerate(own, start=1))


def default_grey(film: Film) -> Window | GreyTable:
    """Return the grey scale that a film is first shown with: its own first one, else auto."""
    own = own_presets(film)
    return own[0].grey if own else shown_window(film)


def _tissues(sample: Sample, low_is_white: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the values shown darker (lungs) and brighter (mediastinum, bone) in the middle of the film.

    Both as seen: larger is brighter whatever the polarity. The split is Otsu's.
    """
    rows, columns = sample.values.shape
    middle = (
        slice(int(CENTRAL * rows), rows - int(CENTRAL * rows)),
        slice(int(CENTRAL * columns), columns - int(CENTRAL * columns)),
    )
    values: NDArray[Any] = sample.values[middle][sample.inside[middle]]
    if values.size < 2:
        values = sample.values.ravel()
    seen = -values.astype(np.float64) if low_is_white else values.astype(np.float64)
    if seen.min() == seen.max():
        return seen, seen
    split = _otsu(seen)
    return seen[seen <= split], seen[seen > split]


def _otsu(values: NDArray[np.float64], bins: int = 256) -> float:
    """Return the value that parts two modes with the most variance between them (Otsu 1979)."""
    counts, edges = np.histogram(values, bins)
    centers = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1]
    above = values.size - below
    total = np.cumsum(counts * centers)
    means_apart = total[:-1] / np.maximum(below, 1) - (total[-1] - total[:-1]) / np.maximum(above, 1)
    return float(edges[1 + int(np.argmax(below * above * means_apart**2))])


def _between(film: Film, dark: float, bright: float, name: str) -> Window:
    """Return the window from what is to be black to what is to be white, both as seen."""
    low, high = (-bright, -dark) if film.low_is_white else (dark, bright)
    return span_window(float(low), float(high), name)
