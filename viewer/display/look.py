"""The look: how a reader has chosen to see one film. A choice, hence part of undo and of what is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from model.film.film import Window


@dataclass(frozen=True, slots=True)
class Pose:
    """One of the eight ways to lay a film on the box: first mirrored left-right, then turned clockwise."""

    mirrored: bool = False
    quarter_turns: Literal[0, 1, 2, 3] = 0


@dataclass(frozen=True, slots=True)
class GreyTable:
    """The film's own VOI LUT with this index in ``Film.tables``."""

    index: int


@dataclass(frozen=True, slots=True)
class Aids:
    """Image aids, each 0 (off) .. 1: what is seen is then no longer the film's own greys, and says so.

    Raises
    ------
    ValueError
        When a strength is not within 0 .. 1.
    """

    local_contrast: float = 0.0
    sharpening: float = 0.0

    def __post_init__(self) -> None:
        for strength in (self.local_contrast, self.sharpening):
            if not 0.0 <= strength <= 1.0:
                raise ValueError(f"The strength of an image aid lies between 0 and 1; got {strength}.")

    @property
    def anything(self) -> bool:
        """Whether any aid is on."""
        return self.local_contrast > 0 or self.sharpening > 0


@dataclass(frozen=True, slots=True)
class Look:
    """Grey scale, pose and aids of one film. ``inverted`` is the reader's wish on top of the film's own polarity."""

    grey: Window | GreyTable
    inverted: bool = False
    pose: Pose = field(default_factory=Pose)
    aids: Aids = field(default_factory=Aids)
