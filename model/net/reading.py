"""The reading: one film's way through the network, and every map that can be drawn from it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from model.card import MapScale, ModelCard
from model.film.film import Film
from model.findings.prediction import Grid
from model.findings.smoothing import smooth
from model.net import heatmap
from model.net.architecture import FINDINGS, LAYER_19_STRIDE, PIXEL_CLASSES, PIXEL_STRIDE, Output
from model.net.boxes import Chest, lung_mask
from model.net.preprocess import Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What went into the network and what came out of it, for one film; tensors are on the CPU."""

    film: Film
    prepared: Prepared
    output: Output

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the film."""
        return self.film.rows, self.film.columns

    def logit(self, finding: str) -> float:
        """Return the raw logit of one finding."""
        return float(self.output.findings[0, FINDINGS.index(finding)])

    def features(self) -> NDArray[np.float32]:
        """Return the deepest features, averaged over the lungs: float32, shape (features,), read-only."""
        values = self.output.features[0].float().numpy().copy()
        values.setflags(write=False)
        return np.asarray(values, dtype=np.float32)

    def pixels(self, name: str) -> NDArray[np.float32]:
        """Return one class's probabilities, one value per cell of ``PIXEL_STRIDE`` input pixels."""
        return heatmap.probabilities(self.output.pixels[0, PIXEL_CLASSES.index(name)])

    def full(self, name: str) -> NDArray[np.float32]:
        """Return one class's probabilities at input pixels."""
        height, width = self.prepared.inside.shape
        enlarged = cv2.resize(self.pixels(name), (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(enlarged, dtype=np.float32)

    def chest(self) -> Chest:
        """Return opacity and lungs at input pixels."""
        return Chest(self.full("opacity"), self.full("lungs"), self.prepared.inside)

    def cells(self, scale: MapScale, card: ModelCard) -> tuple[NDArray[np.float32], Grid]:
        """Return the map that ``scale`` names, cropped to the film and read-only, and its grid on the film."""
        stride = PIXEL_STRIDE if scale.kind in PIXEL_CLASSES else LAYER_19_STRIDE
        grid = heatmap.coarser(self.prepared.grid, stride)
        values, grid = heatmap.crop(self._whole(scale, card), grid, self.size)
        if scale.kind == "smoothed":
            values = smooth(values, card.smoothing_sigma / stride)
            values.setflags(write=False)
        return values, grid

    def _whole(self, scale: MapScale, card: ModelCard) -> NDArray[np.float32]:
        if scale.reduction is not None:
            return heatmap.layer_sum(self.output.layer19[0], scale.reduction)
        if scale.kind == "class" and scale.finding is not None:
            evidence = self.output.evidence[0, FINDINGS.index(scale.finding)]
            return heatmap.class_map(evidence, self.output.lungs[0, 0], card.rule_of(scale.finding).calibration)
        if scale.kind == "lungs":
            return self._lungs(card)
        return self.pixels(scale.kind)

    def _lungs(self, card: ModelCard) -> NDArray[np.float32]:
        """Return the lung probabilities without the stray pieces that count for no lung."""
        values = self.pixels("lungs")
        small = cv2.resize(lung_mask(self.chest(), card.pixels).astype(np.float32), values.shape[::-1])
        stray = (values >= card.pixels.lungs) & (cv2.dilate(small, np.ones((3, 3), np.uint8)) == 0)
        return np.where(stray, np.float32(0), values)
