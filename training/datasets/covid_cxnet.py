"""covid-cxnet: frontal films of COVID-19 patients gathered from publications and posts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from training.datasets.collection import Refused, Shelf, adult, host, read_table, sex, stem, years
from training.datasets.row import Row

NAME = "covid-cxnet"
_COLUMNS = ("filename", "patient_id", "sex", "age", "view", "location", "opacification", "url")


def read(root: Path) -> tuple[list[Row], list[Refused]]:
    """Read the collection below ``root``; films without an entry in its table are each their own patient.

    A number that ends in "-" is the collection's sign for a positive patient whose film shows no abnormality.
    """
    folder = root / NAME
    table = read_table(folder / "metadata.csv", _COLUMNS)
    entries = {stem(entry["filename"]): entry for _, entry in table.iterrows()}
    films = Shelf(root, folder / "images")
    rows = [_row(name, path, entries.get(name)) for name, path in films.items()]
    refused = [Refused(NAME, name, "file missing") for name in entries if films.find(name) is None]
    return rows, refused


def _row(name: str, path: str, entry: pd.Series[str] | None) -> Row:
    known: dict[str, str] = {} if entry is None else {str(key): str(value) for key, value in entry.items()}
    age = years(known.get("age", ""))
    clear = name.endswith("-") or known.get("opacification", "") in ("0", "0.0")
    return Row(
        path=path,
        source=NAME,
        site=host(known.get("url", "")) or "unknown",
        patient=f"{NAME}:{known['patient_id']}" if known.get("patient_id") else f"{NAME}:film-{name}",
        view=known.get("view", ""),
        frontal=True,
        adult=adult(age),
        age=age,
        sex=sex(known.get("sex", "")),
        opacity=not clear,
        covid=True,
        label="COVID-19, no visible abnormality" if clear else "COVID-19",
    )
