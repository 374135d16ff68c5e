"""How the header says pixels are stored, and putting the bits of stored values right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.film.decoders import Samples
from model.film.header import Header
from model.film.limits import MAX_FRAMES


@dataclass(frozen=True, slots=True)
class Layout:
    """How the header says pixels are stored (PS3.3 C.7.6.3)."""

    rows: int
    columns: int
    samples: int
    photometric: str
    bits_allocated: int
    bits_stored: int
    high_bit: int
    signed: bool
    planar: bool
    frames: int

    @property
    def subsampled(self) -> bool:
        """True when native chroma is halved along rows (YBR_FULL_422)."""
        return self.samples == 3 and self.photometric in ("YBR_FULL_422", "YBR_PARTIAL_422")

    @property
    def frame_bits(self) -> int:
        """Bits of one native frame."""
        samples = 2 if self.subsampled else self.samples
        return self.rows * self.columns * samples * self.bits_allocated


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """Stored values of one frame, before any modality transform.

    ``samples`` has shape (rows, columns) or (rows, columns, samples); ``layout`` is the header's layout
    with size, sample count and bits as they turned out to be.
    """

    samples: NDArray[np.generic]
    layout: Layout


def read_layout(header: Header) -> Layout:
    """Read how pixels are stored; what is missing or impossible is mended with a warning.

    Raises
    ------
    FilmError
        ``no_pixels`` when the object has no pixel data, ``bad_size`` or ``too_large``.
    """
    samples = header.whole("SamplesPerPixel") or 1
    photometric = header.word("PhotometricInterpretation")
    if not photometric:
        photometric = "MONOCHROME2" if samples == 1 else "RGB"
        header.warn(
            "photometric_missing",
            f"Photometric Interpretation (0028,0004) is missing; {photometric} is assumed, the greys may be inverted.",
        )
    allocated = _bits_allocated(header)
    stored = header.whole("BitsStored") or allocated
    if not 1 <= stored <= allocated:
        header.warn("bits_stored", f"Bits Stored (0028,0101) is {stored} of {allocated}; all {allocated} are used.")
        stored = allocated
    high = header.whole("HighBit")
    if high is None:
        high = stored - 1
    if not stored - 1 <= high < allocated:
        header.warn("high_bit", f"High Bit (0028,0102) is {high} and impossible; {stored - 1} is used.")
        high = stored - 1
    return Layout(
        rows=header.whole("Rows") or 0,
        columns=header.whole("Columns") or 0,
        samples=samples,
        photometric=photometric,
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=high,
        signed=header.whole("PixelRepresentation") == 1,
        planar=header.whole("PlanarConfiguration") == 1,
        frames=_frame_count(header),
    )


def _bits_allocated(header: Header) -> int:
    allocated = header.whole("BitsAllocated")
    if allocated in (1, 8, 16, 32, 64):
        return allocated
    stored = header.whole("BitsStored") or 16
    mended = 8 if stored <= 8 else 16 if stored <= 16 else 32
    header.warn("bits_allocated", f"Bits Allocated (0028,0100) is {allocated}; {mended} is assumed.")
    return mended


def _frame_count(header: Header) -> int:
    frames = header.whole("NumberOfFrames")
    if frames is None:
        return 1
    if not 1 <= frames <= MAX_FRAMES:
        header.warn("number_of_frames", f"Number of Frames (0028,0008) is {frames}; one frame is assumed.")
        return 1
    return frames


def mend_bits(samples: Samples, stored: int, high_bit: int, signed: bool) -> Samples:
    """Keep the bits that belong to the value, shifted to the low end and sign-extended (PS3.5 8.1.1).

    Parameters
    ----------
    samples
        Unsigned integers as read; changed in place when writable.
    stored, high_bit
        Bits Stored and High Bit.
    signed
        True for two's complement.

    Returns
    -------
    ndarray
        Unsigned or signed integers of the same item size.
    """
    bits = 8 * samples.dtype.itemsize
    target = samples.view(samples.dtype.str.replace("u", "i")) if signed else samples
    if stored == bits:
        return target
    if not target.flags.writeable:
        target = target.copy()
    if signed or high_bit != stored - 1:
        np.left_shift(target, bits - 1 - high_bit, out=target)
        np.right_shift(target, bits - stored, out=target)
    else:
        np.bitwise_and(target, (1 << stored) - 1, out=target)
    return target
