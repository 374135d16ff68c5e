"""The truth about a phantom's film: which pixels show what, and how wide heart and chest are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.phantom.anatomy import Opacity, Phantom
from training.phantom.sweep import Crossed

Image = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A box in film pixels, edge coordinates: it covers ``row .. row + height`` by ``column .. column + width``."""

    row: int
    column: int
    height: int
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class OpacityTruth:
    """Where one opacity lies on the film: its mask (a quarter of its peak and more), its box, its density."""

    opacity: Opacity
    mask: Mask
    box: PixelBox
    added: Image
    """What the opacity adds along the rays, in g/cm²."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is known of a projection; masks have the film's shape, widths are mm in the middle of the body."""

    lungs: Mask
    """The lung fields as a reader sees them: not behind heart, mediastinum or diaphragm."""
    lungs_whole: Mask
    """The lungs also where the heart covers them, as masks for training are often drawn."""
    heart: Mask
    opacities: tuple[OpacityTruth, ...]
    cardiac_width_mm: float
    thoracic_width_mm: float

    @property
    def opacity(self) -> Mask:
        """Union of all opacities, shape (rows, columns)."""
        union = np.zeros_like(self.lungs)
        for one in self.opacities:
            union |= one.mask
        return union


def truth_of(phantom: Phantom, crossed: Crossed, patient_mm: float) -> Truth:
    """Read the truth off what the rays cross; ``patient_mm`` is the pixel pitch in the middle of the body."""
    heart = crossed.heart > 6
    lungs = (crossed.lungs > 9) & (crossed.mediastinum < 14) & (crossed.abdomen < 10)
    whole = (crossed.lungs > 55) & (crossed.abdomen < 10) | lungs
    opacities = []
    for opacity, added in zip(phantom.opacities, crossed.opacities, strict=True):
        mask = added > 0.25 * max(float(added.max()), 1e-3)
        opacities.append(OpacityTruth(opacity, mask, _box(mask), added))
    chest = crossed.lungs > 3
    widths = (_box(mask).width * patient_mm for mask in (heart, chest))
    return Truth(lungs, whole, heart, tuple(opacities), *widths)


def _box(mask: Mask) -> PixelBox:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return PixelBox(0, 0, 0, 0)
    return PixelBox(int(rows[0]), int(columns[0]), int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1)
