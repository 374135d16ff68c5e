"""One frame of uncompressed pixel data: only its own bytes are read, straight into an array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.errors import FilmError
from model.film.decoders import Samples
from model.film.header import UNDEFINED_LENGTH, Header, PixelElement
from model.film.layout import Layout, mend_bits

FLOATS: dict[int, np.dtype[Any]] = {0x7FE00008: np.dtype("<f4"), 0x7FE00009: np.dtype("<f8")}
"""Tags of Float and Double Float Pixel Data and how they are stored."""


def read_native(header: Header, element: PixelElement, layout: Layout, frame: int) -> Samples:
    """Read one frame of Pixel Data (PS3.5 8.1, 8.2).

    Returns
    -------
    ndarray
        Stored values, shape (rows, columns) or (rows, columns, samples); of subsampled chroma only the
        luminance, (rows, columns).

    Raises
    ------
    FilmError
        ``truncated``.
    """
    first_bit = frame * layout.frame_bits
    start, skipped = divmod(first_bit, 8)
    count = (skipped + layout.frame_bits + 7) // 8
    if layout.bits_allocated == 8 and not header.little_endian and _is_word_swapped(header):
        data = _read_swapped(header, element, start, count)
    else:
        data = _read_exactly(header, element, start, count)
    if layout.bits_allocated == 1:
        bits = np.unpackbits(data, bitorder="little")[skipped : skipped + layout.frame_bits]
        return _shape(bits, layout)
    order = "<" if header.little_endian else ">"
    samples = data.view(f"{order}u{layout.bits_allocated // 8}")
    if not header.little_endian:
        samples = samples.astype(samples.dtype.newbyteorder("="))
    return _shape(mend_bits(samples, layout.bits_stored, layout.high_bit, layout.signed), layout)


def _is_word_swapped(header: Header) -> bool:
    """Tell whether 8-bit big endian pixels were written as words: VR OW stands before the length (PS3.5 8.2)."""
    if header.pixels is None:
        return False
    header.stream.seek(header.pixels.position - 8)
    return header.stream.read(2) == b"OW"


def _read_swapped(header: Header, element: PixelElement, start: int, count: int) -> NDArray[np.uint8]:
    """Read bytes that were written as big endian words, in their true order."""
    first = start - start % 2
    words = _read_exactly(header, element, first, (start % 2 + count + 1) // 2 * 2)
    return words.reshape(-1, 2)[:, ::-1].reshape(-1)[start % 2 : start % 2 + count]


def _read_exactly(header: Header, element: PixelElement, start: int, count: int) -> NDArray[np.uint8]:
    """Read ``count`` bytes of the pixel data straight into an array, after checking that they are there."""
    stream = header.stream
    declared = element.length if element.length != UNDEFINED_LENGTH else start + count
    there = min(declared, stream.reach(element.position + start + count) - element.position)
    if there < start + count:
        raise FilmError(
            "truncated",
            f"The pixel data break off: {max(0, there):,} of {start + count:,} bytes are there; "
            "the file was not transferred completely, ask for it again.",
        )
    data = np.empty(count, np.uint8)
    stream.seek(element.position + start)
    view = memoryview(data)  # type: ignore[arg-type]
    at = 0
    while at < count:
        got = stream.readinto(view[at:])
        if not got:
            raise FilmError("truncated", "The pixel data break off while reading; check the medium and try again.")
        at += got
    return data


def read_float(header: Header, element: PixelElement, layout: Layout, frame: int) -> Samples:
    """Read one frame of Float or Double Float Pixel Data as float32, what is not a number as 0."""
    dtype = FLOATS[element.tag]
    count = layout.rows * layout.columns * dtype.itemsize
    data = _read_exactly(header, element, frame * count, count)
    values = data.view(dtype if header.little_endian else dtype.newbyteorder(">"))
    shaped = values.reshape(layout.rows, layout.columns).astype(np.float32)
    return np.nan_to_num(shaped, copy=False)


def _shape(samples: Samples, layout: Layout) -> Samples:
    rows, columns = layout.rows, layout.columns
    if layout.samples == 1:
        return samples.reshape(rows, columns)
    if layout.subsampled:
        return samples.reshape(rows, columns // 2, 4)[:, :, :2].reshape(rows, columns)
    if layout.planar:
        return samples.reshape(layout.samples, rows, columns).transpose(1, 2, 0)
    return samples.reshape(rows, columns, layout.samples)
