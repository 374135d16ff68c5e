"""darkcovidnet: the films of Ozturk et al. 2020, one folder a class."""

from __future__ import annotations

from pathlib import Path

from training.datasets.collection import DatasetError, Refused, Shelf
from training.datasets.row import Row

NAME = "darkcovidnet"
CLASSES: dict[str, tuple[bool | None, bool]] = {
    "covid-19": (None, True),
    "no_findings": (False, False),
    "pneumonia": (None, False),
}
"""Folder name in lower case: what it says of opacity and of COVID-19."""


def read(root: Path) -> tuple[list[Row], list[Refused]]:
    """Read the collection below ``root``; every film is its own patient, since the collection names none.

    Raises
    ------
    DatasetError
        When none of the class folders is there.
    """
    folders = [path for path in sorted((root / NAME).iterdir()) if path.name.lower() in CLASSES]
    if not folders:
        raise DatasetError("no_classes", f"{root / NAME} has none of the folders Covid-19, No_findings, Pneumonia.")
    rows = [_row(name, path, folder.name) for folder in folders for name, path in Shelf(root, folder).items()]
    return rows, []


def _row(name: str, path: str, folder: str) -> Row:
    opacity, covid = CLASSES[folder.lower()]
    return Row(
        path=path,
        source=NAME,
        site=folder.lower(),
        patient=f"{NAME}:{folder.lower()}/{name}",
        view="",
        frontal=True,
        adult=None,
        age=None,
        sex="",
        opacity=opacity,
        covid=covid,
        label=folder,
    )
