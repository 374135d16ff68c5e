"""Every transfer syntax, colour in every layout, several frames: opened and compared with known values."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
from reference_films import CODINGS, COLOUR_FILMS, FRAME_FILMS, SYNTAX_FILMS, ReferenceFilm, film_named, hill, to_bytes

import resources
from model.errors import FilmError
from model.film import open_film, supported_syntaxes
from model.film.grey import apply_table, film_grey
from model.film.selftest import bits_of, check_syntaxes, pattern


@pytest.mark.parametrize("reference", (*SYNTAX_FILMS, *COLOUR_FILMS), ids=str)
def test_pixels_are_those_that_were_written(reference: ReferenceFilm, tmp_path: Path) -> None:
    film = open_film(reference.write(tmp_path))
    assert film.pixels.shape == reference.modality.shape
    assert np.abs(film.pixels.astype(np.float64) - reference.modality).max() <= reference.tolerance
    assert film.origin.transfer_syntax == reference.syntax
    assert {warning.code for warning in film.warnings} <= {"colour_as_grey"}


def test_every_supported_syntax_has_reference_films() -> None:
    assert {coding.syntax for coding in CODINGS} == set(supported_syntaxes())


def test_the_bundled_films_cover_every_syntax_and_pass() -> None:
    folder = resources.path("films", "selftest")
    assert {file.stem for file in folder.iterdir()} == set(supported_syntaxes())
    assert all(file.stat().st_size <= 4096 for file in folder.iterdir())
    assert [check.message for check in check_syntaxes()] == [""] * len(supported_syntaxes())


def test_the_self_test_notices_wrong_greys_and_missing_films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ReferenceFilm("1.2.840.10008.1.2.1", 4095 - pattern(12), pattern(12), bits=12)
    (tmp_path / "films" / "selftest").mkdir(parents=True)
    wrong.write(tmp_path / "films" / "selftest")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    checks = {check.uid: check for check in check_syntaxes()}
    assert "off by up to" in checks["1.2.840.10008.1.2.1"].message
    assert "missing" in checks["1.2.840.10008.1.2.4.70"].message
    assert not any(check.passed for check in checks.values())
    assert bits_of("1.2.840.10008.1.2.4.50") == 8


@pytest.mark.parametrize("reference", FRAME_FILMS, ids=str)
@pytest.mark.parametrize("frame", [0, 1, 2])
def test_each_frame_by_its_number(reference: ReferenceFilm, frame: int, tmp_path: Path) -> None:
    film = open_film(reference.write(tmp_path), frame=frame)
    np.testing.assert_array_equal(film.pixels, reference.stored[frame])
    assert (film.frame, film.frames, film.frame_seconds) == (frame, 3, 0.04)


@pytest.mark.parametrize("frame", [-1, 3])
def test_a_frame_beyond_the_last_is_refused(frame: int, tmp_path: Path) -> None:
    with pytest.raises(FilmError, match="has 3") as caught:
        open_film(FRAME_FILMS[0].write(tmp_path), frame=frame)
    assert caught.value.code == "no_such_frame"


def test_the_codestream_decides_when_the_header_names_another(tmp_path: Path) -> None:
    data = film_named("1.2.840.10008.1.2.4.70-u12").data()
    path = tmp_path / "film"
    path.write_bytes(data.replace(b"1.2.840.10008.1.2.4.70", b"1.2.840.10008.1.2.4.80"))
    film = open_film(path)
    np.testing.assert_array_equal(film.pixels, hill(12))
    assert [warning.code for warning in film.warnings] == ["syntax_contradicted"]
    assert "(0002,0010)" in film.warnings[0].message


def test_size_comes_from_the_codestream_when_rows_and_columns_are_wrong(tmp_path: Path) -> None:
    dataset = film_named("1.2.840.10008.1.2.4.80-u12").dataset()
    dataset.Rows, dataset.Columns = 7, 9
    path = tmp_path / "film"
    path.write_bytes(to_bytes(dataset))
    film = open_film(path)
    assert film.pixels.shape == (48, 64)
    assert "(0028,0010)" in film.warnings[0].message


@pytest.mark.parametrize(
    ("uid", "name"),
    [
        ("1.2.840.10008.1.2.4.102", "MPEG-4"),
        ("1.2.840.10008.1.2.4.94", "JPIP"),
        ("1.2.840.113619.5.2", "1.2.840.113619.5.2"),
    ],
)
def test_other_syntaxes_are_named(uid: str, name: str, tmp_path: Path) -> None:
    dataset = film_named("1.2.840.10008.1.2.1-u12").dataset()
    path = tmp_path / "film"
    dataset.save_as(path, enforce_file_format=True)
    with path.open("rb") as file:
        data = file.read()
    other = uid.encode() + b"\0" * (len(uid) % 2)
    stated = b"UI" + (20).to_bytes(2, "little") + b"1.2.840.10008.1.2.1\0"
    assert stated in data
    path.write_bytes(data.replace(stated, b"UI" + len(other).to_bytes(2, "little") + other))
    with pytest.raises(FilmError) as caught:
        open_film(path)
    assert caught.value.code == "unsupported_syntax"
    assert uid in caught.value.message
    assert name in caught.value.message


def test_the_four_lossless_syntaxes_give_identical_pixels(shared_films: Path) -> None:
    films = [open_film(shared_films / f"RG2_{name}.dcm").pixels for name in ("J2KR", "JLSL", "JPLL", "RLE")]
    for pixels in films[1:]:
        np.testing.assert_array_equal(pixels, films[0])


def test_lossy_films_differ_little_from_the_lossless_one(shared_films: Path) -> None:
    exact = open_film(shared_films / "RG2_RLE.dcm").pixels.astype(np.int64)
    for name in ("J2KI", "JLSN", "JPLY"):
        lossy = open_film(shared_films / f"RG2_{name}.dcm").pixels
        assert np.abs(lossy - exact).mean() < 5


@pytest.mark.parametrize("name", ["CR-MONO1-10-chest", "RG1_JLSN.dcm", "rsna-chest-mono2.dcm"])
def test_lungs_are_dark_and_the_mediastinum_white(name: str, shared_films: Path) -> None:
    film = open_film(shared_films / name)
    shown = film_grey(film, film.windows[0] if film.windows else None)
    rows = slice(int(0.35 * film.rows), int(0.45 * film.rows))
    middle, left, right = (
        shown[rows, int((center - 0.05) * film.columns) : int((center + 0.05) * film.columns)].mean()
        for center in (0.5, 0.3, 0.72)
    )
    assert middle > left
    assert middle > right


def test_one_film_under_both_photometric_interpretations(shared_films: Path) -> None:
    """The shared pair holds the same pixels: only the polarity may differ."""
    one, two = (open_film(shared_films / f"rsna-chest-mono{number}.dcm") for number in (1, 2))
    assert (one.low_is_white, two.low_is_white) == (True, False)
    np.testing.assert_array_equal(one.pixels, two.pixels)


def test_the_test_patterns_have_their_tables(shared_films: Path) -> None:
    through_table = open_film(shared_films / "mlut_18.dcm")
    assert (int(through_table.pixels.min()), int(through_table.pixels.max())) == (0, 65535)
    dataset = pydicom.dcmread(shared_films / "mlut_18.dcm")
    np.testing.assert_array_equal(through_table.pixels, apply_modality_lut(dataset.pixel_array, dataset))
    with_voi = open_film(shared_films / "vlut_04.dcm")
    dataset = pydicom.dcmread(shared_films / "vlut_04.dcm")
    shown = apply_table(with_voi.pixels, with_voi.tables[0])
    np.testing.assert_allclose(shown * 65535, apply_voi_lut(dataset.pixel_array, dataset), atol=0.01)


def test_real_films_equal_pydicom_where_it_can_read_them(shared_films: Path) -> None:
    for name in (
        "CR-MONO1-10-chest",
        "RG1_JLSN.dcm",
        "RG2_J2KR.dcm",
        "RG2_RLE.dcm",
        "rsna-chest-mono2.dcm",
        "vlut_04.dcm",
    ):
        dataset = pydicom.dcmread(shared_films / name, force=True)
        if "TransferSyntaxUID" not in dataset.file_meta:
            dataset.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian
        np.testing.assert_array_equal(open_film(shared_films / name).pixels, dataset.pixel_array)
