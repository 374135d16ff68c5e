"""The picture of a film with the network's maps on it, as batches save it, and how to tell whose picture it is."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.display.look import Look
from viewer.display.presets import default_grey
from viewer.export.picture import Layer, Overlays, drawn, mark_of, save_png

LAYERS: tuple[Layer, ...] = ("smoothed", "lungs", "boxes")
SIDE = 1200
"""Longer side in pixels."""


def save_overlay(film: Film, prediction: Prediction, path: Path) -> None:
    """Save the picture in one step: a crash leaves the whole picture or none.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    image = drawn(film, Look(default_grey(film)), SIDE, Overlays(prediction, LAYERS))
    beside = path.with_name(path.name + ".new")
    save_png(beside, image, prediction)
    beside.replace(path)


def is_picture_of(path: Path, film_key: str, model: str) -> bool:
    """Tell whether there is a picture of this film as this network (SHA-256 of its weights) saw it."""
    try:
        with Image.open(path) as image:
            text = getattr(image, "text", {})
    except (OSError, UnidentifiedImageError, SyntaxError):
        return False
    return bool(text.get("Source") == mark_of(film_key, model))
