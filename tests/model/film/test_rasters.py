"""PNG, JPEG, TIFF, BMP and WebP: depth, orientation, pages, resolution and colour."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from reference_films import hill

from model.errors import FilmError
from model.film import Kind, open_film, probe

GREY = hill(8).astype(np.uint8)
DEEP = hill(16).astype(np.uint16)


def saved(folder: Path, image: Image.Image, name: str, **options: Any) -> Path:
    path = folder / "picture.dat"
    image.save(path, name, **options)
    return path


@pytest.mark.parametrize("name", ["PNG", "TIFF", "BMP"])
def test_grey_of_eight_bits(name: str, tmp_path: Path) -> None:
    path = saved(tmp_path, Image.fromarray(GREY), name)
    film = open_film(path)
    np.testing.assert_array_equal(film.pixels, GREY)
    assert (film.origin.format, film.origin.transfer_syntax, film.origin.bits_stored) == (name, None, 8)
    assert (film.low_is_white, film.spacing, film.warnings, film.frames) == (False, None, (), 1)
    assert film.key.startswith("sha256:")
    assert not film.pixels.flags.writeable


@pytest.mark.parametrize(("name", "format_name"), [("JPEG", "JPEG"), ("WEBP", "WebP")])
def test_lossy_grey(name: str, format_name: str, tmp_path: Path) -> None:
    film = open_film(saved(tmp_path, Image.fromarray(GREY), name, quality=95))
    assert np.abs(film.pixels.astype(int) - GREY).max() <= 6
    assert film.origin.format == format_name
    assert film.warnings == ()


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_grey_of_sixteen_bits_keeps_its_depth(name: str, tmp_path: Path) -> None:
    film = open_film(saved(tmp_path, Image.fromarray(DEEP), name))
    assert film.pixels.dtype == np.uint16
    np.testing.assert_array_equal(film.pixels, DEEP)
    assert film.origin.bits_stored == 16


def test_white_is_zero_in_a_tiff_of_sixteen_bits(tmp_path: Path) -> None:
    film = open_film(saved(tmp_path, Image.fromarray(DEEP), "TIFF", tiffinfo={262: 0}))
    shown = film.pixels.astype(int)
    assert np.abs((65535 - shown if film.low_is_white else shown) - (65535 - DEEP.astype(int))).max() == 0


def test_floating_point_tiff(tmp_path: Path) -> None:
    values = (hill(8) / 255).astype(np.float32)
    film = open_film(saved(tmp_path, Image.fromarray(values), "TIFF"))
    assert film.pixels.dtype == np.float32
    np.testing.assert_array_equal(film.pixels, values)


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.roll(GREY, 3 * number, axis=1)) for number in range(3)]
    path = saved(tmp_path, pages[0], "TIFF", save_all=True, append_images=pages[1:])
    film = open_film(path, frame=2)
    np.testing.assert_array_equal(film.pixels, np.asarray(pages[2]))
    assert (film.frame, film.frames) == (2, 3)
    with pytest.raises(FilmError, match="has 3"):
        open_film(path, frame=3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_held_sideways(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    film = open_film(saved(tmp_path, Image.fromarray(GREY), "PNG", exif=exif))
    turns = {
        1: GREY,
        2: GREY[:, ::-1],
        3: GREY[::-1, ::-1],
        4: GREY[::-1],
        5: GREY.T,
        6: np.rot90(GREY, -1),
        7: GREY[::-1, ::-1].T,
        8: np.rot90(GREY),
    }
    np.testing.assert_array_equal(film.pixels, turns[orientation])


@pytest.mark.parametrize(
    ("dpi", "spacing"), [(None, None), (72, None), (96, None), (300, None), (127, 0.2), (254, 0.1)]
)
def test_resolution_counts_only_where_a_film_scanner_may_have_written_it(
    dpi: int | None, spacing: float | None, tmp_path: Path
) -> None:
    options = {} if dpi is None else {"dpi": (dpi, dpi)}
    found = open_film(saved(tmp_path, Image.fromarray(GREY), "TIFF", **options)).spacing
    if spacing is None:
        assert found is None
    else:
        assert found is not None
        assert (found.row_mm, found.column_mm, found.source) == (
            pytest.approx(spacing),
            pytest.approx(spacing),
            "raster",
        )


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK"])
def test_colour_becomes_grey_with_a_note(mode: str, tmp_path: Path) -> None:
    colour = np.stack([GREY, GREY // 2, 255 - GREY], axis=-1)
    image = Image.fromarray(colour).convert(mode)
    film = open_film(saved(tmp_path, image, "TIFF" if mode == "CMYK" else "PNG"))
    expected = np.asarray(image.convert("RGB")).astype(float) @ [0.299, 0.587, 0.114]
    assert np.abs(film.pixels - expected).max() <= 0.51
    assert [warning.code for warning in film.warnings] == ["colour_as_grey"]
    assert film.origin.photometric == "RGB"


def test_grey_saved_as_colour_is_grey(tmp_path: Path) -> None:
    film = open_film(saved(tmp_path, Image.fromarray(GREY).convert("RGB"), "PNG"))
    np.testing.assert_array_equal(film.pixels, GREY)
    assert film.warnings == ()


def test_black_and_white(tmp_path: Path) -> None:
    film = open_film(saved(tmp_path, Image.fromarray(GREY > 100), "PNG"))
    np.testing.assert_array_equal(film.pixels, np.where(GREY > 100, 255, 0))


def test_a_picture_that_claims_to_be_a_mural_is_refused(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    path = tmp_path / "bomb.png"
    head = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 1000) + b"IDAT" + bytes(1000))
    with pytest.raises(FilmError) as caught:
        open_film(path)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("name", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_a_picture_cut_short_is_refused(name: str, tmp_path: Path) -> None:
    path = saved(tmp_path, Image.fromarray(GREY), name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(FilmError) as caught:
        open_film(path)
    assert caught.value.code == "damaged"


def test_public_chest_pictures_open(shared_data: Path) -> None:
    pictures = [path for path in sorted(shared_data.rglob("*")) if path.suffix.lower() in (".png", ".jpg", ".jpeg")]
    for path in pictures[:: max(1, len(pictures) // 25)]:
        assert probe(path) in (Kind.PNG, Kind.JPEG)
        assert min(open_film(path).pixels.shape) > 100
