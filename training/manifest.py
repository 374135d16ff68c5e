"""The manifest: every film of every collection with its group and split, and what was refused or joined; as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from model.errors import FilmError, NegatoscopeError
from model.film import open_film
from model.net.preprocess import display_grey
from training.datasets import (
    coco,
    coronahack,
    covid_chestxray,
    covid_cxnet,
    covid_segmentations,
    darkcovidnet,
    nih,
    own_csv,
)
from training.datasets.collection import Refused, stem
from training.datasets.row import BoxPart, MaskPart, Row, Split
from training.duplicates import Picture, find_pairs, shrink
from training.groups import Join, join
from training.splits import SPLITS, USUAL, Division, split

SCHEMA = "negatoscope-manifest-1"
READERS = {
    module.NAME: module.read
    for module in (covid_chestxray, covid_segmentations, nih, coronahack, covid_cxnet, darkcovidnet)
}
SMALLEST_PX = 64
FEWEST_LEVELS = 16
"""A film with fewer grey levels was spoilt on its way, or never was a film."""


class ManifestError(NegatoscopeError):
    """A manifest cannot be made or read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The films below ``root`` that may be used, each with group and split."""

    root: Path
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]
    joins: tuple[Join, ...]
    seed: int

    def of(self, *splits: Split) -> tuple[Row, ...]:
        """Return the rows of these splits."""
        return tuple(row for row in self.rows if row.split in splits)


def build(
    root: Path,
    sources: Sequence[str] | None = None,
    own: Sequence[Path] = (),
    division: Division = USUAL,
    progress: Callable[[str, float], None] | None = None,
) -> Manifest:
    """Read the collections below ``root`` (all that are there, or those named) and one's own tables into a manifest.

    Parameters
    ----------
    root
        The data root.
    sources
        Names of collections; None takes all that are there.
    own
        One's own films: CSV (``own_csv``) or COCO JSON (``coco``).
    division
        How films are divided among the splits.
    progress
        Called with the step in hand and the share of it that is done.

    Raises
    ------
    ManifestError
        When a named source is not known or not there, or nothing usable was found.
    """
    root = root.resolve()
    tell = progress or (lambda step, share: None)
    rows, refused = _read_sources(root, sources)
    for table in own:
        more, bad = (coco if table.suffix.lower() == ".json" else own_csv).read(table)
        rows.extend(more)
        refused.extend(bad)
    rows, pictures, unreadable = _pictures(root, rows, lambda share: tell("reading films", share))
    if not rows:
        raise ManifestError("empty", f"no usable film was found below {root}: is it the data root?")
    joined, joins = join(rows, find_pairs(pictures, lambda share: tell("looking for near-duplicates", share)))
    final = split(merge_twins(joined), division)
    return Manifest(root, tuple(final), (*refused, *unreadable), tuple(joins), division.seed)


def merge_twins(rows: Sequence[Row]) -> list[Row]:
    """Put what covid-chestxray knows of a film onto its masked twin in covid-segmentations, and drop the former.

    The masked copy stays, since masks are drawn on it; the twin's severity score and patient go with it.
    """
    masked = {stem(row.path): row for row in rows if row.source == covid_segmentations.NAME}
    merged: list[Row] = []
    twins: dict[str, Row] = {}
    for row in rows:
        if row.source == covid_chestxray.NAME and stem(row.path) in masked:
            twins[stem(row.path)] = row
        else:
            merged.append(row)
    return [
        replace(row, severity=twins[stem(row.path)].severity)
        if row.source == covid_segmentations.NAME and stem(row.path) in twins
        else row
        for row in merged
    ]


def write(manifest: Manifest, path: Path) -> None:
    """Write the manifest as JSON."""
    document = {
        "schema": SCHEMA,
        "root": manifest.root.as_posix(),
        "seed": manifest.seed,
        "rows": [asdict(row) for row in manifest.rows],
        "refused": [asdict(item) for item in manifest.refused],
        "joins": [asdict(item) for item in manifest.joins],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")


def read(path: Path, root: Path | None = None) -> Manifest:
    """Read a manifest; ``root`` overrides the data root written in it.

    Raises
    ------
    ManifestError
        When the file is no manifest of this schema or a row lacks or adds fields.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ManifestError("unreadable", f"{path} is not readable as a manifest: run prepare again.") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ManifestError("schema", f"{path} is no manifest of schema {SCHEMA}: run prepare again.")
    rows = tuple(_row(item) for item in document["rows"])
    refused = tuple(Refused(**_checked(Refused, item)) for item in document["refused"])
    joins = tuple(_join(item) for item in document["joins"])
    return Manifest(root or Path(document["root"]), rows, refused, joins, int(document["seed"]))


