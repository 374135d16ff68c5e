"""Wraps the frozen application for Linux: a .deb for Debian and Ubuntu, a self-extracting .run for the rest."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import linux_needs

HERE = Path(__file__).resolve().parent / "linux"
ROOT = HERE.parent.parent
BUILD = ROOT / "build"
ICONS = BUILD / "icons"
SCALABLE_ICON = ROOT / "resources" / "icons" / "negatoscope.svg"
FONTS = "fonts-dejavu-core | fonts-noto-core | fonts-liberation"
APPLICATION_ID = "io.github.negatoscope.Negatoscope"
PROGRAMS = {"negatoscope", "torch_shm_manager", "install.sh"}
MAINTAINER = "The Negatoscope authors <negatoscope@users.noreply.github.com>"


@dataclass(frozen=True, slots=True)
class Release:
    """What is wrapped: the frozen application's folder, its version and edition, and the oldest glibc it runs on."""

    application: Path
    version: str
    edition: str
    glibc: str

    @property
    def package(self) -> str:
        """Return the Debian package's name; the two editions exclude each other."""
        return "negatoscope" if self.edition == "cpu" else f"negatoscope-{self.edition}"


def built_at() -> int:
    """Return the time that files are dated with, in seconds since the epoch: the commit's, where it is known."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))


def fill(template: str, release: Release, **more: str) -> bytes:
    """Return a template file with every ``@NAME@`` filled in."""
    words = {
        "VERSION": release.version,
        "GLIBC": release.glibc,
        "PACKAGE": release.package,
        "MAINTAINER": MAINTAINER,
        "DATE": time.strftime("%Y-%m-%d", time.gmtime(built_at())),
        "TIME": formatdate(built_at()),
    } | more
    text = (HERE / template).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text.encode()


def place(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file with its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(mode)


def stage_shared_files(tree: Path, release: Release) -> None:
    """Lay out desktop entry, MIME type, metainfo, icons and man page below ``tree``/usr/share."""
    share = tree / "usr" / "share"
    place(share / "applications" / "negatoscope.desktop", fill("negatoscope.desktop", release))
    place(share / "mime" / "packages" / "negatoscope.xml", fill("negatoscope-mime.xml", release))
    metainfo = f"{APPLICATION_ID}.metainfo.xml"
    place(share / "metainfo" / metainfo, fill(metainfo, release))
    place(share / "man" / "man1" / "negatoscope.1.gz", gzip.compress(fill("negatoscope.1", release), mtime=0))
    icons = share / "icons" / "hicolor"
    place(icons / "scalable" / "apps" / "negatoscope.svg", SCALABLE_ICON.read_bytes())
    for picture in sorted(ICONS.glob("negatoscope-*.png")):
        size = picture.stem.removeprefix("negatoscope-")
        place(icons / f"{size}x{size}" / "apps" / "negatoscope.png", picture.read_bytes())


def stage_debian_files(tree: Path, release: Release) -> None:
    """Lay out what Debian asks of every package: copyright, changelog, the reasons for what its checker finds."""
    share, package = tree / "usr" / "share", release.package
    place(share / "doc" / package / "copyright", fill("copyright", release))
    place(share / "doc" / package / "changelog.gz", gzip.compress(fill("changelog", release), mtime=0))
    place(share / "lintian" / "overrides" / package, fill("lintian-overrides", release))


def tidy(tree: Path) -> None:
    """Give every file the mode that Debian expects (programs 755, all else 644) and the commit's time."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            shared = path.is_relative_to(tree / "usr" / "share")
            program = path.is_dir() or (path.name in PROGRAMS and not shared)
            path.chmod(0o755 if program else 0o644)
        os.utime(path, (built_at(), built_at()), follow_symlinks=False)


def control_file(release: Release, tree: Path) -> bytes:
    """Return Debian's control file for a laid out tree."""
    kibibytes = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    depends = [f"libc6 (>= {release.glibc})", *sorted(linux_needs.PACKAGES.values()), FONTS]
    other = "negatoscope-cuda" if release.edition == "cpu" else "negatoscope"
    words = {"KIBIBYTES": str(kibibytes), "ARCHITECTURE": architecture, "DEPENDS": ", ".join(depends), "OTHER": other}
    return fill("control", release, **words)


def build_deb(release: Release, dist: Path, compression: str) -> Path:
    """Build the .deb and return its path."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(release.application, tree / "usr" / "lib" / "negatoscope", symlinks=True)
    stage_shared_files(tree, release)
    stage_debian_files(tree, release)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "negatoscope").symlink_to("../lib/negatoscope/negatoscope")
    control = control_file(release, tree)
    tidy(tree)
    place(tree / "DEBIAN" / "control", control)
    for script in ("postinst", "postrm"):
        place(tree / "DEBIAN" / script, fill("refresh.sh", release), 0o755)
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    deb = dist / f"{release.package}_{release.version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", tree, deb], check=True)
    return deb


def build_run(release: Release, dist: Path) -> Path:
    """Build the self-extracting installer, which puts the application below ~/.local; gzip is found everywhere."""
    tree = BUILD / "run"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(release.application, tree / "lib" / "negatoscope", symlinks=True)
    stage_shared_files(tree, release)
    place(tree / "install.sh", fill("install.sh", release))
    tidy(tree)
    name = f"negatoscope-{release.version}-{release.edition}.run"
    # Level "6n" is gzip -6 -n, which leaves out when it ran. Makeself writes down how it was called, so no whole paths.
    command = ["makeself", "--gzip", "--complevel", "6n", "--quiet", "--nox11", "--tar-format", "gnu"]
    command += ["--tar-extra", "--sort=name --owner=0 --group=0 --numeric-owner"]
    command += ["--packaging-date", formatdate(built_at())]
    command += [tree.name, name, f"Negatoscope {release.version}", "./install.sh"]
    subprocess.run(command, cwd=tree.parent, check=True)
    return Path(shutil.move(tree.parent / name, dist / name))


def build(application: Path, dist: Path, version: str, edition: str, compression: str) -> None:
    """Build every Linux package this machine has the tools for."""
    needs = linux_needs.read(application)
    linux_needs.check(needs)
    release = Release(application, version, edition, ".".join(map(str, needs.glibc)))
    build_deb(release, dist, compression)
    if shutil.which("makeself"):
        build_run(release, dist)
    else:
        print("makeself is not installed, so no .run was made (apt-get install makeself).")
