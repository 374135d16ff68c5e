"""Remedies on the screen: the look under which an inverted or turned film is seen as it should be."""

from __future__ import annotations

from dataclasses import replace

from model.findings.prediction import Remedy
from viewer.display.look import Look, Pose

_POSES: dict[Remedy, Pose] = {
    "turn_right": Pose(quarter_turns=1),
    "turn_over": Pose(quarter_turns=2),
    "turn_left": Pose(quarter_turns=3),
}


def put_right(look: Look, remedy: Remedy) -> Look:
    """Return the look that puts the film right, whatever the reader had turned or inverted before."""
    return replace(look, inverted=True) if remedy == "invert" else replace(look, pose=_POSES[remedy])
