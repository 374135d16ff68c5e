"""Whose work may travel inside the application, and that its texts and the bill of materials say so."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest


def distribution(folder: Path, licence: str, *texts: str) -> SimpleNamespace:
    for text in texts:
        (folder / text).parent.mkdir(parents=True, exist_ok=True)
        (folder / text).write_text(f"text of {text}")
    files = [Path("part.py"), *map(Path, texts)]
    metadata = {"Name": "part", "License-Expression": licence}
    return SimpleNamespace(metadata=metadata, version="1", files=files, locate_file=lambda file: folder / file)


def gather(licences, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: SimpleNamespace) -> Path:
    monkeypatch.setattr(licences.importlib.metadata, "distributions", lambda: [part])
    out = tmp_path / "notices"
    licences.gather([part.locate_file("part.py")], out)
    return out


@pytest.mark.parametrize(
    "licence", ["MIT", "LGPL-3.0-only", "GNU Lesser General Public License v3", "GPL-3.0 WITH GCC-exception-3.1"]
)
def test_a_permitted_part_is_listed_with_its_text(load, licence: str, tmp_path: Path, monkeypatch) -> None:
    part = distribution(tmp_path, licence, "part-1.dist-info/licenses/LICENSE")
    out = gather(load("licences"), monkeypatch, tmp_path, part)
    assert {"name": "part", "version": "1", "licence": licence} in json.loads((out / "parts.json").read_text())
    assert (out / "part-1" / "LICENSE").read_text().startswith("text of")


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "AGPL-3.0", "GNU General Public License v2 (GPLv2)", "GNU Affero General Public License v3"],
)
def test_gpl_parts_are_refused(load, licence: str, tmp_path: Path, monkeypatch) -> None:
    licences = load("licences")
    part = distribution(tmp_path, licence, "part-1.dist-info/licenses/COPYING")
    with pytest.raises(licences.LicenceError, match="part 1 is under"):
        gather(licences, monkeypatch, tmp_path, part)


def test_a_part_without_a_text_is_refused(load, tmp_path: Path, monkeypatch) -> None:
    licences = load("licences")
    with pytest.raises(licences.LicenceError, match="brings no licence text"):
        gather(licences, monkeypatch, tmp_path, distribution(tmp_path, "MIT"))


def test_texts_of_one_name_do_not_overwrite_each_other(load, tmp_path: Path, monkeypatch) -> None:
    texts = ("part-1.dist-info/licenses/LICENSE", "part-1.dist-info/licenses/inner/LICENSE")
    out = gather(load("licences"), monkeypatch, tmp_path, distribution(tmp_path, "MIT", *texts))
    assert {path.name for path in (out / "part-1").iterdir()} == {"LICENSE", "inner-LICENSE"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries travel on Linux alone")
@pytest.mark.parametrize("package", ["libreadline8", "libgdbm6", "libunheard-of1"])
def test_a_system_library_that_nobody_vouched_for_is_refused(load, package: str) -> None:
    licences = load("licences")
    with pytest.raises(licences.LicenceError, match=package):
        licences.part_of_package(package)


def test_every_text_that_is_named_lies_there(load) -> None:
    licences = load("licences")
    assert all((licences.TEXTS / text).is_file() for texts in licences.TEXTS_OF.values() for text in texts)


def test_the_bill_names_what_travels_and_only_that(load) -> None:
    bill = load("bill_of_materials")
    environment = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [{"bom-ref": "numpy==2", "name": "numpy"}, {"bom-ref": "pip==23", "name": "pip"}],
        "dependencies": [{"ref": "numpy==2", "dependsOn": ["pip==23"]}, {"ref": "pip==23"}, {"ref": "root"}],
    }
    parts = [
        {"name": "Numpy", "version": "2", "licence": "BSD-3-Clause"},
        {"name": "libx11-6", "version": "2:1.8", "licence": "MIT"},
    ]
    made = bill.compose(environment, parts, bill.component_of_network())
    names = [component["name"] for component in made["components"]]
    assert names == ["libx11-6", "negatoscope network", "numpy"]
    assert made["components"][0]["purl"] == "pkg:deb/debian/libx11-6@2%3A1.8"
    references = [component["bom-ref"] for component in made["components"]]
    assert made["dependencies"] == [{"ref": "root", "dependsOn": references}, {"ref": "numpy==2", "dependsOn": []}]
