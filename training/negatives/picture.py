"""The picture: grey levels made by us, dressed as a film that the network can be shown."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.film.film import Film, Origin

Grey = NDArray[np.uint8]


def as_film(grey: Grey) -> Film:
    """Return grey levels, uint8, (rows, columns), as a film without a header; its key is the hash of its pixels."""
    pixels = np.ascontiguousarray(grey)
    pixels.setflags(write=False)
    key = hashlib.sha256(f"{pixels.shape}".encode() + pixels.tobytes()).hexdigest()
    return Film(f"sha256:{key}", Path(f"{key[:8]}.png"), pixels, False, Origin("PNG", None, "MONOCHROME2", 8, False))


def stretched(values: NDArray[Any]) -> Grey:
    """Return any numbers as grey levels over the whole scale."""
    low, high = float(values.min()), float(values.max())
    return np.rint((values - low) / max(high - low, 1e-9) * 255).astype(np.uint8)
