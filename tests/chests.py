"""Films drawn by hand that the tiny network understands: two dark lungs in a grey body, opacities bright in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from model.film.film import Description, Film, Origin

LUNGS = ((0.5, 0.3), (0.5, 0.7))
"""Centres of the lungs as fractions of film height and width."""


def draw_chest(
    rows: int = 400,
    columns: int = 300,
    spots: tuple[tuple[float, float], ...] = (),
    radius: float = 0.06,
    description: Description | None = None,
) -> Film:
    """Draw a film of 12-bit greys with round opacities at ``spots`` (row, column in the film's edge coordinates).

    ``radius`` of a spot is a fraction of the film's shorter side.
    """
    row, column = np.mgrid[0:rows, 0:columns] + 0.5
    greys = np.full((rows, columns), 2000.0)
    for centre_row, centre_column in LUNGS:
        inside = ((row / rows - centre_row) / 0.32) ** 2 + ((column / columns - centre_column) / 0.14) ** 2 <= 1
        greys[inside] = 400.0
    for spot_row, spot_column in spots:
        greys[np.hypot(row - spot_row, column - spot_column) <= radius * min(rows, columns)] = 3800.0
    pixels = greys.astype(np.uint16)
    pixels.setflags(write=False)
    return Film(
        key=f"drawn:{rows}x{columns}:{spots}",
        path=Path("drawn.dcm"),
        pixels=pixels,
        low_is_white=False,
        origin=Origin("DICOM", None, "MONOCHROME2", 12, False),
        description=description or Description(),
    )
