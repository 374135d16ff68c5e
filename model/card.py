"""The model card: what a network is, what it was made from, what it scored, and how its numbers are to be read."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import resources
from model.errors import WeightsError
from model.findings.calibration import Calibration
from model.findings.prediction import MapKind, ModelIdentity
from model.findings.vocabulary import TERMS
from model.records import build

FORMAT = 1
"""Version of the card's own layout; a card of another layout is refused."""
LARGEST_CARD_BYTES = 1 << 20
WEIGHTS_SUFFIX = ".safetensors"
SANITY_FIGURE = "{map}, rank correlation with random weights"
"""What the figure is called that tells how much a map looks as if nothing had been learned."""
LIKE_RANDOM = 0.5
"""From this correlation on a map shows the film rather than what was learned."""
DISCLAIMER = "Research and education only; not for diagnosis."


@dataclass(frozen=True, slots=True)
class FindingRule:
    """How one channel of the evidence becomes an answer."""

    id: str
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class MapScale:
    """The colour bar of one map: percentiles over validation films, never a film's own extremes.

    ``reduction`` is how the channels of layer 19 were joined ("literal", "positive", "absolute"); None for others.
    """

    kind: MapKind
    finding: str | None
    low: float
    high: float
    threshold: float | None
    reduction: Literal["literal", "positive", "absolute"] | None


@dataclass(frozen=True, slots=True)
class PixelRule:
    """Probabilities from which a pixel counts as lung, opacity or heart."""

    lungs: float
    opacity: float
    heart: float


@dataclass(frozen=True, slots=True)
class BoxRule:
    """How the opacity map becomes boxes: chosen on validation films.

    A box is a connected component of pixels whose opacity probability is at least ``threshold`` inside the
    predicted lungs. It is dropped when its area is below ``minimum_area`` (fraction of the lung area) or its score
    (see ``model.net.boxes``) below ``minimum_score``. Components whose boxes lie within ``gap`` (fraction of the
    input's side) in the same lung are joined.
    """

    threshold: float
    minimum_area: float
    minimum_score: float
    gap: float


@dataclass(frozen=True, slots=True)
class GateRule:
    """What the lungs of a frontal chest film look like to this network: limits from validation films.

    Areas are fractions of the film, ``certainty`` is the mean probability inside the predicted lungs, ``balance``
    the smaller over the larger of two lungs side by side (0 when there are not two), ``contrast`` how much darker
    the lungs are than the rest of the film (in its standard deviations), ``tallness`` the mean height over width of
    the two lungs. ``frontal`` is the least probability that the view layer must give to an upright frontal film,
    children left aside, ``child`` the probability above which it is believed that the patient is a child.
    """

    area: tuple[float, float]
    certainty: float
    balance: float
    contrast: float
    tallness: tuple[float, float]
    frontal: float = 0.0
    child: float = 1.0


