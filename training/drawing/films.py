"""Films: what goes in and what the network marks on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from model.card import MapScale, ModelCard
from model.net.architecture import FINDINGS
from model.net.preprocess import Placement
from model.net.reading import Reading
from training import truth
from training.answers import find_boxes
from training.datasets.row import Row
from training.drawing.style import QUIET, RIGHT, WARM, WRONG, canvas, film
from training.metrics.boxes import Boxes

Value = TypeVar("Value", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One film with what the network says of it."""

    row: Row
    reading: Reading

    @property
    def grey(self) -> NDArray[np.uint8]:
        """The film as the network was given it, without the rim of the square."""
        return on_film(self.reading.prepared.grey, self.reading)

    def logit(self, finding: str) -> float:
        """Return the raw logit."""
        return self.reading.logit(finding)


def classes(without: Sequence[Read], having: Sequence[Read]) -> Figure:
    """Show films without opacity above films with it."""
    across = max(1, min(len(without), len(having)))
    figure, axes = canvas(2, across)
    for line, (kind, words) in enumerate(((without, "no opacity"), (having, "opacity"))):
        for place, read in zip(axes[line], kind, strict=False):
            film(place, read.grey, f"{words} ({read.row.source})")
    return figure


def boxes(reads: Sequence[Read], card: ModelCard, root: Path) -> Figure:
    """Show found boxes (orange, with their scores) and true ones (green)."""
    across = min(4, len(reads))
    figure, axes = canvas(-(-len(reads) // across), across)
    for place in axes.ravel():
        place.set_axis_off()
    for place, read in zip(axes.ravel(), reads, strict=False):
        film(place, read.grey, read.row.source)
        found = find_boxes(read.reading, card, card.boxes, read.reading.film)
        drawn = truth.of(root, read.row, Placement(*read.reading.size, card.input_size))
        shape = read.grey.shape
        _outline(place, np.empty((0, 4)) if drawn.boxes is None else drawn.boxes, shape, RIGHT)
        _outline(place, found.found, shape, WARM)
        for box, score in zip(found.found, found.scores, strict=True):
            corner = (box[1] * shape[1] + 2, (box[0] + box[2]) * shape[0] - 3)
            place.text(*corner, f"{score:.2f}", color="white", fontsize=6, bbox={"fc": WARM, "lw": 0, "pad": 0.8})
    figure.suptitle("Found by the network: orange, with its score. Drawn by radiologists: green.", fontsize=8)
    return figure


def _outline(place: Axes, drawn: Boxes, shape: tuple[int, ...], shade: str) -> None:
    for row, column, height, width in drawn:
        corner = (column * shape[1], row * shape[0])
        place.add_patch(Rectangle(corner, width * shape[1], height * shape[0], fill=False, ec=shade, lw=1.2))


def layer_19(reads: Sequence[Read], card: ModelCard) -> Figure:
    """Show each film beside its layer-19 map raw, smoothed and weighted by the class (the exact class map)."""
    shown = (card.scale_of("intensity", None), card.scale_of("smoothed", None), card.scale_of("class", FINDINGS[0]))
    figure, axes = canvas(len(reads), 1 + len(shown))
    for line, read in zip(axes, reads, strict=True):
        film(line[0], read.grey, f"{read.row.source}: opacity {'yes' if read.row.opacity else 'no'}")
        for place, scale in zip(line[1:], shown, strict=True):
            film(place, read.grey, map_words(scale, card))
            lay(place, read.reading, scale, card)
    return figure


def map_words(scale: MapScale, card: ModelCard) -> str:
    """Return what a map is called."""
    about = {"lung_opacity": "lung opacity", "covid19": "COVID-19"}.get(scale.finding or "", "")
    words = {
        "intensity": "intensity after layer 19",
        "smoothed": f"layer 19, smoothed (σ {card.smoothing_sigma:g} px)",
        "class": f"class map: {about}",
    }
    return words.get(scale.kind, f"probability of {scale.kind}")


def lay(place: Axes, reading: Reading, scale: MapScale, card: ModelCard) -> AxesImage:
    """Lay a map over a film that is shown, on the fixed colour bar of the card; a class map from its threshold on."""
    values, grid = reading.cells(scale, card)
    rows, columns = on_film(reading.prepared.grey, reading).shape
    down, across = rows / reading.size[0], columns / reading.size[1]
    top, left = grid.row * down - 0.5, grid.column * across - 0.5
    bottom, right = top + values.shape[0] * grid.cell_height * down, left + values.shape[1] * grid.cell_width * across
    low = scale.threshold if scale.kind == "class" and scale.threshold is not None else scale.low
    norm = Normalize(low, scale.high)
    strength = np.clip(norm(values).filled(0), 0, 1) * 0.75
    extent = (left, right, bottom, top)
    laid = place.imshow(values, cmap="inferno", norm=norm, alpha=strength, extent=extent, interpolation="bilinear")
    place.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
    return laid


def on_film(values: NDArray[Value], reading: Reading) -> NDArray[Value]:
    """Cut the rim of the square away from a map in network input pixels."""
    inside = reading.prepared.inside
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def feature_space(reads: Sequence[Read], card: ModelCard) -> Figure:
    """Show where films lie in the two widest directions of the deepest features; green called rightly, red wrongly."""
    features = np.stack([read.reading.output.features[0].float().numpy() for read in reads])
    spread = features.std(axis=0)
    model = PCA(n_components=2, svd_solver="full").fit(
        (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1)
    )
    places = model.transform((features - features.mean(axis=0)) / np.where(spread > 0, spread, 1))
    rule = card.rule_of(FINDINGS[0]).calibration
    truths = np.array([bool(read.row.opacity) for read in reads])
    called = np.array([rule.probability(read.logit(FINDINGS[0])) >= rule.threshold for read in reads])
    figure, axes = canvas(1, 1, 4.6, 4.2)
    place = axes[0, 0]
    for value, marker, words in ((True, "o", "opacity"), (False, "^", "no opacity")):
        for right, shade in ((True, RIGHT), (False, WRONG)):
            kept = (truths == value) & ((called == truths) == right)
            label = f"{words}, {'right' if right else 'wrong'} ({kept.sum()})"
            place.scatter(*places[kept].T, s=16, marker=marker, color=shade, alpha=0.65, lw=0, label=label)
    first, second = model.explained_variance_ratio_
    place.set(xlabel=f"first direction ({first:.0%} of the spread)", ylabel=f"second direction ({second:.0%})")
    place.axhline(0, color=QUIET, lw=0.4)
    place.legend(fontsize=7)
    return figure
