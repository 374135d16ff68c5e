"""What a built program says of itself, and what a source checkout says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from viewer import versions
from viewer.versions import Part


def test_a_built_program_names_its_commit_and_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notices = tmp_path / "notices"
    notices.mkdir()
    (notices / "build.json").write_text(json.dumps({"version": "1.2", "commit": "abc1234"}))
    (notices / "parts.json").write_text(json.dumps([{"name": "numpy", "version": "2", "licence": "BSD"}]))
    monkeypatch.setattr("resources.ROOT", tmp_path)
    assert versions.own_version().endswith(" (abc1234)")
    assert versions.parts() == (Part("numpy", "2", "BSD"),)


def test_a_source_checkout_says_so_and_lists_what_it_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.ROOT", tmp_path)
    monkeypatch.setattr(versions.metadata, "requires", lambda name: ["numpy>=2.1", 'ruff>=0.9; extra == "test"'])
    assert versions.own_version().endswith(" (source)")
    (part,) = versions.parts()
    assert part.name == "numpy"
    assert part.version[0].isdigit()
    assert "BSD" in part.licence


def test_a_library_inside_a_built_program_keeps_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notices").mkdir()
    part = {"name": "Not_Installed.Here", "version": "3.1", "licence": "MIT"}
    (tmp_path / "notices" / "parts.json").write_text(json.dumps([part]))
    monkeypatch.setattr("resources.ROOT", tmp_path)
    assert versions.installed_version("not-installed-here") == "3.1"
    assert versions.installed_version("nowhere") == "of unknown version"
