"""Finds out whose work travels inside the application, refuses what may not, and gathers the licence texts.

The recipe hands over every file that PyInstaller collected. Each is ours, or belongs to a Python distribution, to
Python itself, or, on Linux, to a package of the system that it was built on.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TEXTS = HERE / "texts"
"""Licence texts of parts whose wheels bring none."""
TEXTS_OF = {
    "pyside6-essentials": ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
}
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?/.+|(licen[cs]e|copying|notice|authors)[^/]*)$", re.IGNORECASE)
REFUSED = re.compile(r"(?<!L)(?<!Lesser )A?GPL|(?<!Lesser )General Public License", re.IGNORECASE)
CHOSEN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "Apache-2.0",
}
"""What is chosen where a part offers several licences: of PyInstaller only bootloader and run-time hooks travel."""
EXCEPTIONS = ("WITH Bootloader-exception", "WITH GCC-exception-3.1")
"""A GPL with one of these permits programs under any licence to hold the part."""
SYSTEM = {
    **dict.fromkeys(("libx11-", "libxau", "libxdmcp", "libxext", "libxrender", "libxcb", "libxkbcommon"), "MIT"),
    **dict.fromkeys(("libbrotli", "libexpat", "libffi", "libwayland"), "MIT"),
    **dict.fromkeys(("libbsd", "libmd", "libpcre2", "libuuid", "libzstd"), "BSD-3-Clause"),
    **dict.fromkeys(("libgcc", "libstdc++"), "GPL-3.0-or-later WITH GCC-exception-3.1"),
    "libbz2": "bzip2-1.0.6",
    "libfontconfig": "HPND",
    "libfreetype": "FTL",
    "libglib2": "LGPL-2.1-or-later",
    "liblzma": "public domain",
    "libpng": "libpng-2.0",
    "libsqlite3": "blessing",
    "libssl": "Apache-2.0",
    "zlib": "Zlib",
}
"""Licence of each system library that may travel, by the beginning of its Debian package's name."""
OWN = "negatoscope"
COMMON = re.compile(r"/usr/share/common-licenses/([\w.-]*\w)")


class LicenceError(Exception):
    """A part may not travel inside the application, or nothing says under which licence it does."""


@dataclass(frozen=True, slots=True)
class Part:
    """Someone's work inside the application; ``texts`` maps names to the files that hold its licences."""

    name: str
    version: str
    licence: str
    texts: dict[str, Path]


def plain(name: str) -> str:
    """Return a distribution's name as indexes compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    """Return the licence that is chosen or declared: expression, else classifiers, else the field's first line."""
    metadata = distribution.metadata
    if chosen := CHOSEN.get(plain(metadata["Name"])):
        return chosen
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    if classifiers := [c for c in classifiers if c != "OSI Approved"]:
        return "; ".join(classifiers)
    return (metadata.get("License") or "not declared").strip().splitlines()[0]


def short_name(file: PurePath, taken: Container[str]) -> str:
    """Return a name for a licence text from the last parts of its path, not one that is taken.

    Whole paths of parts within parts are longer than archives and Windows hold.
    """
    own = [part for part in file.parts if part != "licenses" and not part.endswith(".dist-info")]
    names = ["-".join([*own[-3:-1], *([str(count)] if count else []), own[-1]]) for count in range(999)]
    return next(name for name in names if name not in taken)


def part_of_distribution(distribution: importlib.metadata.Distribution) -> Part:
    """Return what a Python distribution says of itself."""
    name = distribution.metadata["Name"]
    texts = {text: TEXTS / text for text in TEXTS_OF.get(plain(name), ())}
    for file in distribution.files or ():
        if LICENCE_FILE.search(str(file)) and file.suffix not in {".py", ".pyc", ".so", ".pyd"}:
            texts[short_name(file, texts)] = Path(str(distribution.locate_file(file)))
    return Part(name, distribution.version, licence_of(distribution), texts)


