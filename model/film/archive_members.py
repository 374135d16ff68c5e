"""What an archive's table of names holds: files under the names they were meant to have, and which are refused."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from model.errors import FilmError

MAX_MEMBERS = 200_000
"""Names in one archive: ten times the films of a large clinic's year; the table of names alone takes memory."""
MAX_MEMBER = 1 << 29
"""512 MiB out of one member: the longest recordings; a single film takes a tenth of it."""
MAX_PACKING = 1_100
"""Bytes out per byte in: deflate cannot do better than 1032, so more is a lie in the table of names."""

_UTF8 = 0x800
_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive.

    ``inside`` holds the names from the outermost archive inwards, as they are shown. ``size`` is the
    unpacked length in bytes that the archive states. ``refusal_code`` and ``refusal`` say why it will
    not be opened, "" when it may be.
    """

    archive: Path
    inside: tuple[str, ...]
    size: int
    refusal_code: str = ""
    refusal: str = ""

    @property
    def name(self) -> str:
        """Return the name for people, nested archives separated by "›"."""
        return " › ".join(self.inside)


def entries_of(container: Any) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by the name they are shown by."""
    if len(container.infolist()) > MAX_MEMBERS:
        raise FilmError("too_large", f"The archive lists more than {MAX_MEMBERS:,} files; unpack a part of it.")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in container.infolist():
        name = shown_name(entry)
        if entry.is_dir() or "__MACOSX/" in name or PurePosixPath(name).name in _DROPPINGS:
            continue
        unique, copy = name, 1
        while unique in found:
            copy += 1
            unique = f"{name} ({copy})"
        found[unique] = entry
    return found


def shown_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name as it was meant.

    Names that are not marked as UTF-8 are read as such all the same when they are, else as code page 866
    when that makes every letter Cyrillic: the way Windows in Russian writes them.
    """
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        cyrillic = raw.decode("cp866")
    foreign = [letter for letter in cyrillic if not letter.isascii()]
    return cyrillic if all("\u0400" <= letter <= "\u04ff" or letter == "№" for letter in foreign) else entry.filename


def refusal_of(entry: zipfile.ZipInfo) -> FilmError | None:
    """Refuse a member by what the archive's table says of it, before anything is unpacked."""
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or PureWindowsPath(entry.filename).drive:
        return FilmError("unsafe_name", "Its name points outside the archive, which no honest archive does; refused.")
    if entry.file_size > MAX_MEMBER or entry.file_size > MAX_PACKING * max(1, entry.compress_size):
        return FilmError(
            "too_large",
            f"It states {entry.file_size:,} bytes packed into {entry.compress_size:,}; no film does, it was refused.",
        )
    return None
