"""What installers are made of: shared files, dependencies, stand-ins, and the scripts that install and remove."""

from __future__ import annotations

import ctypes
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux")


@pytest.fixture
def release(load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    return load("linux_packages").Release(tmp_path / "application", "1.2.3", "cpu", "2.17")


def test_the_debian_package_depends_on_what_qt_loads(load) -> None:
    assert set(load("bootstrap").QT_LIBRARIES.values()) <= set(load("linux_needs").PACKAGES.values())


def test_shared_files_are_filled_in_and_well_formed(load, release, tmp_path: Path) -> None:
    packages = load("linux_packages")
    packages.stage_shared_files(tmp_path, release)
    packages.stage_debian_files(tmp_path, release)
    share = tmp_path / "usr" / "share"
    metainfo = ElementTree.parse(next((share / "metainfo").iterdir())).getroot()
    stated = metainfo.find("releases/release")
    assert stated is not None
    assert stated.attrib == {"version": "1.2.3", "date": "1970-01-02"}
    ElementTree.parse(share / "mime" / "packages" / "negatoscope.xml")
    desktop = (share / "applications" / "negatoscope.desktop").read_text(encoding="utf-8")
    assert "application/dicom" in desktop
    assert "Exec=negatoscope %F" in desktop
    assert (share / "man" / "man1" / "negatoscope.1.gz").stat().st_size > 200
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / "negatoscope.svg").is_file()
    texts = [path for path in share.rglob("*") if path.suffix in {".desktop", ".xml"} or path.name == "copyright"]
    assert not [path for path in texts if re.search(r"@[A-Z]+@", path.read_text(encoding="utf-8"))]


@linux
@pytest.mark.skipif(shutil.which("dpkg") is None, reason="needs dpkg")
def test_the_editions_exclude_each_other(load, release, tmp_path: Path) -> None:
    packages = load("linux_packages")
    cuda = packages.Release(release.application, "1.2.3", "cuda", "2.17")
    control = packages.control_file(release, tmp_path).decode()
    assert "Package: negatoscope\n" in control
    assert "Conflicts: negatoscope-cuda\n" in control
    assert "Depends: libc6 (>= 2.17), " in control
    assert "Package: negatoscope-cuda\n" in packages.control_file(cuda, tmp_path).decode()
    assert "Conflicts: negatoscope\n" in packages.control_file(cuda, tmp_path).decode()


def extracted(packages, release, tree: Path) -> Path:
    """Lay out what the self-extracting installer unpacks, around a program of one line."""
    packages.place(tree / "lib" / "negatoscope" / "negatoscope", b"#!/bin/sh\necho runs\n", 0o755)
    packages.stage_shared_files(tree, release)
    packages.place(tree / "install.sh", packages.fill("install.sh", release), 0o755)
    return tree


