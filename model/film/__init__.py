"""Files in, films out: reading DICOM and raster images into one immutable shape.

The names below are imported when first used: the decoders take a third of a second to load, and a window can be
painted before any film is read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.film.decoders import supported_syntaxes
    from model.film.folder import find_films
    from model.film.formats import Kind, probe
    from model.film.opening import open_film, open_sketch
    from model.film.summary import describe
    from model.film.tags import TagNode, read_tags

__all__ = [
    "Kind",
    "TagNode",
    "describe",
    "find_films",
    "open_film",
    "open_sketch",
    "probe",
    "read_tags",
    "supported_syntaxes",
]

_ROOMS = {
    "Kind": "formats",
    "TagNode": "tags",
    "describe": "summary",
    "find_films": "folder",
    "open_film": "opening",
    "open_sketch": "opening",
    "probe": "formats",
    "read_tags": "tags",
    "supported_syntaxes": "decoders",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room (PEP 562)."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
