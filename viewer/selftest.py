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

TRANSLATION = b"\x3c\xb8\x64\x18\xca\xef\x9c\x95"
"""First bytes of a compiled translation (Qt's qtranslator.cpp)."""
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
    yield _icons()
    yield _words()
    yield _network(device)


def _icons() -> Line:
    """Tell whether every bundled icon is a drawing."""
    icons = sorted(resources.path("icons").glob("*.svg"))
    broken = [icon.name for icon in icons if b"<svg" not in icon.read_bytes()]
    return Line(
        bool(icons) and not broken, f"{len(icons)} icons{''.join(f', {name} is no drawing' for name in broken)}"
    )


def _words() -> Line:
    """Tell whether every bundled translation is one that Qt reads."""
    words = sorted(resources.path("words").glob("*.qm"))
    broken = [file.name for file in words if not file.read_bytes().startswith(TRANSLATION)]
    names = ", ".join(f"{file.stem}{' (damaged)' if file.name in broken else ''}" for file in words)
    return Line(bool(words) and not broken, f"translations: {names or 'none'}")


def _network(device: str) -> Line:
    """Run the bundled network once, on a film too small to be judged: forced, as only the run matters."""
    try:
        film = open_film(resources.path("films", "selftest", PLAIN_FILM))
        answer = Analyst(device).analyse(film, force=True)
    except NegatoscopeError as error:
        return Line(False, f"network: {error.message}")
    model = answer.model
    return Line(True, f"network {model.name} {model.version} on {answer.device}, {answer.seconds:.2f} s")
