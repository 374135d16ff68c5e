"""own_csv: films of one's own, named in a table ``path,label[,view,patient,age,sex]``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from training.datasets.collection import DatasetError, Refused, adult, read_table, sex, years
from training.datasets.row import Row

LABELS: dict[str, tuple[bool | None, bool | None]] = {
    "normal": (False, False),
    "no finding": (False, False),
    "opacity": (True, None),
    "no opacity": (False, None),
    "pneumonia": (True, None),
    "other pneumonia": (True, False),
    "covid": (None, True),
    "covid-19": (None, True),
    "covid opacity": (True, True),
    "covid normal": (False, True),
    "not covid": (None, False),
}
"""Label in lower case: what it says of opacity and of COVID-19."""
FRONTAL = frozenset({"", "PA", "AP", "AP SUPINE", "AP ERECT"})


def read(table: Path) -> tuple[list[Row], list[Refused]]:
    """Read the films named in ``table``; relative paths are taken from the table's folder.

    ``label`` is one of ``LABELS``; ``todo`` and missing files are refused. A blank view is taken as frontal, and
    without a patient column every film is its own patient.

    Raises
    ------
    DatasetError
        When a label is none of ``LABELS``.
    """
    source = table.stem
    rows: list[Row] = []
    refused: list[Refused] = []
    for _, entry in read_table(table, ("path", "label")).iterrows():
        label = entry["label"].strip()
        path = (table.parent / entry["path"]).resolve()
        if label.lower() == "todo":
            refused.append(Refused(source, entry["path"], "label still to be given (todo)"))
        elif not path.is_file():
            refused.append(Refused(source, entry["path"], "file missing"))
        else:
            rows.append(_row(entry, path, source, label))
    return rows, refused


def _row(entry: pd.Series[str], path: Path, source: str, label: str) -> Row:
    if label.lower() not in LABELS:
        raise DatasetError("label", f"{source}: label {label!r} is not known; use one of {', '.join(LABELS)} or todo.")
    opacity, covid = LABELS[label.lower()]
    age = years(entry.get("age", ""))
    view = entry.get("view", "").strip()
    return Row(
        path=path.as_posix(),
        source=source,
        site=entry.get("site", "").strip() or source,
        patient=f"{source}:{entry.get('patient', '').strip() or entry['path']}",
        view=view,
        frontal=view.upper() in FRONTAL,
        adult=adult(age),
        age=age,
        sex=sex(entry.get("sex", "")),
        opacity=opacity,
        covid=covid,
        label=label,
    )
