"""Measures the installed package in the proof's chroot: sizes, start beside the source run, time to the first answer.

The limits are the project's own; ``packaging/smoke.py --only figures`` prints the figures and what misses its limit.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chroot import HOME, USER, Chroot

ROOT = Path(__file__).resolve().parent.parent
DEMONSTRATION = ROOT / "resources" / "films" / "demonstration.dcm"
WALK = ROOT / "packaging" / "walk"
RELEASED = "xz"
"""Compression of a release's .deb; the limit of its size holds for that one."""
LIMITS = {"deb_mb": 200.0, "installed_mb": 650.0, "window_s": 0.6, "first_answer_s": 3.0}
SLOWER_THAN_SOURCE = 1.3
ROUNDS = 5
"""Runs that count; one more before them only warms the disk."""
ACCEPTED = json.dumps({"accepted_notice": 1})


def source_environment(home: Path | None = None) -> dict[str, str]:
    """Return the environment in which an installed ``negatoscope`` runs these sources."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | ({"HOME": str(home)} if home else {})


def compression(deb: Path) -> str:
    """Return how a .deb is compressed: the end of its data member's name, e.g. "xz"."""
    members = subprocess.check_output(["ar", "t", deb], text=True).split()
    return next(name for name in members if name.startswith("data.tar")).rsplit(".", 1)[-1]


def median_of(run: Callable[[], float]) -> float:
    """Return the median of several runs, warm."""
    return round(statistics.median([run() for _ in range(ROUNDS + 1)][1:]), 2)


def accept_notice(home: Path) -> None:
    """Let a user have accepted the notice of the first start."""
    folder = home / ".config" / "Negatoscope"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "options.json").write_text(ACCEPTED, encoding="utf-8")


def seconds_to_window(chroot: Chroot) -> float:
    """Return how long the installed program takes from its start to its painted window."""
    film = f"{HOME}/films/one.dcm"
    said = chroot.run(f"cd {HOME}; walk/session.sh walk/time_start.sh negatoscope {film}", user=USER)
    return int(said.split()[-1]) / 1000


def source_seconds_to_window(source: Path, home: Path) -> float:
    """Return the same of the source run, on this machine's own small desktop."""
    command = [WALK / "session.sh", WALK / "time_start.sh", source, DEMONSTRATION]
    environment = source_environment(home)
    said = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=True).stdout
    return int(said.split()[-1]) / 1000


def seconds_to_answer(chroot: Chroot) -> float:
    """Return how long the command line takes from its start to the answer, network loaded and all."""
    began = time.perf_counter()
    chroot.run("negatoscope analyse ~/films/one.dcm --json -", user=USER)
    return time.perf_counter() - began


def measure(chroot: Chroot, deb: Path, source: Path, out: Path) -> dict[str, Any]:
    """Return every figure of an installed package."""
    accept_notice(chroot.home)
    chroot.run(f"chown -R {USER}: {HOME}")
    home = out / "home"
    accept_notice(home)
    installed = int(chroot.run("du -s --bytes /usr/lib/negatoscope").split()[0])
    return {
        "compression": compression(deb),
        "deb_mb": round(deb.stat().st_size / 1e6, 1),
        "installed_mb": round(installed / 1e6, 1),
        "window_s": median_of(lambda: seconds_to_window(chroot)),
        "source_window_s": median_of(lambda: source_seconds_to_window(source, home)),
        "first_answer_s": median_of(lambda: seconds_to_answer(chroot)),
    }


def missed(measured: dict[str, Any]) -> list[str]:
    """Return a sentence for every figure that misses its limit."""
    asked = {name: limit for name, limit in LIMITS.items() if name != "deb_mb" or measured["compression"] == RELEASED}
    found = [f"{name} is {measured[name]}, aim ≤ {limit}." for name, limit in asked.items() if measured[name] > limit]
    if measured["window_s"] > SLOWER_THAN_SOURCE * measured["source_window_s"]:
        found.append(f"window_s is more than {SLOWER_THAN_SOURCE} times source_window_s.")
    return found
