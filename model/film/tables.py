"""Lookup tables of a DICOM header: modality and VOI LUTs (PS3.3 C.11.1.1.1, C.11.2.1.1)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.film.film import VoiTable
from model.film.header import Header, name_of


def read_table(item: Header, sequence: str, signed: bool) -> VoiTable | None:
    """Read one item of a LUT sequence.

    Parameters
    ----------
    item
        The item.
    sequence
        Keyword of the sequence it belongs to, for warnings.
    signed
        True when the values that go in may be negative: the first value mapped is then signed.

    Returns
    -------
    VoiTable or None
        None, with a warning that names the sequence, when it cannot be used.
    """
    descriptor = item.numbers("LUTDescriptor")
    if len(descriptor) != 3:
        return _refused(item, sequence, "its LUT Descriptor (0028,3002) does not hold three numbers")
    count, first, bits = (int(number) for number in descriptor)
    count = count & 0xFFFF or 1 << 16
    if signed and first > 0x7FFF:
        first -= 1 << 16
    if not signed and first < 0:
        first += 1 << 16
    if not 1 <= bits <= 16:
        return _refused(item, sequence, f"its LUT Descriptor (0028,3002) says {bits} bits per entry")
    values = _entries(item.get("LUTData"), count, bits, item.little_endian)
    if values is None:
        return _refused(item, sequence, f"its LUT Data (0028,3006) hold fewer than the {count} entries promised")
    highest = int(values.max())
    if highest >> bits:
        bits = highest.bit_length()
    values.setflags(write=False)
    return VoiTable(first, bits, values, str(item.get("LUTExplanation") or "").strip())


def _refused(item: Header, sequence: str, why: str) -> VoiTable | None:
    item.warn("lut_invalid", f"{name_of(sequence)} is not used: {why}.")
    return None


def _entries(data: Any, count: int, bits: int, little_endian: bool) -> NDArray[np.uint16] | None:
    """Return the entries of LUT Data, written as words or, for 8 bits, packed as bytes."""
    if isinstance(data, bytes):
        if len(data) >= 2 * count:
            words = np.frombuffer(data, "<u2" if little_endian else ">u2", count)
            return words.astype(np.uint16)
        if bits <= 8 and len(data) >= count:
            return np.frombuffer(data, np.uint8, count).astype(np.uint16)
        return None
    entries = np.atleast_1d(np.asarray(data if data is not None else [], dtype=np.int64))
    if bits <= 8 and count > len(entries) >= (count + 1) // 2:
        packed = (entries & 0xFFFF).astype("<u2" if little_endian else ">u2")
        return packed.view(np.uint8)[:count].astype(np.uint16)
    if len(entries) < count:
        return None
    return (entries[:count] & 0xFFFF).astype(np.uint16)
