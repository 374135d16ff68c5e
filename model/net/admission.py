"""Admission: all that must be asked of a film's own pixels before the network runs; needs no torch."""

from __future__ import annotations

from dataclasses import dataclass

from model.film.film import Film
from model.findings.prediction import Refusal
from model.net import gate
from model.net.preprocess import Prepared, prepare


@dataclass(frozen=True, slots=True, eq=False)
class Admission:
    """A film as the network takes it, and why it should not (None when nothing in file or pixels speaks against it).

    Small enough to pass between processes: films can be admitted where they are read and judged elsewhere.
    """

    prepared: Prepared
    refusal: Refusal | None


def admit(film: Film, size: int) -> Admission:
    """Prepare a film for a network of this input size and look at header and pixels.

    Raises
    ------
    NetworkError
        When the film cannot be given to the network at all.
    """
    return Admission(prepare(film, size), gate.by_header(film))
