"""nih: films of ChestX-ray14 with labels mined from reports, and the RSNA radiologists' verdicts and boxes on some."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from training.datasets.collection import Refused, Shelf, adult, read_table, sex, stem, years
from training.datasets.row import BoxPart, Row

NAME = "nih"
SIDE_PX = 1024.0
"""Both box tables use the 1024 x 1024 px of the published files."""
RSNA_OPACITY = {"Lung Opacity": True, "No Lung Opacity / Not Normal": False, "Normal": False}
_OPACITY_BOXES = frozenset({"Pneumonia", "Infiltrate"})
_COLUMNS = ("Image Index", "Finding Labels", "Patient ID", "Patient Age", "Patient Gender", "View Position")


def read(root: Path) -> tuple[list[Row], list[Refused]]:
    """Read the collection below ``root``.

    ``site`` is "rsna" for films with a verdict, which then decides ``opacity``; their label is "RSNA: <verdict>".
    Without one, "No Finding" is (weakly) no opacity, an NIH pneumonia box is opacity, and all other labels leave
    it open. All films date from before 2016, so ``covid`` is False. ``boxed`` holds for films with a verdict only:
    NIH boxes are examples and others may be missing.
    """
    folder = root / NAME
    table = read_table(folder / "Data_Entry_2017_v2020.csv", _COLUMNS)
    films = Shelf(root, folder)
    verdicts, boxes = _rsna(folder / "rsna_boxes.csv")
    for name, more in _nih_boxes(folder / "BBox_List_2017.csv").items():
        if name not in verdicts:
            boxes[name] = more
    rows: list[Row] = []
    refused: list[Refused] = []
    for _, entry in table.iterrows():
        name = entry["Image Index"]
        path = films.find(name)
        if path is None:
            refused.append(Refused(NAME, name, "file missing"))
        else:
            rows.append(_row(entry, path, verdicts.get(name), boxes.get(name, ())))
    return rows, refused


def mined(root: Path) -> dict[str, str]:
    """Return the labels mined from the reports, by stem of the file, also of films with a radiologists' verdict."""
    table = read_table(root / NAME / "Data_Entry_2017_v2020.csv", _COLUMNS)
    return {stem(name): labels for name, labels in zip(table["Image Index"], table["Finding Labels"], strict=True)}


def _rsna(path: Path) -> tuple[dict[str, str], dict[str, tuple[BoxPart, ...]]]:
    verdicts: dict[str, str] = {}
    boxes: dict[str, tuple[BoxPart, ...]] = {}
    if path.is_file():
        for _, entry in read_table(path, ("Image Index", "class", "x", "y", "width", "height")).iterrows():
            name = entry["Image Index"]
            verdicts[name] = entry["class"]
            if entry["x"]:
                numbers = [float(entry[column]) for column in ("x", "y", "width", "height")]
                boxes[name] = (*boxes.get(name, ()), _box(*numbers))
    return verdicts, boxes


def _nih_boxes(path: Path) -> dict[str, tuple[BoxPart, ...]]:
    boxes: dict[str, tuple[BoxPart, ...]] = {}
    if path.is_file():
        table = pd.read_csv(path, header=0, usecols=range(6), names=["name", "label", "x", "y", "width", "height"])
        for entry in table.itertuples(index=False):
            if entry.label in _OPACITY_BOXES:
                box = _box(float(entry.x), float(entry.y), float(entry.width), float(entry.height))  # type: ignore[arg-type]
                boxes[str(entry.name)] = (*boxes.get(str(entry.name), ()), box)
    return boxes


def _box(x: float, y: float, width: float, height: float) -> BoxPart:
    return BoxPart("lung_opacity", y / SIDE_PX, x / SIDE_PX, height / SIDE_PX, width / SIDE_PX)


def _row(entry: pd.Series[str], path: str, verdict: str | None, boxes: tuple[BoxPart, ...]) -> Row:
    age = years(entry["Patient Age"])
    labels = entry["Finding Labels"].strip()
    return Row(
        path=path,
        source=NAME,
        site="rsna" if verdict else "nih",
        patient=f"{NAME}:{entry['Patient ID'].strip()}",
        view=entry["View Position"].strip(),
        frontal=True,
        adult=adult(age),
        age=age,
        sex=sex(entry["Patient Gender"]),
        opacity=_opacity(labels, verdict, bool(boxes)),
        covid=False,
        label=f"RSNA: {verdict}" if verdict else labels,
        boxed=verdict is not None,
        boxes=boxes,
    )


def _opacity(labels: str, verdict: str | None, boxed: bool) -> bool | None:
    if verdict is not None:
        return RSNA_OPACITY.get(verdict)
    if boxed:
        return True
    return False if labels == "No Finding" else None
