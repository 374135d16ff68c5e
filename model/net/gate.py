"""The gate: is this a frontal chest film of an adult, upright and not inverted? Asked before any score is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from model.card import GateRule
from model.film.film import Film
from model.findings.prediction import Refusal, Remedy

if TYPE_CHECKING:
    from model.net.view import View

SMALLEST_SIDE = 256
YOUNGEST_YEARS = 16
FEWEST_GREYS = 16
AREAS = 16
"""Along either side; the mean greys of areas tell a picture from noise."""
LATERAL_VIEWS = frozenset({"LL", "RL", "LAT", "LATERAL", "LLD", "RLD"})
SLICES = frozenset({"CT", "MR", "PT", "US", "NM"})
CHEST_WORDS = ("CHEST", "THORAX", "LUNG", "PORT", "RIBS", "HEART")

_SENTENCES = {
    "too_small": "The film has fewer than 256 pixels on a side, too few to judge it.",
    "blank": "The picture holds almost no contrast, so there is nothing to judge.",
    "lateral": "This is, or looks like, a lateral film; only frontal films are judged.",
    "child": "The patient is, or looks, younger than 16 years; only films of adults are judged.",
    "not_chest": "No chest was recognised from the front; only frontal chest films are judged.",
    "cross_section": "This is, or looks like, a cross-sectional image; only plain chest films are judged.",
    "photograph": "This looks like a photograph or a drawing; if it shows a film, open the film's own file.",
}
_CURABLE: dict[Remedy, tuple[str, str]] = {
    "invert": ("inverted", "The greys seem to be inverted; have the film inverted and analysed."),
    "turn_left": ("rotated", "The film lies on its side; have it turned to the left and analysed."),
    "turn_over": ("rotated", "The film stands on its head; have it turned over and analysed."),
    "turn_right": ("rotated", "The film lies on its side; have it turned to the right and analysed."),
}

_CURED: dict[Remedy, str] = {
    "invert": "The greys were inverted; the network was shown the film with black and white exchanged.",
    "turn_left": "The film lay on its side; the network was shown it turned to the left.",
    "turn_over": "The film stood on its head; the network was shown it turned over.",
    "turn_right": "The film lay on its side; the network was shown it turned to the right.",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What was measured of the predicted lungs; see ``model.card.GateRule`` for the units."""

    area: float
    certainty: float
    balance: float
    contrast: float
    tallness: float


def refusal(code: str) -> Refusal:
    """Return the refusal with this code and its sentence."""
    return Refusal(code, _SENTENCES[code])


def by_view(probabilities: Mapping[View, float], rule: GateRule) -> View | None:
    """Return what a film shows when it is no upright frontal film of an adult to the view layer; None when it is."""
    child = probabilities["child"]
    if child > rule.child:
        return "child"
    if probabilities["frontal"] >= rule.frontal * (1 - child):
        return None
    others: list[View] = [view for view in probabilities if view not in ("frontal", "child")]
    return max(others, key=lambda view: probabilities[view])


def curable(remedy: Remedy) -> Refusal:
    """Return the refusal of a film that this remedy puts right."""
    code, message = _CURABLE[remedy]
    return Refusal(code, message, remedy)


def cured(remedy: Remedy) -> Refusal:
    """Return what an answer carries about a film that the network was shown put right."""
    return Refusal(_CURABLE[remedy][0], _CURED[remedy], remedy)


def named(found: Refusal | None, film: Film) -> Refusal | None:
    """Call a colour picture without lungs by its name; other refusals stay as they are."""
    coloured = any(warning.code == "colour_as_grey" for warning in film.warnings)
    return refusal("photograph") if found is not None and found.code == "not_chest" and coloured else found


