"""The table of contents of a DICOM medium: which files it names (PS3.3 annex F, PS3.10 8)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from model.errors import FilmError
from model.film.formats import Kind, probe, unreadable
from model.film.header import Header, read_header

_NOT_IMAGES = frozenset({"PATIENT", "STUDY", "SERIES", "PRIVATE"})


def read_dicomdir(path: Path) -> tuple[Path, ...]:
    """Return the files a DICOMDIR refers to, in its order.

    Parameters
    ----------
    path
        The DICOMDIR file; what it names lies beside and below it.

    Returns
    -------
    tuple of Path
        Each file once. Names are matched without regard to case and to the version suffix of ISO 9660,
        as media copied to a disk need it; those that are not there are returned as written, so that
        opening them says so. Names that point outside the medium are left out.

    Raises
    ------
    FilmError
        ``not_a_dicomdir`` or ``damaged``.
    """
    if probe(path) is not Kind.DICOMDIR:
        raise FilmError("not_a_dicomdir", "It is not a DICOMDIR, so it names no films; open the films themselves.")
    try:
        with path.open("rb") as file:
            header = read_header(file)
            names = list(dict.fromkeys(_referenced(header)))
    except OSError as error:
        raise unreadable(error) from error
    listings: dict[Path, dict[str, str]] = {}
    return tuple(_resolve(path.parent, parts, listings) for parts in names)


def _referenced(header: Header) -> Iterator[tuple[str, ...]]:
    for record in header.items("DirectoryRecordSequence"):
        item = header.within(record)
        value = item.get("ReferencedFileID")
        if value is None or item.word("DirectoryRecordType") in _NOT_IMAGES:
            continue
        parts = tuple(str(part).strip() for part in ([value] if isinstance(value, str) else value))
        if parts and not any(part in ("", ".", "..") or "/" in part or "\\" in part or ":" in part for part in parts):
            yield parts


def _resolve(root: Path, parts: tuple[str, ...], listings: dict[Path, dict[str, str]]) -> Path:
    """Find a file by names whose case and suffix the copying may have changed."""
    found = root
    for part in parts:
        if found not in listings:
            listings[found] = _listing(found)
        found = found / listings[found].get(_plain(part), part)
    return found


def _listing(folder: Path) -> dict[str, str]:
    try:
        return {_plain(entry.name): entry.name for entry in os.scandir(folder)}
    except OSError:
        return {}


def _plain(name: str) -> str:
    return name.split(";", maxsplit=1)[0].rstrip(".").casefold()
