"""One frame of a film as stored values, whichever way its pixels are kept in the file."""

from __future__ import annotations

from dataclasses import replace

from pydicom.uid import UID

from model.errors import FilmError
from model.film.decoders import SYNTAXES, syntax_name
from model.film.encapsulated import read_encapsulated
from model.film.header import UNDEFINED_LENGTH, Header, PixelElement
from model.film.layout import Layout, Stored
from model.film.limits import check_size
from model.film.native import FLOATS, read_float, read_native

_ITEM = b"\xfe\xff\x00\xe0"


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
    if element.tag in FLOATS:
        check_size(layout.rows, layout.columns)
        return Stored(read_float(header, element, layout, frame), replace(layout, samples=1))
    syntax = SYNTAXES.get(str(header.syntax))
    if syntax is None:
        raise FilmError("unsupported_syntax", _unsupported(header.syntax))
    if syntax.decode is None and not _is_encapsulated(header, element):
        check_size(layout.rows, layout.columns, layout.samples)
        return Stored(read_native(header, element, layout, frame), layout)
    return read_encapsulated(header, element, layout, frame, syntax.decode)


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
