#!/usr/bin/env python3
"""Builds the standalone application and its installers from a clean virtual environment and the lock.

    python3 packaging/build.py [--edition cpu|cuda] [--compression zstd|xz] [--torch-index URL]

On every platform: ``dist/negatoscope`` (one folder), bill of materials, ``dist/SHA256SUMS``. On Linux also a .deb
(needs dpkg-deb) and, with makeself installed, a self-extracting .run; on Windows an installer (makensis); on macOS
a .dmg. Which torch goes in is decided by the edition's package index: a CPU wheel for ``cpu`` (``--torch-index``
names an index of CPU wheels where the default one serves CUDA wheels), the default wheel for ``cuda``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import linux_packages
import standins

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
APPLICATION = DIST / "negatoscope"
ENVIRONMENT = BUILD / "venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
ICONS = BUILD / "icons"
LARGE_BYTES = 500_000
"""Libraries below this are not worth stripping."""


def run(*command: str | Path, **variables: str) -> str:
    """Run a build step, show it, and return what it printed on standard output."""
    print(f"── {' '.join(map(str, command))}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def version() -> str:
    """Return the version that pyproject.toml states."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def make_environment(torch_index: str | None) -> None:
    """Make a clean environment with exactly what the application needs at run time."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    venv.create(ENVIRONMENT, with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", HERE / "lock.txt"]
    if torch_index:
        run(*pip, "--index-url", torch_index, "torch")
    run(*pip, ROOT)


def collect_notices(notices: Path) -> None:
    """Gather third-party licences; the run fails when one of them forbids what we do."""
    run(PYTHON, HERE / "licences.py", notices)


def write_bill_of_materials(path: Path, notices: Path) -> None:
    """Write a CycloneDX bill of materials of what travels (the build tools are in the environment but left out)."""
    everything = json.loads(run(ENVIRONMENT / PYTHON.parent / "cyclonedx-py", "environment", PYTHON, "--of", "JSON"))
    travelling = {part["name"].lower() for part in json.loads((notices / "parts.json").read_text())}
    kept = [part for part in everything["components"] if part["name"].lower() in travelling]
    references = {part["bom-ref"] for part in kept}
    everything["components"] = kept
    everything["dependencies"] = [
        dependency | {"dependsOn": [ref for ref in dependency.get("dependsOn", []) if ref in references]}
        for dependency in everything.get("dependencies", [])
        if dependency["ref"] in references
    ]
    path.write_text(json.dumps(everything, indent=1) + "\n")


def commit() -> tuple[str, str]:
    """Return the commit's short hash and its time in seconds; empty and 0 outside a git checkout."""
    try:
        return run("git", "rev-parse", "--short", "HEAD"), run("git", "log", "-1", "--format=%ct")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return "", "0"


def freeze(notices: Path) -> None:
    """Run PyInstaller over the recipe; same sources and same commit give the same archive as far as it allows."""
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", HERE / "lock.txt"]
    run(*pip, "pyinstaller", "cyclonedx-bom", "pillow")
    short_hash = commit()[0]
    (notices / "build.json").write_text(json.dumps({"version": version(), "commit": short_hash}) + "\n")
    icon = {"win32": "negatoscope.ico", "darwin": "negatoscope.icns"}.get(sys.platform)
    run(PYTHON, HERE / "icons.py", ICONS, QT_QPA_PLATFORM="offscreen")
    run(
        *(PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", DIST, "--workpath", BUILD / "pyinstaller", HERE / "negatoscope.spec"),
        NEGATOSCOPE_VERSION=version(),
        NEGATOSCOPE_NOTICES=str(notices),
        NEGATOSCOPE_ICON=str(ICONS / icon) if icon else "",
        PYTHONHASHSEED="1",
    )


def slim() -> None:
    """Take away what no part of the application reaches: debugger symbols, and libraries behind unused functions."""
    if not sys.platform.startswith("linux"):
        return
    standins.replace(APPLICATION)
    standins.empty_icu(APPLICATION)
    for library in sorted(APPLICATION.rglob("*.so*")):
        repaired = library.parent.name.endswith(".libs")  # auditwheel's libraries do not survive stripping
        if library.is_file() and not library.is_symlink() and library.stat().st_size > LARGE_BYTES and not repaired:
            run("strip", "--strip-unneeded", library)


def write_sums() -> None:
    """Write the SHA-256 of everything that is handed out."""
    files = sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines))


def main() -> None:
    """Build everything that this platform can."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--compression", choices=("zstd", "xz"), default="zstd", help="of the .deb (default: zstd)")
    parser.add_argument("--torch-index", metavar="URL", help="package index that torch is taken from")
    options = parser.parse_args()

    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    os.environ["SOURCE_DATE_EPOCH"] = commit()[1]
    notices = BUILD / "notices"
    make_environment(options.torch_index)
    collect_notices(notices)
    freeze(notices)
    write_bill_of_materials(DIST / f"negatoscope-{version()}-{options.edition}.cdx.json", notices)
    slim()
    if sys.platform.startswith("linux"):
        linux_packages.build(APPLICATION, DIST, version(), options.edition, options.compression)
    elif sys.platform == "win32":
        target = DIST / f"negatoscope-{version()}-{options.edition}-setup.exe"
        run(
            "makensis",
            f"-DVERSION={version()}",
            f"-DPAYLOAD={APPLICATION}",
            f"-DOUTPUT={target}",
            HERE / "windows/negatoscope.nsi",
        )
    elif sys.platform == "darwin":
        run(HERE / "macos/dmg.sh", version())
    write_sums()


if __name__ == "__main__":
    main()
