"""Everything is found, once, with a reason where it cannot be opened; nothing stops the rest."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from phantoms import Pose, phantom_file
from pydicom import dcmread
from pydicom.fileset import FileSet
from pydicom.uid import generate_uid

from viewer.triage.discover import ATTEMPTS, Found, discover
from viewer.triage.intake import Task, take_in


def _names(found: list[Found]) -> list[str]:
    return [" › ".join((one.path.name, *one.inside)) for one in found]


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _locked(path: Path, password: str) -> Path:
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr("film.dcm", b"x" * 200)
    return path


def test_members_of_archives_and_of_those_within_are_rows(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "inner.zip", {"b.dcm": b"b" * 200})
    _zip(tmp_path / "outer.bin", {"a.dcm": b"a" * 200, "inner.zip": inner.read_bytes(), "../evil.dcm": b"c" * 200})
    inner.unlink()
    (tmp_path / "film 10.dcm").write_bytes(b"x")
    (tmp_path / "film 2.dcm").write_bytes(b"x")
    found = list(discover([tmp_path]))
    assert _names(found) == [
        *("film 2.dcm", "film 10.dcm"),
        *("outer.bin › a.dcm", "outer.bin › inner.zip › b.dcm", "outer.bin › ../evil.dcm"),
    ]
    assert [one.code for one in found] == ["", "", "", "", "unsafe_name"]


def test_a_password_is_asked_for_again_until_it_fits(tmp_path: Path) -> None:
    path = _locked(tmp_path / "locked.zip", "right")
    asked: list[str] = []

    def ask(_path: Path, name: str) -> str:
        asked.append(name)
        return "right" if len(asked) == 2 else "wrong"

    (found,) = discover([path], ask)
    assert asked == ["locked.zip"] * 2
    assert found.passwords == (("locked.zip", "right"),)
    asked[:] = [""] * 5
    list(discover([path], ask))
    assert len(asked) == 5 + ATTEMPTS


def test_giving_up_on_a_password_asks_once(tmp_path: Path) -> None:
    asked: list[str] = []
    (found,) = discover([_locked(tmp_path / "l.zip", "x")], lambda _path, name: asked.append(name))
    assert asked == ["l.zip"]
    assert found.passwords == ()


def test_documents_empty_and_damaged_archives_are_one_row_each(tmp_path: Path) -> None:
    _zip(tmp_path / "a letter.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    _zip(tmp_path / "b.zip", {})
    (tmp_path / "c.zip").write_bytes(_zip(tmp_path / "c", {"f": b"f" * 500}).read_bytes()[:300])
    (tmp_path / "c").unlink()
    found = list(discover([tmp_path]))
    assert _names(found) == ["a letter.docx", "b.zip", "c.zip"]
    assert [one.code for one in found] == ["not_a_film", "not_a_film", "damaged"]
    assert all(one.reason for one in found)


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links and permissions")
def test_loops_pipes_and_what_is_gone_are_rows_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "torn").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zfilm").write_bytes(b"x")
    found = {one.path.name: one.code for one in discover([tmp_path, tmp_path / "gone"])}
    assert found == {"self": "unreadable", "torn": "missing", "pipe": "unreadable", "zfilm": "", "gone": "missing"}


def test_a_folder_that_may_not_be_listed_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    (tmp_path / "film").write_bytes(b"x")
    listed = os.scandir

    def scandir(path: Path) -> Any:
        if path == shut:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(discover([tmp_path]))
    assert [(one.path.name, one.code) for one in found] == [("film", ""), ("shut", "unreadable")]
    assert found[1].reason


def test_a_medium_inside_an_archive_is_its_films_and_its_table_of_contents(tmp_path: Path) -> None:
    medium = FileSet()
    dataset = dcmread(phantom_file(tmp_path / "film.dcm", Pose(size=128)))
    dataset.PatientID, dataset.StudyInstanceUID = "1", generate_uid()
    dataset.StudyID, dataset.SeriesNumber, dataset.InstanceNumber = "1", 1, 1
    medium.add(dataset)
    medium.write(tmp_path / "cd")
    medium._stage["t"].cleanup()
    shutil.make_archive(str(tmp_path / "cd"), "zip", tmp_path / "cd")
    found = list(discover([tmp_path / "cd.zip"]))
    taken = [take_in(Task(number, one.path, 128, one.inside)) for number, one in enumerate(found)]
    assert sorted((one.status, one.reason_code) for one in taken) == [("analysing", ""), ("other", "not_a_film")]
