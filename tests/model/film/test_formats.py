"""What a file is, told by content; what is no film, refused in words."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reference_films import BIG_ENDIAN, EXPLICIT, IMPLICIT, ReferenceFilm, film_named, hill

from model.errors import FilmError
from model.film import Kind, describe, find_films, open_film, probe, read_tags
from model.film.tags import walk


def picture(name: str) -> bytes:
    buffer = BytesIO()
    Image.fromarray(hill(8).astype(np.uint8)).save(buffer, name)
    return buffer.getvalue()


def archive() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("film", b"x")
    return buffer.getvalue()


CONTENTS: list[tuple[str, bytes, Kind]] = [
    ("film.txt", film_named("MONOCHROME2-u12-none").data(), Kind.DICOM),
    ("film.dcm", picture("PNG"), Kind.PNG),
    ("film.png", picture("JPEG"), Kind.JPEG),
    ("film", picture("TIFF"), Kind.TIFF),
    ("film.tif", picture("BMP"), Kind.BMP),
    ("film.bmp", picture("WEBP"), Kind.WEBP),
    ("film.gif", picture("GIF"), Kind.GIF),
    ("film.jp2", picture("JPEG2000"), Kind.JPEG_2000),
    ("film.zip", archive(), Kind.ZIP),
    ("report.dcm", b"%PDF-1.7\n%\xe2\xe3", Kind.PDF),
    ("note.dcm", "Заключение: без патологии".encode(), Kind.TEXT),
    ("old.txt", "Заключение".encode("cp1251"), Kind.TEXT),
    ("page.dcm", b"<!DOCTYPE html><html>", Kind.XML),
    ("film.gz", b"\x1f\x8b\x08\x00", Kind.GZIP),
    ("film.7z", b"7z\xbc\xaf\x27\x1c\x00", Kind.SEVEN_ZIP),
    ("empty.dcm", b"", Kind.EMPTY),
    ("noise", bytes(range(256)) * 4, Kind.UNKNOWN),
    ("zeros", bytes(4096), Kind.UNKNOWN),
    ("BM", b"BM are two letters with which a text may begin", Kind.TEXT),
]


@pytest.mark.parametrize(("name", "content", "kind"), CONTENTS, ids=[name for name, *_ in CONTENTS])
def test_content_decides(name: str, content: bytes, kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert probe(path) is kind
    if kind not in (Kind.DICOM, Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.BMP, Kind.WEBP):
        with pytest.raises(FilmError) as caught:
            open_film(path)
        assert caught.value.code == "not_a_film"
        assert caught.value.message.endswith(".")
        assert name not in caught.value.message


@pytest.mark.parametrize("syntax", [IMPLICIT, EXPLICIT, BIG_ENDIAN])
def test_a_bare_data_set_without_file_header(syntax: str, tmp_path: Path) -> None:
    """As ACR-NEMA and early DICOM programs wrote it: the data set begins at the first byte."""
    data = ReferenceFilm("bare", hill(12), hill(12), bits=12, syntax=syntax).data()
    body = 144 + int.from_bytes(data[140:144], "little")
    path = tmp_path / "IMG00001"
    path.write_bytes(data[body:])
    assert probe(path) is Kind.DICOM
    np.testing.assert_array_equal(open_film(path).pixels, hill(12))


def test_header_without_preamble(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(film_named("MONOCHROME2-u12-none").data()[132:])
    np.testing.assert_array_equal(open_film(path).pixels, film_named("MONOCHROME2-u12-none").stored)


def test_the_shared_film_without_header(shared_films: Path) -> None:
    film = open_film(shared_films / "CR-MONO1-10-chest")
    assert (film.rows, film.columns, film.origin.bits_stored) == (440, 440, 10)


def test_missing_files_and_folders_are_refused_in_words(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "gone", "missing"), (tmp_path, "not_a_film")):
        with pytest.raises(FilmError) as caught:
            open_film(path)
        assert caught.value.code == code
        assert str(path) not in caught.value.message
    assert probe(tmp_path) is Kind.FOLDER


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for read in (open_film, probe):
        with pytest.raises(FilmError, match="pipe"):
            read(path)
    assert list(find_films([tmp_path])) == [path]


def test_a_folder_that_may_not_be_listed_is_found_and_gives_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(find_films([folder])) == [folder]
    with pytest.raises(FilmError, match="Permission denied") as caught:
        open_film(folder)
    assert caught.value.code == "unreadable"


def test_long_and_cyrillic_paths_open(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 300:
        folder = folder / "Рентгенограммы органов грудной клетки"
    folder.mkdir(parents=True)
    path = folder / "снимок №1.dcm"
    path.write_bytes(film_named("MONOCHROME2-u12-none").data())
    assert open_film(path).path == path


def test_folders_are_searched_once_in_natural_order(tmp_path: Path) -> None:
    for name in ("film 10", "film 2", "b/film 1", "a/deep/film", ".DS_Store"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    found = [path.relative_to(tmp_path).as_posix() for path in find_films([tmp_path])]
    assert found == ["a/deep/film", "b/film 1", "dangling", "film 2", "film 10"]


def test_named_files_come_in_the_order_given(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("z", "a", "gone")]
    for path in paths[:2]:
        path.write_bytes(b"x")
    assert list(find_films(paths)) == paths


def test_description_says_what_the_film_is(tmp_path: Path) -> None:
    film = open_film(film_named("MONOCHROME1-u12-window-inverse").write(tmp_path))
    lines = describe(film)
    assert lines["syntax"] == "Explicit VR Little Endian (1.2.840.10008.1.2.1)"
    assert lines["size"] == "40 x 24 pixels"
    assert lines["photometric"] == "MONOCHROME1, low values white"
    assert lines["bits"] == "12 unsigned"
    assert lines["windows"] == "2456/1365 LINEAR BONE"
    assert lines["spacing"] == "unknown, lengths are in pixels"
    assert lines["warnings"] == "none"


def test_tags_as_a_tree(tmp_path: Path) -> None:
    path = film_named("MONOCHROME2-u12-voi-lut").write(tmp_path)
    nodes = read_tags(path)
    names = {node.keyword: node for node in nodes}
    assert names["TransferSyntaxUID"].value.startswith("1.2.840.10008.1.2.1")
    assert names["Rows"].value == "24"
    assert "PixelData" not in names
    sequence = names["VOILUTSequence"]
    assert sequence.branching
    assert [child.keyword for item in sequence.children() for child in item.children()] == [
        "LUTDescriptor",
        "LUTExplanation",
        "LUTData",
    ]
    explanation = next(node for node in walk(nodes) if node.keyword == "LUTExplanation")
    assert (explanation.value, explanation.depth, explanation.tag) == ("GAMMA", 2, "(0028,3003)")


def test_tags_of_something_else_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.write_text("hello")
    with pytest.raises(FilmError) as caught:
        read_tags(path)
    assert caught.value.code == "not_dicom"


def test_tags_of_real_films(shared_films: Path) -> None:
    for path in sorted(shared_films.iterdir()):
        assert len(list(walk(read_tags(path)))) > 20
