"""The measurements a compressed frame states of itself, read before any decoder touches it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Family = Literal["JPEG", "JPEG-LS", "JPEG 2000", "JPEG XL"]

_LOSSLESS_SOF = frozenset({0xC3, 0xC7, 0xCB, 0xCF})
_SOF = (frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}) | {0xF7}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})
_JXL_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


@dataclass(frozen=True, slots=True)
class Codestream:
    """Family, size and sample format of one compressed frame.

    ``precision`` is bits per sample, 0 where the family does not state it in a fixed place (JPEG XL);
    ``start`` is where the codestream begins within the frame; ``halvings`` is how often the size can be
    halved while decoding (JPEG 2000).
    """

    family: Family
    rows: int
    columns: int
    samples: int
    precision: int
    signed: bool = False
    lossless: bool = False
    start: int = 0
    halvings: int = 0


def measure(frame: bytes) -> Codestream | None:
    """Read size and sample format from the first markers of a compressed frame.

    Parameters
    ----------
    frame
        One frame of encapsulated pixel data.

    Returns
    -------
    Codestream or None
        None when it is none of JPEG, JPEG-LS, JPEG 2000 (or HTJ2K) and JPEG XL, or breaks off.
    """
    try:
        for offset, magic, measure_family in _MAGIC:
            if frame[offset : offset + len(magic)] == magic:
                return measure_family(frame)
    except (struct.error, IndexError):
        return None
    return None


def _measure_jpeg(frame: bytes) -> Codestream | None:
    """Walk the marker segments to the start of frame (ITU-T T.81 B.2.2, T.87 C.2.2)."""
    at = 2
    while True:
        if frame[at] != 0xFF:
            return None
        marker = frame[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _BARE_MARKERS:
            at += 2
        elif marker in _SOF:
            precision, rows, columns, samples = struct.unpack_from(">BHHB", frame, at + 4)
            family: Family = "JPEG-LS" if marker == 0xF7 else "JPEG"
            return Codestream(family, rows, columns, samples, precision, lossless=marker in _LOSSLESS_SOF)
        elif marker in (0xD9, 0xDA):
            return None
        else:
            at += 2 + max(2, struct.unpack_from(">H", frame, at + 2)[0])


def _measure_jpeg_2000(frame: bytes) -> Codestream | None:
    """Read the SIZ and COD segments (ISO/IEC 15444-1 A.5.1, A.6.1), also inside a JP2 file."""
    start = frame.find(b"\xff\x4f\xff\x51")
    if start < 0:
        return None
    right, bottom, left, top = struct.unpack_from(">IIII", frame, start + 8)
    samples, depth = struct.unpack_from(">HB", frame, start + 40)
    return Codestream(
        "JPEG 2000",
        bottom - top,
        right - left,
        samples,
        (depth & 0x7F) + 1,
        signed=bool(depth & 0x80),
        start=start,
        halvings=_decompositions(frame, start + 2),
    )


def _decompositions(frame: bytes, at: int) -> int:
    """Walk the marker segments to COD and return its number of decomposition levels; 0 where it does not come."""
    while at + 10 <= len(frame):
        marker, length = struct.unpack_from(">HH", frame, at)
        if marker == 0xFF52:
            return frame[at + 9]
        if marker == 0xFF90:
            return 0
        at += 2 + max(2, length)
    return 0


def _jxl_start(frame: bytes) -> int:
    """Find the codestream, bare or inside the boxes of ISO/IEC 18181-2."""
    if frame[:2] == b"\xff\x0a":
        return 0
    at = 0
    while True:
        length, name = struct.unpack_from(">I4s", frame, at)
        head = 8
        if length == 1:
            length = struct.unpack_from(">Q", frame, at + 8)[0]
            head = 16
        if name in (b"jxlc", b"jxlp"):
            return at + head + (4 if name == b"jxlp" else 0)
        if length < head:
            raise IndexError(at)
        at += length


def _measure_jpeg_xl(frame: bytes) -> Codestream | None:
    """Read the SizeHeader (ISO/IEC 18181-1 D.2)."""
    start = _jxl_start(frame)
    if frame[start : start + 2] != b"\xff\x0a":
        return None
    bits = _Bits(frame[start + 2 : start + 14])
    small = bits.take(1)
    rows = _jxl_side(bits, small)
    ratio = bits.take(3)
    if ratio:
        over, under = _JXL_RATIOS[ratio - 1]
        columns = rows * over // under
    else:
        columns = _jxl_side(bits, small)
    return Codestream("JPEG XL", rows, columns, 0, 0, start=start)


def _jxl_side(bits: _Bits, small: int) -> int:
    return (bits.take(5) + 1) * 8 if small else bits.take((9, 13, 18, 30)[bits.take(2)]) + 1


class _Bits:
    """Bits of a byte string, least significant first."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")
        self._left = 8 * len(data)

    def take(self, count: int) -> int:
        if count > self._left:
            raise IndexError(count)
        taken = self._value & ((1 << count) - 1)
        self._value >>= count
        self._left -= count
        return taken


_MAGIC: tuple[tuple[int, bytes, Callable[[bytes], Codestream | None]], ...] = (
    (0, b"\xff\xd8", _measure_jpeg),
    (0, b"\xff\x4f\xff\x51", _measure_jpeg_2000),
    (4, b"jP  ", _measure_jpeg_2000),
    (0, b"\xff\x0a", _measure_jpeg_xl),
    (4, b"JXL ", _measure_jpeg_xl),
)
