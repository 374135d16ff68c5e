#!/usr/bin/env python3
"""Proves the .deb on a machine that has nothing: a fresh Debian 12 without Python.

    sudo python3 packaging/smoke.py dist/negatoscope_VERSION_amd64.deb [--out DIR]

In a debootstrap chroot it installs the package with apt, runs ``selftest``, opens the demonstration film in a real
window under Xvfb and takes a screenshot, analyses the film and compares the answer with the source run, starts the
program through the desktop's own ``xdg-open``, drags a folder onto it, measures sizes and start times, removes the
package and lists what is left. Needs root, Debian's package mirror, and on this machine debootstrap, xvfb, xdotool,
imagemagick and matchbox-window-manager, to drag from and to time the source run in the same way.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DEMONSTRATION = ROOT / "resources" / "films" / "demonstration.dcm"
DESKTOP = [
    "xvfb",
    "matchbox-window-manager",
    "xdg-utils",
    "file",
    "shared-mime-info",
    "x11-utils",
    "x11-apps",
    "imagemagick",
    "xdotool",
    "desktop-file-utils",
]
FILM = "/root/film.dcm"
TOLERANCE = 1e-3
LIMITS = {"deb_mb": 200.0, "installed_mb": 650.0, "window_s": 0.6, "analyse_s": 3.0}
SLOWER_THAN_SOURCE = 1.3


class Chroot:
    """A throw-away Debian 12."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make it with a small X desktop and no Python."""
        if not (self.folder / "bin").exists():
            subprocess.run(["debootstrap", "--variant=minbase", "bookworm", self.folder], check=True)
        for name in ("proc", "sys", "dev"):
            if not os.path.ismount(self.folder / name):
                subprocess.run(["mount", "--rbind", f"/{name}", self.folder / name], check=True)
        for file in ("etc/resolv.conf", "etc/apt/apt.conf.d/99proxy"):
            if Path("/", file).exists():
                shutil.copy(Path("/", file), self.folder / file)
        self.run("apt-get update -qq && apt-get install -y -qq --no-install-recommends " + " ".join(DESKTOP))

    def release(self) -> None:
        """Unmount what was lent to it."""
        for name in ("proc", "sys", "dev"):
            subprocess.run(["umount", "-R", "-l", self.folder / name])

    def run(self, script: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a shell script inside."""
        environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root", "LANG": "C.UTF-8"}
        environment |= {"DEBIAN_FRONTEND": "noninteractive", "NEGATOSCOPE_FIRST_RUN_ACCEPTED": "1"}
        command = ["chroot", self.folder, "/bin/sh", "-ec", script]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if check and done.returncode != 0:
            sys.exit(f"In the chroot this failed ({done.returncode}):\n{script}\n{done.stdout}\n{done.stderr}")
        return done

    def files(self) -> set[str]:
        """Return every file outside the kernel's folders and apt's own books."""
        skipped = {"proc", "sys", "dev", "tmp", "run"}
        books = ("var/lib/apt", "var/cache", "var/lib/dpkg", "var/log", "etc/ld.so.cache")
        found: set[str] = set()
        for top in self.folder.iterdir():
            if top.name not in skipped:
                found.update(str(path.relative_to(self.folder)) for path in top.rglob("*") if not path.is_dir())
        return {name for name in found if not name.startswith(books)}


WINDOW = """
export DISPLAY=:77 HOME={home}
mkdir -p $HOME/.config/Negatoscope
echo '{{"accepted_notice": 1}}' > $HOME/.config/Negatoscope/options.json
Xvfb :77 -screen 0 1600x1000x24 >/dev/null 2>&1 & x=$!
sleep 1; matchbox-window-manager >/dev/null 2>&1 & sleep 1
start=$(date +%s%N)
{command} >$HOME/window.log 2>&1 &
for i in $(seq 400); do
    xdotool search --onlyvisible --class negatoscope >/dev/null 2>&1 && break
    sleep 0.02
done
end=$(date +%s%N)
sleep {wait}
import -window root $HOME/{picture}.png
echo $(( (end - start) / 1000000 ))
xdotool search --onlyvisible --class negatoscope windowclose >/dev/null 2>&1 || true
sleep 2; kill $x; wait $x || true
"""
ROUNDS = 5
"""Starts that are timed; the median counts, the first only warms the disk."""


def seconds_to_window(run: Callable[[str], str], home: str, command: str, picture: str) -> float:
    """Return the median seconds from starting a command to its window on the screen, warm."""
    script = WINDOW.format(home=home, command=command, wait="{wait}", picture=picture)
    times = [int(run(script.replace("{wait}", "8" if turn == 0 else "1")).split()[-1]) for turn in range(ROUNDS + 1)]
    return statistics.median(times[1:]) / 1000


DROP = """
export DISPLAY=:77 HOME=/root
Xvfb :77 -screen 0 1600x1000x24 >/dev/null 2>&1 & x=$!
sleep 1; matchbox-window-manager >/dev/null 2>&1 & sleep 1
negatoscope >/root/window.log 2>&1 &
for i in $(seq 150); do
    xdotool search --onlyvisible --name "Phantom" >/dev/null 2>&1 && { echo dropped; break; }
    sleep 0.2
done
sleep 8
import -window root /root/dropped.png
xdotool search --onlyvisible --class negatoscope windowclose >/dev/null 2>&1 || true
sleep 2; kill $x; wait $x || true
"""
DRAG = [["mousemove", "60", "30", "mousedown", "1"], ["mousemove", "70", "40"], ["mousemove", "300", "300"]]
DRAG += [["mousemove", "600", "500"], ["mousemove", "700", "520"], ["mousemove", "710", "530"], ["mouseup", "1"]]


def drop_folder(chroot: Chroot, python: Path) -> bool:
    """Drag a folder from a window of this machine onto the packaged program and tell whether its film opened.

    Both sides meet at the chroot's X server, which listens where this machine's programs can reach it.
    """
    (chroot.folder / "root" / "films").mkdir(exist_ok=True)
    shutil.copy(DEMONSTRATION, chroot.folder / "root" / "films" / "one.dcm")
    environment = os.environ | {"DISPLAY": ":77", "QT_QPA_PLATFORM": "xcb"}
    with ThreadPoolExecutor(1) as other:
        opened = other.submit(chroot.run, DROP)
        time.sleep(6)
        source = subprocess.Popen([python, ROOT / "packaging" / "drag_source.py", "/root/films"], env=environment)
        time.sleep(4)
        for step in DRAG:
            subprocess.run(["xdotool", *step], env=environment, check=True)
            time.sleep(0.3)
        said = opened.result().stdout
        source.kill()
    return "dropped" in said


def run_here(script: str) -> str:
    """Run a shell script on this machine, beside the chroot."""
    return subprocess.run(["/bin/sh", "-ec", script], capture_output=True, text=True, check=True).stdout


def answers(text: str) -> list[tuple[str, float]]:
    """Return the numbers of an ``analyse --json`` line that must not depend on packaging."""
    answer = json.loads(text.splitlines()[-1])
    numbers = [(finding["id"], finding["probability"]) for finding in answer["findings"]]
    return [*numbers, ("opacity_extent", answer["opacity_extent"]), ("boxes", float(len(answer["boxes"])))]


def compare(packaged: str, source: str) -> list[str]:
    """Return a sentence for every number that differs between the packaged and the source run."""
    pairs = zip(answers(packaged), answers(source), strict=True)
    return [f"{name}: packaged {a:.4f}, source {b:.4f}" for (name, a), (_, b) in pairs if abs(a - b) > TOLERANCE]


def prove(chroot: Chroot, deb: Path, source: Path, out: Path) -> dict[str, Any]:
    """Install, use, remove; return everything measured."""
    before = chroot.files()
    shutil.copy(deb, chroot.folder / "root" / "negatoscope.deb")
    shutil.copy(DEMONSTRATION, chroot.folder / FILM.lstrip("/"))
    chroot.run("apt-get install -y -qq --no-install-recommends /root/negatoscope.deb")
    if chroot.run("command -v python3", check=False).returncode == 0:
        sys.exit("The chroot has a Python; the proof would prove nothing.")
    figures: dict[str, Any] = {"deb_mb": round(deb.stat().st_size / 1e6, 1)}
    figures["installed_mb"] = round(int(chroot.run("du -s --bytes /usr/lib/negatoscope | cut -f1").stdout) / 1e6, 1)
    print(chroot.run("negatoscope selftest").stdout)
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        packaged = chroot.run(f"negatoscope analyse {FILM} --json -").stdout
        times.append(time.perf_counter() - started)
    figures["analyse_s"] = round(statistics.median(times), 2)
    reference = subprocess.run([source, "analyse", DEMONSTRATION, "--json", "-"], capture_output=True, text=True)
    figures["differences"] = compare(packaged, reference.stdout)
    for name, command in (("window", f"negatoscope {FILM}"), ("double_click", f"xdg-open {FILM}")):
        figures[f"{name}_s"] = seconds_to_window(lambda script: chroot.run(script).stdout, "/root", command, name)
        shutil.copy(chroot.folder / "root" / f"{name}.png", out / f"{name}.png")
    figures["folder_dropped"] = drop_folder(chroot, source.parent / "python")
    shutil.copy(chroot.folder / "root" / "dropped.png", out / "dropped.png")
    home = str(out.resolve() / "home")
    figures["source_window_s"] = seconds_to_window(run_here, home, f"{source} {DEMONSTRATION}", "source")
    chroot.run("apt-get purge -y -qq negatoscope && apt-get autoremove -y -qq --purge")
    figures["left_behind"] = sorted(
        name
        for name in chroot.files() - before
        if "negatoscope" in name and not name.startswith("root/negatoscope.deb")
    )
    return figures


def main() -> int:
    """Run the proof; the exit status tells whether everything held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deb", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "smoke")
    parser.add_argument("--source", type=Path, default=ROOT / ".venv" / "bin" / "negatoscope")
    options = parser.parse_args()
    if os.geteuid() != 0:
        sys.exit("A chroot needs root: run this with sudo.")
    options.out.mkdir(parents=True, exist_ok=True)
    chroot = Chroot(options.out / "chroot")
    try:
        chroot.make()
        figures = prove(chroot, options.deb.resolve(), options.source, options.out)
    finally:
        chroot.release()
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))
    missed = [f"{name} is {figures[name]}, aim ≤ {limit}" for name, limit in LIMITS.items() if figures[name] > limit]
    if figures["window_s"] > SLOWER_THAN_SOURCE * figures["source_window_s"]:
        missed.append(f"window_s is more than {SLOWER_THAN_SOURCE} times source_window_s")
    for sentence in missed:
        print(f"{sentence}.")
    wrong = figures["differences"] or figures["left_behind"] or not figures["folder_dropped"]
    return 1 if missed or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
