"""Reads from an application's own files what they ask of the Linux system that they will run on."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bootstrap import QT_LIBRARIES
from contents import ContentsError

LIBC = re.compile(r"(ld-linux.*|lib(c|dl|m|pthread|resolv|rt|util))\.so\.\d+$")
PACKAGES = QT_LIBRARIES | {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
"""What is taken from the system, and the Debian package that brings it."""
MAGIC = b"\x7fELF"


@dataclass(frozen=True, slots=True)
class Needs:
    """Libraries that do not lie inside, and the oldest C library that has every symbol, e.g. ``(2, 36)``."""

    libraries: frozenset[str]
    glibc: tuple[int, ...]


def programs(application: Path) -> list[Path]:
    """Return the programs and libraries of an application: files that begin as ELF does."""
    files = [path for path in sorted(application.rglob("*")) if path.is_file() and not path.is_symlink()]
    return [path for path in files if begins_with(path, MAGIC)]


def begins_with(path: Path, magic: bytes) -> bool:
    """Tell whether a file begins with these bytes."""
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def read(application: Path) -> Needs:
    """Return what an application asks of the system."""
    headers = subprocess.check_output(["objdump", "--private-headers", *programs(application)], text=True)
    inside = {path.name for path in application.rglob("*")} | set(re.findall(r"SONAME +(\S+)", headers))
    outside = set(re.findall(r"NEEDED +(\S+)", headers)) - inside
    versions = {tuple(map(int, version.split("."))) for version in re.findall(r"\bGLIBC_(\d[\d.]*)", headers)}
    return Needs(frozenset(name for name in outside if not LIBC.match(name)), max(versions))


def check(needs: Needs) -> None:
    """Refuse an application that asks for a library which no dependency of its package brings.

    Raises
    ------
    ContentsError
        Naming the libraries.
    """
    if unknown := sorted(needs.libraries - PACKAGES.keys()):
        raise ContentsError(
            f"The application needs {', '.join(unknown)}, which lies neither inside nor in a package that it depends "
            "on: keep it in packaging/negatoscope.spec, drop what needs it, or name its package in "
            "packaging/linux_needs.py."
        )
