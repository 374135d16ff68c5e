"""What the mouse buttons do on the film: a choice of the reader, for all films."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Deed = Literal["window", "pan", "zoom"]


@dataclass(frozen=True, slots=True)
class HandChoice:
    """What dragging with each button does, and which way a window drag goes.

    ``left_widens`` makes left instead of right widen the window, ``down_brightens`` makes down instead of up
    brighten. Clicks stay: left on a box or a measurement, right for the menu. Measurements are drawn with the left
    button whatever it does else.
    """

    left: Deed = "window"
    middle: Deed = "pan"
    right: Deed = "zoom"
    left_widens: bool = False
    down_brightens: bool = False
