"""A bad header never hides good pixels: every broken tag gives a warning that names it, and the film opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from reference_films import EXPLICIT, ReferenceFilm, hill, to_bytes

from model.errors import FilmError
from model.film import open_film
from model.film.film import Film

PLAIN = ReferenceFilm("plain", hill(12), hill(12), bits=12, syntax=EXPLICIT)


def opened(tmp_path: Path, change: Callable[[Dataset], None]) -> Film:
    dataset = PLAIN.dataset()
    change(dataset)
    path = tmp_path / "film"
    path.write_bytes(to_bytes(dataset))
    return open_film(path)


def with_tags(**tags: Any) -> Callable[[Dataset], None]:
    def change(dataset: Dataset) -> None:
        for keyword, value in tags.items():
            setattr(dataset, keyword, value)

    return change


def lut(descriptor: list[int], entries: int) -> Dataset:
    item = Dataset()
    item.add_new("LUTDescriptor", "US", descriptor)
    item.add_new("LUTData", "OW", bytes(2 * entries))
    return item


BROKEN: dict[str, tuple[Callable[[Dataset], None], str, str]] = {
    "window of width zero": (with_tags(WindowCenter=2000, WindowWidth=0), "window_invalid", "(0028,1051)"),
    "window of negative width": (with_tags(WindowCenter=2000, WindowWidth=-5), "window_invalid", "(0028,1051)"),
    "window wider than anything": (with_tags(WindowCenter=2000, WindowWidth=1e9), "window_invalid", "(0028,1051)"),
    "window beside the film": (with_tags(WindowCenter=60000, WindowWidth=100), "window_invalid", "(0028,1051)"),
    "more centers than widths": (with_tags(WindowCenter=[1, 2], WindowWidth=[9]), "window_count", "(0028,1050)"),
    "unknown VOI function": (
        with_tags(WindowCenter=2000, WindowWidth=4000, VOILUTFunction="CUBIC"),
        "voi_function",
        "(0028,1056)",
    ),
    "slope of zero": (with_tags(RescaleSlope=0, RescaleIntercept=5), "rescale_slope", "(0028,1053)"),
    "slope beyond reason": (with_tags(RescaleSlope=1e30, RescaleIntercept=5), "rescale_slope", "(0028,1053)"),
    "VOI LUT too short": (with_tags(VOILUTSequence=[lut([4096, 0, 12], 10)]), "lut_invalid", "(0028,3010)"),
    "VOI LUT without descriptor": (with_tags(VOILUTSequence=[Dataset()]), "lut_invalid", "(0028,3010)"),
    "VOI LUT of 40 bits": (with_tags(VOILUTSequence=[lut([16, 0, 40], 16)]), "lut_invalid", "(0028,3010)"),
    "modality LUT too short": (with_tags(ModalityLUTSequence=[lut([4096, 0, 12], 7)]), "lut_invalid", "(0028,3000)"),
    "spacing of zero": (with_tags(PixelSpacing=[0, 0]), "spacing_invalid", "(0028,0030)"),
    "spacing of one value": (with_tags(PixelSpacing=[0.1]), "spacing_invalid", "(0028,0030)"),
    "spacing of a metre": (with_tags(ImagerPixelSpacing=[1000, 1000]), "spacing_invalid", "(0018,1164)"),
    "magnification below one": (
        with_tags(ImagerPixelSpacing=[0.1, 0.1], EstimatedRadiographicMagnificationFactor=0.2),
        "magnification_invalid",
        "(0018,1114)",
    ),
    "orientation in prose": (with_tags(PatientOrientation=["UPRIGHT", "DOWN"]), "orientation_invalid", "(0020,0020)"),
    "orientation of one axis": (with_tags(PatientOrientation=["L", "R"]), "orientation_invalid", "(0020,0020)"),
    "bits stored of 40": (with_tags(BitsStored=40), "bits_stored", "(0028,0101)"),
    "high bit of 3": (with_tags(HighBit=3), "high_bit", "(0028,0102)"),
    "frames beyond counting": (with_tags(NumberOfFrames="-3"), "number_of_frames", "(0028,0008)"),
    "padding that blanks everything": (
        with_tags(PixelPaddingValue=0, PixelPaddingRangeLimit=65535),
        "padding",
        "(0028,0120)",
    ),
    "no photometric interpretation": (
        lambda dataset: dataset.__delattr__("PhotometricInterpretation"),
        "photometric_missing",
        "(0028,0004)",
    ),
    "shutter": (with_tags(ShutterShape="RECTANGULAR"), "shutter", "(0018,1600)"),
    "overlay": (lambda dataset: dataset.add_new(0x60003000, "OW", bytes(2)), "overlay", "(60xx,3000)"),
    "not square": (with_tags(PixelAspectRatio=[2, 1]), "aspect", "(0028,0034)"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_film_opens_and_the_warning_names_the_tag(name: str, tmp_path: Path) -> None:
    change, code, tag = BROKEN[name]
    film = opened(tmp_path, change)
    if name != "high bit of 3":
        np.testing.assert_array_equal(film.pixels, PLAIN.stored)
    if code:
        named = [warning for warning in film.warnings if warning.code == code]
        assert named, film.warnings
        assert tag in named[0].message
        assert named[0].message.endswith(".")
    assert film.windows == () or name == "more centers than widths" or film.windows[0].function == "LINEAR"


PATCHED = {
    "letters for a number": ({"RescaleSlope": "123.25"}, b"123.25", b"abcdef", "not_a_number", "(0028,1053)"),
    "an endless number": ({"RescaleSlope": "1.2500"}, b"1.2500", b"1e9999", "not_a_number", "(0028,1053)"),
    "unknown character set": ({"SpecificCharacterSet": "ISO_IR 100"}, b"ISO_IR 100", b"ISO_IR 999", "charset", "0005)"),
    "words for spacing": (
        {"PixelSpacing": [0.125, 0.25]},
        b"0.125\\0.25",
        b"wide\\small",
        "not_a_number",
        "(0028,0030)",
    ),
}


@pytest.mark.parametrize("name", PATCHED)
def test_bytes_no_writer_should_write(name: str, tmp_path: Path) -> None:
    tags, before, after, code, tag = PATCHED[name]
    dataset = PLAIN.dataset()
    with_tags(**tags)(dataset)
    data = to_bytes(dataset)
    assert len(before) == len(after)
    assert before in data
    path = tmp_path / "film"
    path.write_bytes(data.replace(before, after))
    film = open_film(path)
    np.testing.assert_array_equal(film.pixels, PLAIN.stored)
    assert [warning.code for warning in film.warnings] == [code]
    assert tag in film.warnings[0].message


def test_a_clean_film_has_no_warnings(tmp_path: Path) -> None:
    film = opened(
        tmp_path,
        with_tags(
            WindowCenter=[2000, 1500],
            WindowWidth=[4000, 900],
            WindowCenterWidthExplanation=["NORMAL", "BONE"],
            ImagerPixelSpacing=[0.14, 0.15],
            PatientOrientation=["L", "F"],
            ViewPosition="PA",
        ),
    )
    assert film.warnings == ()
    assert [(window.name, window.center, window.width) for window in film.windows] == [
        ("NORMAL", 2000, 4000),
        ("BONE", 1500, 900),
    ]
    assert (film.orientation, film.description.view) == (("L", "F"), "PA")


SPACINGS: dict[str, tuple[dict[str, Any], tuple[float, float, str] | None]] = {
    "nothing": ({}, None),
    "pixel spacing alone says nothing of the patient": ({"PixelSpacing": [0.2, 0.3]}, (0.2, 0.3, "detector")),
    "calibrated": (
        {"PixelSpacing": [0.2, 0.3], "PixelSpacingCalibrationType": "FIDUCIAL", "ImagerPixelSpacing": [0.2, 0.3]},
        (0.2, 0.3, "patient"),
    ),
    "differs from the detector": (
        {"PixelSpacing": [0.18, 0.18], "ImagerPixelSpacing": [0.2, 0.2]},
        (0.18, 0.18, "patient"),
    ),
    "equals the detector": ({"PixelSpacing": [0.2, 0.2], "ImagerPixelSpacing": [0.2, 0.2]}, (0.2, 0.2, "detector")),
    "detector": ({"ImagerPixelSpacing": [0.14, 0.15]}, (0.14, 0.15, "detector")),
    "magnified": (
        {"ImagerPixelSpacing": [0.2, 0.2], "EstimatedRadiographicMagnificationFactor": 1.25},
        (0.16, 0.16, "magnified"),
    ),
    "zero beside a good one": ({"PixelSpacing": [0, 0], "ImagerPixelSpacing": [0.2, 0.2]}, (0.2, 0.2, "detector")),
    "tomography": ({"Modality": "CT", "PixelSpacing": [0.7, 0.7]}, (0.7, 0.7, "patient")),
    "digitised film": ({"Modality": "OT", "NominalScannedPixelSpacing": [0.1, 0.1]}, (0.1, 0.1, "detector")),
}


@pytest.mark.parametrize("name", SPACINGS)
def test_millimetres_and_what_they_hold_for(name: str, tmp_path: Path) -> None:
    tags, expected = SPACINGS[name]
    spacing = opened(tmp_path, with_tags(**tags)).spacing
    if expected is None:
        assert spacing is None
    else:
        assert spacing is not None
        assert (spacing.row_mm, spacing.column_mm) == pytest.approx(expected[:2])
        assert spacing.source == expected[2]


def test_the_film_with_a_spacing_of_zero_has_none(shared_films: Path) -> None:
    film = open_film(shared_films / "RG1_JLSN.dcm")
    assert film.spacing is None
    assert "(0028,0030)" in film.warnings[0].message


@pytest.mark.parametrize(
    ("cosines", "expected"),
    [([1, 0, 0, 0, 0, -1], ("L", "F")), ([0, 1, 0, 0, 0, -1], ("P", "F")), ([1, 0, 0, 1, 0, 0], None)],
)
def test_orientation_from_cosines(cosines: list[float], expected: tuple[str, str] | None, tmp_path: Path) -> None:
    assert opened(tmp_path, with_tags(ImageOrientationPatient=cosines)).orientation == expected


NAMES = [
    ("ISO_IR 192", "Ёлкина^Мария", "utf-8", "Ёлкина Мария"),
    ("ISO_IR 144", "Иванов^Пётр", "iso8859_5", "Иванов Пётр"),
    ("ISO_IR 100", "Müller^Jürgen", "latin-1", "Müller Jürgen"),
    ("", "Müller^Jürgen", "latin-1", "Müller Jürgen"),
    ("", "Иванов^Пётр", "cp1251", "Иванов Пётр"),
    ("", "Ёлкина^Мария", "utf-8", "Ёлкина Мария"),
    ("ISO_IR 100", "Yamada^Tarou=山田^太郎".encode("ascii", "replace").decode(), "ascii", "Yamada Tarou"),
]


@pytest.mark.parametrize(("charset", "name", "encoding", "expected"), NAMES)
def test_names_in_every_alphabet(charset: str, name: str, encoding: str, expected: str, tmp_path: Path) -> None:
    data = name.encode(encoding)
    data += b" " * (len(data) % 2)

    def change(dataset: Dataset) -> None:
        if charset:
            dataset.SpecificCharacterSet = charset
        dataset.PatientName = "X" * len(data)

    dataset = PLAIN.dataset()
    change(dataset)
    path = tmp_path / "film"
    path.write_bytes(to_bytes(dataset).replace(b"X" * len(data), data))
    film = open_film(path)
    assert film.description.patient_name == expected
    assert ("charset" in {warning.code for warning in film.warnings}) == (not charset)
    assert not any(expected in warning.message for warning in film.warnings)


@pytest.mark.parametrize(
    ("tags", "age"),
    [
        ({"PatientAge": "061Y"}, "061Y"),
        ({"PatientBirthDate": "19500615", "StudyDate": "20200614"}, "069Y"),
        ({"PatientBirthDate": "20200301", "StudyDate": "20200614"}, "003M"),
        ({"PatientBirthDate": "20200601", "StudyDate": "20200614"}, "013D"),
        ({"PatientBirthDate": "19501301", "StudyDate": "20200614"}, ""),
        ({"PatientBirthDate": "20210101", "StudyDate": "20200614"}, ""),
    ],
)
def test_age_at_the_study(tags: dict[str, str], age: str, tmp_path: Path) -> None:
    assert opened(tmp_path, with_tags(**tags)).description.age == age


def test_padding_by_value_and_by_range(tmp_path: Path) -> None:
    stored = hill(12)
    by_value = opened(tmp_path, with_tags(PixelPaddingValue=int(stored[0, 0])))
    np.testing.assert_array_equal(by_value.padding, stored == stored[0, 0])
    by_range = opened(tmp_path, with_tags(PixelPaddingValue=0, PixelPaddingRangeLimit=500))
    np.testing.assert_array_equal(by_range.padding, stored <= 500)
    assert opened(tmp_path, with_tags(PixelPaddingValue=4095 + 1)).padding is None


def test_functional_groups_of_the_frame_come_first(tmp_path: Path) -> None:
    """An enhanced object says per frame what older ones say once."""

    def change(dataset: Dataset) -> None:
        transform, voi, group = Dataset(), Dataset(), Dataset()
        transform.RescaleSlope, transform.RescaleIntercept = 2, 10
        voi.WindowCenter, voi.WindowWidth = 3000, 800
        group.PixelValueTransformationSequence = [transform]
        group.FrameVOILUTSequence = [voi]
        dataset.SharedFunctionalGroupsSequence = [group]

    film = opened(tmp_path, change)
    np.testing.assert_array_equal(film.pixels, PLAIN.stored * 2 + 10)
    assert film.windows[0].center == 3000


def test_a_film_without_uid_is_known_by_its_content(tmp_path: Path) -> None:
    dataset = PLAIN.dataset()
    dataset.SOPInstanceUID = ""
    paths = [tmp_path / name for name in ("one", "two", "other")]
    data = to_bytes(PLAIN.dataset())
    uid = str(PLAIN.dataset().SOPInstanceUID).encode()
    start = data.index(b"\x08\x00\x18\x00UI")
    length = int.from_bytes(data[start + 6 : start + 8], "little")
    without = data[:start] + data[start + 8 + length :]
    assert uid in data[start : start + 8 + length]
    paths[0].write_bytes(without)
    paths[1].write_bytes(without)
    paths[2].write_bytes(without[:-1] + b"\7")
    keys = [open_film(path).key for path in paths]
    assert keys[0].startswith("sha256:")
    assert keys[0] == keys[1] != keys[2]


def test_an_object_without_an_image_is_refused_by_name(tmp_path: Path) -> None:
    dataset = PLAIN.dataset()
    for keyword in ("PixelData", "Rows", "Columns"):
        delattr(dataset, keyword)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.88.22"
    path = tmp_path / "report"
    path.write_bytes(to_bytes(dataset))
    with pytest.raises(FilmError, match="Enhanced SR") as caught:
        open_film(path)
    assert caught.value.code == "no_pixels"
