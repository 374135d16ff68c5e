#!/usr/bin/env python3
"""Proves the .deb on a machine that has nothing: a fresh Debian 12 without Python, and for its user without network.

    sudo python3 packaging/smoke.py [DEB] [--out DIR] [--source PROGRAM] [--only proof|figures]

**Proof.** In a debootstrap chroot it installs the package with apt and runs ``selftest``. A new user then double-clicks
a film in the file manager, accepts the notice and sees the answer; opens a film by ``xdg-open``; drags a folder onto
the window. The answers are compared with the source run. The package is removed, and what is left is listed. A .run
beside the .deb is installed, tested and removed by the user alone.
**Figures.** Sizes, start times beside the source run, and the time to the first answer.

DEB is the newest in ``dist/`` when not given. Pictures and ``figures.json`` go to ``build/smoke``. Needs root and
Debian's package mirror; the tools it needs on this machine are installed by apt.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import figures
from chroot import HOME, USER, Chroot

ROOT = Path(__file__).resolve().parent.parent
DEMONSTRATION = ROOT / "resources" / "films" / "demonstration.dcm"
WALK = ROOT / "packaging" / "walk"
TOOLS = {
    **{"debootstrap": "debootstrap", "Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"},
    **{"blackbox": "blackbox", "xwd": "x11-apps", "xprop": "x11-utils"},
}
"""Programs that are needed on this machine, to make the chroot and to time the source run; and their packages."""
TOLERANCE = 1e-3
USERS_OWN = tuple(f"{HOME.lstrip('/')}/{folder}/Negatoscope/" for folder in (".config", ".local/share", ".local/state"))
CRASHES = ".local/state/Negatoscope/log/crashes"


def prepare_machine() -> None:
    """Install what is missing on this machine, or end with a sentence."""
    if os.geteuid() != 0:
        sys.exit("A chroot needs root: run this with sudo.")
    missing = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if missing and shutil.which("apt-get") is None:
        sys.exit(f"These are needed and not installed; in Debian's names: {' '.join(missing)}.")
    if missing:
        print(f"Installing {' '.join(missing)} …", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], check=True, env=environment
        )


def newest_package() -> Path:
    """Return the newest .deb in dist/, or end with a sentence."""
    found = sorted((ROOT / "dist").glob("negatoscope_*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        sys.exit("There is no .deb in dist/; make one with python3 packaging/build.py.")
    return found[-1]


def answers(text: str) -> list[tuple[str, float]]:
    """Return the numbers of an ``analyse --json`` line that must not depend on packaging."""
    answer = json.loads(text.splitlines()[-1])
    numbers = [(finding["id"], finding["probability"]) for finding in answer["findings"]]
    return [*numbers, ("opacity_extent", answer["opacity_extent"]), ("boxes", float(len(answer["boxes"])))]


def compare(packaged: str, source: str) -> list[str]:
    """Return a sentence for every number that differs between the packaged and the source run."""
    pairs = zip(answers(packaged), answers(source), strict=True)
    return [f"{name}: packaged {a:.4f}, source {b:.4f}" for (name, a), (_, b) in pairs if abs(a - b) > TOLERANCE]


def remove(chroot: Chroot) -> None:
    """Remove every edition that is installed, with what only it needed."""
    installed = "$(dpkg-query --show --showformat='${Package} ' 'negatoscope*' 2>/dev/null || true)"
    chroot.run(f"apt-get purge -y -qq {installed} && apt-get autoremove -y -qq --purge")


def install(chroot: Chroot, deb: Path) -> set[str]:
    """Install the package afresh beside a user's films and return the files that were there before."""
    remove(chroot)
    shutil.rmtree(chroot.home, ignore_errors=True)
    (chroot.home / "films").mkdir(parents=True)
    (chroot.home / "seen").mkdir()
    (chroot.home / ".run").mkdir(mode=0o700)
    shutil.copy(DEMONSTRATION, chroot.home / "films" / "one.dcm")
    shutil.copytree(WALK, chroot.home / "walk")
    chroot.run(f"chown -R {USER}: {HOME}")
    before = chroot.files()
    shutil.copy(deb, chroot.folder / "tmp" / "negatoscope.deb")
    chroot.run("apt-get install -y -qq --no-install-recommends /tmp/negatoscope.deb")
    return before


