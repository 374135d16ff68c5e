"""What a built application holds, and what the build refuses."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "dist" / "negatoscope"
built = pytest.mark.skipif(not BUNDLE.is_dir(), reason="needs a built application (python3 packaging/build.py)")


def test_a_module_of_ours_that_would_be_missed_is_named(load) -> None:
    warnings = [
        "missing module named distributed - imported by fsspec (top-level), viewer.triage.cluster (delayed, optional)",
        "missing module named winreg - imported by viewer.settings (conditional)",
        "excluded module named PySide6.QtNetwork - imported by viewer.qt.window (top-level)",
        "missing module named 'pandas.io' - imported by torch (top-level), model.film (delayed)",
    ]
    assert load("contents").missing_imports(warnings) == [
        "viewer.qt.window imports PySide6.QtNetwork, which the recipe leaves out.",
        "model.film imports pandas.io, which the recipe leaves out.",
    ]


def test_equal_folders_have_equal_listings_and_a_changed_byte_shows(load, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "inner").mkdir(parents=True)
        (tmp_path / name / "inner" / "file").write_bytes(b"content")
        (tmp_path / name / "link").symlink_to("inner/file")
    listing = load("contents").listing
    assert listing(tmp_path / "one") == listing(tmp_path / "two")
    (tmp_path / "two" / "inner" / "file").write_bytes(b"another")
    assert len(set(listing(tmp_path / "one")) ^ set(listing(tmp_path / "two"))) == 2


@pytest.mark.parametrize(
    ("stated", "edition"),
    [("cuda: Optional[str] = None", "cpu"), ("cuda: Optional[str] = '13.0'", "cuda"), ("debug = False", "cpu")],
)
def test_the_edition_must_be_that_of_the_torch_that_came(load, tmp_path: Path, stated: str, edition: str) -> None:
    environments = load("environments")
    folder = tmp_path / "lib" / "python3" / "site-packages" / "torch"
    folder.mkdir(parents=True)
    (folder / "version.py").write_text(f"__version__ = '2'\n{stated}\nhip: Optional[str] = None\n")
    environments.check_edition(tmp_path, edition)
    other = {"cpu": "cuda", "cuda": "cpu"}[edition]
    with pytest.raises(environments.EditionError, match=f"served torch for {edition}.*--torch-index"):
        environments.check_edition(tmp_path, other)


@pytest.mark.skipif(shutil.which("objdump") is None, reason="needs objdump")
def test_what_is_asked_of_the_system_is_read_from_the_files(load, tmp_path: Path) -> None:
    needs = load("linux_needs")
    shutil.copy(shutil.which("objdump"), tmp_path / "program")
    (tmp_path / "text").write_text("no program")
    read = needs.read(tmp_path)
    assert any(name.startswith("libbfd") for name in read.libraries)
    assert (2, 2) < read.glibc < (3,)
    with pytest.raises(needs.ContentsError, match="libbfd"):
        needs.check(read)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _closure(names: set[str], extra: str = "") -> set[str]:
    """Return these distributions with everything that they require here."""
    seen: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        try:
            asked = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        wanted = [Requirement(text) for text in asked]
        here = {_plain(w.name) for w in wanted if w.marker is None or w.marker.evaluate({"extra": extra})}
        waiting |= here - seen
        extra = ""
    return seen


def _files_in_bundle() -> set[str]:
    return {path.relative_to(BUNDLE).as_posix() for path in BUNDLE.rglob("*") if path.is_file()}


def _listed() -> list[str]:
    return next((ROOT / "dist").glob("*.contents.txt")).read_text(encoding="utf-8").splitlines()


@built
def test_the_application_holds_every_resource_and_notice_and_no_training_or_tests() -> None:
    names = _files_in_bundle()
    wanted = {
        f"_internal/resources/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert wanted - names == set()
    assert {"_internal/resources/notices/parts.json", "_internal/resources/notices/build.json"} <= names
    assert not [name for name in names if "/training/" in name or "/tests/" in name]


@built
def test_the_application_holds_every_module_of_ours() -> None:
    inside = {line.split("!")[1] for line in _listed() if "!" in line}
    ours = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for room in ("viewer", "model", "resources")
        for path in (ROOT / room).rglob("*.py")
    }
    assert ours - inside == set()
    assert not [name for name in inside if name.split(".")[0] in {"training", "tests"}]


@built
def test_nothing_travels_that_only_training_tests_or_packaging_ask_for() -> None:
    runtime = _closure({"negatoscope"})
    others = set().union(*(_closure({"negatoscope"}, extra) for extra in ("training", "test", "packages", "cluster")))
    parts = json.loads((BUNDLE / "_internal" / "resources" / "notices" / "parts.json").read_text())
    travelling = {_plain(part["name"]) for part in parts}
    assert travelling & (others - runtime) <= {"pyinstaller", "pyinstaller-hooks-contrib"}  # the bootloader alone


@built
def test_no_library_under_the_gpl_travels() -> None:
    forbidden = ("libreadline", "libgdbm", "libx264", "libx265", "libavcodec-gpl", "libfftw")
    assert not [name for name in _files_in_bundle() if name.rsplit("/", 1)[-1].startswith(forbidden)]
    parts = json.loads((BUNDLE / "_internal" / "resources" / "notices" / "parts.json").read_text())
    gpl = [part["name"] for part in parts if re.search(r"(?<!L)(?<!Lesser )A?GPL", part["licence"])]
    assert set(gpl) <= {"libgcc-s1", "libstdc++6", "pyinstaller"}  # with exceptions for programs under any licence


@built
def test_the_bill_of_materials_names_every_part() -> None:
    bill = json.loads(next((ROOT / "dist").glob("*.cdx.json")).read_text())
    named = {_plain(component["name"]) for component in bill["components"]}
    parts = json.loads((BUNDLE / "_internal" / "resources" / "notices" / "parts.json").read_text())
    assert {_plain(part["name"]) for part in parts} | {"negatoscope network"} == named


@built
@pytest.mark.skipif(sys.platform == "win32", reason="the command line has a program of its own on Windows")
def test_the_application_tells_the_commit_that_it_was_built_from() -> None:
    built_from = json.loads((BUNDLE / "_internal" / "resources" / "notices" / "build.json").read_text())
    said = subprocess.run([BUNDLE / "negatoscope", "--version"], capture_output=True, text=True, check=True).stdout
    assert said == f"negatoscope {built_from['version']} ({built_from['commit']})\n"
