"""What the reader says of the network's boxes; the boxes themselves are facts and stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, Literal, get_args

from model.findings.prediction import Box, Prediction
from viewer.measure.shapes import Measurement

Judgement = Literal["accepted", "rejected", "corrected"]
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)


SIGNS: dict[Judgement, str] = {"accepted": "✓", "rejected": "✗", "corrected": "✎"}
"""How the reader's word is written beside a box of the network."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reader's word on one box of one network.

    ``corrected`` says that a shape of the reader's, called ``shape_id(box)``, stands in its place.
    """

    box: Box
    model: str
    """SHA-256 of the weights that drew it, hexadecimal."""
    judgement: Judgement


def verdict_on(box: Box, prediction: Prediction, verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the reader's verdict on a box of this prediction, None while there is none."""
    found = (v for v in verdicts if v.box == box and v.model == prediction.model.sha256)
    return next(found, None)


def judged(
    box: Box, prediction: Prediction, judgement: Judgement | None, verdicts: Sequence[Verdict]
) -> tuple[Verdict, ...]:
    """Return the verdicts with this one on a box, or with none on it."""
    model = prediction.model.sha256
    others = tuple(v for v in verdicts if v.box != box or v.model != model)
    return others if judgement is None else (*others, Verdict(box, model, judgement))


def judgements(prediction: Prediction | None, verdicts: Sequence[Verdict]) -> tuple[Judgement | None, ...]:
    """Return the reader's word on every box of a prediction, in its order, None where there is none."""
    if prediction is None:
        return ()
    said = (verdict_on(box, prediction, verdicts) for box in prediction.boxes)
    return tuple(None if verdict is None else verdict.judgement for verdict in said)


def shape_id(box: Box) -> str:
    """Return the id of the shape that corrects a box of the network."""
    return "box " + " ".join(str(value) for value in astuple(box))


def shape_of(box: Box) -> Measurement:
    """Return a box of the network as a shape that a hand can take hold of."""
    corners = ((box.row, box.column), (box.row + box.height, box.column + box.width))
    return Measurement(shape_id(box), "box", corners, box.finding, "network")


def to_record(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain values for JSON."""
    return {"box": list(astuple(verdict.box)), "model": verdict.model, "judgement": verdict.judgement}


def from_record(record: dict[str, Any]) -> Verdict:
    """Return the verdict that ``to_record`` wrote down.

    Raises
    ------
    ValueError
        When a value is missing or not usable.
    """
    try:
        finding, *numbers = record["box"]
        score, row, column, height, width = (float(number) for number in numbers)
        model, judgement = str(record["model"]), record["judgement"]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"This is not a stored verdict: {error}.") from error
    if judgement not in JUDGEMENTS:
        raise ValueError(f"There is no verdict {judgement!r}.")
    return Verdict(Box(str(finding), score, row, column, height, width), model, judgement)
