"""Fixtures shared by all tests: where the real films lie, when they are there; windows need no screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _shared(part: str) -> Path:
    root = Path(os.environ.get("NEGATOSCOPE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (root / part).is_dir():
        pytest.skip(f"needs the real films in {part}/, which are not part of the project")
    return root / part


@pytest.fixture(scope="session")
def shared_films() -> Path:
    """Return the folder of real DICOM films, or skip."""
    return _shared("films")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of public training collections, or skip."""
    return _shared("data")
