"""One frame of compressed pixel data: cut out, measured, decoded, bits and sign put right (PS3.5 A.4)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from pydicom.encaps import get_frame

from model.errors import FilmError
from model.film.codestream import Codestream, Family, measure
from model.film.decoders import BY_FAMILY, SYNTAXES, Decode, FrameShape, Samples, decode_rle, syntax_name
from model.film.header import Header, PixelElement
from model.film.layout import Layout, Stored, mend_bits
from model.film.limits import MAX_SAMPLES, check_ratio, check_size


def read_encapsulated(  # noqa: PLR0913, PLR0917 - where the frame is, what is known of it, and who reads it
    header: Header,
    element: PixelElement,
    layout: Layout,
    frame: int,
    decode: Decode | None,
    by_family: Mapping[Family, Decode] = BY_FAMILY,
) -> Stored:
    """Decode one frame of encapsulated pixel data.

    The codestream is measured before it is decoded: where it differs from the header it is right, and a
    warning names the tag. ``decode`` is what the transfer syntax asks for, ``by_family`` what reads each
    family of codestreams.

    Raises
    ------
    FilmError
        ``truncated``, ``damaged``, ``bad_size`` or ``too_large``.
    """
    data = _encoded_frame(header, element, layout, frame)
    stream = measure(data)
    decode = _decoder_for(header, stream, decode, by_family)
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


def _decoder_for(
    header: Header, stream: Codestream | None, decode: Decode | None, by_family: Mapping[Family, Decode]
) -> Decode:
    """Let the codestream decide: some archives recompress without changing the header."""
    family = SYNTAXES[str(header.syntax)].family
    if stream is not None:
        if stream.family != family:
            header.warn(
                "syntax_contradicted",
                f"Transfer Syntax UID (0002,0010) says {syntax_name(header.syntax)}, "
                f"but the pixels are {stream.family}; they were read as found.",
            )
        return by_family[stream.family]
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
