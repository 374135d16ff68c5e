"""Plots of a report: curves, reliability, confusion, boxes and extent, as PNG bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.answers import Answer
from training.judging.findings import NAMES, covid_sets, opacity_sets, probabilities
from training.judging.lines import Chosen, adults
from training.judging.pixels import as_lungs, extent_score
from training.judging.report import Report
from training.metrics import boxes, calibration, classes, ranking

mpl.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False})
INK, QUIET = "#1f3a5f", "#9aa5b1"
ACROSS = 3
"""Pictures side by side; more go into the next line."""
SHADES = ("#1f5f8b", "#c9622f", "#4f8f5b", "#8a5fa8", "#b08a1f")


def plots(report: Report) -> Iterator[tuple[str, bytes]]:
    """Yield every plot that the films allow, with its caption."""
    for finding, sets in _sets(report):
        name = NAMES[finding]
        widest = max(sets, key=lambda chosen: len(chosen.answers))
        yield f"{name}: ROC and precision-recall curves", _drawn(partial(_curves, finding=finding, sets=sets), 2)
        yield (
            f"{name}: reliability and net benefit ({widest.words})",
            _drawn(partial(_reliability, report=report, finding=finding, chosen=widest), 2),
        )
        matrices = partial(_confusions, report=report, finding=finding)
        yield f"{name}: confusion at the threshold", _drawn(matrices, len(sets))
    judged = [answer for answer in adults(report.answers) if answer.boxes is not None and len(answer.boxes.true)]
    if judged:
        yield "Boxes: sensitivity against false boxes a film (FROC)", _drawn(lambda axes: _froc(axes[0], judged), 1)
    rated = [answer for answer in adults(report.answers) if answer.row.severity is not None]
    if len(rated) >= 3:
        points = np.array([[answer.row.severity or 0.0, extent_score(answer)] for answer in rated])
        yield "Opacity extent against the raters", _drawn(lambda axes: _extent(axes[0], points), 1)


def _sets(report: Report) -> Iterator[tuple[str, list[Chosen]]]:
    for finding, sets in (("lung_opacity", opacity_sets(report.answers)), ("covid19", covid_sets(report.answers))):
        if sets:
            yield finding, sets


def _drawn(draw: Callable[[list[Axes]], None], count: int) -> bytes:
    across = min(count, ACROSS)
    lines = -(-count // across)
    figure = Figure(figsize=(4.2 * across, 3.6 * lines), dpi=120, layout="constrained")
    axes = list(figure.subplots(lines, across, squeeze=False).ravel())
    for spare in axes[count:]:
        spare.set_axis_off()
    draw(axes[:count])
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _curves(axes: list[Axes], finding: str, sets: list[Chosen]) -> None:
    for shade, chosen in zip(SHADES, sets, strict=False):
        scores = chosen.logits(finding)
        roc = ranking.roc_curve(chosen.truth, scores)
        fall = ranking.precision_recall_curve(chosen.truth, scores)
        axes[0].plot(roc.x, roc.y, color=shade, label=f"{chosen.words} (n={len(chosen.truth)})")
        axes[1].step(fall.x, fall.y, color=shade, where="post")
        axes[1].axhline(chosen.truth.mean(), color=shade, lw=0.6, ls=":")
    axes[0].plot([0, 1], [0, 1], color=QUIET, lw=0.6, ls=":")
    axes[0].set(xlabel="false-positive rate", ylabel="true-positive rate", title="ROC")
    axes[1].set(xlabel="recall", ylabel="precision", ylim=(0, 1.02), title="Precision-recall")
    axes[0].legend(fontsize=6, loc="lower right")


def _reliability(axes: list[Axes], report: Report, finding: str, chosen: Chosen) -> None:
    said = probabilities(chosen, report.card, finding)
    bars = [bar for bar in calibration.reliability(chosen.truth, said) if bar.n]
    axes[0].plot([0, 1], [0, 1], color=QUIET, lw=0.6, ls=":")
    axes[0].scatter([b.said for b in bars], [b.seen for b in bars], s=[8 + 2 * b.n for b in bars], color=INK, alpha=0.7)
    axes[0].set(
        xlabel="probability said", ylabel="share positive", title="Reliability", xlim=(0, 1), ylim=(-0.02, 1.02)
    )
    at = np.linspace(0.02, 0.9, 89)
    axes[1].plot(at, classes.net_benefit(chosen.truth, said, at), color=INK, label="network")
    axes[1].plot(at, classes.net_benefit(chosen.truth, np.ones_like(said), at), color=QUIET, label="call every film")
    axes[1].axhline(0, color=QUIET, ls=":", label="call none")
    axes[1].set(
        xlabel="threshold probability",
        ylabel="net benefit",
        title="Decision curve",
        ylim=(-0.05, chosen.truth.mean() + 0.05),
    )
    axes[1].legend(fontsize=7)


def _confusions(axes: list[Axes], report: Report, finding: str) -> None:
    points = [at for at in report.operating if at.finding == finding and at.point == "threshold"]
    for place, point in zip(axes, points, strict=True):
        found = point.counts
        table = np.array([[found.true_positive, found.false_negative], [found.false_positive, found.true_negative]])
        place.imshow(table / table.sum(axis=1, keepdims=True), cmap="Blues", vmin=0, vmax=1.3)
        for (row, column), count in np.ndenumerate(table):
            place.text(column, row, str(count), ha="center", va="center", fontsize=12)
        place.set_xticks([0, 1], ["called", "not called"])
        place.set_yticks([0, 1], ["true", "false"])
        place.set_title(point.words, fontsize=7)


def _froc(axes: Axes, films: Sequence[Answer]) -> None:
    found_boxes = [answer.boxes for answer in films if answer.boxes is not None]
    lungs = [as_lungs(answer) for answer in films]
    for shade, level in zip(SHADES, (0.3, 0.5), strict=False):
        false, found = boxes.froc(found_boxes, level)
        axes.plot(false, found, color=shade, label=f"IoU {level}")
        false, found = boxes.froc(lungs, level)
        axes.scatter(false[-1:], found[-1:], color=shade, marker="s", s=22, label=f"IoU {level}, each lung as a box")
    axes.axvline(1, color=QUIET, lw=0.6, ls=":")
    axes.set(xlabel="false boxes a film", ylabel="share of true boxes found", ylim=(0, 1), xlim=(0, 4))
    axes.legend()


def _extent(axes: Axes, points: np.ndarray) -> None:
    axes.plot([0, 8], [0, 8], color=QUIET, lw=0.6, ls=":")
    axes.scatter(points[:, 0], points[:, 1], color=INK, s=18, alpha=0.8)
    axes.set(
        xlabel="mean of three raters (0 to 8)", ylabel="network, on the same scale", xlim=(-0.2, 8.2), ylim=(-0.2, 8.2)
    )
