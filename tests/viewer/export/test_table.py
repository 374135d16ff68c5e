"""Answers as JSON lines and CSV rows: one shape, one set of numbers."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from greys import film_of
from predictions import prediction_for, refused

from model.errors import FilmError
from model.film.film import Description, Spacing
from model.findings.prediction import Box, Refusal
from viewer.export.table import COLUMNS, Answer, CsvLines, answered, as_object, failed, json_line

FILM = film_of(
    np.zeros((40, 60), np.uint16), spacing=Spacing(0.2, 0.1, "detector"), description=Description("Doe^Jane", view="PA")
)
SHAPE = {"path", "status", "reason", "corrected", "film", "findings", "boxes", "opacity_extent", "model", "seconds"}


def analysed() -> Answer:
    box = Box("lung_opacity", 0.77777, 1.04, 2.26, 30.0, 20.5)
    return answered(Path("a b.dcm"), FILM, prediction_for(FILM, boxes=[box], probabilities=(2 / 3, 0.1)), 0.12345)


def test_analysed_film_has_the_whole_shape() -> None:
    said = as_object(analysed())
    assert set(said) == SHAPE
    assert said["status"] == "analysed"
    assert said["reason"] is None
    assert said["film"] == {
        "rows": 40,
        "columns": 60,
        "format": "DICOM",
        "transfer_syntax": "1.2.840.10008.1.2.1",
        "photometric": "MONOCHROME2",
        "spacing_mm": [0.2, 0.1],
        "view": "PA",
    }
    assert said["findings"][0] == {"id": "lung_opacity", "probability": 0.667, "threshold": 0.5, "band": "above"}
    assert said["boxes"] == [
        {"finding": "lung_opacity", "score": 0.778, "row": 1.0, "column": 2.3, "height": 30.0, "width": 20.5}
    ]
    assert said["opacity_extent"] == 0.12
    assert said["model"] == {"name": "synthetic", "version": "0.0.1", "sha256": "0" * 64}
    assert said["seconds"] == {"read": 0.123, "network": 0.05}


def test_refused_film_gives_a_reason_and_no_score() -> None:
    said = as_object(answered(Path("x"), FILM, refused(FILM), 0.1))
    assert said["status"] == "not_assessable"
    assert said["reason"]["code"] == "lateral"
    assert said["findings"] == said["boxes"] == []
    assert said["opacity_extent"] is None


def test_forced_film_is_analysed_and_stamped() -> None:
    prediction = prediction_for(FILM, refusal=Refusal("lateral", "Not frontal."), forced=True)
    said = as_object(answered(Path("x"), FILM, prediction, 0.1))
    assert said["status"] == "analysed"
    assert said["reason"] == {"code": "lateral", "message": "Not frontal."}
    assert said["findings"]


def test_a_film_put_right_says_so() -> None:
    reason = Refusal("inverted", "The greys were inverted.", "invert")
    said = as_object(answered(Path("x"), FILM, prediction_for(FILM, refusal=reason, corrected="invert"), 0.1))
    assert said["status"] == "analysed"
    assert said["corrected"] == "invert"
    assert said["reason"] == {"code": "inverted", "message": "The greys were inverted.", "remedy": "invert"}
    assert said["findings"]


def test_failed_path_has_the_same_shape() -> None:
    said = as_object(failed(Path("x"), FilmError("not_a_film", "It is a text.")))
    assert set(said) == SHAPE
    assert said["status"] == "failed"
    assert said["reason"] == {"code": "not_a_film", "message": "It is a text."}
    assert said["film"] is said["model"] is said["opacity_extent"] is None
    assert said["seconds"] == {"read": None, "network": None}


def test_no_patient_data_leaves() -> None:
    assert "Doe" not in json_line(analysed())


@pytest.mark.parametrize("name", ["Плёнка 1.dcm", "a\nb.dcm", "\udcff.dcm", "x" * 300])
def test_any_path_is_one_line_that_can_be_written(name: str) -> None:
    line = json_line(failed(Path(name), FilmError("x", "y")))
    assert "\n" not in line
    assert json.loads(line.encode("utf-8"))["path"]


def test_csv_has_the_same_numbers() -> None:
    answers = [
        analysed(),
        answered(Path("x"), FILM, refused(FILM), 0.1),
        failed(Path('q",\n'), FilmError("x", "y, z")),
    ]
    stream = io.StringIO()
    lines = CsvLines(stream)
    for answer in answers:
        lines.write(answer)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert tuple(rows[0]) == COLUMNS
    for row, answer in zip(rows, answers, strict=True):
        said = as_object(answer)
        assert row["path"] == said["path"]
        assert row["status"] == said["status"]
        for finding in said["findings"]:
            assert float(row[f"{finding['id']}_probability"]) == finding["probability"]
            assert row[f"{finding['id']}_band"] == finding["band"]
        assert json.loads(row["boxes"] or "[]") == said["boxes"]
        assert row["opacity_extent"] == ("" if said["opacity_extent"] is None else str(said["opacity_extent"]))
    assert rows[0]["row_spacing_mm"] == "0.2"
    assert rows[1]["covid19_probability"] == ""
    assert rows[2]["reason"] == "y, z"
