"""covid-chestxray: films and CT slices of COVID-19 and other pneumonias from publications (ieee8023)."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from PIL import Image

from training.datasets.collection import Refused, Shelf, adult, host, read_table, sex, stem, years
from training.datasets.row import MaskPart, Row

NAME = "covid-chestxray"
FRONTAL_VIEWS = frozenset({"PA", "AP", "AP Supine", "AP Erect"})
VIEW_WORDS = {"APS": "AP Supine", "Axial": "CT", "Coronal": "CT", "Lateral": "L", "?": ""}
_COLUMNS = ("patientid", "sex", "age", "finding", "view", "modality", "filename", "url", "clinical_notes")
_NORMAL_FILM = re.compile(
    r"(normal|unremarkable|clear)\s+(chest|cxr|lung)|(radiograph|x-?ray|cxr|film)s?\s+(is|was|were|are|shows?|showed)?\s*"
    r"(normal|unremarkable|clear|negative)|no\s+(obvious\s+|significant\s+|visible\s+)?(abnormalit|opacit|infiltrat|consolid)",
    re.IGNORECASE,
)


def read(root: Path) -> tuple[list[Row], list[Refused]]:
    """Read the collection below ``root``.

    A film under several patient ids gives one row for each; whoever joins rows sees that they are one film.
    Films whose finding is still ``todo`` and missing files are refused.
    """
    folder = root / NAME
    table = read_table(folder / "metadata.csv", _COLUMNS)
    films = Shelf(root, folder / "images")
    lungs = Shelf(root, folder / "lung-masks")
    scores = _severity(folder / "annotations" / "covid-severity-scores.csv")
    rows: list[Row] = []
    refused: list[Refused] = []
    for _, entry in table.iterrows():
        path = films.find(entry["filename"])
        if entry["finding"].strip().lower() == "todo":
            refused.append(Refused(NAME, entry["filename"], "label still to be given (todo)"))
        elif path is None:
            refused.append(Refused(NAME, entry["filename"], "file missing"))
        else:
            mask = lungs.find(entry["filename"])
            part = None if mask is None else whole_film_mask(root, mask)
            rows.append(_row(entry, path, part, scores.get(stem(entry["filename"]))))
    return rows, refused


def film_view(view: str, modality: str) -> str:
    """Return the view in the row's words: "CT" for every slice, "" when it is not known."""
    if modality.strip().upper() == "CT":
        return "CT"
    return VIEW_WORDS.get(view.strip(), view.strip())


def covid_of(finding: str) -> bool | None:
    """Tell whether the collection's finding says COVID-19; None when the finding is not known."""
    words = finding.strip().lower()
    if words in ("", "unknown", "todo"):
        return None
    return "covid-19" in words


def opacity_of(finding: str, notes: str, severity: float | None) -> bool | None:
    """Tell whether the film shows lung opacity.

    The raters' extent decides where given (0 is none, below 0.5 of 8 too little to say). Else every pneumonia is some,
    unless the notes speak of a normal film, which leaves it open. "No Finding" leaves it open too: it speaks of the
    cause, and several such films show plain opacities.
    """
    if severity is not None:
        return None if 0.0 < severity < 0.5 else severity > 0.0
    words = finding.strip().lower()
    if words in ("", "unknown", "no finding"):
        return None
    return None if _NORMAL_FILM.search(notes) else True


def whole_film_mask(root: Path, path: str) -> MaskPart:
    """Return the lung mask that covers a whole film."""
    with Image.open(root / path) as picture:
        width, height = picture.size
    return MaskPart(path, "lungs", 0, 0, height, width, height, width)


def _severity(path: Path) -> dict[str, float]:
    if not path.is_file():
        return {}
    table = read_table(path, ("filename", "geographic_mean"), comment="#")
    return {stem(name): float(score) for name, score in zip(table["filename"], table["geographic_mean"], strict=True)}


def _row(entry: pd.Series[str], path: str, lungs: MaskPart | None, severity: float | None) -> Row:
    view = film_view(entry["view"], entry["modality"])
    age = years(entry["age"])
    return Row(
        path=path,
        source=NAME,
        site=host(entry["url"]) or "unknown",
        patient=f"{NAME}:{entry['patientid'].strip()}",
        view=view,
        frontal=view in FRONTAL_VIEWS,
        adult=adult(age),
        age=age,
        sex=sex(entry["sex"]),
        opacity=opacity_of(entry["finding"], entry["clinical_notes"], severity),
        covid=covid_of(entry["finding"]),
        label=entry["finding"].strip(),
        masked=("lungs",) if lungs else (),
        masks=(lungs,) if lungs else (),
        severity=severity,
    )
