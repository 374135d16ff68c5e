"""figures: the pictures that the paper shows, drawn anew from a network and the films it has not seen."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from matplotlib.figure import Figure
from rich.console import Console
from rich.progress import Progress

from model.errors import NegatoscopeError
from model.film import open_film
from model.net.architecture import FINDINGS, Architecture, Network
from model.net.predictor import Predictor
from training import calibrate as rules_of
from training import manifest as manifests
from training import subject
from training.datasets.row import Row
from training.drawing import films as drawing
from training.drawing import structure
from training.drawing.films import Read
from training.drawing.style import INK, QUIET, canvas, save
from training.manifest import Manifest
from training.metrics import ranking
from training.metrics.classes import confusion

SHOWN = 4


class FigureError(NegatoscopeError):
    """The films do not suffice for the figures."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which films are drawn: at most ``most`` films of the test split, drawn by ``seed``."""

    most: int = 400
    seed: int = 0


def figures(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    manifest: Annotated[Path, typer.Argument(help="The manifest that the network was trained on.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the PNG files.")] = Path("figures"),
    network: Annotated[
        Path | None, typer.Option("--network", "-n", help="A run's folder or exported weights; else the bundled.")
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="Rules from `calibrate`, for a network without a card.")] = None,
    most: Annotated[int, typer.Option(help="At most so many test films.")] = 400,
    seed: Annotated[int, typer.Option(help="Which films are drawn.")] = 0,
) -> None:
    """Draw films of both classes, boxes, feature space, activations, architecture, confusion, ROC and layer-19 maps.

    Example: negatoscope-train figures runs/manifest.json -n runs/first --rules runs/first/rules.json -o runs/figures
    """
    console = Console()
    predictor = subject.load(network)
    if rules is not None:
        predictor.card = rules_of.apply(predictor.card, rules_of.read(rules))
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("asking the network", total=1.0)
        paths = draw(
            predictor,
            manifests.read(manifest),
            out,
            Plan(most, seed),
            lambda share: bars.update(task, completed=share),
        )
    for path in paths:
        console.print(f"written: {path}")


def draw(
    predictor: Predictor,
    manifest: Manifest,
    out: Path,
    plan: Plan = Plan(),
    progress: Callable[[float], None] = lambda share: None,
) -> list[Path]:
    """Draw all figures into ``out`` and return their files.

    Raises
    ------
    FigureError
        When the test films of adults hold only one answer on lung opacity.
    """
    reads = _read(predictor, manifest, plan, progress)
    having = [read for read in reads if read.row.opacity]
    without = [read for read in reads if not read.row.opacity]
    if not having or not without:
        raise FigureError("one_class", "The test films hold only one answer on lung opacity; add films of the other.")
    card = predictor.card
    network = Network(Architecture.from_dict(card.architecture)).eval()
    marked = [read for read in reads if read.row.opacity and _looked_through(read.row)] or having
    both = [*_spread(having, 2), *_spread(without, 1)]
    made: dict[str, Figure] = {
        "films": drawing.classes(_spread(without, SHOWN), _spread(having, SHOWN)),
        "boxes": drawing.boxes(_spread(marked, 2 * SHOWN), card, manifest.root),
        "feature-space": drawing.feature_space(reads, card),
        "activations": structure.activations(),
        "architecture": structure.architecture(network, card.input_size),
        "confusion": _confusion(reads, predictor),
        "roc": _roc(reads),
        "layer-19": drawing.layer_19(both, card),
    }
    return [save(figure, out, name) for name, figure in made.items()]


def _read(predictor: Predictor, manifest: Manifest, plan: Plan, progress: Callable[[float], None]) -> list[Read]:
    """Ask about test films, one of each group, so that no copy is shown twice."""
    known = [r for r in manifest.of("test") if r.frontal and r.adult is not False and r.opacity is not None]
    random.Random(plan.seed).shuffle(known)  # noqa: S311 - a drawing of lots
    firsts = sorted({row.group: row for row in reversed(known)}.values(), key=known.index)
    marked = [row for row in firsts if row.opacity and _looked_through(row)][: 2 * SHOWN]
    chosen = [*marked, *(row for row in firsts if row not in marked)][: plan.most]
    reads = []
    for number, row in enumerate(chosen):
        reads.append(Read(row, predictor.read(open_film(manifest.root / row.path))))
        progress((number + 1) / len(chosen))
    return reads


def _looked_through(row: Row) -> bool:
    """Tell whether radiologists have marked every opacity of this film."""
    return row.boxed or "opacity" in row.masked


def _spread(reads: Sequence[Read], count: int) -> list[Read]:
    """Return films of as many sources as there are, in turn."""
    by_source: dict[str, list[Read]] = {}
    for read in reads:
        by_source.setdefault(read.row.source, []).append(read)
    turns = [read for line in range(count) for kept in by_source.values() for read in kept[line : line + 1]]
    return turns[:count]


def _answers(reads: Sequence[Read]) -> tuple[np.ndarray, np.ndarray]:
    truths = np.array([bool(read.row.opacity) for read in reads], bool)
    return truths, np.array([read.logit(FINDINGS[0]) for read in reads])


def _confusion(reads: Sequence[Read], predictor: Predictor) -> Figure:
    truths, logits = _answers(reads)
    rule = predictor.card.rule_of(FINDINGS[0]).calibration
    counts = confusion(truths, np.array([rule.probability(logit) >= rule.threshold for logit in logits]))
    table = np.array([[counts.true_negative, counts.false_positive], [counts.false_negative, counts.true_positive]])
    figure, axes = canvas(1, 1, 3.4, 3.2)
    axes[0, 0].imshow(table / table.sum(axis=1, keepdims=True), cmap="Blues", vmin=0, vmax=1.3)
    for (row, column), count in np.ndenumerate(table):
        axes[0, 0].text(column, row, str(count), ha="center", va="center", fontsize=13)
    axes[0, 0].set_xticks([0, 1], ["called clear", "called opacity"])
    axes[0, 0].set_yticks([0, 1], ["clear", "opacity"])
    axes[0, 0].set_title(f"Lung opacity, {len(reads)} test films, threshold {rule.threshold:.2f}", fontsize=8)
    return figure


def _roc(reads: Sequence[Read]) -> Figure:
    truths, logits = _answers(reads)
    curve = ranking.roc_curve(truths, logits)
    area = ranking.roc_auc(truths, logits)(np.ones((1, len(truths))))[0]
    figure, axes = canvas(1, 1, 3.4, 3.2)
    axes[0, 0].plot(curve.x, curve.y, color=INK, label=f"lung opacity, area {area:.3f}")
    axes[0, 0].plot([0, 1], [0, 1], color=QUIET, lw=0.6, ls=":")
    axes[0, 0].set(xlabel="false-positive rate", ylabel="true-positive rate")
    axes[0, 0].legend(loc="lower right")
    return figure
