"""What a drop or the clipboard holds, as paths."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl


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
