"""The sketch of a film: far fewer pixels, which some files give long before the whole, laid over the film's own."""

from __future__ import annotations

import io
import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.errors import FilmError
from model.film.codestream import Codestream
from model.film.decoders import BY_FAMILY, SYNTAXES, FrameShape, Samples
from model.film.encapsulated import read_encapsulated
from model.film.header import Header
from model.film.layout import Layout, Stored

if TYPE_CHECKING:
    from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile

LEAST_SIDE = 400
"""The longer side of a sketch is at least so many of its own pixels: enough to know the film by."""
LEAST_HALVINGS = 2
"""With fewer the whole is there nearly as soon."""


def read_sketch(header: Header, layout: Layout, frame: int) -> Stored:
    """Decode one frame at a half, a quarter … of its size and enlarge it to that size again.

    Parameters
    ----------
    header
        The data set, its file still open.
    layout
        As :func:`model.film.layout.read_layout` returned it.
    frame
        Index from 0.

    Raises
    ------
    FilmError
        ``no_sketch`` where the whole film is to be had as soon, else as
        :func:`model.film.encapsulated.read_encapsulated`.
    """
    element, syntax = header.pixels, SYNTAXES.get(str(header.syntax))
    if element is None or syntax is None or syntax.family != "JPEG 2000":
        raise FilmError("no_sketch", "Its pixels cannot be had at a smaller size first.")
    return read_encapsulated(header, element, layout, frame, decode_sketch, _DECODERS)


def decode_sketch(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    """Decode JPEG 2000 or HTJ2K without its finest details, by Pillow, at the size of the whole.

    Raises
    ------
    ValueError
        When there is no size to be had that is much smaller.
    """
    from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile

    halvings = 0 if stream is None else halvings_of(stream)
    if stream is None or stream.samples != 1 or halvings < LEAST_HALVINGS:
        raise ValueError("no smaller size")
    with Jpeg2KImageFile(io.BytesIO(frame[stream.start :])) as picture:
        _halve(picture, halvings)
        small = _own_values(np.asarray(picture), stream)
    return _enlarged(small, halvings, stream)


def _halve(picture: Jpeg2KImageFile, times: int) -> None:
    """Ask for a smaller size, rounded up as OpenJPEG does; Pillow's own ``reduce`` rounds it, failing on many."""
    (tile,) = picture.tile
    assert isinstance(tile.args, tuple)  # noqa: S101 - what the plug-in has just put there
    codec, _, layers, descriptor, length = tile.args
    width, height = (-(-side >> times) for side in picture.size)
    picture._size = width, height
    args = (codec, times, layers, descriptor, length)
    picture.tile = [tile._replace(extents=(0, 0, *picture.size), args=args)]


def halvings_of(stream: Codestream) -> int:
    """Return how often the size of this codestream is halved for a sketch."""
    wanted = math.floor(math.log2(max(stream.rows, stream.columns) / LEAST_SIDE))
    return max(0, min(wanted, stream.halvings))


def _refuse(frame: bytes, shape: FrameShape, stream: Codestream | None) -> Samples:
    raise ValueError("no smaller size")


_DECODERS = MappingProxyType(dict.fromkeys(BY_FAMILY, _refuse) | {"JPEG 2000": decode_sketch})


def _own_values(spread: NDArray[Any], stream: Codestream) -> NDArray[Any]:
    """Undo what Pillow does to samples: spread over 8 or 16 bits, zero put into the middle where they are signed."""
    values = spread >> (8 * spread.dtype.itemsize - stream.precision)
    if not stream.signed:
        return values
    return (values.astype(np.int32) - (1 << (stream.precision - 1))).astype(f"i{spread.dtype.itemsize}")


def _enlarged(small: NDArray[Any], halvings: int, stream: Codestream) -> Samples:
    """Return the sketch at full size; its pixel (i, j) is the whole's (2ⁿ i, 2ⁿ j) (ISO/IEC 15444-1 F.3)."""
    import cv2

    scale = float(1 << halvings)
    spread = np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]])
    size = (stream.columns, stream.rows)
    return np.asarray(cv2.warpAffine(small, spread, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
