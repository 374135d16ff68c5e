"""The step that worker processes do: open one file and prepare it for the network, or say why not."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.errors import NegatoscopeError
from model.film import open_film
from model.film.film import Film
from model.net.admission import Admission, admit
from viewer.display.look import Look
from viewer.display.presets import default_grey
from viewer.display.render import render
from viewer.triage.ledger import Status

THUMBNAIL_PIXELS = 160
"""Longest side of a thumbnail."""
NOT_FILMS = frozenset({"not_a_film", "no_pixels"})
"""Codes of files that are sound but hold no film."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to take in, for a network of this input size."""

    number: int
    path: Path
    input_size: int


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What became of one task; small enough to pass between processes.

    ``film`` carries everything but its pixels (``rows`` and ``columns`` tell their shape). ``thumbnail`` is uint8,
    at most ``THUMBNAIL_PIXELS`` on a side, in the film's own grey scale.
    """

    number: int
    status: Status
    reason_code: str = ""
    reason: str = ""
    content: str = ""
    film: Film | None = None
    rows: int = 0
    columns: int = 0
    admission: Admission | None = None
    thumbnail: NDArray[np.uint8] | None = None
    seconds: float = 0.0


def take_in(task: Task) -> Taken:
    """Open, prepare and describe one file; never raises for what is wrong with the file."""
    started = time.perf_counter()
    content = ""
    try:
        content = content_hash(task.path)
        film = open_film(task.path)
        admission = admit(film, task.input_size)
    except NegatoscopeError as error:
        status: Status = "other" if error.code in NOT_FILMS else "failed"
        return Taken(task.number, status, error.code, error.message, content)
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}); check that it still exists and may be read."
        return Taken(task.number, "failed", "unreadable", message)
    return Taken(
        number=task.number,
        status="analysing",
        content=content,
        film=replace(film, pixels=np.zeros((0, 0), film.pixels.dtype), padding=None),
        rows=film.rows,
        columns=film.columns,
        admission=admission,
        thumbnail=thumbnail(film),
        seconds=time.perf_counter() - started,
    )


def whole_shape(taken: Taken) -> Film:
    """Return the film with its shape restored over pixels that are all one value and take no memory."""
    if taken.film is None:
        raise ValueError("Nothing was opened.")
    pixels = np.broadcast_to(np.zeros((), taken.film.pixels.dtype), (taken.rows, taken.columns))
    return replace(taken.film, pixels=pixels)


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def thumbnail(film: Film) -> NDArray[np.uint8]:
    """Return a small picture of a film as the light box first shows it."""
    return render(film, Look(default_grey(film)), THUMBNAIL_PIXELS).pixels
