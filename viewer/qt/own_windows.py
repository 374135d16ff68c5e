"""The reader's own windows: kept from the film in front, used on any other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.film.film import Window
from viewer.qt.sitting import Sitting
from viewer.session.own_windows import OwnWindow, kept_window

Kept = dict[str, OwnWindow]


class OwnWindows:
    """Keeps windows by their places, 1 to 3.

    Parameters
    ----------
    sitting
        Holds the film in front and its look.
    kept
        Returns what is kept now.
    keep
        Remembers what is to be kept from now on.
    """

    def __init__(self, sitting: Sitting, kept: Callable[[], Kept], keep: Callable[[Kept], None]) -> None:
        self._sitting = sitting
        self._kept = kept
        self._keep = keep

    def window(self, place: int) -> Window | None:
        """Return the window of this place on the film in front; None without one or a film."""
        own, film, automatic = self._kept().get(str(place)), self._sitting.film, self._automatic()
        return None if own is None or film is None or automatic is None else own.on(film, automatic)

    def shown(self, place: int) -> bool:
        """Tell whether the film in front is seen with the window of this place."""
        look, window = self._sitting.look, self.window(place)
        return look is not None and window is not None and look.grey == window

    def show(self, place: int) -> None:
        """See the film in front with the window of this place; one undo step."""
        look, window = self._sitting.look, self.window(place)
        if look is not None and window is not None:
            self._sitting.set_look(replace(look, grey=window))

    @property
    def can_keep(self) -> bool:
        """Whether the film in front is seen with a window, and not with a table of its own."""
        return self._sitting.look is not None and isinstance(self._sitting.look.grey, Window)

    def keep(self, place: int) -> None:
        """Keep the window of the film in front in this place and show it under its new name."""
        film, look, automatic = self._sitting.film, self._sitting.look, self._automatic()
        if film is None or look is None or automatic is None or not isinstance(look.grey, Window):
            return
        self._keep({**self._kept(), str(place): kept_window(film, automatic, look.grey)})
        self.show(place)

    def _automatic(self) -> Window | None:
        preset = None if self._sitting.reading is None else self._sitting.reading.preset(0)
        return preset.grey if preset is not None and isinstance(preset.grey, Window) else None
