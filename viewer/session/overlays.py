"""Which of the network's marks are laid over the film, and how: a choice of the reader."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.findings.prediction import HeatMap, MapKind, Prediction
from model.findings.smoothing import smooth

MAX_SIGMA = 256.0


@dataclass(frozen=True, slots=True)
class OverlayChoice:
    """What lies over the film.

    ``map`` and ``finding`` name the heatmap; ``opacity`` is 0 .. 1; ``sigma`` is the smoothing of the "smoothed" map
    in pixels of the network's input, None for the model's own.

    Raises
    ------
    ValueError
        When the opacity or sigma lies outside what can be shown.
    """

    heatmap: bool = False
    boxes: bool = True
    lungs: bool = False
    map: MapKind = "smoothed"
    finding: str | None = None
    opacity: float = 0.4
    sigma: float | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.opacity <= 1.0:
            raise ValueError(f"The opacity of a heatmap lies between 0 and 1; got {self.opacity}.")
        if self.sigma is not None and not 0.0 <= self.sigma <= MAX_SIGMA:
            raise ValueError(f"The smoothing of a heatmap lies between 0 and {MAX_SIGMA:g} pixels; got {self.sigma}.")

    @property
    def anything(self) -> bool:
        """Whether anything at all is laid over the film."""
        return self.heatmap or self.boxes or self.lungs

    def heat_map(self, prediction: Prediction) -> HeatMap | None:
        """Return the prediction's map of this choice; None when the model has none such.

        A map that speaks for findings is taken for ``finding``, or for the prediction's first one when none is named.
        """
        named = prediction.map_of(self.map, self.finding)
        if named is not None or self.finding is not None:
            return named
        return next((m for m in prediction.maps if m.kind == self.map), None)

    def shown_map(self, prediction: Prediction) -> HeatMap | None:
        """Return the map to draw: as the model gave it, or smoothed anew where the reader chose another sigma.

        The smoothed map is made anew from the raw intensity and keeps the model's absolute scale.
        """
        chosen = self.heat_map(prediction)
        raw = prediction.map_of("intensity")
        if chosen is None or chosen.kind != "smoothed" or self.sigma is None or raw is None:
            return chosen
        values = smooth(raw.values, self.sigma * prediction.seen_grid.cell_height / raw.grid.cell_height)
        values.setflags(write=False)
        return replace(chosen, values=values, grid=raw.grid, sigma=self.sigma)
