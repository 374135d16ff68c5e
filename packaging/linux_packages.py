"""Wraps the frozen application for Linux: a .deb for Debian and Ubuntu, a self-extracting .run for the rest."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import time
from email.utils import formatdate
from pathlib import Path

from bootstrap import QT_LIBRARIES

HERE = Path(__file__).resolve().parent / "linux"
BUILD = HERE.parent.parent / "build"
ICONS = BUILD / "icons"
SCALABLE_ICON = HERE.parent.parent / "resources" / "icons" / "negatoscope.svg"
DEPENDS = ["libc6 (>= 2.28)", *sorted(QT_LIBRARIES.values()), "fonts-dejavu-core | fonts-noto-core | fonts-liberation"]
APPLICATION_ID = "io.github.negatoscope.Negatoscope"

POSTINST = """#!/bin/sh
set -e
for tool in "update-desktop-database -q /usr/share/applications" "update-mime-database /usr/share/mime" \\
    "gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor"; do
    if command -v "${tool%% *}" >/dev/null 2>&1; then $tool || true; fi
done
"""

MAINTAINER = "The Negatoscope authors <negatoscope@users.noreply.github.com>"
CHANGELOG = """negatoscope ({version}) stable; urgency=medium

  * See CHANGELOG.md in the sources.

 -- {maintainer}  {date}
"""

CONTROL = """Package: negatoscope
Version: {version}
Section: science
Priority: optional
Architecture: {architecture}
Installed-Size: {kilobytes}
Depends: {depends}
Maintainer: {maintainer}
Homepage: https://github.com/negatoscope/negatoscope
Description: chest film viewer that shows what a network sees
 Opens chest films in DICOM, PNG, JPEG and TIFF with correct grey levels and
 lays over them what a bundled neural network finds: boxes, lungs, heat maps.
 Everything is bundled; no network connection is used.
 .
 For research and education only; not for diagnosis.
"""


def built_at() -> int:
    """Return the time that files are dated with, in seconds since the epoch: the commit's, where it is known."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))


def fill(template: str, version: str) -> bytes:
    """Return a template file with version and date filled in."""
    day = time.strftime("%Y-%m-%d", time.gmtime(built_at()))
    return (HERE / template).read_text().replace("@VERSION@", version).replace("@DATE@", day).encode()


def place(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file with its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    target.chmod(mode)


def stage_shared_files(tree: Path, version: str) -> None:
    """Lay out desktop entry, MIME type, metainfo, icons, man page and copyright below ``tree``/usr/share."""
    share = tree / "usr" / "share"
    place(share / "applications" / "negatoscope.desktop", fill("negatoscope.desktop", version))
    place(share / "mime" / "packages" / "negatoscope.xml", fill("negatoscope-mime.xml", version))
    place(share / "metainfo" / f"{APPLICATION_ID}.metainfo.xml", fill(f"{APPLICATION_ID}.metainfo.xml", version))
    place(share / "doc" / "negatoscope" / "copyright", fill("copyright", version))
    changelog = CHANGELOG.format(version=version, maintainer=MAINTAINER, date=formatdate(built_at()))
    place(share / "doc" / "negatoscope" / "changelog.gz", gzip.compress(changelog.encode(), mtime=0))
    place(share / "man" / "man1" / "negatoscope.1.gz", gzip.compress(fill("negatoscope.1", version), mtime=0))
    place(share / "lintian" / "overrides" / "negatoscope", fill("lintian-overrides", version))
    icons = share / "icons" / "hicolor"
    place(icons / "scalable" / "apps" / "negatoscope.svg", SCALABLE_ICON.read_bytes())
    for picture in sorted(ICONS.glob("negatoscope-*.png")):
        size = picture.stem.removeprefix("negatoscope-")
        place(icons / f"{size}x{size}" / "apps" / "negatoscope.png", picture.read_bytes())


def tidy_modes(tree: Path) -> None:
    """Give every file the mode Debian expects: programs 755, everything else 644."""
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        program = path.is_dir() or (path.name in {"negatoscope", "torch_shm_manager"} and "usr/lib" in str(path))
        path.chmod(0o755 if program else 0o644)


def build_deb(application: Path, dist: Path, version: str, edition: str, compression: str) -> Path:
    """Build the .deb and return its path."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    library = tree / "usr" / "lib" / "negatoscope"
    library.parent.mkdir(parents=True)
    shutil.copytree(application, library, symlinks=True)
    stage_shared_files(tree, version)
    tidy_modes(tree)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "negatoscope").symlink_to("../lib/negatoscope/negatoscope")
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    control = CONTROL.format(
        maintainer=MAINTAINER,
        version=version,
        architecture=architecture,
        kilobytes=kilobytes,
        depends=", ".join(DEPENDS),
    )
    place(tree / "DEBIAN" / "control", control.encode())
    place(tree / "DEBIAN" / "postinst", POSTINST.encode(), 0o755)
    place(tree / "DEBIAN" / "postrm", POSTINST.encode(), 0o755)
    deb = dist / f"negatoscope_{version}_{architecture}{'' if edition == 'cpu' else '-' + edition}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", tree, deb], check=True)
    return deb


def build_run(application: Path, dist: Path, version: str, edition: str) -> Path:
    """Build the self-extracting installer, which puts the application below ~/.local."""
    tree = BUILD / "run"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(application, tree / "lib" / "negatoscope", symlinks=True)
    stage_shared_files(tree, version)
    place(tree / "install.sh", (HERE / "install.sh").read_bytes(), 0o755)
    target = dist / f"negatoscope-{version}-{edition}.run"
    label = f"Negatoscope {version}"
    subprocess.run(["makeself", "--zstd", "--quiet", "--nox11", tree, target, label, "./install.sh"], check=True)
    return target


def build(application: Path, dist: Path, version: str, edition: str, compression: str) -> None:
    """Build every Linux package this machine has the tools for."""
    build_deb(application, dist, version, edition, compression)
    if shutil.which("makeself"):
        build_run(application, dist, version, edition)
    else:
        print("makeself is not installed, so no .run was made (apt-get install makeself zstd).")
