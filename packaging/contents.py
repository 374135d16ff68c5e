"""Lists what a built application holds, by hash, so that builds can be compared; refuses one that would not run.

    build/venv/bin/python packaging/contents.py dist/negatoscope

prints a line ``SHA-256 bytes name`` for every file and, as ``PROGRAM!module``, for everything inside its program.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

MISSING = re.compile(r"^(?:missing|excluded) module named '?([\w.]+)'? - imported by (.*)$")
IMPORTER = re.compile(r"([\w.]+) \(([^)]*)\)")
OURS = ("viewer", "model", "resources")


class ContentsError(Exception):
    """The application would not run everywhere."""


def line(name: str, content: bytes) -> str:
    """Return what is listed of one file or module."""
    return f"{hashlib.sha256(content).hexdigest()} {len(content):9} {name}"


def modules(program: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of everything that PyInstaller put inside a program, its archive of modules included."""
    from PyInstaller.archive.readers import CArchiveReader

    outer = CArchiveReader(str(program))
    for name in sorted(outer.toc):
        if not name.endswith(".pyz"):
            yield name, outer.extract(name)
            continue
        inner = outer.open_embedded_archive(name)
        for module in sorted(inner.toc):
            yield module, inner.extract(module, raw=True) or b""


def listing(application: Path) -> list[str]:
    """Return the lines of an application's folder, sorted by name."""
    lines = []
    for path in sorted(application.rglob("*")):
        name = path.relative_to(application).as_posix()
        if path.is_symlink():
            lines.append(f"{'link':64} {0:9} {name} -> {path.readlink()}")
        elif path.is_file():
            lines.append(line(name, path.read_bytes()))
            if path.parent == application and path.stem.startswith("negatoscope"):
                lines += [line(f"{name}!{module}", content) for module, content in modules(path)]
    return lines


def missing_imports(warnings: Iterable[str]) -> list[str]:
    """Return a sentence for each module that ours import and the recipe leaves out.

    ``warnings`` are the lines of PyInstaller's own list. Imports in a ``try`` ("optional") and under an ``if``
    ("conditional") may be missing.
    """
    found = []
    for warning in warnings:
        if match := MISSING.match(warning):
            for importer, how in IMPORTER.findall(match.group(2)):
                if importer.split(".")[0] in OURS and not {"optional", "conditional"} & set(how.split(", ")):
                    found.append(f"{importer} imports {match.group(1)}, which the recipe leaves out.")
    return found


def check_imports(warnings: Path) -> None:
    """Refuse an application one of whose own modules would fail to be imported.

    Raises
    ------
    ContentsError
        Naming them.
    """
    if found := missing_imports(warnings.read_text(encoding="utf-8").splitlines()):
        raise ContentsError("\n".join(found))


if __name__ == "__main__":
    print("\n".join(listing(Path(sys.argv[1]))))
