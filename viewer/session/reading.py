"""A film read and made ready to hang: its grey scales, its first look, its thumbnail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film
from viewer.display.look import Look
from viewer.display.presets import Preset, default_grey, presets
from viewer.display.render import render

THUMBNAIL_SIDE = 160
"""Longer side of a thumbnail in pixels: 80 on the screen at 200 %."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A film with all that is computed from it once. ``thumbnail``: uint8, shape (rows, columns), as first seen."""

    film: Film
    presets: tuple[Preset, ...]
    first_look: Look
    thumbnail: NDArray[np.uint8]

    @property
    def held_bytes(self) -> int:
        """Bytes of pixels and padding mask."""
        return self.film.pixels.nbytes + (0 if self.film.padding is None else self.film.padding.nbytes)

    def preset(self, number: int) -> Preset | None:
        """Return the grey scale on this digit key, None when the film has none there.

        0 automatic, 1 and 2 the film's own, 3 lung, 4 mediastinum and bone, 5 full range, 6 soft curve.
        """
        wanted = PRESET_KEYS[number]
        return next((preset for preset in self.presets if preset.id == wanted), None)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What is looked at until a film itself is there: never measured, judged, kept or exported."""

    film: Film
    first_look: Look


PRESET_KEYS = ("auto", "film-1", "film-2", "lung", "bone", "full", "sigmoid")


def sketched(film: Film) -> Sketch:
    """Return a sketch made ready to hang."""
    return Sketch(film, Look(default_grey(film)))


def prepared(film: Film) -> Reading:
    """Return the film made ready to hang."""
    look = Look(default_grey(film))
    return Reading(film, presets(film), look, render(film, look, THUMBNAIL_SIDE).pixels)
