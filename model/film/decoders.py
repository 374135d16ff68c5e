"""Compressed frames to samples: which library reads which transfer syntax, called directly.

The libraries are named here one by one and imported on first use. Finding them through entry points,
as pydicom does, breaks in a frozen application, and its decoders add a copy or two of the frame. All but
the quick one for RLE let other threads run while they work, so that a window lives on beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.uid import UID

from model.film.codestream import Codestream, Family

Samples = NDArray[np.generic]

MOST_THREADS = 4
"""Threads that decode one frame of JPEG 2000 at most; never more than OpenCV may use in this process."""


@dataclass(frozen=True, slots=True)
class FrameShape:
    """What the header says of one frame: size, samples per pixel, container bits, whether grey is wanted."""

    rows: int
    columns: int
    samples: int
    bits_allocated: int


Decode = Callable[[bytes, FrameShape, Codestream | None], Samples]


@dataclass(frozen=True, slots=True)
class Syntax:
    """One transfer syntax that can be opened: its name and how its frames are decoded.

    ``family`` is the codestream it must hold; None for native and RLE pixel data. ``decode`` is None
    for native pixel data.
    """

    name: str
    family: Family | None = None
    decode: Decode | None = None


def decode_jpeg(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    """Decode baseline, extended (8 and 12 bit) and lossless JPEG; colour comes out as luminance.

    libjpeg-turbo 3 in imagecodecs reads all of them, lossless up to 16 bits with every predictor.
    """
    import imagecodecs

    colour = stream is not None and stream.samples == 3 and not stream.lossless
    return np.asarray(imagecodecs.jpeg8_decode(frame, outcolorspace="GRAYSCALE" if colour else None))


def decode_jpeg_ls(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    """Decode JPEG-LS, lossless and near-lossless, with CharLS.

    An end marker is put behind every frame: without one CharLS takes many seconds to notice that a
    broken frame ran out.
    """
    import imagecodecs

    return np.asarray(imagecodecs.jpegls_decode(frame + b"\xff\xd9"))


def decode_jpeg_2000(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    """Decode JPEG 2000 and High-Throughput JPEG 2000 with OpenJPEG."""
    import imagecodecs

    codestream = frame[stream.start :] if stream and stream.start else frame
    return np.asarray(imagecodecs.jpeg2k_decode(codestream, numthreads=_threads()))


def _threads() -> int:
    """Return how many threads decode one frame: a process that is one of many has told OpenCV to take one."""
    import cv2

    return min(MOST_THREADS, max(1, cv2.getNumThreads()))


def decode_jpeg_xl(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    """Decode JPEG XL, also where it holds a recompressed JPEG, with libjxl."""
    import imagecodecs

    return np.asarray(imagecodecs.jpegxl_decode(frame, numthreads=1))


def decode_rle(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    """Decode RLE Lossless (PS3.5 annex G).

    The decoder is written in Rust and answers some damage with a panic, which is no ``Exception``.
    """
    from rle.rle import decode_frame

    try:
        planes: Any = decode_frame(frame, shape.rows * shape.columns, shape.bits_allocated, "<")
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise ValueError("a run leaves its segment") from panic
    samples = np.frombuffer(planes, f"<u{shape.bits_allocated // 8}")
    cube = samples.reshape(shape.samples, shape.rows, shape.columns)
    return cube[0] if shape.samples == 1 else cube.transpose(1, 2, 0)


_UIDS: dict[str, Syntax] = {
    "1.2.840.10008.1.2": Syntax("Implicit VR Little Endian"),
    "1.2.840.10008.1.2.1": Syntax("Explicit VR Little Endian"),
    "1.2.840.10008.1.2.1.99": Syntax("Deflated Explicit VR Little Endian"),
    "1.2.840.10008.1.2.2": Syntax("Explicit VR Big Endian"),
    "1.2.840.10008.1.2.5": Syntax("RLE Lossless", None, decode_rle),
    "1.2.840.10008.1.2.4.50": Syntax("JPEG Baseline", "JPEG", decode_jpeg),
    "1.2.840.10008.1.2.4.51": Syntax("JPEG Extended", "JPEG", decode_jpeg),
    "1.2.840.10008.1.2.4.57": Syntax("JPEG Lossless", "JPEG", decode_jpeg),
    "1.2.840.10008.1.2.4.70": Syntax("JPEG Lossless, First-Order Prediction", "JPEG", decode_jpeg),
    "1.2.840.10008.1.2.4.80": Syntax("JPEG-LS Lossless", "JPEG-LS", decode_jpeg_ls),
    "1.2.840.10008.1.2.4.81": Syntax("JPEG-LS Near-lossless", "JPEG-LS", decode_jpeg_ls),
    "1.2.840.10008.1.2.4.90": Syntax("JPEG 2000 Lossless", "JPEG 2000", decode_jpeg_2000),
    "1.2.840.10008.1.2.4.91": Syntax("JPEG 2000", "JPEG 2000", decode_jpeg_2000),
    "1.2.840.10008.1.2.4.201": Syntax("High-Throughput JPEG 2000 Lossless", "JPEG 2000", decode_jpeg_2000),
    "1.2.840.10008.1.2.4.202": Syntax("High-Throughput JPEG 2000 RPCL Lossless", "JPEG 2000", decode_jpeg_2000),
    "1.2.840.10008.1.2.4.203": Syntax("High-Throughput JPEG 2000", "JPEG 2000", decode_jpeg_2000),
    "1.2.840.10008.1.2.4.110": Syntax("JPEG XL Lossless", "JPEG XL", decode_jpeg_xl),
    "1.2.840.10008.1.2.4.111": Syntax("JPEG XL JPEG Recompression", "JPEG XL", decode_jpeg_xl),
    "1.2.840.10008.1.2.4.112": Syntax("JPEG XL", "JPEG XL", decode_jpeg_xl),
}

SYNTAXES: Mapping[str, Syntax] = MappingProxyType(_UIDS)
"""Every transfer syntax that can be opened, by its UID (PS3.5 annex A, PS3.6 annex A)."""

BY_FAMILY: Mapping[Family, Decode] = MappingProxyType(
    {
        "JPEG": decode_jpeg,
        "JPEG-LS": decode_jpeg_ls,
        "JPEG 2000": decode_jpeg_2000,
        "JPEG XL": decode_jpeg_xl,
    }
)
"""How to decode a codestream whose header names another family of compression."""


def syntax_name(uid: str) -> str:
    """Return the name of a transfer syntax, "private or unknown" when the standard does not list it."""
    if uid in SYNTAXES:
        return SYNTAXES[uid].name
    name = UID(uid).name
    return name if name != uid else "private or unknown"


def supported_syntaxes() -> Mapping[str, str]:
    """Return the transfer syntaxes that can be opened: UID to name."""
    return {uid: syntax.name for uid, syntax in SYNTAXES.items()}