def _read_sources(root: Path, sources: Sequence[str] | None) -> tuple[list[Row], list[Refused]]:
    wanted = [name for name in READERS if (root / name).is_dir()] if sources is None else list(sources)
    rows: list[Row] = []
    refused: list[Refused] = []
    for name in wanted:
        if name not in READERS or not (root / name).is_dir():
            known = ", ".join(READERS)
            raise ManifestError("source", f"there is no collection {name} below {root}; known are {known}.")
        more, bad = READERS[name](root)
        rows.extend(more)
        refused.extend(bad)
    return rows, refused


def _pictures(
    root: Path, rows: Iterable[Row], progress: Callable[[float], None]
) -> tuple[list[Row], list[Picture], list[Refused]]:
    usable: list[Row] = []
    pictures: list[Picture] = []
    refused: list[Refused] = []
    listed = list(rows)
    for number, row in enumerate(listed):
        try:
            picture = _picture(root / row.path)
            _check(row, picture)
        except (FilmError, ManifestError) as error:
            refused.append(Refused(row.source, row.path, error.message))
        else:
            usable.append(row)
            pictures.append(shrink(picture))
        if number % 100 == 0:
            progress(number / len(listed))
    return usable, pictures, refused


def _picture(path: Path) -> Picture:
    """Return a film as grey levels; 8-bit images as they are, everything else as the viewer would show it."""
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE | cv2.IMREAD_ANYDEPTH)
    if picture is not None and picture.dtype == np.uint8:
        return np.asarray(picture, np.uint8)
    film = open_film(path)
    return display_grey(film, film.rows, film.columns)


def _check(row: Row, picture: Picture) -> None:
    """Refuse what no network can learn from.

    Raises
    ------
    ManifestError
        With the reason.
    """
    levels = int(np.count_nonzero(np.bincount(picture.ravel(), minlength=256)))
    if min(picture.shape) < SMALLEST_PX:
        raise ManifestError("size", f"smaller than {SMALLEST_PX} px")
    if levels < FEWEST_LEVELS:
        words = f"wrong pixel range: fewer than {FEWEST_LEVELS} grey levels, as in a mask or in values of 0 to 1"
        raise ManifestError("range", "blank" if levels == 1 else words)
    if not all(_within(box) for box in row.boxes):
        raise ManifestError("boxes", "a box reaches beyond the film")


def _within(box: BoxPart) -> bool:
    """Tell whether a box lies on the film, but for the width of a drawn line."""
    slack = 0.01
    ends = (box.row, box.column, 1 - box.row - box.height, 1 - box.column - box.width)
    return min(ends) >= -slack and min(box.height, box.width) > 0


def _checked(kind: type, item: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    if set(item) != names:
        odd = ", ".join(sorted(names.symmetric_difference(item)))
        raise ManifestError("fields", f"a {kind.__name__} of the manifest lacks or adds {odd}: run prepare again.")
    return dict(item)


def _row(item: Mapping[str, Any]) -> Row:
    known = _checked(Row, item)
    known["masks"] = tuple(MaskPart(**_checked(MaskPart, part)) for part in known["masks"])
    known["boxes"] = tuple(BoxPart(**_checked(BoxPart, part)) for part in known["boxes"])
    known["masked"] = tuple(known["masked"])
    if known["split"] not in (*SPLITS, None):
        raise ManifestError("split", f"split {known['split']!r} is none of {', '.join(SPLITS)}: run prepare again.")
    return Row(**known)


def _join(item: Mapping[str, Any]) -> Join:
    known = _checked(Join, item)
    known["patients"] = tuple(known["patients"])
    return Join(**known)
