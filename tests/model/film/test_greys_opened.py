"""Grey levels of every kind of film, against known values and against other readers."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import highdicom
import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut, apply_windowing
from reference_films import BITS, GREY_FILMS, PHOTOMETRICS, SHAPES, TRANSFORMS, ReferenceFilm, film_named

from model.film import open_film
from model.film.film import Film
from model.film.grey import apply_grey


def test_the_table_crosses_everything() -> None:
    assert len(GREY_FILMS) == len(PHOTOMETRICS) * len(BITS) * 2 * len(TRANSFORMS) * len(SHAPES)
    assert len({film.name for film in GREY_FILMS}) == len(GREY_FILMS)


@pytest.mark.parametrize("reference", GREY_FILMS, ids=str)
def test_modality_values_voi_and_polarity(reference: ReferenceFilm, tmp_path: Path) -> None:
    film = open_film(reference.write(tmp_path))
    np.testing.assert_array_equal(film.pixels, reference.modality)
    assert film.low_is_white is reference.low_is_white
    assert film.windows == (() if reference.window is None else (reference.window,))
    assert len(film.tables) == (0 if reference.table is None else 1)
    if reference.table is not None:
        table = film.tables[0]
        assert (table.first, table.bits, table.name) == (reference.table.first, reference.table.bits, "GAMMA")
        np.testing.assert_array_equal(table.values, reference.table.values)
    assert (film.origin.bits_stored, film.origin.signed) == (reference.bits, reference.signed)
    assert {warning.code for warning in film.warnings} <= {"polarity"}


_ONE_SHAPE = [
    film for film in GREY_FILMS if film.photometric == "MONOCHROME2" and "PresentationLUTShape" not in film.tags
]


@pytest.mark.parametrize("reference", _ONE_SHAPE, ids=str)
def test_modality_values_equal_those_of_pydicom(reference: ReferenceFilm, tmp_path: Path) -> None:
    """In 32 bits, because pydicom subtracts the first value mapped within the type it is given."""
    dataset = pydicom.dcmread(reference.write(tmp_path))
    expected = apply_modality_lut(dataset.pixel_array.astype(np.int32), dataset)
    np.testing.assert_array_equal(open_film(reference.write(tmp_path)).pixels, expected)


@pytest.mark.parametrize("reference", [film for film in _ONE_SHAPE if film.window or film.table], ids=str)
def test_the_voi_equals_that_of_pydicom(reference: ReferenceFilm, tmp_path: Path) -> None:
    path = reference.write(tmp_path)
    film = open_film(path)
    dataset = pydicom.dcmread(path)
    modality = apply_modality_lut(dataset.pixel_array, dataset)
    if film.tables:
        table = film.tables[0]
        expected = apply_voi_lut(modality.astype(np.int32), dataset) / (2**table.bits - 1)
        shown = apply_grey(film.pixels, table)
    else:
        low, high = _windowed_range(dataset)
        expected = (apply_windowing(modality, dataset) - low) / (high - low)
        shown = apply_grey(film.pixels, film.windows[0])
    assert np.abs(shown - expected).max() * 255 <= 1


def _windowed_range(dataset: pydicom.Dataset) -> tuple[float, float]:
    """The range pydicom windows into: that of the stored values after rescaling."""
    bits = dataset.BitsStored
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if dataset.PixelRepresentation else (0, 2**bits - 1)
    slope, intercept = dataset.get("RescaleSlope", 1), dataset.get("RescaleIntercept", 0)
    return low * slope + intercept, high * slope + intercept


_HIGHDICOM = [
    f"{photometric}-{depth}-{transform}{shape}"
    for photometric in PHOTOMETRICS
    for depth in ("u8", "u12", "s16", "u16")
    for transform in ("none", "rescaled-window", "exact", "sigmoid", "modality-lut")
    if (depth, transform) != ("s16", "modality-lut")  # highdicom overflows there
    for shape in ("", "-identity" if photometric == "MONOCHROME2" else "-inverse")
]


@pytest.mark.parametrize("name", _HIGHDICOM)
def test_what_is_seen_equals_highdicom(name: str, tmp_path: Path) -> None:
    """Within one grey: highdicom folds the rescale into the window, which LINEAR allows only roughly."""
    reference = film_named(name)
    path = reference.write(tmp_path)
    film = open_film(path)
    image = highdicom.imread(path)
    voi = reference.window is not None or reference.table is not None
    expected = image.get_frame(1, apply_voi_transform=voi, apply_presentation_lut=True, dtype=np.float64)
    if not voi:
        low, high = expected.min(), expected.max()
        expected = (expected - low) / (high - low)
    assert np.abs(_seen(film) - expected).max() * 255 <= 1.01


def _seen(film: Film) -> NDArray[np.float64]:
    if film.windows or film.tables:
        grey = np.asarray(apply_grey(film.pixels, (film.tables or film.windows)[0]), np.float64)
    else:
        values = film.pixels.astype(np.float64)
        grey = (values - values.min()) / (values.max() - values.min())
    return 1 - grey if film.low_is_white else grey


def test_monochrome1_with_inverse_shows_bone_white_once() -> None:
    """Low values are bone in MONOCHROME1: white, whether or not the shape says INVERSE as well."""
    shapes = {shape: film_named(f"MONOCHROME1-u12-none{shape}").low_is_white for shape in ("", "-inverse")}
    assert shapes == {"": True, "-inverse": True}


@pytest.mark.parametrize(
    ("name", "dtype"),
    [
        ("MONOCHROME2-u8-none", np.uint8),
        ("MONOCHROME2-s8-none", np.int16),
        ("MONOCHROME2-u16-none", np.uint16),
        ("MONOCHROME2-s16-none", np.int16),
        ("MONOCHROME2-u12-rescale", np.int16),
        ("MONOCHROME2-u16-rescale", np.int32),
        ("MONOCHROME2-u12-fraction", np.float32),
        ("MONOCHROME2-u12-negative", np.uint16),
        ("MONOCHROME2-u16-modality-lut", np.uint16),
    ],
)
def test_the_narrowest_type_holds_the_values(name: str, dtype: type, tmp_path: Path) -> None:
    pixels = open_film(film_named(name).write(tmp_path)).pixels
    assert pixels.dtype == dtype
    assert not pixels.flags.writeable


def test_high_bit_and_foreign_bits_are_put_right(tmp_path: Path) -> None:
    """Ten bits stored at the top of sixteen, an overlay in the lowest bit (retired, but in archives)."""
    dataset = film_named("MONOCHROME2-u10-none").dataset()
    stored = film_named("MONOCHROME2-u10-none").stored
    dataset.HighBit = 15
    dataset.PixelData = ((stored.astype(np.uint16) << 6) | 1).tobytes()
    path = tmp_path / "shifted"
    dataset.save_as(path, enforce_file_format=True)
    np.testing.assert_array_equal(open_film(path).pixels, stored)


def test_reference_films_are_valid_files() -> None:
    for reference in GREY_FILMS[:: len(TRANSFORMS) + 1]:
        dataset = pydicom.dcmread(BytesIO(reference.data()))
        assert dataset.pixel_array.shape == reference.stored.shape
