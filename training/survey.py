"""The survey: what a network says of many films, kept small, beside what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.film import open_film
from model.findings.prediction import Grid
from model.net import gate
from model.net.architecture import FINDINGS, PIXEL_CLASSES
from model.net.boxes import Chest
from model.net.heatmap import layer_sum
from model.net.predictor import Predictor
from model.net.preprocess import Prepared
from model.net.reading import Reading
from training import masks
from training.datasets.row import PixelKind, Row

_LEVELS = 255.0


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One film's answers and truths, all in network input pixels.

    ``logits``: raw, as ``FINDINGS``. ``pixels``: uint8, (classes, height, width), probability x 255, as
    ``PIXEL_CLASSES``. ``layer``: the positive sum of layer 19 on the cells of the film. ``evidence``: (findings,
    cells down, cells across), ``lungs`` its pooling weights. ``truth``: masks by kind for the kinds that were
    annotated. ``boxes``: radiologists' boxes (n, 4): row, column, height, width; None when nobody drew any.
    """

    row: Row
    logits: NDArray[np.float64]
    pixels: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    layer: NDArray[np.float32]
    evidence: NDArray[np.float32]
    lungs: NDArray[np.float32]
    shape: gate.Shape
    truth: dict[PixelKind, NDArray[np.bool_]]
    boxes: NDArray[np.float64] | None

    def probability(self, kind: PixelKind) -> NDArray[np.float32]:
        """Return one class's pixel probabilities, to 1/255."""
        return np.asarray(self.pixels[PIXEL_CLASSES.index(kind)] / np.float32(_LEVELS), dtype=np.float32)

    def chest(self) -> Chest:
        """Return opacity and lungs as boxes are made from them."""
        return Chest(self.probability("opacity"), self.probability("lungs"), self.inside)

    def logit(self, finding: str) -> float:
        """Return the raw logit of one finding."""
        return float(self.logits[FINDINGS.index(finding)])


def survey(
    predictor: Predictor, root: Path, rows: Iterable[Row], tell: Callable[[], None] = lambda: None
) -> Iterator[Answer]:
    """Run a network over the films of ``rows`` below ``root``; ``tell`` is called after each."""
    for row in rows:
        yield _answer(predictor.read(open_film(root / row.path)), root, row)
        tell()


def _answer(reading: Reading, root: Path, row: Row) -> Answer:
    prepared, output = reading.prepared, reading.output
    full = [reading.full(kind) for kind in PIXEL_CLASSES]
    shape = gate.measure(full[PIXEL_CLASSES.index("lungs")], prepared.grey, prepared.inside)
    kinds: tuple[PixelKind, ...] = ("lungs", "opacity", "heart")
    painted = {kind: _placed(masks.paint(root, row, kind, _covered(prepared)), prepared) for kind in kinds}
    stride = prepared.inside.shape[0] // output.layer19.shape[-1]
    return Answer(
        row=row,
        logits=output.findings[0].double().numpy(),
        pixels=np.stack([np.rint(values * _LEVELS).astype(np.uint8) for values in full]),
        inside=prepared.inside,
        layer=layer_sum(output.layer19[0])[prepared.inside[stride // 2 :: stride, stride // 2 :: stride]],
        evidence=output.evidence[0].float().numpy(),
        lungs=output.lungs[0, 0].float().numpy(),
        shape=shape,
        truth={kind: mask for kind, mask in painted.items() if mask is not None},
        boxes=_boxes(reading, row),
    )


def _covered(prepared: Prepared) -> tuple[int, int]:
    """Return height and width of the square that the film covers."""
    return int(prepared.inside.any(axis=1).sum()), int(prepared.inside.any(axis=0).sum())


def _placed(mask: NDArray[np.bool_] | None, prepared: Prepared) -> NDArray[np.bool_] | None:
    if mask is None:
        return None
    placed = np.zeros_like(prepared.inside)
    placed[prepared.inside] = mask.ravel()
    return placed


def _boxes(reading: Reading, row: Row) -> NDArray[np.float64] | None:
    if not row.boxed:
        return None
    parts = [(box.row, box.column, box.height, box.width) for box in row.boxes]
    return to_input(np.array(parts, dtype=np.float64).reshape(-1, 4), reading.prepared.grid, reading.size)


def to_input(boxes: NDArray[np.float64], grid: Grid, size: tuple[int, int]) -> NDArray[np.float64]:
    """Turn boxes in fractions of a film of ``size`` into network input pixels."""
    scale = np.array([size[0] / grid.cell_height, size[1] / grid.cell_width] * 2)
    shift = np.array([grid.row / grid.cell_height, grid.column / grid.cell_width, 0.0, 0.0])
    return np.asarray(boxes * scale - shift)
