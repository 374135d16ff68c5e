"""Bytes to read a DICOM data set from: never more than the file holds, never more than the limits allow."""

from __future__ import annotations

import io
import os
import zlib
from typing import BinaryIO

from model.errors import FilmError
from model.film.limits import MAX_INFLATED

_CHUNK = 1 << 16


class Bounded(io.RawIOBase):
    """A file whose ``read(n)`` asks for no more than what is left of it.

    A header may claim a value of four gigabytes in a file of one kilobyte; plain ``file.read`` would
    take that memory before noticing.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, os.SEEK_END)
        file.seek(0)

    def reach(self, position: int) -> int:
        """Return how many of the first ``position`` bytes there are."""
        return min(position, self._size)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def read(self, count: int = -1, /) -> bytes:
        """Read at most ``count`` bytes; all that is left when negative."""
        left = max(0, self._size - self._file.tell())
        return self._file.read(left if count < 0 else min(count, left))

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` from the file."""
        return self._file.readinto(buffer)  # type: ignore[attr-defined, no-any-return]

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move to a position, as files do."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()


class Inflated(io.RawIOBase):
    """A deflated data set (PS3.5 A.5), inflated only as far as it is read.

    Raises
    ------
    FilmError
        ``too_large`` when more than ``MAX_INFLATED`` bytes come out, ``damaged`` when the stream is broken.
    """

    def __init__(self, packed: BinaryIO | Bounded) -> None:
        self._packed = packed
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._plain = bytearray()
        self._at = 0

    def reach(self, position: int) -> int:
        """Return how many of the first ``position`` bytes there are."""
        self._grow(position)
        return min(position, len(self._plain))

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def read(self, count: int = -1, /) -> bytes:
        """Read at most ``count`` bytes; all that is left when negative."""
        self._grow(MAX_INFLATED if count < 0 else self._at + count)
        stop = len(self._plain) if count < 0 else self._at + count
        piece = bytes(memoryview(self._plain)[self._at : stop])
        self._at += len(piece)
        return piece

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with inflated bytes."""
        self._grow(self._at + len(buffer))
        piece = memoryview(self._plain)[self._at : self._at + len(buffer)]
        count = len(piece)
        buffer[:count] = piece
        piece.release()
        self._at += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move to a position, as files do."""
        if whence == os.SEEK_END:
            self._grow(MAX_INFLATED)
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._plain)}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return the position."""
        return self._at

    def _grow(self, wanted: int) -> None:
        if wanted > MAX_INFLATED:
            raise FilmError(
                "too_large",
                f"The deflated data set claims more than {MAX_INFLATED >> 20} MiB; it is no film and was refused.",
            )
        while len(self._plain) < wanted and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._packed.read(_CHUNK)
            try:
                plain = self._inflate.decompress(packed, _CHUNK)
            except zlib.error as error:
                raise FilmError(
                    "damaged", "The deflated data set is damaged and cannot be unpacked; ask for the file to be resent."
                ) from error
            if not packed and not plain:
                return
            self._plain += plain
