"""Which version this is, what it was built from, and whose work it stands on."""

from __future__ import annotations

import json
import platform
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import resources

OWN = "negatoscope"
LIBRARIES = (
    *("numpy", "opencv-python-headless", "pillow", "pydicom", "imagecodecs", "pylibjpeg-rle", "torch"),
    "PySide6-Essentials",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of other people's work inside the program."""

    name: str
    version: str
    licence: str


def installed_version(package: str = OWN) -> str:
    """Return the version of a package that is installed or travels inside, else "of unknown version"."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        own = {OWN: _notice("build.json", {}).get("version")}
        inside = own | {_plain(part["name"]): str(part["version"]) for part in _notice("parts.json", [])}
        return inside.get(_plain(package)) or "of unknown version"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def own_version() -> str:
    """Return the program's version with the commit it was built from; "source" where it was not built."""
    return f"{installed_version()} ({_notice('build.json', {}).get('commit') or 'source'})"


def all_versions() -> dict[str, str]:
    """Return the versions that matter in a report about a fault: ours, Python, the system, the libraries."""
    return {
        OWN: own_version(),
        "Python": platform.python_version(),
        "system": platform.platform(),
        **{name: installed_version(name) for name in LIBRARIES},
    }


def parts() -> tuple[Part, ...]:
    """Return everything that travels inside a built program, or what a source checkout asks for by name."""
    bundled = _notice("parts.json", None)
    if bundled is not None:
        return tuple(Part(**part) for part in bundled)
    try:
        asked = metadata.requires(OWN) or []
    except metadata.PackageNotFoundError:
        return ()
    names = sorted({re.split(r"[^\w.-]", text)[0] for text in asked if "extra ==" not in text}, key=str.lower)
    return tuple(Part(name, installed_version(name), _declared_licence(name)) for name in names)


def licence_texts() -> Path | None:
    """Return the folder with the licence texts of everything that travels inside; a source checkout has none."""
    folder = resources.ROOT / "notices"
    return folder if folder.is_dir() else None


def _declared_licence(name: str) -> str:
    """Return a package's licence expression, else the last words of its licence classifiers."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [text.split(" :: ")[-1] for text in said.get_all("Classifier", []) if text.startswith("License")]
    words = said.get_all("License-Expression") or [text for text in classifiers if text != "OSI Approved"]
    return ", ".join(words)


def _notice(name: str, otherwise: Any) -> Any:
    """Return what the build wrote beside the resources; ``otherwise`` in a source checkout."""
    path = resources.ROOT / "notices" / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else otherwise
