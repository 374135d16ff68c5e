"""Windows that a reader keeps for every film, told by each film's automatic one, since films share no unit."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.film.film import Film, VoiFunction, Window

PLACES = (1, 2, 3)
"""So many can be kept."""
NAME = "own"
"""What such a window is called in a look."""


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """A window in terms of a film's automatic one.

    ``brighter`` is by how many widths of that its values lie towards white, ``wider`` its width over that.

    Raises
    ------
    ValueError
        When the numbers make no window.
    """

    brighter: float
    wider: float
    function: VoiFunction = "LINEAR"

    def __post_init__(self) -> None:
        usable = math.isfinite(self.brighter) and math.isfinite(self.wider) and self.wider > 0
        if not usable or self.function not in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
            raise ValueError("A kept window needs finite numbers, a positive width and a known curve.")

    def on(self, film: Film, automatic: Window) -> Window:
        """Return the window for a film whose automatic one is this."""
        shift = _towards_white(film) * self.brighter * automatic.width
        return Window(automatic.center + shift, max(1.0, self.wider * automatic.width), self.function, NAME)


def kept_window(film: Film, automatic: Window, window: Window) -> OwnWindow:
    """Return a window of this film in the terms that hold for every film."""
    shift = _towards_white(film) * (window.center - automatic.center)
    return OwnWindow(shift / automatic.width, window.width / automatic.width, window.function)


def _towards_white(film: Film) -> int:
    return -1 if film.low_is_white else 1
