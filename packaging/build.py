#!/usr/bin/env python3
"""Builds the standalone application and its installers from a clean virtual environment and the lock.

    python3 packaging/build.py [--edition cpu|cuda] [--compression zstd|xz|gzip] [--torch-index URL]

On every platform: ``dist/negatoscope`` (one folder), a list of its contents by hash, a bill of materials and
``dist/SHA256SUMS``. On Linux also a .deb (needs dpkg-deb) and, with makeself installed, a self-extracting .run; on
Windows an installer (makensis); on macOS a .dmg. The edition says which torch must go in; ``--torch-index`` names an
index of such wheels where the default one serves others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import bill_of_materials
import contents
import environments
import linux_packages
import standins
from environments import BUILD, FROZEN, ROOT

HERE = ROOT / "packaging"
DIST = ROOT / "dist"
APPLICATION = DIST / "negatoscope"
NOTICES = BUILD / "notices"
ICONS = BUILD / "icons"
WARNINGS = BUILD / "pyinstaller" / "negatoscope" / "warn-negatoscope.txt"
OLDEST_PYTHON = (3, 11)
NSIS_BYTES = 2**31
"""An NSIS installer holds no more than this."""
SHOWN = 200
"""Characters of a command that are shown."""


def run(*command: str | Path, **variables: str) -> str:
    """Run a build step, show it, and return what it printed on standard output."""
    shown = textwrap.shorten(" ".join(map(str, command)), SHOWN, placeholder=" …")
    print(f"── {shown}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def version() -> str:
    """Return the version that pyproject.toml states."""
    return str(environments.project()["version"])


def commit() -> tuple[str, str]:
    """Return the commit's short hash, marked where files differ from it, and its time in seconds since the epoch.

    Outside a git checkout the hash is empty and the time is SOURCE_DATE_EPOCH or now.
    """
    try:
        return run("git", "describe", "--always", "--dirty", "--exclude=*"), run("git", "log", "-1", "--format=%ct")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return "", os.environ.get("SOURCE_DATE_EPOCH", str(int(time.time())))


def freeze() -> None:
    """Run PyInstaller over the recipe; same sources and same commit give the same archive as far as it allows."""
    short_hash, seconds = commit()
    os.environ["SOURCE_DATE_EPOCH"] = seconds
    shutil.rmtree(NOTICES, ignore_errors=True)
    NOTICES.mkdir(parents=True)
    (NOTICES / "build.json").write_text(json.dumps({"version": version(), "commit": short_hash}) + "\n")
    icon = {"win32": "negatoscope.ico", "darwin": "negatoscope.icns"}.get(sys.platform)
    python = environments.python(FROZEN)
    run(python, HERE / "icons.py", ICONS, QT_QPA_PLATFORM="offscreen")
    run(
        *(python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
        *("--distpath", DIST, "--workpath", BUILD / "pyinstaller", HERE / "negatoscope.spec"),
        NEGATOSCOPE_VERSION=version(),
        NEGATOSCOPE_NOTICES=str(NOTICES),
        NEGATOSCOPE_ICON=str(ICONS / icon) if icon else "",
        PYTHONHASHSEED="1",
    )
    contents.check_imports(WARNINGS)


def slim() -> None:
    """Take away what no part of the application reaches: debugger symbols, and libraries behind unused functions."""
    standins.replace(APPLICATION)
    standins.empty_icu(APPLICATION)
    # What auditwheel repaired does not survive stripping, and what comes from NVIDIA is shipped as it is.
    libraries = [path for path in sorted(APPLICATION.rglob("*.so*")) if path.is_file() and not path.is_symlink()]
    own = [path for path in libraries if not path.parent.name.endswith(".libs") and "nvidia" not in path.parts]
    run("strip", "--strip-unneeded", *own)


def wrap(edition: str, compression: str) -> None:
    """Make this platform's installers."""
    name = f"negatoscope-{version()}-{edition}"
    if sys.platform.startswith("linux"):
        linux_packages.build(APPLICATION, DIST, version(), edition, compression)
    elif sys.platform == "darwin":
        run(HERE / "macos" / "dmg.sh", version(), DIST / f"{name}.dmg")
    else:
        wrap_for_windows(name)


def wrap_for_windows(name: str) -> None:
    """Make the Windows installer, or a ZIP archive of what is too large for one; signed where a certificate is set."""
    sign = ["pwsh", "-NoProfile", "-File", HERE / "windows" / "sign.ps1"]
    run(*sign, *sorted(APPLICATION.glob("*.exe")))
    if sum(path.stat().st_size for path in APPLICATION.rglob("*")) >= NSIS_BYTES:
        shutil.make_archive(str(DIST / f"{name}-windows"), "zip", DIST, "negatoscope")
        return
    setup = DIST / f"{name}-setup.exe"
    values = {"VERSION": version(), "PAYLOAD": APPLICATION, "OUTPUT": setup}
    run("makensis", *(f"-D{key}={value}" for key, value in values.items()), HERE / "windows" / "negatoscope.nsi")
    run(*sign, setup)


def write_sums() -> None:
    """Write the SHA-256 of everything that is handed out."""
    files = sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines))


def build(edition: str, compression: str, torch_index: str | None) -> None:
    """Build everything that this platform can."""
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    environments.make_all(edition, torch_index)
    freeze()
    if sys.platform.startswith("linux"):
        slim()
    named = f"negatoscope-{version()}-{edition}"
    bill_of_materials.write(DIST / f"{named}.cdx.json", NOTICES)
    listing = run(environments.python(FROZEN), HERE / "contents.py", APPLICATION)
    (DIST / f"{named}.contents.txt").write_text(listing + "\n", encoding="utf-8")
    wrap(edition, compression)
    write_sums()


def main() -> None:
    """Read the command line, build, and turn what is wrong into a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--compression", choices=("zstd", "xz", "gzip"), default="zstd", help="of the .deb (zstd)")
    parser.add_argument("--torch-index", metavar="URL", help="package index that torch is taken from")
    options = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer is needed; this is {sys.version.split()[0]}.")
    try:
        build(options.edition, options.compression, options.torch_index)
    except (environments.EditionError, contents.ContentsError) as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(f"A build step failed (see above): {' '.join(map(str, error.cmd))}")
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is not installed; packaging/README.md names what each platform needs.")


if __name__ == "__main__":
    main()
