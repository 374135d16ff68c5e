"""Collects the licences of everything that travels inside the application, and its bill of materials.

Run by ``packaging/build.py`` with the Python of the build environment before the build tools enter it.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import sys
from pathlib import Path

LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?/.+|(licen[cs]e|copying|notice|authors)[^/]*)$", re.IGNORECASE)
REFUSED = re.compile(r"(?<!L)(?<!Lesser )A?GPL|(?<!Lesser )General Public License", re.IGNORECASE)
ALLOWED_ANYWAY = {
    "PySide6_Essentials": "LGPL-3.0 is chosen among the licences that Qt for Python offers",
    "shiboken6": "LGPL-3.0 is chosen among the licences that Qt for Python offers",
    "numpy": "GPL-3.0 with the GCC runtime exception (libgfortran, libquadmath) permits this use",
}
OWN = "negatoscope"


class LicenceError(Exception):
    """A part may not travel inside the application."""


def licence_of(distribution: importlib.metadata.Distribution) -> str:
    """Return the licence a distribution declares: expression, else classifiers, else the first line of the field."""
    metadata = distribution.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    if classifiers := [c for c in classifiers if c != "OSI Approved"]:
        return "; ".join(classifiers)
    return (metadata.get("License") or "not declared").strip().splitlines()[0]


def collect(out: Path) -> list[dict[str, str]]:
    """Copy every licence text into ``out`` and return name, version and licence of each distribution.

    Raises
    ------
    LicenceError
        When a distribution declares GPL or AGPL without being named in ``ALLOWED_ANYWAY``.
    """
    parts = []
    for distribution in sorted(importlib.metadata.distributions(), key=lambda d: d.metadata["Name"].lower()):
        name, licence = distribution.metadata["Name"], licence_of(distribution)
        if name in (OWN, "pip", "setuptools"):
            continue
        if REFUSED.search(licence) and name not in ALLOWED_ANYWAY:
            raise LicenceError(
                f"{name} {distribution.version} is under {licence}; it may not travel inside the package."
            )
        folder = out / f"{name}-{distribution.version}"
        folder.mkdir(parents=True, exist_ok=True)
        for file in distribution.files or ():
            if LICENCE_FILE.search(str(file)) and file.suffix not in {".py", ".pyc", ".so"}:
                source = Path(str(distribution.locate_file(file)))
                if source.is_file():
                    shutil.copy(source, folder / source.name)
        parts.append({"name": name, "version": distribution.version, "licence": licence})
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "LICENSE.txt"
    if python.is_file():
        (out / "Python").mkdir(parents=True, exist_ok=True)
        shutil.copy(python, out / "Python")
    parts.append({"name": "Python", "version": sys.version.split()[0], "licence": "PSF-2.0"})
    return parts


def main() -> None:
    """Write notices into the folder given as the one argument: texts, and ``parts.json`` for the About box."""
    out = Path(sys.argv[1])
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    try:
        parts = collect(out)
    except LicenceError as error:
        sys.exit(str(error))
    (out / "parts.json").write_text(json.dumps(parts, indent=1) + "\n")


if __name__ == "__main__":
    main()
