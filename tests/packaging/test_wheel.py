"""What travels in the wheel, and that the lock pins all of it."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("viewer", "model", "resources", "training")


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names in a wheel built from a copy of the sources."""
    work = tmp_path_factory.mktemp("wheel")
    for room in ROOMS:
        shutil.copytree(ROOT / room, work / "source" / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, work / "source" / name)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(work)]
    done = subprocess.run([*command, str(work / "source")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(work.glob("*.whl"))).namelist()


def test_wheel_holds_our_rooms_and_nothing_else(wheel_files: list[str]) -> None:
    tops = {name.split("/")[0] for name in wheel_files if ".dist-info/" not in name}
    assert tops == set(ROOMS)


def test_wheel_holds_every_source_and_resource(wheel_files: list[str]) -> None:
    wanted = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - set(wheel_files) == set()


def _requirements_of(name: str, seen: set[str]) -> None:
    for text in importlib.metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if key not in seen:
            seen.add(key)
            _requirements_of(requirement.name, seen)


def test_lock_pins_everything_that_is_installed_for_us() -> None:
    pinned = {
        re.sub(r"[-_.]+", "-", line.split("==")[0].strip()).lower()
        for line in (ROOT / "packaging" / "lock.txt").read_text().splitlines()
        if "==" in line
    }
    needed: set[str] = set()
    _requirements_of("negatoscope", needed)
    torch_brings = {name for name in needed if name.startswith(("nvidia-", "cuda-", "triton"))}
    assert needed - torch_brings - pinned == set()
