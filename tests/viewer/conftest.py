"""Films for tests of the viewer: small, with known grey levels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.film.film import Description, Film, Origin, Window


@pytest.fixture(scope="session")
def png_film() -> Film:
    """Return a film of 120 × 100 with one window and a name."""
    pixels = np.add.outer(np.arange(120) * 20, np.arange(100) * 10).astype(np.uint16)
    pixels.setflags(write=False)
    return Film(
        key="sha256:film",
        path=Path("film.png"),
        pixels=pixels,
        low_is_white=False,
        origin=Origin("PNG", None, "MONOCHROME2", 16, False),
        description=Description(patient_name="Doe^Jane", study_date="20240131", modality="CR", view="PA"),
        windows=(Window(1500.0, 2000.0),),
    )
