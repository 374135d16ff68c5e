"""Atlases made by hand, so that the feature map is tested without a network."""

from __future__ import annotations

import numpy as np

from model.net.atlas import Atlas


def scattered(films: int = 40, features: int = 2) -> Atlas:
    """Return an atlas of scattered films."""
    dice = np.random.default_rng(3)
    return Atlas(
        axes=dice.normal(size=(features, 2)).astype(np.float32).T,
        offset=np.array([1.0, -2.0], np.float32),
        points=dice.normal(size=(films, 2)).astype(np.float32),
        source=dice.integers(0, 2, films).astype(np.uint8),
        opacity=dice.integers(-1, 2, films).astype(np.int8),
        covid19=dice.integers(-1, 2, films).astype(np.int8),
        gap=0.5,
        sources=("here", "there"),
    )
