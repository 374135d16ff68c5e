"""coronahack: films of children with and without pneumonia (Kermany), collected before COVID-19."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from training.datasets.collection import Refused, Shelf, read_table
from training.datasets.row import Row

NAME = "coronahack"
_COLUMNS = ("X_ray_image_name", "Label", "Label_1_Virus_category", "Label_2_Virus_category")
_PATIENT = re.compile(r"(person\d+|IM-\d+)")


def read(root: Path) -> tuple[list[Row], list[Refused]]:
    """Read the collection below ``root``.

    Bacterial pneumonia is opacity; the diffuse interstitial pattern of viral pneumonia leaves it open. The full
    collection also holds some films of adults copied from covid-chestxray (a second virus category): of these
    the age is not known.
    """
    folder = root / NAME
    table = read_table(folder / "Chest_xray_Corona_Metadata.csv", _COLUMNS)
    films = Shelf(root, folder)
    rows: list[Row] = []
    refused: list[Refused] = []
    for _, entry in table.iterrows():
        path = films.find(entry["X_ray_image_name"])
        if path is None:
            refused.append(Refused(NAME, entry["X_ray_image_name"], "file missing"))
        else:
            rows.append(_row(entry, path))
    return rows, refused


def patient_of(name: str) -> str:
    """Return what the file name says of the patient; equal numbers are taken as one patient, never too few."""
    match = _PATIENT.search(name)
    return match.group(1) if match else name


def _row(entry: pd.Series[str], path: str) -> Row:
    kind, second = entry["Label_1_Virus_category"].strip(), entry["Label_2_Virus_category"].strip()
    normal = entry["Label"].strip() == "Normal"
    copied = bool(second)
    return Row(
        path=path,
        source=NAME,
        site="copied" if copied else "guangzhou",
        patient=f"{NAME}:{patient_of(entry['X_ray_image_name'])}",
        view="" if copied else "AP",
        frontal=not copied,
        adult=None if copied else False,
        age=None,
        sex="",
        opacity=False if normal else (True if kind == "bacteria" else None),
        covid=second == "COVID-19",
        label="Normal" if normal else f"Pneumonia {second or kind}".strip(),
    )
