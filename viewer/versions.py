"""Which version this is, and which versions of the libraries it stands on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = (
    *("numpy", "opencv-python-headless", "pillow", "pydicom", "imagecodecs", "pylibjpeg-openjpeg", "pylibjpeg-rle"),
    *("pyjpegls", "torch", "PySide6-Essentials", "pyqtgraph"),
)


def installed_version(package: str = "negatoscope") -> str:
    """Return the version of an installed package, "of unknown version" when nothing says it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def all_versions() -> dict[str, str]:
    """Return the versions that matter in a report about a fault: ours, Python, the system, the libraries."""
    return {
        "negatoscope": installed_version(),
        "Python": platform.python_version(),
        "system": platform.platform(),
        **{name: installed_version(name) for name in LIBRARIES},
    }
