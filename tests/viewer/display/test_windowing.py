"""Grey bytes against a straightforward reference, for every kind of pixel, window, table and polarity."""

import numpy as np
import pytest
from greys import film_of, reference_grey

from model.film.film import VoiTable, Window
from viewer.display.look import GreyTable, Look
from viewer.display.windowing import grey_bytes

RANGES = {
    "8 bit": ("u1", 0, 255),
    "10 bit": ("u2", 0, 1023),
    "12 bit signed": ("i2", -2048, 2047),
    "14 bit": ("u2", 0, 16383),
    "15 bit": ("u2", 0, 32767),
    "16 bit": ("u2", 0, 65535),
    "16 bit signed": ("i2", -32768, 32767),
    "negative slope": ("i4", -65535, 0),
    "long": ("i4", -(2**20), 2**20),
    "fractions": ("f4", -1000.0, 1000.0),
}


def greys_for(low: float, high: float) -> list[Window | VoiTable]:
    """Return windows inside, at the ends of and beyond a range of values, and tables over part of it."""
    span = high - low
    windows = [
        Window(low + share * span, width, function)
        for share in (-0.1, 0.5, 1.0)
        for width in (1.0, 2.0, span / 3, 2 * span)
        for function in ("LINEAR", "LINEAR_EXACT", "SIGMOID")
    ]
    rising = np.linspace(0, 1023, 200).round().astype(np.uint16)
    tables = [VoiTable(int(low + 10), 10, rising), VoiTable(int(low - 50), 16, rising[::-1] * np.uint16(64))]
    return [*windows, *tables]


@pytest.mark.parametrize("name", RANGES)
def test_bytes_are_within_one_level_of_the_reference(name: str) -> None:
    dtype, low, high = RANGES[name]
    values = np.unique(np.linspace(low, high, 301).astype(dtype)).reshape(1, -1)
    for grey in greys_for(low, high):
        for low_is_white in (False, True):
            for inverted in (False, True):
                tables = (grey,) if isinstance(grey, VoiTable) else ()
                film = film_of(values, low_is_white, tables=tables)
                seen = grey_bytes(values, film, Look(GreyTable(0) if tables else grey, inverted))
                rounded = np.rint(values).astype(float) if tables else values.astype(float)
                wanted = [reference_grey(v, grey, low_is_white != inverted) for v in rounded[0]]
                assert np.abs(seen[0] - np.array(wanted)).max() <= 1, (grey, low_is_white, inverted)


def test_monochrome1_inverted_by_the_reader_shows_low_black_once() -> None:
    values = np.array([[0, 255]], dtype=np.uint8)
    film = film_of(values, low_is_white=True)
    np.testing.assert_array_equal(grey_bytes(values, film, Look(Window(128, 256), inverted=True)), [[0, 255]])
    np.testing.assert_array_equal(grey_bytes(values, film, Look(Window(128, 256))), [[255, 0]])


def test_padding_is_black_even_when_inverted() -> None:
    values = np.array([[0, 200]], dtype=np.uint8)
    padding = np.array([[True, False]])
    film = film_of(values, padding=padding)
    for inverted in (False, True):
        assert grey_bytes(values, film, Look(Window(128, 256), inverted), padding)[0, 0] == 0


def test_byte_order_and_strides_do_not_matter() -> None:
    values = np.arange(64, dtype=np.int16).reshape(8, 8) - 32
    look = Look(Window(0, 50))
    wanted = grey_bytes(values, film_of(values), look)
    np.testing.assert_array_equal(grey_bytes(values.astype(">i2"), film_of(values), look), wanted)
    np.testing.assert_array_equal(grey_bytes(np.asfortranarray(values)[::2], film_of(values), look), wanted[::2])


def test_two_tables_of_one_film_are_not_mixed_up() -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    up, down = np.arange(256, dtype=np.uint16), np.arange(256, dtype=np.uint16)[::-1]
    film = film_of(values, tables=(VoiTable(0, 8, up), VoiTable(0, 8, down)))
    np.testing.assert_array_equal(grey_bytes(values, film, Look(GreyTable(0))), values)
    np.testing.assert_array_equal(grey_bytes(values, film, Look(GreyTable(1))), 255 - values)
