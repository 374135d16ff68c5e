"""Boxes as COCO JSON: the reader's for training, the network's beside them with the reader's word; no Qt.

``annotations`` hold what the reader vouches for: boxes drawn, corrected or accepted. What the network drew stands in
``network_boxes``, unaltered, with its score, its weights and the verdict; programs that read plain COCO pass it over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.errors import NegatoscopeError
from model.findings.prediction import Box, Prediction
from model.findings.vocabulary import TERMS
from viewer.measure.shapes import Measurement
from viewer.session.edits import Edits
from viewer.session.verdicts import JUDGEMENTS, Verdict, verdict_on

CATEGORIES = {term.id: number for number, term in enumerate(TERMS, 1)}


class CocoError(NegatoscopeError):
    """A file of boxes cannot be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Boxed:
    """One film with everything that is known of boxes on it."""

    key: str
    path: Path
    rows: int
    columns: int
    edits: Edits
    prediction: Prediction | None

    @property
    def judged(self) -> bool:
        """Whether the reader has drawn a box here or said something about the network's."""
        return bool(self.edits.verdicts) or any(shape.kind == "box" for shape in self.edits.shapes)

    @property
    def unjudged(self) -> int:
        """How many boxes of the network the reader has said nothing about."""
        if self.prediction is None:
            return 0
        return sum(verdict_on(box, self.prediction, self.edits.verdicts) is None for box in self.prediction.boxes)


@dataclass(frozen=True, slots=True)
class Found:
    """Boxes found in a file for one image of it."""

    name: str
    """File name without folders."""
    key: str
    """The film's key, empty where another program wrote the file."""
    shapes: tuple[Measurement, ...]
    verdicts: tuple[Verdict, ...]


def save(path: Path, films: Sequence[Boxed]) -> None:
    """Write the boxes of these films; file names are relative to the folder of ``path`` where they can be.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    path.write_text(json.dumps(document(films, path.parent), indent=1) + "\n", encoding="utf-8")


def document(films: Sequence[Boxed], folder: Path) -> dict[str, Any]:
    """Return the whole file as plain values."""
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    machine: list[dict[str, Any]] = []
    for number, film in enumerate(films, 1):
        name = _relative(film.path, folder)
        image = {"id": number, "file_name": name, "width": film.columns, "height": film.rows, "film_key": film.key}
        images.append(image | _stamp(film))
        for words in _vouched(film):
            annotations.append({"id": len(annotations) + 1, "image_id": number, **words})
        machine.extend({"image_id": number, **words} for words in _by_network(film))
    categories = [{"id": number, "name": name, "supercategory": "finding"} for name, number in CATEGORIES.items()]
    return {"images": images, "annotations": annotations, "categories": categories, "network_boxes": machine}


def _stamp(film: Boxed) -> dict[str, str]:
    """Say of a film that was judged although it is not assessable why it is not."""
    prediction = film.prediction
    if prediction is None or prediction.refusal is None or not prediction.forced:
        return {}
    return {"not_assessable": prediction.refusal.code}


def _vouched(film: Boxed) -> Iterator[dict[str, Any]]:
    """Yield what the reader vouches for on one film."""
    for shape in film.edits.shapes:
        if shape.kind == "box":
            (top, left), (bottom, right) = _clipped(shape, film)
            words = {"origin": shape.origin, "shape_id": shape.id}
            yield {**_annotation(shape.text, (left, top, right - left, bottom - top)), **words}
    for verdict in film.edits.verdicts:
        if verdict.judgement == "accepted":
            yield {**_annotation(verdict.box.finding, _bbox(verdict.box)), "origin": "accepted"}


def _by_network(film: Boxed) -> Iterator[dict[str, Any]]:
    """Yield the network's boxes that were judged, and those of the present answer that were not."""
    said = [(verdict.box, verdict.model, verdict.judgement) for verdict in film.edits.verdicts]
    prediction = film.prediction
    if prediction is not None:
        model = prediction.model.sha256
        silent = (box for box in prediction.boxes if verdict_on(box, prediction, film.edits.verdicts) is None)
        said += [(box, model, None) for box in silent]  # type: ignore[misc]
    for box, model, judgement in said:
        category, bbox = CATEGORIES.get(box.finding), list(_bbox(box))
        yield {"category_id": category, "bbox": bbox, "score": box.score, "model": model, "verdict": judgement}


def _annotation(finding: str, bbox: tuple[float, float, float, float]) -> dict[str, Any]:
    return {"category_id": CATEGORIES[finding], "bbox": list(bbox), "area": bbox[2] * bbox[3], "iscrowd": 0}


def _bbox(box: Box) -> tuple[float, float, float, float]:
    return box.column, box.row, box.width, box.height


def _clipped(shape: Measurement, film: Boxed) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the top left and the bottom right corner of a box, inside the film."""
    rows, columns = zip(*shape.points, strict=True)
    top, bottom = (min(max(row, 0.0), float(film.rows)) for row in (min(rows), max(rows)))
    left, right = (min(max(column, 0.0), float(film.columns)) for column in (min(columns), max(columns)))
    return (top, left), (bottom, right)


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


def load(path: Path) -> tuple[tuple[Found, ...], int]:
    """Return the boxes in a COCO file image by image, and how many were left out as their finding is not known.

    Raises
    ------
    CocoError
        When the file cannot be read or is none of boxes.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        names = {category["id"]: _finding(str(category["name"])) for category in raw["categories"]}
        known = [note for note in raw["annotations"] if names[note["category_id"]] is not None]
        found = tuple(_found(image, known, raw.get("network_boxes", ()), names) for image in raw["images"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CocoError("coco_unreadable", f"{path.name} holds no boxes in COCO JSON; choose another file.") from error
    return found, len(raw["annotations"]) - len(known)


def _finding(name: str) -> str | None:
    """Return the finding of the vocabulary that a category's name means."""
    wanted = name.casefold().replace("_", " ")
    return next((t.id for t in TERMS if wanted in (t.id.replace("_", " "), t.name.casefold())), None)


def _found(
    image: dict[str, Any], notes: Iterable[dict[str, Any]], machine: Iterable[dict[str, Any]], names: dict[Any, Any]
) -> Found:
    name = str(image["file_name"]).replace("\\", "/").rpartition("/")[2]
    mine = [note for note in notes if note["image_id"] == image["id"]]
    shapes = tuple(_shape(note, names, name) for note in mine if note.get("origin") != "accepted")
    said = tuple(_verdict(note, names) for note in machine if note["image_id"] == image["id"] and note["verdict"])
    return Found(name, str(image.get("film_key", "")), shapes, said)


def _shape(note: dict[str, Any], names: dict[Any, Any], name: str) -> Measurement:
    x, y, width, height = (float(number) for number in note["bbox"])
    identifier = str(note.get("shape_id") or f"coco {name} {note['id']}")
    origin = "corrected" if note.get("origin") == "corrected" else "reader"
    corners = ((y, x), (y + height, x + width))
    return Measurement(identifier, "box", corners, names[note["category_id"]], origin)  # type: ignore[arg-type]


def _verdict(note: dict[str, Any], names: dict[Any, Any]) -> Verdict:
    x, y, width, height = (float(number) for number in note["bbox"])
    if note["verdict"] not in JUDGEMENTS:
        raise ValueError("unknown verdict")
    box = Box(names[note["category_id"]], float(note["score"]), y, x, height, width)
    return Verdict(box, str(note["model"]), note["verdict"])
