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
class Look:
    """Grey scale and pose of one film. ``inverted`` is the reader's wish on top of the film's own polarity."""

    grey: Window | GreyTable
    inverted: bool = False
    pose: Pose = field(default_factory=Pose)
