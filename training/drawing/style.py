"""Style: how all figures look."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False})
INK, QUIET, WARM, RIGHT, WRONG = "#1f3a5f", "#9aa5b1", "#c9622f", "#2b8a3e", "#c92a2a"
DPI = 130


def canvas(lines: int, across: int, width: float = 2.6, height: float = 2.7) -> tuple[Figure, NDArray[np.object_]]:
    """Return a figure and its axes, shape (lines, across); ``width`` and ``height`` in inches are those of one."""
    figure = Figure(figsize=(width * across, height * lines), dpi=DPI, layout="constrained")
    return figure, np.asarray(figure.subplots(lines, across, squeeze=False))


def film(axes: Axes, grey: NDArray[np.uint8], title: str = "") -> None:
    """Show a film without ticks."""
    axes.imshow(grey, cmap="gray", vmin=0, vmax=255, interpolation="bilinear")
    axes.set_title(title, fontsize=7)
    axes.set_axis_off()


def save(figure: Figure, folder: Path, name: str) -> Path:
    """Write the figure as PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    figure.savefig(path)
    return path
