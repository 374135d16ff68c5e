"""own_csv: films of one's own, named in a table ``path,label[,view,patient,age,sex,site,boxes]``."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.errors import FilmError
from training.datasets.collection import DatasetError, Refused, adult, film_size, read_table, sex, years
from training.datasets.row import BoxPart, Row

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
    without a patient column every film is its own patient. ``boxes`` holds boxes of opacity in pixels of the film,
    "x y width height" each, parted by semicolons; "none" where somebody looked and found none, blank where nobody did.

    Raises
    ------
    DatasetError
        When a label is none of ``LABELS``, or boxes cannot be read or contradict the label.
    """
    rows: list[Row] = []
    refused: list[Refused] = []
    for number, (_, entry) in enumerate(read_table(table, ("path", "label")).iterrows(), 2):
        try:
            rows.append(_row(entry, table))
        except (_NotUsableError, FilmError) as error:
            refused.append(Refused(table.stem, entry["path"], error.message))
        except DatasetError as error:
            raise DatasetError(error.code, f"{table.name}, line {number}: {error.message}") from None
    return rows, refused


class _NotUsableError(DatasetError):
    """One film cannot be used; the others can."""


def _known(label: str) -> tuple[bool | None, bool | None]:
    """Return what the label says of opacity and of COVID-19."""
    if label == "todo":
        raise _NotUsableError("todo", "label still to be given (todo)")
    if label not in LABELS:
        raise DatasetError("label", f"label {label!r} is not known; use one of {', '.join(LABELS)} or todo.")
    return LABELS[label]


def _boxes(text: str, path: Path) -> tuple[BoxPart, ...]:
    """Return boxes in fractions of the film."""
    if text.lower() in ("", "none"):
        return ()
    rows, columns = film_size(path)
    parts = []
    for part in text.split(";"):
        try:
            x, y, width, height = (float(number) for number in part.replace(",", " ").split())
        except ValueError:
            words = f"box {part.strip()!r} is not four numbers; write x y width height in pixels."
            raise DatasetError("boxes", words) from None
        parts.append(BoxPart("lung_opacity", y / rows, x / columns, height / rows, width / columns))
    return tuple(parts)


def _row(entry: pd.Series[str], table: Path) -> Row:
    source, label, drawn = table.stem, entry["label"].strip(), entry.get("boxes", "").strip()
    path = (table.parent / entry["path"]).resolve()
    opacity, covid = _known(label.lower())
    if not path.is_file():
        raise _NotUsableError("missing", "file missing")
    boxes = _boxes(drawn, path)
    if drawn and opacity not in (None, bool(boxes)):
        raise DatasetError("boxes", f"label {label!r} and boxes {drawn!r} contradict each other; correct one of them.")
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
        opacity=bool(boxes) if drawn else opacity,
        covid=covid,
        label=label,
        boxed=bool(drawn),
        boxes=boxes,
    )
