"""The person in front of the detector: everything about the phantom that can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OpacityKind = Literal["ground_glass", "consolidation"]


@dataclass(frozen=True, slots=True)
class Opacity:
    """One disease of known place, size and density.

    Patient frame in mm: ``x`` to the patient's left, ``y`` to the back, ``z`` to the head; the origin
    lies in the midline, midway between front and back, between the eighth thoracic vertebra's plates.
    The opacity fills lung only; what lies outside the lungs is left as it is.
    """

    x: float
    y: float
    z: float
    radii: tuple[float, float, float]
    """Half extents along x, y and z, where the density has fallen to about half."""
    kind: OpacityKind = "ground_glass"
    density: float | None = None
    """Added density in g/cm³; None takes 0.36 for ground glass and 0.80 for consolidation."""

    @property
    def added_density(self) -> float:
        """Density that the opacity adds to the lung at its centre, in g/cm³."""
        return self.density if self.density is not None else {"ground_glass": 0.36, "consolidation": 0.80}[self.kind]


@dataclass(frozen=True, slots=True)
class Phantom:
    """A synthetic adult torso.

    ``scale`` shrinks or enlarges the whole person (0.5 is about a toddler); ``heart`` scales the heart
    alone; ``fat_mm`` is the layer under the skin; ``breast`` runs from 0 (none) to 1 (large);
    ``effusion_right_mm``/``effusion_left_mm`` are heights of pleural fluid above the lowest recess.
    ``arms_raised`` takes the upper arms out of the beam, as for a film from the side.
    ``seed`` grows the vessels and the ragged edges of opacities: two phantoms that differ in it are two
    people of the same build.
    """

    opacities: tuple[Opacity, ...] = ()
    scale: float = 1.0
    heart: float = 1.0
    fat_mm: float = 11.0
    breast: float = 0.0
    lung_density: float = 0.21
    effusion_right_mm: float = 0.0
    effusion_left_mm: float = 0.0
    stomach_air: bool = True
    arms_raised: bool = False
    seed: int = 7


DEMONSTRATION = Phantom(
    opacities=(
        Opacity(-97, 45, -62, (29, 36, 31), "ground_glass", 0.44),
        Opacity(106, 36, -34, (21, 38, 28), "ground_glass", 0.44),
        Opacity(-113, 30, 10, (14, 26, 20), "ground_glass", 0.50),
        Opacity(99, 42, -80, (17, 26, 15), "consolidation", 0.75),
    )
)
"""The person of the demonstration film: bilateral, peripheral opacities of the lower zones."""
