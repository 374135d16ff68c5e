"""Shipped photographs: what scikit-image, scikit-learn and matplotlib bring along, and endless cuts of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.random import Generator

from model.film import open_film
from model.film.film import Film
from training.negatives.picture import Grey, as_film

FOLDERS = {
    "scikit-image": ("skimage", "data"),
    "scikit-learn": ("sklearn", "datasets/images"),
    "matplotlib": ("matplotlib", "mpl-data/sample_data"),
}
"""Where each package keeps its pictures."""
ENDINGS = (".png", ".jpg")
LEAST_SIDE = 150
"""Smaller pictures are icons."""


def photographs() -> dict[str, list[Film]]:
    """Return every picture of each package that is large enough, as the viewer would open it, in order of name."""
    return {package: list(_of(package)) for package in FOLDERS}


def _of(package: str) -> Iterator[Film]:
    module, inside = FOLDERS[package]
    folder = Path(str(files(module))) / inside
    for path in sorted(each for each in folder.iterdir() if each.suffix in ENDINGS):
        film = open_film(path)
        if min(film.rows, film.columns) >= LEAST_SIDE:
            yield film


def cut(film: Film, random: Generator) -> Film:
    """Return a part of a photograph, at least half as wide and high, perhaps mirrored or as its negative."""
    grey: Grey = film.pixels.astype(np.uint8)
    height, width = (round(side * random.uniform(0.5, 1.0)) for side in grey.shape)
    top = int(random.integers(0, grey.shape[0] - height + 1))
    left = int(random.integers(0, grey.shape[1] - width + 1))
    part = grey[top : top + height, left : left + width]
    if random.random() < 0.5:
        part = part[:, ::-1]
    return as_film(255 - part if random.random() < 0.2 else part)
