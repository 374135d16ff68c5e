"""What the mouse buttons do on the film: a choice of the reader, for all films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Deed = Literal["window", "pan", "zoom"]
DEEDS: tuple[Deed, ...] = get_args(Deed)
SLOWEST, FASTEST = 0.25, 4.0


@dataclass(frozen=True, slots=True)
class HandChoice:
    """What dragging with each button does, and which way a window drag goes.

    ``left_widens`` makes left instead of right widen the window, ``down_brightens`` makes down instead of up
    brighten; ``speed`` is how far a window drag goes, 1 the usual pace. Clicks stay: left on a box or a
    measurement, right for the menu. Measurements are drawn with the left button whatever it does else.

    Raises
    ------
    ValueError
        When a button is to do what does not exist or the pace is out of reach.
    """

    left: Deed = "window"
    middle: Deed = "pan"
    right: Deed = "zoom"
    left_widens: bool = False
    down_brightens: bool = False
    speed: float = 1.0

    def __post_init__(self) -> None:
        if not SLOWEST <= self.speed <= FASTEST:
            raise ValueError(f"The pace of a window drag lies between {SLOWEST} and {FASTEST}; got {self.speed}.")
        if not {self.left, self.middle, self.right} <= set(DEEDS):
            raise ValueError("A mouse button is to do something that does not exist.")
