"""What the packages are made of: texts, dependencies, licences, stand-ins, and the file list of a built application."""

from __future__ import annotations

import ctypes
import importlib.util
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging"
BUNDLE = ROOT / "dist" / "negatoscope"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch):
    """Return a function that imports one of the packaging scripts."""
    monkeypatch.syspath_prepend(str(FOLDER))

    def script(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return script


def test_the_debian_package_depends_on_what_qt_loads(load) -> None:
    assert set(load("bootstrap").QT_LIBRARIES.values()) <= set(load("linux_packages").DEPENDS)


def test_shared_files_are_filled_in_and_well_formed(load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    load("linux_packages").stage_shared_files(tmp_path, "1.2.3")
    share = tmp_path / "usr" / "share"
    metainfo = ElementTree.parse(next((share / "metainfo").iterdir())).getroot()
    release = metainfo.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": "1.2.3", "date": "1970-01-02"}
    ElementTree.parse(share / "mime" / "packages" / "negatoscope.xml")
    desktop = (share / "applications" / "negatoscope.desktop").read_text(encoding="utf-8")
    assert "application/dicom" in desktop
    assert "Exec=negatoscope %F" in desktop
    assert (share / "man" / "man1" / "negatoscope.1.gz").stat().st_size > 200
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / "negatoscope.svg").is_file()


def test_mac_bundle_opens_films() -> None:
    info = plistlib.loads((FOLDER / "macos" / "Info.plist").read_bytes())
    types = {kind for entry in info["CFBundleDocumentTypes"] for kind in entry["LSItemContentTypes"]}
    assert {"org.nema.dicom", "public.png", "public.jpeg", "public.tiff"} <= types


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v3", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0", False),
        ("GNU General Public License v2 (GPLv2)", False),
        ("GNU Affero General Public License v3", False),
    ],
)
def test_gpl_parts_are_refused(load, licence: str, allowed: bool, tmp_path: Path) -> None:
    licences = load("licences")
    metadata = {"Name": "part", "License-Expression": licence}
    part = SimpleNamespace(metadata=metadata, version="1", files=[], locate_file=Path)
    licences.importlib = SimpleNamespace(metadata=SimpleNamespace(distributions=lambda: [part]))
    if allowed:
        assert licences.collect(tmp_path)[0]["licence"] == licence
    else:
        with pytest.raises(licences.LicenceError, match="part 1 is under"):
            licences.collect(tmp_path)


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="needs a C compiler")
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


@pytest.mark.skipif(not BUNDLE.is_dir(), reason="needs a built application in dist/ (python3 packaging/build.py)")
def test_the_built_application_holds_what_it_needs_and_nothing_of_ours_that_it_does_not() -> None:
    names = {str(path.relative_to(BUNDLE)) for path in BUNDLE.rglob("*") if path.is_file()}
    wanted = {
        f"_internal/resources/{path.relative_to(ROOT / 'resources')}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert wanted - names == set()
    assert {"_internal/resources/notices/parts.json", "_internal/resources/notices/build.json"} <= names
    assert not any("/training/" in name or "/tests/" in name for name in names)
