"""Proof that this installation decodes every transfer syntax: one tiny bundled film of each is opened."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import resources
from model.errors import FilmError
from model.film.decoders import SYNTAXES
from model.film.opening import open_film

ROWS, COLUMNS = 32, 48
LOSSY = frozenset(f"1.2.840.10008.1.2.4.{number}" for number in (50, 51, 81, 91, 203, 111, 112))
"""Syntaxes whose bundled film is compressed with loss."""
LOSS = 0.02
"""Largest difference a lossy film may show, as a part of its range."""


@dataclass(frozen=True, slots=True)
class SyntaxCheck:
    """How opening the bundled film of one transfer syntax went; ``message`` is empty when it passed."""

    uid: str
    name: str
    passed: bool
    message: str
    seconds: float


def bits_of(uid: str) -> int:
    """Return the bit depth of the bundled film of a syntax: 8 where the syntax allows no more, else 12."""
    return 8 if uid.endswith((".4.50", ".4.111")) else 12


def pattern(bits: int) -> NDArray[np.uint16]:
    """Return what every bundled film shows: a smooth hill of ``bits`` bits, shape (32, 48), uint16."""
    rows, columns = np.mgrid[0:ROWS, 0:COLUMNS]
    hill = np.sin(np.pi * (rows + 0.5) / ROWS) * np.sin(np.pi * (columns + 0.5) / COLUMNS)
    return np.asarray(np.rint(hill * ((1 << bits) - 1)), np.uint16)


def check_syntaxes() -> tuple[SyntaxCheck, ...]:
    """Open the bundled film of every transfer syntax and compare it with what it must show.

    Returns
    -------
    tuple of SyntaxCheck
        One for each syntax of :func:`model.film.supported_syntaxes`, in that order.
    """
    return tuple(_check(uid) for uid in SYNTAXES)


def _check(uid: str) -> SyntaxCheck:
    start = time.perf_counter()
    message = _difference(uid)
    return SyntaxCheck(uid, SYNTAXES[uid].name, not message, message, time.perf_counter() - start)


def _difference(uid: str) -> str:
    """Say what is wrong with the bundled film of a syntax, "" when nothing is."""
    try:
        film = open_film(resources.path("films", "selftest", f"{uid}.dcm"))
    except (FilmError, FileNotFoundError) as error:
        return str(error)
    expected = pattern(bits_of(uid)).astype(np.int64)
    if film.pixels.shape != expected.shape:
        return f"It has {film.columns} x {film.rows} pixels instead of {COLUMNS} x {ROWS}; reinstall the application."
    off = int(np.abs(film.pixels.astype(np.int64) - expected).max())
    allowed = LOSS * expected.max() if uid in LOSSY else 0
    return "" if off <= allowed else f"Its grey levels are off by up to {off}; the decoder is unfit, reinstall."
