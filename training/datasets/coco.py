"""coco: films of one's own with boxes, in the COCO format that annotation programs write, in and out."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.datasets.collection import DatasetError, Refused, film_size
from training.datasets.row import BoxPart, Row

OPACITY = frozenset({"lung_opacity", "opacity", "lung opacity", "pneumonia", "consolidation", "ground glass opacity"})
"""Categories, in lower case, that are boxes of lung opacity; boxes of other categories are left aside."""


def read(path: Path) -> tuple[list[Row], list[Refused]]:
    """Read images and boxes; file names are relative to the folder of ``path``.

    Every film was looked through for opacity: one without a box has none. COVID-19 is not known, and every film is
    its own patient unless the image has a ``patient``.

    Raises
    ------
    DatasetError
        When the file is no COCO JSON, or a box names no image or category of it.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        images, annotations = document["images"], document["annotations"]
        opacity = {item["id"] for item in document["categories"] if str(item["name"]).lower() in OPACITY}
        known = {item["id"] for item in images}
        boxes: defaultdict[Any, list[list[float]]] = defaultdict(list)
        for item in annotations:
            if item["image_id"] not in known:
                raise DatasetError(
                    "coco", f"{path.name} has a box on image {item['image_id']}, which it does not list."
                )
            if item["category_id"] in opacity:
                boxes[item["image_id"]].append([float(number) for number in item["bbox"]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError("coco", f"{path.name} is no COCO file ({type(error).__name__}: {error}).") from None
    rows: list[Row] = []
    refused: list[Refused] = []
    for image in images:
        film = (path.parent / image["file_name"]).resolve()
        if film.is_file():
            rows.append(_row(image, film, path.stem, boxes[image["id"]]))
        else:
            refused.append(Refused(path.stem, image["file_name"], "file missing"))
    return rows, refused


def write(rows: Sequence[Row], root: Path, path: Path) -> int:
    """Write the films that were looked through for boxes, with their boxes in pixels of the stored films.

    File names are relative to the folder of ``path`` where they can be. Returns how many films were written.
    """
    looked = [row for row in rows if row.boxed]
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, row in enumerate(looked, 1):
        height, width = film_size(root / row.path)
        images.append(
            {
                "id": number,
                "file_name": _relative(root / row.path, path.parent),
                "width": width,
                "height": height,
                "patient": row.patient,
            }
        )
        for box in row.boxes:
            bbox = [box.column * width, box.row * height, box.width * width, box.height * height]
            area = bbox[2] * bbox[3]
            place = len(annotations) + 1
            annotations.append(
                {"id": place, "image_id": number, "category_id": 1, "bbox": bbox, "area": area, "iscrowd": 0}
            )
    categories = [{"id": 1, "name": "lung_opacity", "supercategory": "finding"}]
    document = {"images": images, "annotations": annotations, "categories": categories}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return len(looked)


def _relative(film: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(film.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return film.resolve().as_posix()


def _row(image: dict[str, Any], film: Path, source: str, boxes: Sequence[Sequence[float]]) -> Row:
    width, height = float(image["width"]), float(image["height"])
    parts = tuple(
        BoxPart("lung_opacity", y / height, x / width, down / height, across / width) for x, y, across, down in boxes
    )
    return Row(
        path=film.as_posix(),
        source=source,
        site=source,
        patient=f"{source}:{image.get('patient') or image['file_name']}",
        view="",
        frontal=True,
        adult=None,
        age=None,
        sex="",
        opacity=bool(parts),
        covid=None,
        label="boxes drawn" if parts else "no box drawn",
        boxed=True,
        boxes=parts,
    )
