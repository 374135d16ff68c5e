"""Hostile files: refused in one sentence, before memory is taken; nothing but FilmError comes out."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from reference_films import COLOUR_FILMS, EXPLICIT, FRAME_FILMS, SYNTAX_FILMS, ReferenceFilm, film_named, hill, to_bytes

from model.errors import FilmError
from model.film import describe, open_film, read_tags
from model.film.codestream import measure
from model.film.limits import MAX_INFLATED, MAX_PIXELS, check_ratio
from model.film.tags import walk

MIB = 1 << 20
PLAIN = ReferenceFilm("plain", hill(12), hill(12), bits=12, syntax=EXPLICIT)
FUZZED = {film.syntax + film.photometric: film.data() for film in (*SYNTAX_FILMS, *COLOUR_FILMS, *FRAME_FILMS)}


def refused(path: Path, data: bytes) -> FilmError:
    """Return the error of opening ``data``, which must take little memory to come about."""
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(FilmError) as caught:
            open_film(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * MIB + 2 * len(data)
    assert caught.value.message.endswith(".")
    return caught.value


def changed(data: bytes, tag: bytes, value: bytes) -> bytes:
    """Replace the value of an explicit little endian US element."""
    at = data.index(tag + b"US\x02\x00")
    return data[: at + 8] + value + data[at + 10 :]


def test_rows_and_columns_beyond_reason(tmp_path: Path) -> None:
    data = changed(changed(PLAIN.data(), b"\x28\x00\x10\x00", b"\xff\xff"), b"\x28\x00\x11\x00", b"\xff\xff")
    assert refused(tmp_path / "film", data).code == "too_large"


def test_no_rows(tmp_path: Path) -> None:
    assert refused(tmp_path / "film", changed(PLAIN.data(), b"\x28\x00\x10\x00", b"\0\0")).code == "bad_size"


def test_fewer_pixels_than_promised(tmp_path: Path) -> None:
    error = refused(tmp_path / "film", PLAIN.data()[:-100])
    assert error.code == "truncated"
    assert "6,044 of 6,144 bytes" in error.message


def test_cut_off_before_the_pixels(tmp_path: Path) -> None:
    data = PLAIN.data()
    assert refused(tmp_path / "film", data[: data.index(b"\xe0\x7f\x10\x00")]).code == "truncated"


def test_larger_than_the_file_could_be(tmp_path: Path) -> None:
    data = changed(changed(PLAIN.data(), b"\x28\x00\x10\x00", b"\xff\x2f"), b"\x28\x00\x11\x00", b"\xff\x27")
    assert refused(tmp_path / "film", data).code == "truncated"


def test_a_value_of_four_gigabytes(tmp_path: Path) -> None:
    data = PLAIN.data()
    at = data.index(b"\x10\x00\x10\x00PN")
    liar = data[:at] + b"\x10\x00\x10\x00UT\0\0\xf0\xff\xff\xff" + data[at + 8 :]
    assert refused(tmp_path / "film", liar).code in ("no_pixels", "truncated")


def deflated(body: bytes) -> bytes:
    film = film_named("1.2.840.10008.1.2.1.99-u12").data()
    return film[: film_body(film)] + body


def film_body(film: bytes) -> int:
    """Where the data set begins: after preamble, prefix, group length and group 2."""
    return 144 + int(struct.unpack_from("<I", film, 140)[0])


def test_a_deflate_bomb_in_a_value(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    claim = (MAX_INFLATED + MIB).to_bytes(4, "little")
    packed = packer.compress(b"\x08\x00\x08\x00UT\0\0" + claim) + packer.compress(bytes(32 * MIB)) + packer.flush()
    assert refused(tmp_path / "film", deflated(packed)).code == "too_large"


def test_a_deflate_bomb_in_the_pixels(tmp_path: Path) -> None:
    dataset = film_named("1.2.840.10008.1.2.1.99-u12").dataset()
    dataset.Rows, dataset.Columns, dataset.PixelData = 11_000, 11_000, bytes(24 * MIB)
    data = to_bytes(dataset)
    assert len(data) < MIB
    path = tmp_path / "film"
    path.write_bytes(data)
    with pytest.raises(FilmError) as caught:
        open_film(path)
    assert caught.value.code == "truncated"


def test_a_broken_deflate_stream(tmp_path: Path) -> None:
    assert refused(tmp_path / "film", deflated(b"\xff\xfe\xfd" * 50)).code == "damaged"


def test_a_codestream_that_claims_a_mural(tmp_path: Path) -> None:
    data = film_named("1.2.840.10008.1.2.4.90-u12").data()
    at = data.index(b"\xff\x4f\xff\x51")
    liar = data[: at + 8] + struct.pack(">II", 11_000, 11_000) + data[at + 16 :]
    assert refused(tmp_path / "film", liar).code == "too_large"


def test_ratio_spares_blank_films() -> None:
    check_ratio(3000, 3000, 200)
    check_ratio(8000, 8000, 100_000)
    with pytest.raises(FilmError):
        check_ratio(10_000, 10_000, 1000)


def nested(depth: int) -> bytes:
    """Sequences within sequences, all of undefined length, implicit little endian."""
    head = b"\x08\x00\x40\x11\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    return b"\x08\x00\x05\x00\x0a\x00\x00\x00ISO_IR 100" + head * depth


def test_sequences_nested_without_end(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(nested(20_000))
    for read in (open_film, read_tags):
        with pytest.raises(FilmError) as caught:
            read(path)
        assert caught.value.code == "too_deep"


def test_frames_of_a_recording_are_read_one_by_one(tmp_path: Path) -> None:
    """A recording of 400 frames, 48 MiB: one frame takes the memory of one frame."""
    dataset = PLAIN.dataset()
    dataset.NumberOfFrames, dataset.Rows, dataset.Columns = 400, 240, 256
    dataset.PixelData = bytes(400 * 240 * 256 * 2)
    path = tmp_path / "recording"
    path.write_bytes(to_bytes(dataset))
    tracemalloc.start()
    film = open_film(path, frame=399)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (film.frame, film.frames) == (399, 400)
    assert peak < 4 * MIB


def test_measurements_are_read_from_every_family() -> None:
    families = {}
    for film in SYNTAX_FILMS:
        if film.encode is not None and film.bits == film.stored.dtype.itemsize * 2:
            stream = measure(film.encode(film.stored, film.bits))
            families[film.syntax] = stream and (stream.family, stream.rows, stream.columns)
    assert families["1.2.840.10008.1.2.5"] is None
    assert {found for found in families.values() if found} == {
        (family, 48, 64) for family in ("JPEG", "JPEG-LS", "JPEG 2000", "JPEG XL")
    }


@pytest.mark.parametrize("syntax", sorted(FUZZED))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_flipped_bits_give_a_film_or_a_film_error(syntax: str, tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(FUZZED[syntax])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(132, len(whole) - 1))
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))
    path = tmp_path / "film"
    path.write_bytes(whole[:cut])
    _read_everything(path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=400), start=st.sampled_from([b"", bytes(128) + b"DICM", b"\x08\x00\x05\x00", b"\x00\x08"])
)
def test_any_bytes_give_a_film_or_a_film_error(tmp_path: Path, body: bytes, start: bytes) -> None:
    path = tmp_path / "film"
    path.write_bytes(start + body)
    _read_everything(path)


def _read_everything(path: Path) -> None:
    try:
        film = open_film(path)
        assert film.pixels.size <= MAX_PIXELS
        describe(film)
    except FilmError as error:
        assert error.message
    try:
        for node in walk(read_tags(path)):
            assert isinstance(node.value, str)
    except FilmError as error:
        assert error.message


def test_no_error_or_warning_tells_who_the_patient_is(tmp_path: Path) -> None:
    def hide(dataset: Dataset) -> None:
        dataset.PatientName, dataset.PatientID = "SECRET^NAME", "SECRET-ID"
        dataset.PatientBirthDate = "SECRET"
        dataset.PatientOrientation = ["SECRET", "SECRET"]

    dataset = PLAIN.dataset()
    hide(dataset)
    path = tmp_path / "film"
    path.write_bytes(to_bytes(dataset))
    film = open_film(path)
    assert film.warnings
    assert not any("SECRET" in warning.message for warning in film.warnings)
    assert "SECRET" not in " ".join(describe(film).values())