def walk(chroot: Chroot, out: Path) -> None:
    """Go the ways of a new user and keep the pictures."""
    for way in ("first_start.sh", "open_by_type.sh", "drop_folder.sh"):
        chroot.run(f"cd {HOME}; walk/session.sh walk/{way}", user=USER)
    for picture in sorted((chroot.home / "seen").iterdir()):
        shutil.copy(picture, out)


def left_behind(chroot: Chroot, before: set[str]) -> dict[str, list[str]]:
    """Remove the package and return what is left: of the user's own, and of anything else.

    Other programs of the desktop keep books of their own in the user's home; those are not looked at.
    """
    remove(chroot)
    new = sorted(chroot.files() - before)
    left = [name for name in new if "negatoscope" in name.lower() or not name.startswith(HOME.lstrip("/"))]
    return {
        "users_own": [name for name in left if name.startswith(USERS_OWN)],
        "left_behind": [name for name in left if not name.startswith(USERS_OWN)],
    }


def try_run(chroot: Chroot, installer: Path) -> list[str]:
    """Install the self-extracting installer as a user, test, remove, and return what of it is left in the home.

    The desktop's own indexes of file types and programs stay, without the program in them.
    """
    before = chroot.files()
    shutil.copy(installer, chroot.folder / "tmp" / "negatoscope.run")
    chroot.run("sh /tmp/negatoscope.run && ~/.local/bin/negatoscope selftest", user=USER)
    chroot.run("~/.local/lib/negatoscope/uninstall", user=USER)
    new = [name for name in chroot.files() - before if "negatoscope" in name.lower() or "dicom" in name]
    return sorted(name for name in new if not name.startswith(USERS_OWN))


def prove(chroot: Chroot, deb: Path, source: Path, out: Path) -> tuple[dict[str, Any], bool]:
    """Install, use, compare, remove; return what was seen and whether all of it is right."""
    before = install(chroot, deb)
    if chroot.run("command -v python3 || true"):
        sys.exit("The chroot has a Python; the proof would prove nothing.")
    print(chroot.run("negatoscope --version; negatoscope selftest", user=USER), flush=True)
    packaged = chroot.run("negatoscope analyse ~/films/one.dcm --json -", user=USER)
    analyse = [source, "analyse", DEMONSTRATION, "--json", "-"]
    reference = subprocess.run(analyse, env=figures.source_environment(), capture_output=True, text=True, check=True)
    seen: dict[str, Any] = {"differences": compare(packaged, reference.stdout)}
    walk(chroot, out)
    seen["crash_reports"] = [path.read_text() for path in sorted((chroot.home / CRASHES).glob("*"))]
    seen |= left_behind(chroot, before)
    for installer in deb.parent.glob("*.run"):
        seen["left_behind"] += try_run(chroot, installer)
    return seen, not (seen["differences"] or seen["crash_reports"] or seen["left_behind"])


def main() -> int:
    """Run the proof; the exit status tells whether everything held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deb", type=Path, nargs="?")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "smoke")
    parser.add_argument("--source", type=Path, default=ROOT / ".venv" / "bin" / "negatoscope")
    parser.add_argument("--only", choices=("proof", "figures"))
    options = parser.parse_args()
    prepare_machine()
    deb, out = (options.deb or newest_package()).resolve(), options.out.resolve()
    if not options.source.is_file():
        sys.exit(
            f"{options.source} is not there to compare with: run packaging/bootstrap.py test once, or give --source."
        )
    out.mkdir(parents=True, exist_ok=True)
    right = True
    with Chroot(out / "chroot").ready() as chroot:
        if options.only != "figures":
            seen, right = prove(chroot, deb, options.source, out)
            print(json.dumps(seen, indent=1), flush=True)
        if options.only != "proof":
            install(chroot, deb)
            measured = figures.measure(chroot, deb, options.source, out)
            (out / "figures.json").write_text(json.dumps(measured, indent=1) + "\n")
            print(json.dumps(measured, indent=1))
            missed = figures.missed(measured)
            print("\n".join(missed) or "Every figure is within its limit.")
            right = right and not missed
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
