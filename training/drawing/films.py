"""Films: what goes in and what the network marks on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from model.card import ModelCard
from model.findings.smoothing import smooth
from model.net import heatmap
from model.net.architecture import FINDINGS, LAYER_19_STRIDE
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
            place.text(box[1] * shape[1] + 2, box[0] * shape[0] - 3, f"{score:.2f}", color=WARM, fontsize=6)
    return figure


def _outline(place: Axes, drawn: Boxes, shape: tuple[int, ...], shade: str) -> None:
    for row, column, height, width in drawn:
        corner = (column * shape[1], row * shape[0])
        place.add_patch(Rectangle(corner, width * shape[1], height * shape[0], fill=False, ec=shade, lw=1.2))


def layer_19(reads: Sequence[Read], card: ModelCard) -> Figure:
    """Show each film beside its layer-19 map raw, smoothed and weighted by the class (the exact class map)."""
    figure, axes = canvas(len(reads), 4)
    raw, classes_ = card.scale_of("intensity", None), card.scale_of("class", FINDINGS[0])
    for line, read in zip(axes, reads, strict=True):
        output = read.reading.output
        intensity = heatmap.layer_sum(output.layer19[0], "positive")
        smoothed = smooth(intensity, card.smoothing_sigma / LAYER_19_STRIDE)
        evidence = heatmap.class_map(output.evidence[0, 0], output.lungs[0, 0], card.rule_of(FINDINGS[0]).calibration)
        film(line[0], read.grey, f"{read.row.source}: opacity {'yes' if read.row.opacity else 'no'}")
        for place, values, ends, words in (
            (line[1], intensity, raw, "layer 19, summed"),
            (line[2], smoothed, raw, f"smoothed, σ {card.smoothing_sigma:g} px"),
            (line[3], evidence, classes_, "class map (lung opacity)"),
        ):
            film(place, read.grey, words)
            laid = _laid(values, read.reading)
            norm = Normalize(ends.low, ends.high)
            place.imshow(laid, cmap="inferno", norm=norm, alpha=np.clip(norm(laid).filled(0), 0, 1) * 0.75)
    return figure


def _laid(values: NDArray[np.float32], reading: Reading) -> NDArray[np.float32]:
    """Enlarge a map to the film as it lies in the network's input."""
    inside = reading.prepared.inside
    large = cv2.resize(values, inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return on_film(np.asarray(large, np.float32), reading)


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
