"""What one collection gives: its rows, and the films that were refused with the reason; plus the shelf of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pandas as pd

from model.errors import NegatoscopeError
from model.film import open_film

FILM_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".dcm"})
ADULT_YEARS = 18.0


class DatasetError(NegatoscopeError):
    """A collection is not in its published layout."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A film of a collection that is left out, and why."""

    source: str
    name: str
    reason: str


class Shelf:
    """The image files of a folder, found by stem whatever the ending, since copies change endings.

    Parameters
    ----------
    root
        The data root; found paths are relative to it, with forward slashes.
    folder
        Where to look, itself and everything below; an absent folder is an empty shelf.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._paths: dict[str, str] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in FILM_ENDINGS:
                self._paths.setdefault(path.stem, path.relative_to(root).as_posix())

    def find(self, name: str) -> str | None:
        """Return the path of the file called ``name`` whatever its ending, None when it is not there."""
        return self._paths.get(stem(name))

    def items(self) -> Iterable[tuple[str, str]]:
        """Return (stem, path) of every file, in order of path."""
        return self._paths.items()

    def __len__(self) -> int:
        return len(self._paths)


def film_size(path: Path) -> tuple[int, int]:
    """Return rows and columns of a film of any format, as it is shown.

    Raises
    ------
    FilmError
        When it cannot be opened.
    """
    film = open_film(path)
    return film.rows, film.columns


def stem(name: str) -> str:
    """Return the file name without folder and without a film's ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    head, dot, ending = last.rpartition(".")
    return head if dot and f".{ending.lower()}" in FILM_ENDINGS else last


def read_table(path: Path, columns: Iterable[str], comment: str | None = None) -> pd.DataFrame:
    """Read a CSV as text, blanks as "".

    Raises
    ------
    DatasetError
        When the table is missing or lacks one of ``columns``.
    """
    if not path.is_file():
        raise DatasetError("table_missing", f"{path} is missing: put the collection's own table there.")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, comment=comment, index_col=False)
    lacking = [name for name in columns if name not in table.columns]
    if lacking:
        raise DatasetError("table_columns", f"{path} has no column {', '.join(lacking)}: is it the published table?")
    return table


def years(text: str) -> float | None:
    """Read an age in years; None when it is blank, no number or outside 0 .. 120."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[Yy]?\s*", text)
    age = float(match.group(1)) if match else -1.0
    return age if 0.0 <= age <= 120.0 else None


def adult(age: float | None) -> bool | None:
    """Tell whether the age is an adult's; None when it is not known."""
    return None if age is None else age >= ADULT_YEARS


def sex(text: str) -> str:
    """Return "M", "F" or ""."""
    first = text.strip()[:1].upper()
    return first if first in ("M", "F") else ""


def host(url: str) -> str:
    """Return the web host of an address without "www.", "" when there is none."""
    return urlparse(url.strip()).netloc.lower().removeprefix("www.")
