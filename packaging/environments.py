"""Makes the clean environments of a build from the lock: one that is frozen, and one for the tools that describe it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "lock.txt"
BUILD = ROOT / "build"
FROZEN = BUILD / "venv"
"""What the application needs at run time, and PyInstaller; nothing else, as PyInstaller takes whatever imports find."""
TOOLS = BUILD / "tools"
EDITION_OF = re.compile(r"^cuda\b.*= *(None|'.+')", re.MULTILINE)


class EditionError(Exception):
    """The torch that was installed is not the edition's."""


def project() -> dict[str, Any]:
    """Return the ``[project]`` table of pyproject.toml."""
    import tomllib

    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def python(environment: Path) -> Path:
    """Return the interpreter of an environment."""
    return program(environment, "python")


def program(environment: Path, name: str) -> Path:
    """Return the path of a program inside an environment."""
    return environment / ("Scripts" if os.name == "nt" else "bin") / (name + (".exe" if os.name == "nt" else ""))


def install(environment: Path, *arguments: str) -> None:
    """Install what the arguments ask for, in the releases that the lock pins."""
    command = [python(environment), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--constraint", LOCK, *arguments], check=True)


def make(environment: Path, *requirements: str, torch_index: str | None = None) -> None:
    """Make an environment afresh; torch comes from an index of its own where one is named."""
    shutil.rmtree(environment, ignore_errors=True)
    venv.create(environment, with_pip=True)
    if torch_index:
        install(environment, "--index-url", torch_index, "torch")
    install(environment, *requirements)


def make_all(edition: str, torch_index: str | None) -> None:
    """Make both environments.

    Raises
    ------
    EditionError
        When the package index served another torch than the edition asks for.
    """
    asked = project()
    tools = {re.split(r"[^\w.-]", text)[0]: text for text in asked["optional-dependencies"]["packages"]}
    make(FROZEN, *asked["dependencies"], tools["pyinstaller"], torch_index=torch_index)
    check_edition(FROZEN, edition)
    make(TOOLS, tools["cyclonedx-bom"])


def check_edition(environment: Path, edition: str) -> None:
    """Refuse a torch with CUDA in the CPU edition, or one without it in the CUDA edition."""
    source = next(environment.rglob("site-packages/torch/version.py")).read_text(encoding="utf-8")
    stated = EDITION_OF.search(source)
    found = "cpu" if stated is None or stated.group(1) == "None" else "cuda"
    if found != edition:
        raise EditionError(
            f"The {edition} edition was asked for, but the package index served torch for {found}. "
            "Name an index of the right wheels with --torch-index (https://download.pytorch.org/whl/)."
        )