@dataclass(frozen=True, slots=True)
class Collection:
    """One source of training films."""

    name: str
    films: int
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number with its interval (95 %), how many films it rests on, and what it was measured on."""

    name: str
    value: float
    low: float | None
    high: float | None
    n: int
    measured_on: str


@dataclass(frozen=True, slots=True)
class FeatureMap:
    """The file that says where training films lie in the network's feature space (see ``model.net.atlas``).

    ``sha256`` and ``size`` (bytes) are those of the file; ``sources`` are the collections its films come from.
    """

    sha256: str
    size: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything that must travel with a set of weights. Weights without such a card are refused."""

    format: int
    name: str
    version: str
    created: str
    """Date of export, ISO 8601."""
    sha256: str
    """Of the whole weights file, lower-case hexadecimal."""
    size: int
    """Of the weights file in bytes."""
    architecture: dict[str, Any]
    """Plain values from which ``model.net.architecture.Architecture`` is built."""
    architecture_version: int
    input_size: int
    """Side of the square input in pixels."""
    findings: tuple[FindingRule, ...]
    pixels: PixelRule
    boxes: BoxRule
    gate: GateRule
    maps: tuple[MapScale, ...]
    smoothing_sigma: float
    """Of the smoothed layer-19 map, in input pixels."""
    summary: str
    training_data: tuple[Collection, ...]
    figures: tuple[Figure, ...]
    limits: tuple[str, ...]
    disclaimer: str
    feature_map: FeatureMap | None = None
    """None for a network that came without one."""

    @property
    def identity(self) -> ModelIdentity:
        """Which network this is, as predictions carry it."""
        return ModelIdentity(self.name, self.version, self.sha256)

    def rule_of(self, finding: str) -> FindingRule:
        """Return the rule of one finding; KeyError when the network does not answer it."""
        for rule in self.findings:
            if rule.id == finding:
                return rule
        raise KeyError(finding)

    def scale_of(self, kind: MapKind, finding: str | None) -> MapScale:
        """Return the scale of one map; KeyError when the card has none."""
        for scale in self.maps:
            if (scale.kind, scale.finding) == (kind, finding):
                return scale
        raise KeyError((kind, finding))

    def to_json(self) -> str:
        """Return the card as JSON text that ``parse`` reads back unchanged."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def bundled() -> Path:
    """Return the weights file that the program ships with: of several, the one exported last.

    Raises
    ------
    WeightsError
        When none is bundled, or a bundled card is not valid.
    """
    folder = resources.ROOT / "models"
    found = {path: read(path) for path in sorted(folder.glob("*.json"))}
    if not found:
        raise WeightsError("weights_missing", "This installation has no network; reinstall it or name a weights file.")
    newest = max(found, key=lambda path: (found[path].created, path.name))
    return newest.with_suffix(WEIGHTS_SUFFIX)


def read(path: Path) -> ModelCard:
    """Read a card.

    Raises
    ------
    WeightsError
        When it is missing, too large, not JSON, or anything in it is missing, unknown, of the wrong type or absurd.
    """
    try:
        if path.stat().st_size > LARGEST_CARD_BYTES:
            raise WeightsError("card_invalid", f"The model card {path.name} is larger than any card; restore the file.")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WeightsError(
            "card_missing", f"The weights have no model card {path.name} beside them; put it back or choose others."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _invalid(path.name, f"it cannot be read ({type(error).__name__})") from None
    return parse(text, path.name)


def parse(text: str, name: str = "card") -> ModelCard:
    """Read a card from JSON text; ``name`` is how errors call it. Raises WeightsError like ``read``."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise _invalid(name, "it is not JSON") from None
    if isinstance(values, dict) and values.get("format") != FORMAT:
        raise WeightsError(
            "card_format",
            f"The model card {name} has layout {values.get('format')!r}, but this program reads {FORMAT}.",
        )
    try:
        card = build(ModelCard, values, "card")
        _check(card)
    except ValueError as error:
        raise _invalid(name, str(error)) from None
    return card


def _invalid(name: str, why: str) -> WeightsError:
    return WeightsError("card_invalid", f"The model card {name} is not valid: {why}; restore or export it again.")


def _check(card: ModelCard) -> None:
    """Refuse values that are of the right type but cannot be true."""
    known = {term.id for term in TERMS}
    ids = [rule.id for rule in card.findings]
    rules = {
        "sha256 must be 64 lower-case hexadecimal digits": re.fullmatch(r"[0-9a-f]{64}", card.sha256),
        "size must be positive": card.size > 0,
        "name must be of letters, digits, dots and hyphens": re.fullmatch(
            r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", card.name
        ),
        "version must not be empty": card.version,
        "input_size must be 32 .. 4096 and a multiple of 16": 32 <= card.input_size <= 4096
        and not card.input_size % 16,
        "findings must be of the vocabulary, each once": ids and set(ids) <= known and len(set(ids)) == len(ids),
        "every map must have low below high": all(scale.low < scale.high for scale in card.maps),
        "every layer-19 map must name its reduction": all(
            (scale.reduction is not None) == (scale.kind in ("intensity", "smoothed")) for scale in card.maps
        ),
        "a class map must have its finding's threshold": all(
            scale.kind != "class" or _has_own_threshold(scale, card) for scale in card.maps
        ),
        "maps must be listed once": len({(scale.kind, scale.finding) for scale in card.maps}) == len(card.maps),
        "pixel thresholds must lie between 0 and 1": all(
            0 < value < 1 for value in (*asdict(card.pixels).values(), card.boxes.threshold)
        ),
        "smoothing_sigma must not be negative": card.smoothing_sigma >= 0,
        "the disclaimer must be the house's own": card.disclaimer == DISCLAIMER,
        "limits must not be empty": card.limits,
        "feature_map must have a hash of 64 lower-case hexadecimal digits and name its collections": card.feature_map
        is None
        or (re.fullmatch(r"[0-9a-f]{64}", card.feature_map.sha256) and card.feature_map.sources),
    }
    for sentence, holds in rules.items():
        if not holds:
            raise ValueError(sentence)


def _has_own_threshold(scale: MapScale, card: ModelCard) -> bool:
    rule = next((rule for rule in card.findings if rule.id == scale.finding), None)
    if rule is None or scale.threshold is None:
        return False
    return abs(rule.calibration.threshold_log_odds - scale.threshold) < 1e-6
