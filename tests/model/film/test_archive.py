"""ZIP archives and DICOMDIR media: everything is found, hostile members are refused, nothing is written."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pyzipper
from pydicom.dataset import Dataset
from pydicom.fileset import FileSet
from reference_films import film_named, to_bytes

from model.errors import FilmError
from model.film import find_films, open_film
from model.film.archive import MAX_DEPTH, MAX_OPEN, Archive, Member
from model.film.dicomdir import read_dicomdir
from model.film.formats import Kind, probe

FILM = film_named("MONOCHROME2-u12-none")
OTHER = film_named("1.2.840.10008.1.2.4.70-u12")


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as container:
        for name, content in entries.items():
            container.writestr(name, content)
    return buffer.getvalue()


def locked(entries: dict[str, bytes], password: str) -> bytes:
    buffer = BytesIO()
    with pyzipper.AESZipFile(buffer, "w", zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as container:
        container.setpassword(password.encode())
        for name, content in entries.items():
            container.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Archive]:
    def make(content: bytes, ask: Any = None) -> Archive:
        path = tmp_path / "films.bin"
        path.write_bytes(content)
        return Archive(path, ask)

    return make


def by_name(opened: Archive) -> dict[str, Member]:
    return {member.name: member for member in opened.members()}


def test_members_open_as_films(archive: Callable[..., Archive]) -> None:
    with archive(
        packed({"a/film": FILM.data(), "b.dcm": OTHER.data(), "note.txt": b"hello", ".DS_Store": b"x"})
    ) as opened:
        members = by_name(opened)
        assert list(members) == ["a/film", "b.dcm", "note.txt"]
        film = opened.open(members["a/film"])
        np.testing.assert_array_equal(film.pixels, FILM.modality)
        assert film.path == opened.path / "a/film"
        np.testing.assert_array_equal(opened.open(members["b.dcm"]).pixels, OTHER.modality)
        with pytest.raises(FilmError) as caught:
            opened.open(members["note.txt"])
        assert caught.value.code == "not_a_film"


def test_nothing_is_written_to_disk(archive: Callable[..., Archive], tmp_path: Path) -> None:
    with archive(packed({"film": FILM.data(), "inner.zip": packed({"film": FILM.data()})})) as opened:
        for member in opened.members():
            opened.open(member)
    assert [path.name for path in tmp_path.rglob("*")] == ["films.bin"]


def test_archives_within_archives(archive: Callable[..., Archive]) -> None:
    inner = packed({"deep film": FILM.data()})
    with archive(packed({"mail/disc": packed({"study.zip": inner})})) as opened:
        members = by_name(opened)
        assert list(members) == ["mail/disc › study.zip › deep film"]
        np.testing.assert_array_equal(opened.open(*members.values()).pixels, FILM.modality)


def test_archives_nested_without_end_are_refused(archive: Callable[..., Archive]) -> None:
    content = packed({"film": FILM.data()})
    for _ in range(MAX_DEPTH + 1):
        content = packed({"again.zip": content})
    with archive(content) as opened:
        (member,) = opened.members()
        assert member.refusal_code == "too_deep"
        assert len(member.inside) == MAX_DEPTH + 1


def test_more_nested_archives_than_are_held_open(archive: Callable[..., Archive]) -> None:
    count = 2 * MAX_OPEN
    with archive(packed({f"{n:02}.zip": packed({"film": FILM.data()}) for n in range(count)})) as opened:
        members = list(opened.members())
        assert len(members) == count
        assert len(opened._opened) <= MAX_OPEN + 1
        np.testing.assert_array_equal(opened.open(members[0]).pixels, FILM.modality)


def test_the_password_is_asked_once_and_opens(archive: Callable[..., Archive]) -> None:
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return "тайна"

    with archive(locked({"one": FILM.data(), "two": OTHER.data()}, "тайна"), ask) as opened:
        films = [opened.open(member) for member in opened.members()]
    np.testing.assert_array_equal(films[0].pixels, FILM.modality)
    np.testing.assert_array_equal(films[1].pixels, OTHER.modality)
    assert asked == ["films.bin"]


@pytest.mark.parametrize(
    ("answer", "code"), [(None, "password_needed"), ("", "password_needed"), ("no", "password_wrong")]
)
def test_without_the_right_password(answer: str | None, code: str, archive: Callable[..., Archive]) -> None:
    with archive(locked({"film": FILM.data()}, "secret"), lambda name: answer) as opened:
        (member,) = opened.members()
        with pytest.raises(FilmError) as caught:
            opened.open(member)
        assert caught.value.code == code


def test_an_encrypted_archive_inside_another(archive: Callable[..., Archive]) -> None:
    content = packed({"disc.zip": locked({"film": FILM.data()}, "secret")})
    with archive(content, {"disc.zip": "secret"}.get) as opened:
        (member,) = opened.members()
        np.testing.assert_array_equal(opened.open(member).pixels, FILM.modality)


def test_the_old_encryption_of_zip(archive: Callable[..., Archive]) -> None:
    with archive(zip_crypto(FILM.data(), b"secret"), lambda name: "secret") as opened:
        (member,) = opened.members()
        np.testing.assert_array_equal(opened.open(member).pixels, FILM.modality)


def zip_crypto(content: bytes, password: bytes) -> bytes:
    """Encrypt one stored member the way PKZIP 2 did (APPNOTE 6.1), which no library here writes."""
    plain = bytearray(packed({"film": content}, zipfile.ZIP_STORED))
    local, central = plain.index(b"PK\x03\x04"), plain.index(b"PK\x01\x02")
    name_length = struct.unpack_from("<H", plain, local + 26)[0]
    start = local + 30 + name_length
    checksum = struct.unpack_from("<I", plain, local + 14)[0]
    keys = _Keys(password)
    head = bytes(11) + bytes([checksum >> 24])
    cipher = bytes(keys.encrypt(byte) for byte in head + content)
    for at, flags in ((local, 6), (central, 8)):
        struct.pack_into("<H", plain, at + flags, 1)
        sizes = at + (18 if at == local else 20)
        struct.pack_into("<I", plain, sizes, len(cipher))
    end = plain.index(b"PK\x05\x06")
    struct.pack_into("<I", plain, end + 16, start + len(cipher))
    return bytes(plain[:start]) + cipher + bytes(plain[central:])


class _Keys:
    def __init__(self, password: bytes) -> None:
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self._update(byte)

    def _update(self, byte: int) -> None:
        first, second, third = self.keys
        first = _crc(first, byte)
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.keys = [first, second, _crc(third, second >> 24)]

    def encrypt(self, byte: int) -> int:
        mixed = (self.keys[2] | 2) & 0xFFFF
        cipher = byte ^ (((mixed * (mixed ^ 1)) >> 8) & 0xFF)
        self._update(byte)
        return cipher


def _crc(value: int, byte: int) -> int:
    value ^= byte
    for _ in range(8):
        value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
    return value


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "a/../../b", "C:\\evil", "..\\evil"])
def test_names_that_point_outside_are_refused(name: str, archive: Callable[..., Archive]) -> None:
    with archive(packed({name: FILM.data(), "film": FILM.data()})) as opened:
        members = list(opened.members())
        assert [member.refusal_code for member in members] == ["unsafe_name", ""]
        with pytest.raises(FilmError, match="outside"):
            opened.open(members[0])


def test_a_zip_bomb_is_refused_by_its_table(archive: Callable[..., Archive]) -> None:
    content = bytearray(packed({"bomb": bytes(1 << 20)}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 0xF0000000)
    with archive(bytes(content)) as opened:
        (member,) = opened.members()
        assert member.refusal_code == "too_large"


def test_a_member_that_unpacks_to_more_than_it_states(archive: Callable[..., Archive]) -> None:
    content = bytearray(packed({"bomb": bytes(1 << 22)}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 5000)
    with archive(bytes(content)) as opened:
        (member,) = opened.members()
        with pytest.raises(FilmError) as caught:
            opened.open(member)
        assert caught.value.code in ("damaged", "too_large", "not_a_film")


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_damaged_archive_is_refused(keep: float, archive: Callable[..., Archive]) -> None:
    content = packed({"film": FILM.data()})
    with pytest.raises(FilmError) as caught:
        archive(content[: int(len(content) * keep)])
    assert caught.value.code == "damaged"


def test_a_damaged_member_is_refused_and_the_rest_opens(archive: Callable[..., Archive]) -> None:
    content = bytearray(packed({"bad": FILM.data(), "good": FILM.data()}))
    content[200:400] = bytes(200)
    with archive(bytes(content)) as opened:
        members = by_name(opened)
        assert set(members) == {"bad", "good"}
        with pytest.raises(FilmError) as caught:
            opened.open(members["bad"])
        assert caught.value.code == "damaged"
        np.testing.assert_array_equal(opened.open(members["good"]).pixels, FILM.modality)


def test_names_written_by_windows_in_russian(archive: Callable[..., Archive]) -> None:
    name = "Снимок №1.dcm"
    content = packed({"x" * len(name.encode("cp866")): FILM.data()}).replace(
        b"x" * len(name.encode("cp866")), name.encode("cp866")
    )
    with archive(content) as opened:
        assert list(by_name(opened)) == [name]


def test_two_members_of_one_name_are_both_found(archive: Callable[..., Archive]) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as container, pytest.warns(UserWarning, match="Duplicate"):
        container.writestr("film", FILM.data())
        container.writestr("film", OTHER.data())
    with archive(buffer.getvalue()) as opened:
        members = by_name(opened)
        assert list(members) == ["film", "film (2)"]
        np.testing.assert_array_equal(opened.open(members["film (2)"]).pixels, OTHER.modality)


def test_a_film_is_found_and_opened_by_its_path_through_archives(tmp_path: Path) -> None:
    path = tmp_path / "disc.zip"
    path.write_bytes(packed({"a/film": FILM.data(), "inner.zip": packed({"b/other": OTHER.data()}), "../evil": b"x"}))
    (tmp_path / "plain").write_bytes(FILM.data())
    (tmp_path / "torn.zip").write_bytes(path.read_bytes()[:90])
    found = list(find_films([tmp_path], archives=True))
    names = [file.relative_to(tmp_path).as_posix() for file in found]
    assert names == ["disc.zip/a/film", "disc.zip/inner.zip/b/other", "disc.zip/../evil", "plain", "torn.zip"]
    np.testing.assert_array_equal(open_film(found[0]).pixels, FILM.modality)
    np.testing.assert_array_equal(open_film(found[1]).pixels, OTHER.modality)
    assert open_film(found[1]).path == found[1]
    for file, code in ((found[2], "unsafe_name"), (found[4], "not_a_film"), (path / "a" / "gone", "missing")):
        with pytest.raises(FilmError) as caught:
            open_film(file)
        assert caught.value.code == code
    assert list(find_films([tmp_path])) == [path, tmp_path / "plain", tmp_path / "torn.zip"]


def test_a_missing_archive(tmp_path: Path) -> None:
    with pytest.raises(FilmError) as caught:
        Archive(tmp_path / "gone.zip")
    assert caught.value.code == "missing"


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    """A DICOM medium with two films, as pydicom writes it."""
    files = FileSet()
    for film in (FILM, OTHER):
        dataset = film.dataset()
        dataset.StudyDate, dataset.StudyTime, dataset.StudyID = "20200101", "1200", "1"
        dataset.SeriesNumber = dataset.InstanceNumber = 1
        path = tmp_path / f"{film.name}.dcm"
        path.write_bytes(to_bytes(dataset))
        files.add(path)
        path.unlink()
    root = tmp_path / "medium"
    files.write(root)
    files._stage["t"].cleanup()
    return root / "DICOMDIR"


def test_a_dicomdir_names_its_films(medium: Path) -> None:
    assert probe(medium) is Kind.DICOMDIR
    found = read_dicomdir(medium)
    assert len(found) == 2
    assert all(path.is_file() for path in found)


def test_a_dicomdir_whose_files_were_renamed_by_copying(medium: Path) -> None:
    for path in read_dicomdir(medium):
        path.rename(path.with_name(path.name.lower() + ".;1"))
    assert all(path.is_file() for path in read_dicomdir(medium))


def test_a_dicomdir_that_names_what_is_not_there_or_outside(tmp_path: Path) -> None:
    records = []
    for names in (["IMAGES", "GONE"], ["..", "..", "SECRET"], ["A/B"]):
        record = Dataset()
        record.DirectoryRecordType = "IMAGE"
        record.ReferencedFileID = names
        records.append(record)
    dataset = FILM.dataset()
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(dataset, keyword)
    directory = "1.2.840.10008.1.3.10"
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = directory
    dataset.DirectoryRecordSequence = records
    path = tmp_path / "DICOMDIR"
    path.write_bytes(to_bytes(dataset))
    assert read_dicomdir(path) == (tmp_path / "IMAGES" / "GONE",)


def test_a_film_is_no_dicomdir(tmp_path: Path) -> None:
    with pytest.raises(FilmError) as caught:
        read_dicomdir(FILM.write(tmp_path))
    assert caught.value.code == "not_a_dicomdir"
