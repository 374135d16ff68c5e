"""Edge letters: which side of the patient lies at which edge of the picture, under every turn and flip."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.display.look import Pose

OPPOSITE = {"L": "R", "R": "L", "A": "P", "P": "A", "H": "F", "F": "H"}
UNKNOWN = "orientation unknown"


@dataclass(frozen=True, slots=True)
class Edges:
    """The patient's direction at each edge as seen, e.g. left "R" when the patient's right is at the left."""

    left: str
    top: str
    right: str
    bottom: str


def edge_letters(orientation: tuple[str, str] | None, pose: Pose) -> Edges | None:
    """Return the letters at the four edges of the posed picture, or None when the orientation is not known.

    Parameters
    ----------
    orientation
        Patient Orientation (0020,0020) as in ``Film.orientation``: the directions of increasing column
        and of increasing row, each one to three of L R A P H F (PS3.3 C.7.6.1.1.1). Directions that
        name an axis twice, or the same main axis both ways, count as not known.
    pose
        How the film lies.
    """
    if orientation is None or not _valid(orientation):
        return None
    across, down = orientation
    around = [_opposite(across), _opposite(down), across, down]
    if pose.mirrored:
        around[0], around[2] = around[2], around[0]
    turns = pose.quarter_turns
    left, top, right, bottom = around[4 - turns :] + around[: 4 - turns]
    return Edges(left, top, right, bottom)


def _opposite(direction: str) -> str:
    return "".join(OPPOSITE[letter] for letter in direction)


def _axes(direction: str) -> list[str]:
    return [min(letter, OPPOSITE.get(letter, letter)) for letter in direction]


def _valid(orientation: tuple[str, str]) -> bool:
    for direction in orientation:
        known = direction != "" and all(letter in OPPOSITE for letter in direction)
        if not known or len(set(_axes(direction))) != len(direction):
            return False
    return _axes(orientation[0])[0] != _axes(orientation[1])[0]
