"""covid-segmentations: films of covid-chestxray on which radiologists masked lungs, heart and opacities."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from training.datasets.collection import DatasetError, Refused, Shelf, adult, host, read_table, sex, stem, years
from training.datasets.covid_chestxray import FRONTAL_VIEWS, covid_of, film_view
from training.datasets.row import MaskPart, PixelKind, Row

NAME = "covid-segmentations"
KINDS: dict[str, PixelKind] = {
    "Ground Glass Opacities": "opacity",
    "Consolidation": "opacity",
    "Left Lung": "lungs",
    "Right Lung": "lungs",
    "Cardiomediastinum": "heart",
}
_COLUMNS = ("Template Name", "Filename", "Image", "Mask", "Resolution", "Top", "Left", "Width", "Height")
_FILM_COLUMNS = ("patientid", "sex", "age", "finding", "view", "modality", "filename", "url")


def read(root: Path) -> tuple[list[Row], list[Refused]]:
    """Read the collection below ``root``: one row a film with all its masks.

    Every film was looked through for lungs, opacity and heart, so ``opacity`` is what the masks say.
    A film with a mask file missing is refused, since its other masks would then be incomplete.
    """
    folder = root / NAME
    table = read_table(folder / "structure.csv", _COLUMNS)
    words = read_table(folder / "metadata.csv", _FILM_COLUMNS)
    known = {stem(entry["filename"]): entry for _, entry in words.iterrows()}
    films, masks = Shelf(root, folder / "images"), Shelf(root, folder / "masks")
    rows: list[Row] = []
    refused: list[Refused] = []
    for name, entries in table.groupby("Filename", sort=True):
        path = films.find(str(name)) or films.find(str(entries["Image"].iloc[0]))
        parts, lacking = _parts(entries, masks)
        if path is None or lacking:
            reason = "file missing" if path is None else f"mask file missing: {lacking[0]}"
            refused.append(Refused(NAME, str(name), reason))
        elif stem(str(name)) not in known:
            refused.append(Refused(NAME, str(name), "not in metadata.csv"))
        else:
            rows.append(_row(known[stem(str(name))], path, parts))
    return rows, refused


def _parts(entries: pd.DataFrame, masks: Shelf) -> tuple[tuple[MaskPart, ...], list[str]]:
    parts: list[MaskPart] = []
    lacking: list[str] = []
    for _, entry in entries.iterrows():
        kind = KINDS.get(entry["Template Name"])
        if kind is None:
            continue
        path = masks.find(entry["Mask"]) if entry["Mask"] else None
        if path is None:
            lacking.append(entry["Mask"])
        else:
            parts.append(_part(entry, path, kind))
    return tuple(parts), lacking


def _part(entry: pd.Series[str], path: str, kind: PixelKind) -> MaskPart:
    width, cross, height = entry["Resolution"].partition("x")
    if not cross:
        raise DatasetError("resolution", f"structure.csv says Resolution {entry['Resolution']!r}; it should be WxH.")
    top, left = int(entry["Top"]), int(entry["Left"])
    return MaskPart(path, kind, top, left, int(entry["Height"]), int(entry["Width"]), int(height), int(width))


def _row(entry: pd.Series[str], path: str, parts: tuple[MaskPart, ...]) -> Row:
    view = film_view(entry["view"], entry["modality"])
    age = years(entry["age"])
    return Row(
        path=path,
        source=NAME,
        site=host(entry["url"]) or "unknown",
        patient=f"covid-chestxray:{entry['patientid'].strip()}",
        view=view,
        frontal=view in FRONTAL_VIEWS,
        adult=adult(age),
        age=age,
        sex=sex(entry["sex"]),
        opacity=any(part.kind == "opacity" for part in parts),
        covid=covid_of(entry["finding"]),
        label=entry["finding"].strip(),
        masked=("lungs", "opacity", "heart"),
        masks=parts,
    )