def part_of_python() -> Part:
    """Return Python itself; its licence lies in its library or, on Windows, beside its program."""
    places = [Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path("/usr/share/doc/python3.11")]
    found = [place / name for place in places for name in ("LICENSE.txt", "copyright") if (place / name).is_file()]
    return Part("Python", sys.version.split()[0], "PSF-2.0", {file.name: file for file in found[:1]})


def part_of_package(package: str) -> Part:
    """Return a package of the system; the texts that its copyright file refers to come along.

    Raises
    ------
    LicenceError
        When ``SYSTEM`` does not name it.
    """
    licence = next((licence for begin, licence in SYSTEM.items() if package.startswith(begin)), None)
    if licence is None:
        raise LicenceError(
            f"A library of the system's package {package} would travel inside. If its licence permits that, name it in "
            "SYSTEM in packaging/licences.py; else drop the library in packaging/negatoscope.spec."
        )
    version = subprocess.check_output(["dpkg-query", "--show", "--showformat=${Version}", package], text=True)
    copyright_file = Path("/usr/share/doc") / package / "copyright"
    common = COMMON.findall(copyright_file.read_text(encoding="utf-8"))
    texts = {"copyright": copyright_file}
    texts |= {name: Path("/usr/share/common-licenses") / name for name in common}
    return Part(package, version, licence, texts)


@cache
def package_of(file: Path) -> str:
    """Return the Debian package that a system library comes from.

    Raises
    ------
    LicenceError
        When no package claims it.
    """
    for name in (file, file.resolve(), Path("/usr", *file.parts[1:]), Path("/", *file.parts[2:])):
        found = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(": ")[0].split(",")[0].split(":")[0]
    raise LicenceError(f"Nothing tells where {file} comes from, so nothing tells its licence; drop it in the recipe.")


def is_of_python(file: Path) -> bool:
    """Tell whether a file is part of Python itself."""
    own_place = sys.base_prefix not in {"/", "/usr"} and file.is_relative_to(sys.base_prefix)
    return own_place or file.is_relative_to(sysconfig.get_path("stdlib")) or file.name.startswith("libpython")


def parts_of(files: Iterable[Path]) -> Iterator[Part]:
    """Yield each part once that any of the files belongs to."""
    owner = {
        Path(str(distribution.locate_file(file))): distribution
        for distribution in importlib.metadata.distributions()
        if distribution.metadata["Name"] != OWN
        for file in distribution.files or ()
    }
    collected = set(files)
    distributions = {owner[file].metadata["Name"]: owner[file] for file in collected & owner.keys()}
    yield from (part_of_distribution(distribution) for distribution in distributions.values())
    yield part_of_python()
    others = [file for file in collected - owner.keys() if not (file.is_relative_to(ROOT) or is_of_python(file))]
    if sys.platform.startswith("linux"):
        yield from (part_of_package(package) for package in {package_of(file) for file in others})


def check(part: Part) -> None:
    """Refuse a part under the GPL or AGPL, and one without a licence text.

    Raises
    ------
    LicenceError
        Naming the part.
    """
    if REFUSED.search(part.licence) and not part.licence.endswith(EXCEPTIONS):
        raise LicenceError(f"{part.name} {part.version} is under {part.licence}; it may not travel inside the package.")
    if not any(text.is_file() for text in part.texts.values()):
        raise LicenceError(
            f"{part.name} {part.version} brings no licence text; add one to packaging/texts and name it in TEXTS_OF."
        )


def gather(files: Iterable[Path], out: Path) -> list[Part]:
    """Copy the licence texts of everything that travels into ``out``, with ``parts.json`` for the About box.

    Raises
    ------
    LicenceError
        When a part may not travel.
    """
    parts = sorted(parts_of(files), key=lambda part: part.name.lower())
    for part in parts:
        check(part)
        folder = out / f"{part.name}-{part.version}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in part.texts.items():
            shutil.copyfile(text, folder / name)
    listed = [{"name": part.name, "version": part.version, "licence": part.licence} for part in parts]
    (out / "parts.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    return parts
