"""A DICOM file opened as a film: header, pixels and warnings brought together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from model.errors import FilmError
from model.film.colour import grey_of_colour
from model.film.film import Film, Origin
from model.film.frames import read_frame
from model.film.header import Header, read_header
from model.film.layout import Layout, Stored, read_layout
from model.film.modality import padding_mask, to_modality
from model.film.placing import read_orientation, read_spacing
from model.film.voi import is_low_white, read_tables, read_windows
from model.film.wording import read_description

_MONOCHROME = ("MONOCHROME1", "MONOCHROME2")
_OVERLAY_GROUPS = range(0x6000, 0x6020, 2)


ReadFrame = Callable[[Header, Layout, int], Stored]
"""How the stored values of one frame are had; see :func:`model.film.frames.read_frame`."""


def open_dicom(file: BinaryIO, path: Path, frame: int = 0, read: ReadFrame = read_frame) -> Film:
    """Open one frame of a DICOM file.

    Parameters
    ----------
    file
        The open file.
    path
        What the film is called by; not opened here.
    frame
        Index from 0.
    read
        What reads its pixels.

    Raises
    ------
    FilmError
        When there is no image in it that can be shown.
    """
    header = read_header(file)
    try:
        return _assemble(header, file, path, frame, read)
    except (FilmError, OSError, MemoryError):
        raise
    except RecursionError as error:
        raise FilmError(
            "too_deep", "Its sequences are nested too deeply to be read; no real film is built so."
        ) from error
    except Exception as error:
        raise FilmError(
            "damaged", f"The DICOM file is damaged ({type(error).__name__}); ask for the file to be sent again."
        ) from error


def _assemble(header: Header, file: BinaryIO, path: Path, frame: int, read: ReadFrame) -> Film:
    header.choose_frame(frame)
    layout = read_layout(header)
    stored = read(header, layout, frame)
    layout = stored.layout
    pixels, padding = _grey_levels(header, stored)
    _warn_of_unapplied(header)
    monochrome = layout.photometric in _MONOCHROME
    description = read_description(header)
    pixels.setflags(write=False)
    if padding is not None:
        padding.setflags(write=False)
    return Film(
        key=_key(header, file),
        path=path,
        pixels=pixels,
        low_is_white=monochrome and is_low_white(header, layout.photometric),
        origin=Origin("DICOM", str(header.syntax), layout.photometric, layout.bits_stored, layout.signed),
        description=description,
        windows=read_windows(header, pixels) if monochrome else (),
        tables=read_tables(header, pixels) if monochrome else (),
        spacing=read_spacing(header, description.modality),
        orientation=read_orientation(header),
        padding=padding,
        frame=frame,
        frames=layout.frames,
        frame_seconds=_frame_seconds(header) if layout.frames > 1 else None,
        warnings=tuple(header.warnings),
    )


def _grey_levels(header: Header, stored: Stored) -> tuple[NDArray[np.generic], NDArray[np.bool_] | None]:
    """Return modality values and the padding mask."""
    layout: Layout = stored.layout
    samples = stored.samples
    if layout.photometric in _MONOCHROME and samples.ndim == 2:
        return to_modality(header, samples, layout), padding_mask(header, samples, layout)
    if samples.ndim == 2 and layout.photometric not in ("PALETTE COLOR",) and not _is_colour(layout.photometric):
        header.warn(
            "photometric_unknown",
            "Photometric Interpretation (0028,0004) is none that is known; the pixels are shown as MONOCHROME2.",
        )
        return to_modality(header, samples, layout), padding_mask(header, samples, layout)
    return grey_of_colour(header, samples, layout.photometric), None


def _is_colour(photometric: str) -> bool:
    return photometric.startswith("YBR") or photometric in ("RGB", "ARGB", "CMYK", "HSV", "XYB")


def _warn_of_unapplied(header: Header) -> None:
    """Name what covers or marks the image in the file but is not applied here."""
    if header.word("ShutterShape"):
        header.warn(
            "shutter", "Shutter Shape (0018,1600) is given; the shutter is not applied, the whole image is shown."
        )
    overlays = sum((group, 0x3000) in header.dataset or (group, 0x0102) in header.dataset for group in _OVERLAY_GROUPS)
    if overlays:
        header.warn("overlay", f"Overlay Data (60xx,3000): {overlays} overlay plane(s) of the file are not shown.")


def _frame_seconds(header: Header) -> float | None:
    milliseconds = header.number("FrameTime")
    if milliseconds and milliseconds > 0:
        return milliseconds / 1000
    rate = header.number("RecommendedDisplayFrameRate") or header.number("CineRate")
    return 1 / rate if rate and rate > 0 else None


def _key(header: Header, file: BinaryIO) -> str:
    uid = header.get("SOPInstanceUID")
    text = str(uid).strip(" \0") if isinstance(uid, str) else ""
    return text or hash_of(file)


def hash_of(file: BinaryIO) -> str:
    """Return "sha256:" and the content hash of an open file: the identity of films without a UID."""
    file.seek(0)
    return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"  # type: ignore[arg-type]