def by_header(film: Film) -> Refusal | None:
    """Refuse a film for what its size, greys and header say, without looking at anatomy.

    The header is believed only where it excludes a film: view position (0018,5101), body part (0018,0015),
    modality (0008,0060) and patient's age (0010,1010).
    """
    words = film.description
    part = words.body_part.upper()
    years = age_years(words.age)
    holds = {
        "too_small": min(film.rows, film.columns) < SMALLEST_SIDE,
        "blank": _is_blank(film),
        "cross_section": words.modality.upper() in SLICES,
        "lateral": words.view.upper().strip() in LATERAL_VIEWS,
        "not_chest": part != "" and not any(word in part for word in CHEST_WORDS),
        "child": years is not None and years < YOUNGEST_YEARS,
    }
    return next((refusal(code) for code, true in holds.items() if true), None)


def age_years(text: str) -> float | None:
    """Return an age string (PS3.5 6.2, VR AS: "034Y", "018M", "003W", "010D") in years, None when there is none.

    A bare number, which the standard does not allow but real files have, is taken for years.
    """
    match = re.fullmatch(r"\s*(\d{1,3})([DWMY]?)\s*", text.upper())
    if match is None:
        return None
    return int(match[1]) / {"D": 365.25, "W": 52.18, "M": 12.0}.get(match[2], 1.0)


def _is_blank(film: Film) -> bool:
    """Whether nearly all pixels share a handful of grey levels, or large areas differ less than neighbours do."""
    step = max(1, min(film.rows, film.columns) // 256)
    sample = film.pixels[::step, ::step].astype(np.float64)
    low, high = np.percentile(sample, (2, 98))
    if not high > low or (film.pixels.dtype.kind in "iu" and high - low < FEWEST_GREYS):
        return True
    dark, light = np.percentile(cv2.resize(sample, (AREAS, AREAS), interpolation=cv2.INTER_AREA), (2, 98))
    return bool(light - dark < np.median(np.abs(np.diff(sample, axis=1))))


def measure(lungs: NDArray[np.float32], grey: NDArray[np.uint8], inside: NDArray[np.bool_]) -> Shape:
    """Measure the predicted lungs.

    Parameters
    ----------
    lungs
        Lung probability in network input pixels, float32, shape (height, width).
    grey
        The prepared image, uint8, same shape.
    inside
        False on padding, same shape.
    """
    mask = (lungs >= 0.5) & inside
    film_area = int(inside.sum())
    if not mask.any():
        return Shape(0.0, 0.0, 0.0, 0.0, 0.0)
    sides = _two_largest(mask)
    heights_over_widths = [height / width for _, height, width, _ in sides]
    areas = [area for area, *_ in sides]
    pair = len(sides) == 2 and _side_by_side(sides[0][3], sides[1][3])
    rest = inside & ~mask
    spread = float(grey[inside].std()) or 1.0
    contrast = (float(grey[rest].mean()) - float(grey[mask].mean())) / spread if rest.any() else 0.0
    return Shape(
        area=float(mask.sum() / film_area),
        certainty=float(lungs[mask].mean()),
        balance=min(areas) / max(areas) if pair else 0.0,
        contrast=contrast,
        tallness=float(np.mean(heights_over_widths)),
    )


def _two_largest(mask: NDArray[np.bool_]) -> list[tuple[int, int, int, tuple[float, float]]]:
    """Return area, height, width and centroid (row, column) of the two largest pieces."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    order = sorted(range(1, count), key=lambda i: -int(stats[i, cv2.CC_STAT_AREA]))[:2]
    return [
        (
            int(stats[i, cv2.CC_STAT_AREA]),
            int(stats[i, cv2.CC_STAT_HEIGHT]),
            int(stats[i, cv2.CC_STAT_WIDTH]),
            (float(centres[i][1]), float(centres[i][0])),
        )
        for i in order
    ]


def _side_by_side(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[1] - b[1]) > abs(a[0] - b[0])


def by_shape(shape: Shape, rule: GateRule) -> Refusal | None:
    """Refuse a film whose predicted lungs are not those of an upright frontal chest film."""
    plausible = (
        rule.area[0] <= shape.area <= rule.area[1]
        and shape.certainty >= rule.certainty
        and shape.balance >= rule.balance
        and shape.contrast >= rule.contrast
        and rule.tallness[0] <= shape.tallness <= rule.tallness[1]
    )
    return None if plausible else refusal("not_chest")
