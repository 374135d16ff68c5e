"""The films that pydicom ships for its own tests, read here and by pydicom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom.data import get_testdata_file
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut

from model.errors import FilmError
from model.film import open_film
from model.film.colour import BLUE, GREEN, RED

GREY = [
    "CT_small.dcm",
    "MR_small.dcm",
    "MR_small_bigendian.dcm",
    "MR_small_implicit.dcm",
    "MR_small_padded.dcm",
    "MR_small_RLE.dcm",
    "MR_small_jpeg_ls_lossless.dcm",
    "MR_small_jp2klossless.dcm",
    "JPEG2000.dcm",
    "J2K_pixelrep_mismatch.dcm",
    "image_dfl.dcm",
    "liver_1frame.dcm",
    "JPEGLSNearLossless_16.dcm",
]
COLOUR = {
    "ExplVR_BigEnd.dcm": 0.51,
    "GDCMJ2K_TextGBR.dcm": 0.51,
    "SC_rgb_rle_16bit.dcm": 0.51,
    "SC_rgb_small_odd_big_endian.dcm": 0.51,
    "SC_rgb_jls_lossy_line.dcm": 0.51,
    "SC_ybr_full_422_uncompressed.dcm": 2,
    "SC_rgb_jpeg_dcmtk.dcm": 2,
    "examples_palette.dcm": 0.51,
}


def path_of(name: str) -> Path:
    """Return a film of pydicom's, or skip when it would have to be fetched."""
    found = get_testdata_file(name, download=False)
    if found is None:
        pytest.skip(f"{name} is not installed with pydicom")
    return Path(str(found))


@pytest.mark.parametrize("name", GREY)
def test_grey_films(name: str) -> None:
    path = path_of(name)
    film = open_film(path)
    np.testing.assert_allclose(film.pixels, _modality(path), atol=1e-3)


def _modality(path: Path) -> NDArray[np.float64]:
    dataset = pydicom.dcmread(path)
    stored = dataset.pixel_array
    first = stored[0] if stored.ndim == 3 else stored
    return np.asarray(apply_modality_lut(first.astype(np.int64), dataset), np.float64)


@pytest.mark.parametrize("name", COLOUR)
def test_colour_films(name: str) -> None:
    path = path_of(name)
    dataset = pydicom.dcmread(path)
    colour = dataset.pixel_array
    if dataset.PhotometricInterpretation == "PALETTE COLOR":
        colour = apply_color_lut(colour, dataset)
    expected = colour[..., :3].astype(np.float64) @ [RED, GREEN, BLUE]
    assert np.abs(open_film(path).pixels - expected).max() <= COLOUR[name]


def test_colour_of_thirty_two_bits_is_brought_to_sixteen() -> None:
    film = open_film(path_of("SC_rgb_rle_32bit.dcm"))
    narrow = open_film(path_of("SC_rgb_rle_16bit.dcm"))
    assert film.pixels.dtype == np.uint16
    assert np.abs(film.pixels.astype(int) - narrow.pixels).max() <= 1


@pytest.mark.parametrize("name", ["JPEG-lossy.dcm", "JPGExtended.dcm", "SC_rgb_jpeg_gdcm.dcm"])
def test_films_that_pydicom_cannot_read_here(name: str) -> None:
    assert int(open_film(path_of(name)).pixels.max()) > 0


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MR_truncated.dcm", "truncated"),
        ("JPEG2000-embedded-sequence-delimiter.dcm", "too_large"),
        ("rtplan.dcm", "no_pixels"),
        ("reportsi.dcm", "no_pixels"),
        ("DICOMDIR", "not_a_film"),
        ("zipMR.gz", "not_a_film"),
    ],
)
def test_what_is_no_film_there_is_none_here(name: str, code: str) -> None:
    with pytest.raises(FilmError) as caught:
        open_film(path_of(name))
    assert caught.value.code == code
