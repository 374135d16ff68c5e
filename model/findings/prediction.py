"""The prediction: everything the network says about one film, frozen, in film coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Band = Literal["below", "uncertain", "above"]
MapKind = Literal["intensity", "smoothed", "class", "opacity", "lungs", "heart"]
Remedy = Literal["invert", "turn_left", "turn_over", "turn_right"]
"""What puts a film right: black and white exchanged, or a quarter turn, half a turn."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One image-level answer: calibrated probability, its threshold and the band it falls in."""

    id: str
    """A term of ``model.findings.vocabulary``: "lung_opacity", "covid19"."""
    probability: float
    threshold: float
    band: Band


@dataclass(frozen=True, slots=True)
class Box:
    """A pathology box in film pixels: ``row``/``column`` are the top left edge, origin the film's top left edge.

    The box covers ``row .. row + height`` by ``column .. column + width`` in edge coordinates
    (0 is the outer edge of the first pixel; pixel i spans i .. i + 1).
    """

    finding: str
    score: float
    row: float
    column: float
    height: float
    width: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a map's cells lie on the film, in edge coordinates.

    Cell (i, j) covers rows ``row + i * cell_height .. row + (i + 1) * cell_height`` and the columns likewise.
    """

    row: float
    column: float
    cell_height: float
    cell_width: float


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """One map over the film on an absolute scale.

    ``values``: float32, shape (cells down, cells across), read-only. ``low``/``high`` are the ends of
    the colour bar, fixed for the model (a percentile of the validation films), never the film's own.
    ``threshold`` is the value above which a cell counts, None when the map has none. ``sigma`` is the
    standard deviation in network input pixels by which the map was smoothed, None when it was not.
    """

    kind: MapKind
    finding: str | None
    """The finding the map speaks for; None for maps that are not class-specific."""
    values: NDArray[np.float32]
    grid: Grid
    low: float
    high: float
    threshold: float | None = None
    sigma: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a film is not assessable: a stable code, a sentence, and what would put it right where anything would."""

    code: str
    message: str
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which network spoke."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """All that one run of the network says about one film.

    ``film_key`` is the film's identity: a prediction is never shown on another film.
    ``maps`` holds one map per kind and finding. ``refusal`` is set when the film is not assessable as it is;
    findings and boxes are then empty unless the run was forced ("analyse anyway") or the network was shown the film
    put right (``corrected``); maps and boxes lie on the film as it is all the same.
    """

    film_key: str
    findings: tuple[Finding, ...]
    boxes: tuple[Box, ...]
    maps: tuple[HeatMap, ...]
    opacity_extent: float | None
    """Opacity area over lung area, 0 .. 1; None when no lungs were found."""
    model: ModelIdentity
    device: str
    """What it ran on, for people: "CPU (2 threads)", "NVIDIA …"."""
    seconds: float
    seen: NDArray[np.uint8]
    """The exact prepared image the network was given, as grey levels, shape (height, width)."""
    seen_grid: Grid
    """Where the pixels of ``seen`` lie on the film."""
    features: NDArray[np.float32] | None
    """The network's deepest features, averaged over the lungs, shape (features,); None when it was not asked."""
    refusal: Refusal | None = None
    forced: bool = False
    corrected: Remedy | None = None

    @property
    def refused(self) -> bool:
        """Whether there is no answer because the film is not assessable."""
        return self.refusal is not None and not self.forced and self.corrected is None

    def map_of(self, kind: MapKind, finding: str | None = None) -> HeatMap | None:
        """Return the map of this kind (and finding), or None when this model has none."""
        for heat_map in self.maps:
            if heat_map.kind == kind and heat_map.finding == finding:
                return heat_map
        return None
