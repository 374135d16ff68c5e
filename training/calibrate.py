"""calibrate: temperature, threshold and limits of every answer, from validation films and from nothing else."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scipy.optimize import minimize

from model.card import BoxRule, FindingRule, GateRule, MapScale, ModelCard, PixelRule
from model.errors import NegatoscopeError
from model.film import open_film
from model.findings.calibration import Calibration, expit
from model.findings.vocabulary import LUNG_OPACITY
from model.net import boxes as boxing
from model.net import gate
from model.net.architecture import FINDINGS, PIXEL_CLASSES
from model.net.predictor import Predictor
from model.net.preprocess import Placement
from model.net.reading import Reading
from model.net.view import View, ViewHead, describe
from model.records import build
from training import manifest as manifests
from training import subject, truth
from training.answers import assembled, find_boxes
from training.datasets.row import Row
from training.metrics import boxes as box_metrics
from training.metrics import maps, ranking
from training.metrics.boxes import BoxedFilm, Boxes
from training.truth import Truth

Values = NDArray[np.float64]
SENSITIVE, SPECIFIC = 0.95, 0.95
"""The uncertain band reaches down to where 95 % of positive films are above, up to where 95 % of negative are below."""
GATE_SLACK = 0.0025
"""Share of validation films that the gate may refuse at each end of each limit."""
SURELY_FRONTAL = 0.8
"""The view layer is sharp: of hospitals that it knows any limit refuses the same films, of others a higher one more."""
CHILD_SLACK = 0.005
"""Share of validation films of adults that the view layer may take for a child's."""
SURELY_CHILD = 0.999
"""Collections of children look unlike those of adults in more than age: a lower limit would refuse adults elsewhere."""
MAP_PERCENTILES = (50.0, 99.5)
_SILENT = 0.01
"""Log-odds below which a cell of a class map has no say; most such cells lie outside the lungs."""
BOX_GRID = (
    (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6),
    (0.005, 0.01, 0.02, 0.04),
    (0.0, 0.02, 0.05),
)
"""Thresholds, smallest areas and gaps that are tried for boxes."""


class CalibrationError(NegatoscopeError):
    """Validation films do not suffice."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything of a card that validation films decide."""

    findings: tuple[FindingRule, ...]
    pixels: PixelRule
    boxes: BoxRule
    gate: GateRule
    maps: tuple[MapScale, ...]
    films: int
    """Validation films that they were taken from."""


def calibrate(
    network: Annotated[Path, typer.Argument(help="A run's folder, a checkpoint, or exported weights.")],
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the rules go.")] = Path("rules.json"),
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, mps or xpu.")] = "auto",
) -> None:
    """Choose temperatures, thresholds, box rule, gate limits and colour bars on the validation films.

    Example: negatoscope-train calibrate runs/first runs/manifest.json -o runs/first/rules.json
    """
    console = Console()
    rows = manifests.read(manifest)
    rules = choose(subject.load(network, device), rows.root, rows.of("validation"), console)
    write(rules, out)
    console.print(table(rules))
    console.print(f"Rules from {rules.films} validation films written to {out}")


def choose(predictor: Predictor, root: Path, rows: Sequence[Row], console: Console | None = None) -> Rules:
    """Choose all rules on these films (frontal films of adults, or of unknown age).

    Thresholds are Youden's. Pixel thresholds give the best mean Dice, boxes the best mean of AP@0.3 and AP@0.5 less
    the false boxes on clear films.

    Raises
    ------
    CalibrationError
        When a finding has not both answers among the films, or no film is masked.
    """
    usable = [row for row in rows if row.assessable]
    readings = [predictor.read(open_film(root / row.path)) for row in track(usable, "asking", console=console)]
    drawn = [truth.of(root, row, _placement(reading)) for row, reading in zip(usable, readings, strict=True)]
    pixels = pixel_rule(readings, drawn)
    card = replace(predictor.card, pixels=pixels)
    findings = tuple(finding_rule(finding, usable, readings) for finding in FINDINGS)
    card = replace(card, findings=findings)
    return Rules(
        findings=findings,
        pixels=pixels,
        boxes=box_rule(card, usable, readings, drawn),
        gate=gate_rule(readings, predictor.view),
        maps=map_scales(card, readings),
        films=len(usable),
    )


def finding_rule(finding: str, rows: Sequence[Row], readings: Sequence[Reading]) -> FindingRule:
    """Choose temperature and offset by likelihood and the threshold by Youden's rule."""
    known = [(answer_of(row, finding), reading) for row, reading in zip(rows, readings, strict=True)]
    truths = np.array([answer for answer, _ in known if answer is not None], bool)
    logits = np.array([reading.logit(finding) for answer, reading in known if answer is not None])
    if len(set(truths.tolist())) < 2:
        raise CalibrationError("one_class", f"The validation films hold only one answer for {finding}; add others.")
    return FindingRule(finding, fit_calibration(truths, logits))


