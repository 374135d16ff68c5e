"""PNG, JPEG, TIFF, BMP and WebP opened as films, upright and grey."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from model.errors import FilmError
from model.film.colour import luminance
from model.film.dicom import hash_of
from model.film.film import Film, FilmWarning, Origin, Spacing
from model.film.formats import Kind
from model.film.limits import check_size

# Pillow warns of odd metadata and of large pictures; what matters of that is checked here.
warnings.filterwarnings("ignore", module=r"PIL(\.|$)")

MM_PER_INCH = 25.4
SCANNER_DPI = (100.0, 1200.0)
"""Film scanners write 100 to 1200 dpi; 72 and 96 dpi are what programs write who do not know."""
_NO_MEASURE_DPI = frozenset({72, 96, 120, 144, 150, 192, 200, 300})
"""Resolutions that printers, screens and office software put into files as a matter of habit."""

GREY_SPREAD = 8
"""Channels that differ by no more than this are grey; lossy compression of colour adds as much."""

_WIDE_MODES = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I"})
_GREY_MODES = frozenset({"1", "L", "LA", "La"})
_PILLOW_FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.TIFF: "TIFF", Kind.BMP: "BMP", Kind.WEBP: "WEBP"}
_TIFF_PHOTOMETRIC = 262
_TIFF_BITS = 258


def open_raster(file: BinaryIO, path: Path, kind: Kind, frame: int = 0) -> Film:
    """Open a raster image as a film.

    Parameters
    ----------
    file
        The open file.
    path
        What the film is called by; not opened here.
    kind
        One of ``formats.RASTERS``.
    frame
        Page of a multi-page file, from 0.

    Raises
    ------
    FilmError
        ``damaged``, ``too_large``, ``no_such_frame`` or ``unsupported_raster``.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=[_PILLOW_FORMATS[kind]]) as image:
            return _assemble(image, file, path, kind, frame)
    except FilmError:
        raise
    except Image.DecompressionBombError as error:
        raise FilmError("too_large", f"The {kind.value} claims to be larger than any film; it was refused.") from error
    except Exception as error:
        raise FilmError(
            "damaged", f"The {kind.value} image is damaged and cannot be decoded; ask for the file to be sent again."
        ) from error


def _assemble(image: Image.Image, file: BinaryIO, path: Path, kind: Kind, frame: int) -> Film:
    frames = int(getattr(image, "n_frames", 1))
    if not 0 <= frame < frames:
        raise FilmError("no_such_frame", f"Page {frame + 1} was asked for, but the file has {frames}.")
    if frames > 1:
        image.seek(frame)
    check_size(image.height, image.width)
    notes: list[FilmWarning] = []
    spacing = _spacing(image, kind)
    inverted = _is_white_zero(image)
    bits = _bits(image)
    upright = _upright(image)
    turned = upright.size != image.size
    pixels = _grey(upright, notes)
    pixels.setflags(write=False)
    if spacing and turned:
        spacing = Spacing(spacing.column_mm, spacing.row_mm, spacing.source)
    return Film(
        key=hash_of(file),
        path=path,
        pixels=pixels,
        low_is_white=inverted,
        origin=Origin(kind.value, None, "RGB" if notes else "MONOCHROME1" if inverted else "MONOCHROME2", bits, False),
        spacing=spacing,
        frame=frame,
        frames=frames,
        warnings=tuple(notes),
    )


def _upright(image: Image.Image) -> Image.Image:
    """Turn the picture as its EXIF orientation says; 16-bit greys keep their depth."""
    image.load()
    return ImageOps.exif_transpose(image)


def _grey(image: Image.Image, notes: list[FilmWarning]) -> NDArray[np.generic]:
    mode = image.mode
    if mode in _WIDE_MODES:
        return _whole(np.asarray(image))
    if mode == "F":
        return np.nan_to_num(np.array(image, np.float32), copy=False)
    if mode in _GREY_MODES:
        return np.array(image.convert("L"))
    colour = np.asarray(image.convert("RGB"))
    spread = int((colour.max(axis=2) - colour.min(axis=2)).max())
    if spread == 0:
        return np.ascontiguousarray(colour[:, :, 0])
    if spread > GREY_SPREAD:
        notes.append(FilmWarning("colour_as_grey", "The image is in colour and is shown as grey."))
    return luminance(colour)


def _whole(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return integers in the narrowest type a film may have, native byte order."""
    if values.dtype.itemsize == 2:
        return values.astype(np.uint16)
    if int(values.min()) >= 0 and int(values.max()) <= 0xFFFF:
        return values.astype(np.uint16)
    return values.astype(np.int32)


def _is_white_zero(image: Image.Image) -> bool:
    """Tell whether a TIFF is WhiteIsZero and Pillow left it so, which it does for all but 1 and 8 bits."""
    tags = getattr(image, "tag_v2", None)
    return tags is not None and tags.get(_TIFF_PHOTOMETRIC) == 0 and image.mode not in ("1", "L")


def _bits(image: Image.Image) -> int:
    tags = getattr(image, "tag_v2", None)
    stated = tags.get(_TIFF_BITS) if tags is not None else None
    if stated:
        return int(stated[0] if isinstance(stated, tuple) else stated)
    return {"1": 1, "I": 16, "F": 32}.get(image.mode, 16 if image.mode in _WIDE_MODES else 8)


def _spacing(image: Image.Image, kind: Kind) -> Spacing | None:
    """Return the stored resolution when a film scanner may have written it (EXIF, TIFF, pHYs)."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    low, high = SCANNER_DPI
    plausible = low <= across <= high and low <= down <= high
    if not plausible or round(across) in _NO_MEASURE_DPI or ExifTags.Base.Make in image.getexif():
        return None
    return Spacing(row_mm=MM_PER_INCH / down, column_mm=MM_PER_INCH / across, source="raster")
