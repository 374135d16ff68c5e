"""The self-test: does everything work here that a user would need; for installers and fault reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import resources
from model.errors import NegatoscopeError
from model.film import open_film
from model.film.decoders import SYNTAXES
from model.film.selftest import check_syntaxes
from viewer.jobs import Analyst
from viewer.versions import all_versions

PLAIN_FILM = "1.2.840.10008.1.2.1.dcm"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was tried: ``ok`` is None for mere information."""

    ok: bool | None
    text: str

    def __str__(self) -> str:
        return f"{'    ' if self.ok is None else 'ok  ' if self.ok else 'FAIL'}  {self.text}"


def selftest(device: str) -> Iterator[Line]:
    """Yield versions, one line for every transfer syntax, and one for the network, as they are known."""
    for name, version in all_versions().items():
        yield Line(None, f"{name} {version}")
    for check in check_syntaxes():
        name = f"{SYNTAXES[check.uid].name} ({check.uid})"
        yield Line(check.passed, name if check.passed else f"{name}: {check.message}")
    yield _network(device)


def _network(device: str) -> Line:
    """Run the bundled network once, on a film too small to be judged: forced, as only the run matters."""
    try:
        film = open_film(resources.path("films", "selftest", PLAIN_FILM))
        answer = Analyst(device).analyse(film, force=True)
    except NegatoscopeError as error:
        return Line(False, f"network: {error.message}")
    model = answer.model
    return Line(True, f"network {model.name} {model.version} on {answer.device}, {answer.seconds:.2f} s")