def answer_of(row: Row, finding: str) -> bool | None:
    """Return what is known of the finding on this film."""
    return row.opacity if finding == "lung_opacity" else row.covid


def fit_calibration(truths: NDArray[np.bool_], logits: Values) -> Calibration:
    """Fit temperature and offset (Platt 1999), then read threshold and band off the calibrated probabilities.

    Two films of unknown answer are added to each class (Platt's targets), which keeps the temperature finite.
    """
    positive, negative = int(truths.sum()), int((~truths).sum())
    targets = np.where(truths, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def loss(at: Values) -> float:
        odds = logits * np.exp(at[0]) + at[1]
        return float(np.mean(np.logaddexp(0, odds) - targets * odds))

    slope, offset = minimize(loss, np.zeros(2), method="BFGS").x
    temperature = float(np.exp(-slope))
    probability = np.array([expit(logit / temperature + offset) for logit in logits])
    called = _between(probability, ranking.youden_threshold(truths, probability))
    lower = min(called, ranking.threshold_at_sensitivity(truths, probability, SENSITIVE))
    upper = max(called, ranking.threshold_at_specificity(truths, probability, SPECIFIC))
    low, middle, high = (float(np.clip(value, 1e-4, 1 - 1e-4)) for value in (lower, called, upper))
    return Calibration(temperature, float(offset), middle, low, high)


def pixel_rule(readings: Sequence[Reading], drawn: Sequence[Truth]) -> PixelRule:
    """Choose for each kind the probability with the best mean Dice over films on which the kind was drawn."""
    levels = np.round(np.arange(0.25, 0.76, 0.05), 2)
    best = {}
    for kind in PIXEL_CLASSES:
        pairs = [
            (reading.full(kind), found.masks[kind])
            for reading, found in zip(readings, drawn, strict=True)
            if kind in found.masks and found.masks[kind].any()
        ]
        if not pairs:
            raise CalibrationError("no_masks", f"No validation film has a mask of {kind}; add masked films.")
        scores = [np.mean([maps.dice(seen >= level, mask) for seen, mask in pairs]) for level in levels]
        best[kind] = float(levels[int(np.argmax(scores))])
    return PixelRule(**best)


def box_rule(card: ModelCard, rows: Sequence[Row], readings: Sequence[Reading], drawn: Sequence[Truth]) -> BoxRule:
    """Choose the box rule: the best boxes on films with drawn ones, then the score that keeps clear films clear.

    Films of either kind of annotation count the same in the choice, however many there are. The score is the lowest
    that leaves at most 0.3 boxes a clear film.
    """
    judged = [number for number, found in enumerate(drawn) if found.boxes is not None and len(found.boxes)]
    clear = [number for number, row in enumerate(rows) if row.opacity is False]
    masked = [number for number in judged if "opacity" in drawn[number].masks]
    boxed = [number for number in judged if "opacity" not in drawn[number].masks]

    if not judged:
        raise CalibrationError("no_boxes", "No validation film has opacity boxes; add boxed or masked films.")
    best, most = BoxRule(0.5, 0.0, 0.0, 0.0), -1.0
    for threshold in BOX_GRID[0]:
        pieces = {number: boxing.pieces(readings[number].chest(), card.pixels, threshold) for number in judged}
        for area, gap in itertools.product(*BOX_GRID[1:]):
            rule = BoxRule(threshold, area, 0.0, gap)
            films = {
                number: replace(
                    assembled(found, readings[number], rule, readings[number].film), true=_true(drawn[number])
                )
                for number, found in pieces.items()
            }
            worth = float(np.mean([_box_worth([films[n] for n in kind]) for kind in (masked, boxed) if kind]))
            if worth > most:
                best, most = rule, worth
    scores = [find_boxes(readings[number], card, best, readings[number].film).scores for number in clear]
    return replace(best, minimum_score=_score_for(np.concatenate([np.empty(0), *scores]), 0.3 * len(clear)))


def gate_rule(readings: Sequence[Reading], view: ViewHead | None) -> GateRule:
    """Set the limits of plausible lungs so that nearly all validation films pass, with some air around them."""
    shapes = [
        gate.measure(reading.full("lungs"), reading.prepared.grey, reading.prepared.inside) for reading in readings
    ]
    low = {name: _quantile([getattr(s, name) for s in shapes], GATE_SLACK) for name in asdict(shapes[0])}
    high = {name: _quantile([getattr(s, name) for s in shapes], 1 - GATE_SLACK) for name in asdict(shapes[0])}
    return GateRule(
        area=(0.8 * low["area"], min(1.0, 1.2 * high["area"])),
        certainty=0.95 * low["certainty"],
        balance=0.5 * low["balance"],
        contrast=low["contrast"] - 0.3,
        tallness=(0.8 * low["tallness"], 1.25 * high["tallness"]),
        **({} if view is None else _view_limits([view.probabilities(describe(reading)) for reading in readings])),
    )


def _view_limits(said: Sequence[Mapping[View, float]]) -> dict[str, float]:
    """Ask the view layer to be sure of a frontal film, and all but certain of a child."""
    child = _quantile([one["child"] for one in said], 1 - CHILD_SLACK)
    return {"frontal": SURELY_FRONTAL, "child": max(SURELY_CHILD, child)}


def map_scales(card: ModelCard, readings: Sequence[Reading]) -> tuple[MapScale, ...]:
    """Fix the ends of every colour bar by percentiles over all validation films."""
    scales = [_class_scale(finding, card, readings) for finding in FINDINGS]
    for kind in ("intensity", "smoothed"):
        plain = MapScale(kind, None, 0, 1, None, "positive")
        low, high = np.percentile(_cells(plain, card, readings), MAP_PERCENTILES)
        scales.append(replace(plain, low=float(low), high=float(high)))
    limits = asdict(card.pixels)
    scales += [MapScale("opacity", LUNG_OPACITY.id, 0.0, 1.0, limits["opacity"], None)]
    scales += [MapScale("lungs", None, 0.0, 1.0, limits["lungs"], None)]
    return (*scales, MapScale("heart", None, 0.0, 1.0, limits["heart"], None))


def _class_scale(finding: str, card: ModelCard, readings: Sequence[Reading]) -> MapScale:
    """Reach equally far to both sides of the threshold, as far as nearly all cells that have a say."""
    middle = card.rule_of(finding).calibration.threshold_log_odds
    plain = MapScale("class", finding, middle - 1, middle + 1, middle, None)
    away = np.abs(_cells(plain, card, readings) - middle)
    said = away[away > _SILENT]
    reach = max(1.0, float(np.percentile(said, MAP_PERCENTILES[1]))) if len(said) else 1.0
    return replace(plain, low=middle - reach, high=middle + reach)


def _cells(scale: MapScale, card: ModelCard, readings: Sequence[Reading]) -> Values:
    return np.concatenate([reading.cells(scale, card)[0].ravel() for reading in readings]).astype(np.float64)


def apply(card: ModelCard, rules: Rules) -> ModelCard:
    """Return the card with these rules in it."""
    return replace(
        card, findings=rules.findings, pixels=rules.pixels, boxes=rules.boxes, gate=rules.gate, maps=rules.maps
    )


def write(rules: Rules, path: Path) -> None:
    """Write the rules as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(rules), indent=2, allow_nan=False) + "\n", encoding="utf-8")


def read(path: Path) -> Rules:
    """Read rules.

    Raises
    ------
    CalibrationError
        When the file is no rules of ours.
    """
    try:
        return build(Rules, json.loads(path.read_text(encoding="utf-8")), "rules")
    except (OSError, ValueError) as error:
        raise CalibrationError("unreadable", f"{path} cannot be read as rules: {error}; run calibrate again.") from None


def table(rules: Rules) -> Table:
    """Show the rules."""
    shown = Table(title="Chosen on validation films", show_header=False)
    for rule in rules.findings:
        found = rule.calibration
        words = f"temperature {found.temperature:.2f}, offset {found.offset:+.2f}, threshold {found.threshold:.3f}"
        shown.add_row(rule.id, f"{words}, uncertain {found.lower:.3f} to {found.upper:.3f}")
    for name, record in (("pixels", rules.pixels), ("boxes", rules.boxes), ("gate", rules.gate)):
        shown.add_row(name, ", ".join(f"{key} {value}" for key, value in asdict(record).items()))
    return shown


def _placement(reading: Reading) -> Placement:
    return Placement(*reading.size, reading.prepared.inside.shape[0])


def _between(values: Values, threshold: float) -> float:
    """Move a threshold from the film it was read off half way to the next lower one."""
    below = values[values < threshold]
    return float((threshold + below.max()) / 2) if len(below) else threshold


def _true(drawn: Truth) -> Boxes:
    return np.empty((0, 4)) if drawn.boxes is None else drawn.boxes


def _box_worth(films: Sequence[BoxedFilm]) -> float:
    weights = np.ones((1, len(films)))
    return float(np.mean([box_metrics.average_precision(films, level)(weights)[0] for level in (0.3, 0.5)]))


def _score_for(scores: Values, allowed: float) -> float:
    """Return the lowest score with at most ``allowed`` of the scores at or above it."""
    falling = np.sort(scores)[::-1]
    count = int(allowed)
    return 0.0 if len(falling) <= count else float(np.nextafter(falling[count], 2.0))


def _quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(np.array(values), share))
