"""A watched folder: new files are taken in once they have stopped growing; polling, because shares send no news."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from model.film.folder import find_films

Shape = tuple[int, int]
"""Length in bytes and time of the last change in nanoseconds."""


class Watch:
    """Looks into folders again and again; what lies there at the first look counts as new too.

    Parameters
    ----------
    folders
        Folders, searched with all below them.
    known
        Files that are not new.
    """

    def __init__(self, folders: Iterable[Path], known: Iterable[Path] = ()) -> None:
        self._folders = tuple(folders)
        self._taken = set(known)
        self._growing: dict[Path, Shape] = {}

    def look(self) -> list[Path]:
        """Return the files that are new and have the same length and time as at the last look.

        A file that is being copied changes between two looks and waits; so does an empty one. A folder that cannot
        be listed is passed over until it can.
        """
        ready, growing = [], {}
        for path in find_films(self._folders):
            shape = None if path in self._taken else _shape(path)
            if shape is None:
                continue
            if shape[0] and self._growing.get(path) == shape:
                ready.append(path)
            else:
                growing[path] = shape
        self._growing = growing
        self._taken.update(ready)
        return ready


def _shape(path: Path) -> Shape | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return None if path.is_dir() else (status.st_size, status.st_mtime_ns)
