"""The answer about one path as a row of a table: one JSON object a line, or CSV with the same numbers."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from model.errors import NegatoscopeError
from model.film.film import Film
from model.findings.prediction import Box, Finding, ModelIdentity, Prediction, Refusal
from model.findings.vocabulary import TERMS

Status = Literal["analysed", "not_assessable", "failed"]
DECIMALS = 3
"""Of every number of the network, on screen and in every export."""
PIXEL_DECIMALS = 1


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What came of one path: the film if it opened, the prediction if there is one, else the reason.

    ``reason`` is set when the status is not "analysed", and when a film was analysed although it is not
    assessable, or put right. ``read_seconds`` and ``network_seconds`` are None for steps that were not reached.
    """

    path: Path
    status: Status
    reason: Refusal | None
    film: Film | None
    prediction: Prediction | None
    read_seconds: float | None
    network_seconds: float | None

    @property
    def why(self) -> str:
        """The reason in words, empty when there is none."""
        return self.reason.message if self.reason else ""

    @property
    def failed(self) -> bool:
        """Whether this path got no answer."""
        return self.status == "failed"


def answered(path: Path, film: Film, prediction: Prediction, read_seconds: float) -> Answer:
    """Return the answer for a film that went through the network."""
    status: Status = "not_assessable" if prediction.refused else "analysed"
    return Answer(path, status, prediction.refusal, film, prediction, read_seconds, prediction.seconds)


def failed(path: Path, error: NegatoscopeError, film: Film | None = None, read_seconds: float | None = None) -> Answer:
    """Return the answer for a path that could not be read, or whose film could not be analysed."""
    return Answer(path, "failed", Refusal(error.code, error.message), film, None, read_seconds, None)


def as_object(answer: Answer) -> dict[str, Any]:
    """Return the answer as the JSON object that is printed on one line."""
    prediction = answer.prediction
    return {
        "path": path_text(answer.path),
        "status": answer.status,
        "reason": None if answer.reason is None else _reason(answer.reason),
        "corrected": prediction.corrected if prediction else None,
        "film": None if answer.film is None else _film(answer.film),
        "findings": [_finding(finding) for finding in prediction.findings] if prediction else [],
        "boxes": [_box(box) for box in prediction.boxes] if prediction else [],
        "opacity_extent": _rounded(prediction.opacity_extent) if prediction else None,
        "model": _model(prediction.model) if prediction else None,
        "seconds": {"read": _rounded(answer.read_seconds), "network": _rounded(answer.network_seconds)},
    }


def path_text(path: Path) -> str:
    """Return a path as text; bytes that are no UTF-8 become escapes, so that it can always be written."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _rounded(number: float | None, decimals: int = DECIMALS) -> float | None:
    return None if number is None else round(float(number), decimals)


def _reason(reason: Refusal) -> dict[str, Any]:
    said = {"code": reason.code, "message": reason.message}
    return said if reason.remedy is None else said | {"remedy": reason.remedy}


def _film(film: Film) -> dict[str, Any]:
    return {
        "rows": film.rows,
        "columns": film.columns,
        "format": film.origin.format,
        "transfer_syntax": film.origin.transfer_syntax,
        "photometric": film.origin.photometric,
        "spacing_mm": None if film.spacing is None else [film.spacing.row_mm, film.spacing.column_mm],
        "view": film.description.view,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "probability": _rounded(finding.probability),
        "threshold": _rounded(finding.threshold),
        "band": finding.band,
    }


def _box(box: Box) -> dict[str, Any]:
    return {
        "finding": box.finding,
        "score": _rounded(box.score),
        **{side: _rounded(getattr(box, side), PIXEL_DECIMALS) for side in ("row", "column", "height", "width")},
    }


def _model(model: ModelIdentity) -> dict[str, str]:
    return {"name": model.name, "version": model.version, "sha256": model.sha256}


def json_line(answer: Answer) -> str:
    """Return the answer as one line of JSON, without the line end."""
    return object_line(as_object(answer))


def object_line(whole: Mapping[str, Any]) -> str:
    """Return the object of an answer as one line of JSON, without the line end."""
    return json.dumps(whole, ensure_ascii=False, allow_nan=False)


def duplicate_of(whole: Mapping[str, Any], path: Path, reason: str) -> dict[str, Any]:
    """Return the object for another copy of a film: the same answer under its own path, with a reason that says so."""
    return {
        **whole,
        "path": path_text(path),
        "reason": whole["reason"] or {"code": "duplicate", "message": reason},
        "seconds": {"read": None, "network": None},
    }


FINDING_COLUMNS = tuple((term.id, part) for term in TERMS for part in ("probability", "threshold", "band"))
COLUMNS = (
    *(
        "path",
        "counted_as",
        "status",
        "reason_code",
        "reason",
        "corrected",
        "rows",
        "columns",
        "format",
        "transfer_syntax",
        "photometric",
    ),
    *("row_spacing_mm", "column_spacing_mm", "view"),
    *(f"{identifier}_{part}" for identifier, part in FINDING_COLUMNS),
    *("boxes", "opacity_extent", "model_name", "model_version", "model_sha256", "read_seconds", "network_seconds"),
)


def as_row(answer: Answer) -> dict[str, Any]:
    """Return the answer as one CSV row keyed by ``COLUMNS``; what is not known is empty, boxes are JSON."""
    return object_row(as_object(answer))


def object_row(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return the object of an answer as one CSV row keyed by ``COLUMNS``; ``counted_as`` is empty outside a batch."""
    film: Mapping[str, Any] = whole["film"] or {}
    spacing: Sequence[float | None] = film.get("spacing_mm") or (None, None)
    reason, model = whole["reason"] or {}, whole["model"] or {}
    findings = {finding["id"]: finding for finding in whole["findings"]}
    return {
        "path": whole["path"],
        "counted_as": whole.get("counted_as"),
        "status": whole["status"],
        "reason_code": reason.get("code"),
        "reason": reason.get("message"),
        "corrected": whole.get("corrected"),
        **{name: film.get(name) for name in ("rows", "columns", "format", "transfer_syntax", "photometric", "view")},
        "row_spacing_mm": spacing[0],
        "column_spacing_mm": spacing[1],
        **{f"{name}_{part}": findings.get(name, {}).get(part) for name, part in FINDING_COLUMNS},
        "boxes": json.dumps(whole["boxes"]) if whole["status"] != "failed" else None,
        "opacity_extent": whole["opacity_extent"],
        **{f"model_{name}": model.get(name) for name in ("name", "version", "sha256")},
        **{f"{name}_seconds": whole["seconds"][name] for name in ("read", "network")},
    }


class CsvLines:
    """Writes answers as CSV: the names of the columns first, then a row for each, at once."""

    def __init__(self, stream: TextIO) -> None:
        self._writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        self._writer.writeheader()

    def write(self, answer: Answer) -> None:
        """Add one row."""
        self.write_object(as_object(answer))

    def write_object(self, whole: Mapping[str, Any]) -> None:
        """Add one row for the object of an answer."""
        self._writer.writerow(object_row(whole))
