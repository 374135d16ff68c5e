"""One frame of pixel data as stored values: found in the file, checked, decoded, bits and sign put right."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.encaps import get_frame
from pydicom.uid import UID

from model.errors import FilmError
from model.film.codestream import Codestream, measure
from model.film.decoders import BY_FAMILY, SYNTAXES, Decode, FrameShape, Samples, decode_rle, syntax_name
from model.film.header import UNDEFINED_LENGTH, Header, PixelElement
from model.film.limits import MAX_FRAMES, MAX_SAMPLES, check_ratio, check_size

_FLOATS: dict[int, np.dtype[Any]] = {0x7FE00008: np.dtype("<f4"), 0x7FE00009: np.dtype("<f8")}
_ITEM = b"\xfe\xff\x00\xe0"


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


def read_frame(header: Header, layout: Layout, frame: int) -> Stored:
    """Read and decode one frame without touching the others.

    Parameters
    ----------
    header
        The data set, its file still open.
    layout
        As :func:`read_layout` returned it.
    frame
        Index from 0.

    Raises
    ------
    FilmError
        ``no_pixels``, ``no_such_frame``, ``truncated``, ``unsupported_syntax``, ``bad_size``, ``too_large``
        or ``damaged``.
    """
    element = header.pixels
    if element is None:
        raise _without_pixels(header, layout)
    if not 0 <= frame < layout.frames:
        raise FilmError("no_such_frame", f"Frame {frame + 1} was asked for, but the film has {layout.frames}.")
    if element.tag in _FLOATS:
        check_size(layout.rows, layout.columns)
        return Stored(_read_float(header, element, layout, frame), replace(layout, samples=1))
    syntax = SYNTAXES.get(str(header.syntax))
    if syntax is None:
        raise FilmError("unsupported_syntax", _unsupported(header.syntax))
    if syntax.decode is None and not _is_encapsulated(header, element):
        check_size(layout.rows, layout.columns, layout.samples)
        return Stored(_read_native(header, element, layout, frame), layout)
    return _read_encapsulated(header, element, layout, frame, syntax.decode)


def _without_pixels(header: Header, layout: Layout) -> FilmError:
    if layout.rows and layout.columns:
        return FilmError(
            "truncated",
            f"It describes an image of {layout.columns} x {layout.rows} pixels but ends before the pixels; "
            "the file was not transferred completely, ask for it again.",
        )
    uid = UID(header.word("SOPClassUID"))
    name = uid.name if uid.name != str(uid) else "of an unknown class"
    return FilmError("no_pixels", f"It is a DICOM object without an image ({name}), so there is no film to show.")


def _unsupported(uid: UID) -> str:
    return (
        f"Its pixels are compressed as {syntax_name(uid)} (transfer syntax {uid}), which is not supported; "
        "export the film again as uncompressed, JPEG, JPEG-LS or JPEG 2000."
    )


def _is_encapsulated(header: Header, element: PixelElement) -> bool:
    """Tell whether pixel data of a native syntax are compressed all the same."""
    if element.length != UNDEFINED_LENGTH:
        return False
    header.stream.seek(element.position)
    found = header.stream.read(4) == _ITEM
    if found:
        header.warn(
            "syntax_contradicted",
            "Transfer Syntax UID (0002,0010) says the pixels are not compressed, but they are; they are read as found.",
        )
    return found


def _read_native(header: Header, element: PixelElement, layout: Layout, frame: int) -> Samples:
    first_bit = frame * layout.frame_bits
    start, skipped = divmod(first_bit, 8)
    count = (skipped + layout.frame_bits + 7) // 8
    data = _read_exactly(header, element, start, count)
    if layout.bits_allocated == 1:
        bits = np.unpackbits(data, bitorder="little")[skipped : skipped + layout.frame_bits]
        return _shape(bits, layout)
    order = "<" if header.little_endian else ">"
    if layout.bits_allocated == 8 and not header.little_endian and _is_word_swapped(header):
        data = data.reshape(-1, 2)[:, ::-1].reshape(-1) if data.size % 2 == 0 else data
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


def _read_float(header: Header, element: PixelElement, layout: Layout, frame: int) -> Samples:
    dtype = _FLOATS[element.tag]
    count = layout.rows * layout.columns * dtype.itemsize
    data = _read_exactly(header, element, frame * count, count)
    values = data.view(dtype if header.little_endian else dtype.newbyteorder(">"))
    shaped = values.reshape(layout.rows, layout.columns).astype(np.float32)
    return np.nan_to_num(shaped, copy=False)


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


def _shape(samples: Samples, layout: Layout) -> Samples:
    rows, columns = layout.rows, layout.columns
    if layout.samples == 1:
        return samples.reshape(rows, columns)
    if layout.subsampled:
        return samples.reshape(rows, columns // 2, 4)[:, :, :2].reshape(rows, columns)
    if layout.planar:
        return samples.reshape(layout.samples, rows, columns).transpose(1, 2, 0)
    return samples.reshape(rows, columns, layout.samples)


def _read_encapsulated(
    header: Header, element: PixelElement, layout: Layout, frame: int, decode: Decode | None
) -> Stored:
    data = _encoded_frame(header, element, layout, frame)
    stream = measure(data)
    decode = _decoder_for(header, stream, decode)
    layout = _agree(header, layout, stream)
    check_size(layout.rows, layout.columns, layout.samples)
    check_ratio(layout.rows, layout.columns, len(data))
    if stream is None and decode is decode_rle:
        _check_rle(data, layout)
    shape = FrameShape(layout.rows, layout.columns, layout.samples, layout.bits_allocated)
    try:
        samples = decode(data, shape, stream)
    except MemoryError as error:
        raise FilmError(
            "too_large", "There is not enough memory for this film; close other films and retry."
        ) from error
    except Exception as error:
        raise FilmError(
            "damaged",
            f"The compressed pixels ({syntax_name(header.syntax)}) are damaged; ask for the film again.",
        ) from error
    if samples.shape[:2] != (layout.rows, layout.columns):
        raise FilmError("damaged", "The compressed pixels hold another size than they state; ask for the film again.")
    return _as_stored(header, samples, layout, stream)


def _encoded_frame(header: Header, element: PixelElement, layout: Layout, frame: int) -> bytes:
    header.stream.seek(element.position)
    table = header.get("ExtendedOffsetTable"), header.get("ExtendedOffsetTableLengths")
    try:
        data = get_frame(
            header.stream,
            frame,
            number_of_frames=layout.frames,
            extended_offsets=table if all(isinstance(part, bytes) for part in table) else None,
        )
    except (ValueError, EOFError, OSError, struct.error, StopIteration) as error:
        raise FilmError(
            "truncated",
            f"Frame {frame + 1} of {layout.frames} cannot be found in the compressed pixel data; "
            "the file is incomplete or damaged, ask for it again.",
        ) from error
    if not data:
        raise FilmError("truncated", "The compressed pixel data are empty; ask for the file to be sent again.")
    return data


def _decoder_for(header: Header, stream: Codestream | None, decode: Decode | None) -> Decode:
    """Let the codestream decide: some archives recompress without changing the header."""
    family = SYNTAXES[str(header.syntax)].family
    if stream is not None:
        if stream.family != family:
            header.warn(
                "syntax_contradicted",
                f"Transfer Syntax UID (0002,0010) says {syntax_name(header.syntax)}, "
                f"but the pixels are {stream.family}; they were read as found.",
            )
        return BY_FAMILY[stream.family]
    if decode is decode_rle:
        return decode_rle
    raise FilmError(
        "damaged",
        f"The compressed pixels do not begin as {syntax_name(header.syntax)} does; ask for the film again.",
    )


def _agree(header: Header, layout: Layout, stream: Codestream | None) -> Layout:
    """Take size and sample count from the codestream where the header differs."""
    if stream is None:
        return layout
    if (stream.rows, stream.columns) != (layout.rows, layout.columns):
        header.warn(
            "size_contradicted",
            f"Rows (0028,0010) and Columns (0028,0011) say {layout.columns} x {layout.rows}, but the compressed "
            f"image has {stream.columns} x {stream.rows} pixels and is shown so.",
        )
    samples = stream.samples or layout.samples
    if samples != layout.samples:
        header.warn(
            "samples_contradicted",
            f"Samples per Pixel (0028,0002) says {layout.samples}, the compressed image has {samples}.",
        )
    if stream.precision > 16 or samples > MAX_SAMPLES:
        raise FilmError(
            "too_large", f"The compressed image has {stream.precision} bits in {samples} samples; no film has."
        )
    return replace(layout, rows=stream.rows, columns=stream.columns, samples=samples)


def _check_rle(data: bytes, layout: Layout) -> None:
    """Check the segment table of PS3.5 G.5 before the decoder trusts it."""
    planes = layout.samples * (layout.bits_allocated // 8)
    if len(data) >= 64:
        count, *offsets = struct.unpack_from("<16I", data)
        used = offsets[:count]
        if count == planes and used and used[0] == 64 and used == sorted(used) and used[-1] <= len(data):
            return
    raise FilmError("damaged", "The run-length segments do not fit the image; the file is damaged, ask for it again.")


def _as_stored(header: Header, samples: Samples, layout: Layout, stream: Codestream | None) -> Stored:
    if samples.ndim == 3 and samples.shape[2] == 1:
        samples = samples[:, :, 0]
    if samples.dtype.kind == "f":
        return Stored(samples.astype(np.float32, copy=False), layout)
    precision = (stream.precision if stream else 0) or 8 * samples.dtype.itemsize
    layout = replace(layout, samples=1 if samples.ndim == 2 else samples.shape[2])
    if layout.samples > 1:
        return Stored(samples, replace(layout, bits_stored=precision))
    return Stored(*_mend_decoded(header, samples, layout, stream, precision))


def _mend_decoded(
    header: Header, samples: Samples, layout: Layout, stream: Codestream | None, precision: int
) -> tuple[Samples, Layout]:
    """Put sign and unused bits right; a codestream states its own precision, only some state the sign."""
    unsigned = samples.view(samples.dtype.str.replace("i", "u"))
    stored = layout.bits_stored
    if layout.signed:
        by_itself = stream is not None and stream.family in ("JPEG 2000", "JPEG-LS")
        width = precision if by_itself else min(stored, 8 * samples.dtype.itemsize)
        return mend_bits(unsigned, width, width - 1, True), layout
    if stream is not None and stream.signed:
        return mend_bits(unsigned, precision, precision - 1, False), layout
    if precision <= stored:
        return unsigned, layout
    if not int(unsigned.max()) >> stored:
        return unsigned, layout
    if not _has_embedded_overlay(header):
        header.warn(
            "bits_stored",
            f"Bits Stored (0028,0101) says {stored}, but the compressed image uses up to {precision}; they are shown.",
        )
        return unsigned, replace(layout, bits_stored=precision)
    return mend_bits(unsigned, stored, stored - 1, False), layout


def _has_embedded_overlay(header: Header) -> bool:
    """Tell whether an overlay lives in the unused bits (Overlay Bit Position (60xx,0102), retired)."""
    return any(
        (group, 0x0102) in header.dataset and (group, 0x3000) not in header.dataset
        for group in range(0x6000, 0x6020, 2)
    )
