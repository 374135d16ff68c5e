"""The phantom: a mathematical torso, its exposure and its film, with the truth about everything on it."""

from training.phantom.anatomy import DEMONSTRATION, Opacity, Phantom
from training.phantom.film import film, grey_levels, write
from training.phantom.projection import Exposure, Projection, project
from training.phantom.truth import OpacityTruth, PixelBox, Truth

__all__ = [
    "DEMONSTRATION",
    "Exposure",
    "Opacity",
    "OpacityTruth",
    "Phantom",
    "PixelBox",
    "Projection",
    "Truth",
    "film",
    "grey_levels",
    "project",
    "write",
]
