"""A throw-away Debian 12 in a folder: no Python, a small desktop, and a user who has no rights."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DESKTOP = ["xvfb", "blackbox", "pcmanfm", "xdg-utils", "shared-mime-info", "desktop-file-utils"]
"""What a desktop brings; the file manager opens films as the system says that their type is opened."""
INSTRUMENTS = ["file", "x11-utils", "x11-apps", "imagemagick", "xdotool"]
LENT = ("proc", "sys", "dev")
USER = "reader"
HOME = f"/home/{USER}"
BOOKS = ("var/lib/apt", "var/cache", "var/lib/dpkg", "var/log", "etc/ld.so.cache")
"""Where apt keeps its own books, which change with every installation."""


class Chroot:
    """A Debian system below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def home(self) -> Path:
        """Return the user's home as this machine sees it."""
        return self.folder / HOME.lstrip("/")

    @contextmanager
    def ready(self) -> Iterator[Chroot]:
        """Make it where it does not stand yet, lend it the kernel's folders, take them back at the end."""
        done = self.folder / "ready"
        self._take_back()
        if not done.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            subprocess.run(["debootstrap", "--variant=minbase", "bookworm", self.folder], check=True)
        for name in LENT:
            subprocess.run(["mount", "--rbind", f"/{name}", self.folder / name], check=True)
            subprocess.run(["mount", "--make-rslave", self.folder / name], check=True)
        try:
            if not done.exists():
                self._furnish()
                done.touch()
            yield self
        finally:
            self._take_back()

    def _take_back(self) -> None:
        """Unmount what was lent, by a killed run too: nothing of this machine may be deleted with the rest."""
        for name in LENT:
            while os.path.ismount(self.folder / name):
                subprocess.run(["umount", "--recursive", "--lazy", self.folder / name], check=True)

    def _furnish(self) -> None:
        for file in (Path("/etc/resolv.conf"), *Path("/etc/apt/apt.conf.d").glob("*proxy*")):
            if file.exists():
                shutil.copy(file, self.folder / file.relative_to("/"))
        # Nothing here outlasts a power cut, so nothing need be flushed to the disk.
        (self.folder / "etc/dpkg/dpkg.cfg.d/throw-away").write_text("force-unsafe-io\n")
        packages = " ".join(DESKTOP + INSTRUMENTS)
        self.run(f"apt-get update -qq && apt-get install -y -qq --no-install-recommends {packages}")
        self.run(f"useradd --create-home {USER}")

    def run(self, script: str, user: str = "root") -> str:
        """Run a shell script inside and return what it printed; anyone but root works without a network.

        The process ends with a sentence when the script fails.
        """
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        command = ["chroot", self.folder, "/bin/sh", "-ec", script]
        if user != "root":
            command = ["unshare", "--net", "chroot", f"--userspec={user}", self.folder, "/bin/sh", "-ec", script]
            environment |= {"HOME": f"/home/{user}", "XDG_RUNTIME_DIR": f"/home/{user}/.run"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"In the chroot this failed ({done.returncode}):\n{script}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def files(self) -> set[str]:
        """Return every file outside the kernel's folders, apt's own books and what is passing."""
        found: set[str] = set()
        for top in self.folder.iterdir():
            if top.name not in {*LENT, "tmp", "run"}:
                found.update(str(path.relative_to(self.folder)) for path in top.rglob("*") if not path.is_dir())
        return {name for name in found if not name.startswith(BOOKS)}
