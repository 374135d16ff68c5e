"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import errno
import os
import stat
import struct
from enum import Enum
from pathlib import Path

from model.errors import FilmError

HEAD_BYTES = 4096
_DICOMDIR_CLASS = b"1.2.840.10008.1.3.10"
_EXPLICIT_VRS = frozenset(
    b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split()
)
_HEADERLESS_GROUPS = frozenset({0x0002, 0x0004, 0x0008})


class Kind(Enum):
    """What the content of a file is."""

    DICOM = "DICOM"
    DICOMDIR = "DICOMDIR"
    PNG = "PNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WebP"
    JPEG_2000 = "JPEG 2000"
    JPEG_XL = "JPEG XL"
    GIF = "GIF"
    HEIF = "HEIF"
    NIFTI = "NIfTI"
    ZIP = "ZIP archive"
    GZIP = "gzip archive"
    TAR = "tar archive"
    SEVEN_ZIP = "7-Zip archive"
    RAR = "RAR archive"
    PDF = "PDF document"
    XML = "XML or HTML document"
    TEXT = "text file"
    EMPTY = "empty file"
    FOLDER = "folder"
    UNKNOWN = "unknown file"


RASTERS = frozenset({Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.BMP, Kind.WEBP})
"""Kinds that Pillow reads as films."""

_MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (0, b"\xff\xd8\xff", Kind.JPEG),
    (0, b"II*\x00", Kind.TIFF),
    (0, b"MM\x00*", Kind.TIFF),
    (0, b"II+\x00", Kind.TIFF),
    (0, b"MM\x00+", Kind.TIFF),
    (8, b"WEBP", Kind.WEBP),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", Kind.JPEG_2000),
    (0, b"\xff\x4f\xff\x51", Kind.JPEG_2000),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", Kind.JPEG_XL),
    (0, b"\xff\x0a", Kind.JPEG_XL),
    (0, b"GIF8", Kind.GIF),
    (4, b"ftyphei", Kind.HEIF),
    (4, b"ftypavif", Kind.HEIF),
    (344, b"n+1\x00", Kind.NIFTI),
    (344, b"ni1\x00", Kind.NIFTI),
    (0, b"PK\x03\x04", Kind.ZIP),
    (0, b"PK\x05\x06", Kind.ZIP),
    (0, b"PK\x07\x08", Kind.ZIP),
    (0, b"\x1f\x8b", Kind.GZIP),
    (257, b"ustar", Kind.TAR),
    (0, b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (0, b"Rar!\x1a\x07", Kind.RAR),
    (0, b"%PDF-", Kind.PDF),
)


def probe(path: Path) -> Kind:
    """Tell what a file is by its content.

    Parameters
    ----------
    path
        A file or folder.

    Raises
    ------
    FilmError
        ``missing`` or ``unreadable`` when the file cannot be read at all.
    """
    try:
        check_regular(path)
        with path.open("rb") as file:
            return recognise(file.read(HEAD_BYTES), os.fstat(file.fileno()).st_size)
    except IsADirectoryError:
        return Kind.FOLDER
    except OSError as error:
        raise unreadable(error) from error


def check_regular(path: Path) -> None:
    """Raise OSError for what is no ordinary file: a pipe or device would keep the reader waiting for ever.

    A folder that may be listed raises IsADirectoryError, any other what listing it raises.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        os.scandir(path).close()
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file")


def unreadable(error: OSError) -> FilmError:
    """Word an operating system error for the reader, without the path."""
    if isinstance(error, FileNotFoundError):
        return FilmError("missing", "The file is not there any more; check whether it was moved or deleted.")
    reason = error.strerror or type(error).__name__
    return FilmError("unreadable", f"The file cannot be read ({reason}); check its permissions or the medium.")


def recognise(head: bytes, size: int) -> Kind:
    """Tell what a file of ``size`` bytes is that begins with ``head``."""
    if not size:
        return Kind.EMPTY
    if head[128:132] == b"DICM":
        return Kind.DICOMDIR if _DICOMDIR_CLASS in head[132:1024] else Kind.DICOM
    for offset, magic, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return kind
    if head[:2] == b"BM" and _is_bitmap(head, size):
        return Kind.BMP
    if _is_headerless_dicom(head, size):
        return Kind.DICOM
    return _recognise_text(head)


def _is_bitmap(head: bytes, size: int) -> bool:
    if len(head) < 30:
        return False
    pixels, header = struct.unpack_from("<II", head, 10)
    return header in (12, 40, 52, 56, 64, 108, 124) and pixels <= size


def _is_headerless_dicom(head: bytes, size: int) -> bool:
    """Tell whether a data set starts at the first byte: (gggg,eeee) and then a plausible VR or length."""
    if len(head) < 16:
        return False
    explicit = head[4:6] in _EXPLICIT_VRS
    for order in "<>" if explicit else "<":
        group, element = struct.unpack_from(f"{order}HH", head)
        if group not in _HEADERLESS_GROUPS or element > 0x2000:
            continue
        length = struct.unpack_from(f"{order}I", head, 4)[0]
        if explicit or (8 + length <= size and length <= HEAD_BYTES):
            return True
    return False


def _recognise_text(head: bytes) -> Kind:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        text = head.decode(encoding, errors="replace").rstrip("\ufffd")
        if text and all(character.isprintable() or character.isspace() for character in text):
            return Kind.XML if text.lstrip()[:1] == "<" else Kind.TEXT
    printable = sum(byte >= 32 or byte in b"\t\r\n\f" for byte in head)
    return Kind.TEXT if printable == len(head) and b"\x00" not in head else Kind.UNKNOWN
