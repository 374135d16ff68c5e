"""The one door to films: any path in, a Film or one sentence why not out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from model.errors import FilmError
from model.film.dicom import open_dicom
from model.film.film import Film
from model.film.formats import HEAD_BYTES, RASTERS, Kind, check_regular, recognise, unreadable
from model.film.raster import open_raster
from model.film.sketch import read_sketch

_ADVICE = {
    Kind.DICOMDIR: "It is the table of contents of a DICOM medium; open the folder it lies in.",
    Kind.ZIP: "It is a ZIP archive; unpack it and open the folder.",
    Kind.EMPTY: "The file is empty; it was probably not transferred completely, ask for it again.",
    Kind.FOLDER: "It is a folder; open the films inside it.",
    Kind.UNKNOWN: "It is no DICOM file and no image that is known here; check that it is the right file.",
}


def open_film(path: Path, frame: int = 0) -> Film:
    """Open one frame of a film.

    Parameters
    ----------
    path
        A DICOM, PNG, JPEG, TIFF, BMP or WebP file; its content decides, its name does not. The path of a
        ZIP archive followed by names inside it opens the film there.
    frame
        Index from 0.

    Raises
    ------
    FilmError
        With one sentence that says what the file is, why it cannot be shown and what to do.
    """
    try:
        check_regular(path)
        with path.open("rb") as file:
            return open_stream(file, path, frame)
    except IsADirectoryError as error:
        raise _refusal(Kind.FOLDER) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        film = _inside_archive(path, frame)
        if film is None:
            raise unreadable(error) from error
        return film
    except OSError as error:
        raise unreadable(error) from error


def open_sketch(path: Path, frame: int = 0) -> Film | None:
    """Open the sketch of a film: the film as it will be, its pixels enlarged from far fewer.

    Only to be looked at until the film itself is there; nothing is to be measured or judged by it.

    Parameters
    ----------
    path
        As for :func:`open_film`.
    frame
        Index from 0.

    Returns
    -------
    Film or None
        None where the film itself is to be had as soon, as in all files but those of JPEG 2000 and HTJ2K,
        or not at all.
    """
    try:
        check_regular(path)
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if recognise(head, file.seek(0, os.SEEK_END)) is Kind.DICOM:
                return open_dicom(file, path, frame, read_sketch)
    except (FilmError, OSError, MemoryError):
        return None
    return None


def _inside_archive(path: Path, frame: int) -> Film | None:
    from model.film.archive import open_inside

    return open_inside(path, frame)


def open_stream(file: BinaryIO, path: Path, frame: int = 0) -> Film:
    """Open one frame of a film that is read from somewhere else than a path, e.g. out of an archive.

    Parameters
    ----------
    file
        A seekable binary stream.
    path
        What the film is called by; not opened.
    frame
        Index from 0.

    Raises
    ------
    FilmError
        As :func:`open_film`.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    kind = recognise(head, file.seek(0, os.SEEK_END))
    try:
        if kind is Kind.DICOM:
            return open_dicom(file, path, frame)
        if kind in RASTERS:
            return open_raster(file, path, kind, frame)
    except MemoryError as error:
        raise FilmError(
            "too_large", "There is not enough memory for this film; close other films and retry."
        ) from error
    raise _refusal(kind)


def _refusal(kind: Kind) -> FilmError:
    advice = _ADVICE.get(kind, f"It is a {kind.value}, not a film; export the film as DICOM, PNG, JPEG or TIFF.")
    return FilmError("not_a_film", advice)
