#!/usr/bin/env python3
"""Sets up everything on a fresh clone and runs the viewer, the tests or the training tool.

    python3 packaging/bootstrap.py viewer [PATH…]     opens the viewer (on the demonstration film without PATH)
    python3 packaging/bootstrap.py test [ARGUMENTS…]  lint, types, import contracts, tests (ARGUMENTS go to pytest)
    python3 packaging/bootstrap.py train [ARGUMENTS…] runs negatoscope-train

Needs nothing but the standard library. Makes ``.venv`` beside the sources from ``packaging/lock.txt``; a second
call finds it ready and starts at once.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "lock.txt"
OLDEST_PYTHON = (3, 11)
EXTRAS = {"viewer": "", "train": "[training]", "test": "[training,test]"}
DEMONSTRATION_FILM = ROOT / "resources" / "films" / "demonstration.dcm"

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt 6 loads on Linux, and the Debian package that brings it."""
JOURNEYS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""A screen and a hand, and the Debian package of each; without them the journeys that need them are skipped."""


def venv_program(name: str) -> Path:
    """Return the path of a program inside the virtual environment."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / (name + (".exe" if os.name == "nt" else ""))


def fingerprint(task: str) -> str:
    """Return what the environment was made from; another value means it must be made again."""
    parts = [sys.version.encode(), EXTRAS[task].encode(), LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment(task: str) -> None:
    """Make or complete ``.venv`` for this task; does nothing when it is ready."""
    stamp = VENV / f"ready-{task}"
    wanted = fingerprint(task)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not venv_program("python").exists():
        print(f"Making {VENV} …", flush=True)
        venv.create(VENV, with_pip=True)
    print("Installing the pinned dependencies (a few minutes the first time) …", flush=True)
    subprocess.run(
        [venv_program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--constraint", str(LOCK), "--editable", f"{ROOT}{EXTRAS[task]}"],
        check=True,
    )
    stamp.write_text(wanted)


def missing_packages() -> list[str]:
    """Return the Debian packages that Qt needs on this machine and that are not there."""
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if not any(Path("/usr/share/fonts").rglob("*.[to]tf")):
        missing.append("fonts-dejavu-core")
    return missing


def prepare_system(task: str) -> None:
    """Install the system libraries that Qt needs when that is possible, else print the one line that does.

    For the tests a screen and a hand are tried for too.
    """
    if not sys.platform.startswith("linux"):
        return
    missing, able = missing_packages(), shutil.which("apt-get") is not None and os.geteuid() == 0
    if missing and shutil.which("apt-get") is None:
        sys.exit(f"Qt needs libraries that are not installed; in Debian's names: {' '.join(missing)}.")
    if missing and not able:
        line = f"sudo apt-get install --yes --no-install-recommends {' '.join(missing)}"
        sys.exit(f"Qt needs system libraries that are not installed. Run this, then try again:\n  {line}")
    if missing:
        print(f"Installing system libraries for Qt: {' '.join(missing)}", flush=True)
        install(missing, needed=True)
    wished = [package for program, package in JOURNEYS.items() if shutil.which(program) is None]
    if wished and able and task == "test":
        print(f"Installing for the tests: {' '.join(wished)}", flush=True)
        install(wished, needed=False)


def install(packages: list[str], needed: bool) -> None:
    """Install Debian packages; those that are not needed may fail, and soon."""
    apt = ["apt-get", "--quiet", "--quiet", *([] if needed else ["-o", "Acquire::http::Timeout=10"])]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update"], check=needed, env=environment)
    line = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    subprocess.run(line, check=needed, env=environment, stdout=subprocess.DEVNULL)


def run_viewer(arguments: list[str]) -> int:
    """Open the viewer, on the demonstration film when no path is given."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in displays):
        sys.exit("There is no display. Run this in a desktop session, or under xvfb-run.")
    return subprocess.run([venv_program("negatoscope"), *(arguments or [str(DEMONSTRATION_FILM)])]).returncode


def run_tests(arguments: list[str]) -> int:
    """Run every check; go on after a failure so that one run shows them all."""
    python = venv_program("python")
    checks = [
        [venv_program("ruff"), "check", "."],
        [venv_program("ruff"), "format", "--check", "."],
        [python, "-m", "mypy"],
        [venv_program("lint-imports"), "--no-cache"],
        [python, "-m", "pytest", *arguments],
    ]
    environment = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"} | os.environ
    failed = 0
    for check in checks:
        print(f"── {' '.join([Path(check[0]).name, *check[1:]])}", flush=True)
        failed += subprocess.run(check, cwd=ROOT, env=environment).returncode != 0
    return 1 if failed else 0


def run_training(arguments: list[str]) -> int:
    """Run the training tool."""
    return subprocess.run([venv_program("negatoscope-train"), *arguments]).returncode


def main() -> int:
    """Set up, then run what was asked for; returns its exit status."""
    tasks = {"viewer": run_viewer, "test": run_tests, "train": run_training}
    if len(sys.argv) < 2 or sys.argv[1] not in tasks:
        print(__doc__)
        return 2
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer is needed; this is {sys.version.split()[0]}.")
    task = sys.argv[1]
    if task != "train":
        prepare_system(task)
    try:
        make_environment(task)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Setting up failed (see above). Mend the cause, or remove {VENV} and try again.\n{error}")
    return tasks[task](sys.argv[2:])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
