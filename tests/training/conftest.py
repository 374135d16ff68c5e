"""The manifest of the real collections, made once for all training tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.manifest import Manifest, build


@pytest.fixture(scope="session")
def manifest(shared_data: Path) -> Manifest:
    """Return the manifest of all shared collections, or skip."""
    return build(shared_data)
