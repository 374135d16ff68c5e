"""Files to look at: everything below the given paths, each once, in an order people expect."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from model.errors import FilmError
from model.film.formats import Kind, probe

_HIDDEN = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def find_films(paths: Iterable[Path], archives: bool = False) -> Iterator[Path]:
    """Find the files that may be films.

    Folders are searched recursively, symbolic links are followed once, so loops end. Whether a file is
    a film is for :func:`model.film.open_film` to say: everything but the droppings of file managers is
    returned.

    Parameters
    ----------
    paths
        Files and folders; what is missing or may not be listed is passed on, so that opening it gives the
        reason.
    archives
        Look into ZIP archives: their members are found as the archive's path followed by the names inside.

    Yields
    ------
    Path
        Files, those of one folder in natural order ("film 2" before "film 10").
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        for found in _below(path, seen):
            yield from _unpacked(found) if archives else (found,)


def _unpacked(path: Path) -> Iterator[Path]:
    """Yield the members of a ZIP archive, or the path itself when it is none or cannot be read."""
    from model.film.archive import members_of

    try:
        if probe(path) is Kind.ZIP:
            yield from members_of(path)
            return
    except FilmError:
        pass
    yield path


def _below(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Walk without recursion: folders may be nested deeper than calls may be."""
    ahead = [path]
    while ahead:
        path = ahead.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
            elif (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                ahead += reversed(_entries(path))
        except OSError:
            yield path


def _entries(folder: Path) -> list[Path]:
    """Return the entries of a folder in natural order."""
    names = [entry.name for entry in os.scandir(folder) if entry.name not in _HIDDEN]
    return [folder / name for name in sorted(names, key=natural_order)]


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key by which numbers in a name count as numbers."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in re.split(r"(\d+)", name) if part
    ]