def run_installer(tree: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    return subprocess.run(["./install.sh"], cwd=tree, env=environment, capture_output=True, text=True)


@linux
def test_the_self_extracting_installer_leaves_only_what_is_the_users(load, release, tmp_path: Path) -> None:
    tree, home = extracted(load("linux_packages"), release, tmp_path / "tree"), tmp_path / "a home"
    own = home / ".config" / "Negatoscope" / "options.json"
    own.parent.mkdir(parents=True)
    own.write_text("{}")
    for _ in range(2):  # installing over itself is an update
        done = run_installer(tree, home)
        assert done.returncode == 0, done.stderr
    program = home / ".local" / "bin" / "negatoscope"
    assert subprocess.check_output([program], text=True) == "runs\n"
    entry = (home / ".local" / "share" / "applications" / "negatoscope.desktop").read_text(encoding="utf-8")
    assert f'Exec="{home}/.local/lib/negatoscope/negatoscope" %F' in entry
    subprocess.run([home / ".local" / "lib" / "negatoscope" / "uninstall"], check=True, capture_output=True)
    left = [path for path in home.rglob("*") if not path.is_dir() and "negatoscope" in path.name.lower()]
    assert left == []
    assert own.is_file()


@linux
def test_the_self_extracting_installer_refuses_an_old_system(load, release, tmp_path: Path) -> None:
    packages = load("linux_packages")
    newer = packages.Release(release.application, "1.2.3", "cpu", "99.1")
    done = run_installer(extracted(packages, newer, tmp_path / "tree"), tmp_path / "home")
    assert done.returncode == 1
    assert "needs the GNU C library 99.1 or newer" in done.stderr
    assert not (tmp_path / "home").exists()


def test_mac_bundle_opens_films() -> None:
    info = plistlib.loads((FOLDER / "macos" / "Info.plist").read_bytes())
    types = {kind for entry in info["CFBundleDocumentTypes"] for kind in entry["LSItemContentTypes"]}
    assert {"org.nema.dicom", "public.png", "public.jpeg", "public.tiff"} <= types
    assert all(plistlib.loads((FOLDER / "macos" / "entitlements.plist").read_bytes()).values())


@pytest.mark.skipif(shutil.which("makensis") is None, reason="needs makensis")
def test_the_windows_installer_compiles(tmp_path: Path) -> None:
    payload = tmp_path / "payload"
    (payload / "_internal").mkdir(parents=True)
    for name in ("negatoscope.exe", "negatoscope-cli.exe", "_internal/library.dll"):
        (payload / name).write_bytes(b"placeholder")
    setup = tmp_path / "negatoscope-1.2.3-setup.exe"
    values = {"VERSION": "1.2.3", "PAYLOAD": payload, "OUTPUT": setup}
    defined = [f"-D{key}={value}" for key, value in values.items()]
    done = subprocess.run(
        ["makensis", "-WX", *defined, FOLDER / "windows" / "negatoscope.nsi"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert setup.read_bytes().startswith(b"MZ")


@linux
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_a_stand_in_satisfies_the_loader_and_aborts_when_called(load, tmp_path: Path) -> None:
    standins = load("standins")
    library = tmp_path / "libunused.so.1"
    library.touch()
    standins.compile_shared(standins.source({"unused_call"}, library.name), library)
    assert ctypes.CDLL(str(library)).unused_call is not None
    call = f"import ctypes; ctypes.CDLL({str(library)!r}).unused_call()"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True)
    assert done.returncode != 0
    assert "unused_call of libunused.so.1 is not part of this application" in done.stderr


def test_the_manual_page_names_every_option(load, release) -> None:
    import typer.main

    from viewer.cli import app

    manual = load("linux_packages").fill("negatoscope.1", release).decode().replace("\\-", "-")
    commands = typer.main.get_command(app).commands
    asked = {option for command in commands.values() for parameter in command.params for option in parameter.opts}
    assert set(commands) == set(re.findall(r"^\.SS \"negatoscope (\w+)", manual, re.MULTILINE))
    assert {option for option in asked if option.startswith("--") and option not in manual} == set()


def tiny_application(folder: Path, seconds: int) -> Path:
    """Return an application of one line whose files are as old as is said."""
    (folder / "_internal").mkdir(parents=True)
    for name in ("negatoscope", "_internal/library.so"):
        (folder / name).write_text("#!/bin/sh\necho runs\n")
        os.utime(folder / name, (seconds, seconds))
    return folder


@linux
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")
def test_the_same_application_makes_the_same_package(load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    packages = load("linux_packages")
    made = []
    for name, seconds in (("one", 1_000_000_000), ("another", 1_500_000_000)):
        monkeypatch.setattr(packages, "BUILD", tmp_path / name)
        application = tiny_application(tmp_path / name / "application", seconds)
        release = packages.Release(application, "1.2.3", "cpu", "2.17")
        made.append(packages.build_deb(release, tmp_path / name, "gzip"))
    assert made[0].read_bytes() == made[1].read_bytes()
    listed = subprocess.check_output(["dpkg-deb", "--contents", made[0]], text=True).splitlines()
    modes = {line.split()[5]: line.split()[0] for line in listed}
    assert modes["./usr/lib/negatoscope/negatoscope"] == "-rwxr-xr-x"
    assert modes["./usr/share/lintian/overrides/negatoscope"] == "-rw-r--r--"


@linux
@pytest.mark.skipif(shutil.which("makeself") is None, reason="needs makeself")
def test_the_self_extracting_installer_runs_and_is_made_the_same_twice(
    load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    packages = load("linux_packages")
    made = []
    for turn in ("one", "two"):
        monkeypatch.setattr(packages, "BUILD", tmp_path / turn)
        application = tiny_application(tmp_path / turn / "application", 1_000_000_000)
        made.append(packages.build_run(packages.Release(application, "1.2.3", "cpu", "2.17"), tmp_path))
        made[-1] = made[-1].rename(tmp_path / f"{turn}.run")
    environment = {"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
    subprocess.run(["sh", made[0]], env=environment, check=True, capture_output=True)
    assert subprocess.check_output([tmp_path / "home" / ".local" / "bin" / "negatoscope"], text=True) == "runs\n"
    assert made[0].read_bytes() == made[1].read_bytes()
