"""The step that worker processes do: open one file and prepare it for the network, or say why not."""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from model.errors import NegatoscopeError
from model.film.archive import Archive
from model.film.archive_members import Member
from model.film.film import Film
from model.film.formats import check_regular, unreadable
from model.film.opening import open_stream
from model.net.admission import Admission, admit
from viewer.display.look import Look
from viewer.display.presets import default_grey
from viewer.display.render import render
from viewer.triage.discover import Passwords
from viewer.triage.ledger import Status, verdict

THUMBNAIL_PIXELS = 160
"""Longest side of a thumbnail."""
_CHUNK = 1 << 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to take in, for a network of this input size; ``inside`` names it within an archive.

    ``small`` asks for a thumbnail too.
    """

    number: int
    path: Path
    input_size: int
    inside: tuple[str, ...] = ()
    passwords: Passwords = ()
    small: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What became of one task; small enough to pass between processes.

    ``film`` carries everything but its pixels (``rows`` and ``columns`` tell their shape). ``thumbnail`` is uint8,
    at most ``THUMBNAIL_PIXELS`` on a side, in the film's own grey scale, None when the task asked for none.
    """

    number: int
    status: Status
    reason_code: str = ""
    reason: str = ""
    content: str = ""
    appearance: str = ""
    """SHA-256 of what the film shows: its grey levels and their polarity."""
    film: Film | None = None
    rows: int = 0
    columns: int = 0
    admission: Admission | None = None
    thumbnail: NDArray[np.uint8] | None = None
    seconds: float = 0.0


def take_in(task: Task) -> Taken:
    """Open, prepare and describe one thing; never raises for what is wrong with it."""
    started = time.perf_counter()
    content = ""
    try:
        with _opened(task) as stream:
            content = content_hash(stream)
            film = open_stream(stream, task.path.joinpath(*task.inside))
            admission = admit(film, task.input_size)
            small = thumbnail(film) if task.small else None
    except NegatoscopeError as error:
        return Taken(task.number, verdict(error.code), error.code, error.message, content)
    except OSError as error:
        worded = unreadable(error)
        return Taken(task.number, "failed", worded.code, worded.message, content)
    except MemoryError:
        message = "There was not enough memory for this film; read fewer at a time."
        return Taken(task.number, "failed", "out_of_memory", message, content)
    except Exception as error:
        log.exception("A film could not be read")
        message = f"An unexpected {type(error).__name__} stopped this film; please report it."
        return Taken(task.number, "failed", "internal_error", message, content)
    return Taken(
        number=task.number,
        status="analysing",
        content=content,
        appearance=appearance(film),
        film=replace(film, pixels=np.zeros((0, 0), film.pixels.dtype), padding=None),
        rows=film.rows,
        columns=film.columns,
        admission=admission,
        thumbnail=small,
        seconds=time.perf_counter() - started,
    )


def appearance(film: Film) -> str:
    """Return the SHA-256 of a film's grey levels and polarity, hexadecimal; copies in other encodings share it."""
    digest = hashlib.sha256(f"{film.pixels.dtype} {film.pixels.shape} {film.low_is_white}".encode())
    digest.update(np.ascontiguousarray(film.pixels).data)
    return digest.hexdigest()


def open_whole(task: Task) -> Film:
    """Open the film of a task with its pixels.

    Raises
    ------
    FilmError
        As :func:`model.film.open_film`.
    """
    with _opened(task) as stream:
        return open_stream(stream, task.path.joinpath(*task.inside))


def _opened(task: Task) -> BinaryIO:
    """Open what a task names, out of its archive if it lies in one."""
    if not task.inside:
        try:
            check_regular(task.path)
            return task.path.open("rb")
        except OSError as error:
            raise unreadable(error) from error
    member = Member(task.path, task.inside, 0)
    return _archive(task.path, _stamp(task.path), task.passwords).read(member)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(error) from error
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2)
def _archive(path: Path, stamp: tuple[int, int], passwords: Passwords) -> Archive:
    """Open an archive and keep it open in this process: listing it again for every member would take too long."""
    del stamp
    return Archive(path, dict(passwords).get)


def whole_shape(taken: Taken) -> Film:
    """Return the film with its shape restored over pixels that are all one value and take no memory."""
    if taken.film is None:
        raise ValueError("Nothing was opened.")
    pixels = np.broadcast_to(np.zeros((), taken.film.pixels.dtype), (taken.rows, taken.columns))
    return replace(taken.film, pixels=pixels)


def content_hash(stream: BinaryIO) -> str:
    """Return the SHA-256 of a stream's bytes, hexadecimal."""
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def thumbnail(film: Film) -> NDArray[np.uint8]:
    """Return a small picture of a film as the light box first shows it."""
    return render(film, Look(default_grey(film)), THUMBNAIL_PIXELS).pixels
