"""What a drop or the clipboard holds, as paths; what a film that is dragged within the window carries."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap

FILM = "application/x-negatoscope-film"
"""A film on its way from the list or a pane to a pane; no other program knows what to do with it."""


def film_mime(path: Path) -> QMimeData:
    """Return what a film carries while it is dragged."""
    mime = QMimeData()
    mime.setData(FILM, os.fsencode(path))
    return mime


def carry(source: QObject, film: Path, picture: QPixmap) -> None:
    """Let the hand carry a film from here, seen as this picture, until it lets go."""
    drag = QDrag(source)
    drag.setMimeData(film_mime(film))
    drag.setPixmap(picture)
    drag.exec(Qt.DropAction.CopyAction)


def film_in(mime: QMimeData) -> Path | None:
    """Return the path of the film that is dragged, None when something else is."""
    return Path(os.fsdecode(bytes(mime.data(FILM).data()))) if mime.hasFormat(FILM) else None


def paths_in(mime: QMimeData) -> tuple[Path, ...]:
    """Return the local paths in files or in lines of text, each once, in order; text that names no file is left out.

    A line may be a path, a path in quotes, or a ``file://`` address.
    """
    if mime.hasUrls():
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    else:
        lines = (line.strip() for line in mime.text().splitlines())
        paths = [path for line in lines if line and (path := _path(line)) is not None]
    return tuple(dict.fromkeys(paths))


def _path(line: str) -> Path | None:
    if line.startswith("file:"):
        return Path(QUrl(line).toLocalFile())
    unquoted = line[1:-1] if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"" else line
    try:
        path = Path(unquoted).expanduser()
        return path if path.exists() else None
    except (OSError, RuntimeError, ValueError):
        return None
