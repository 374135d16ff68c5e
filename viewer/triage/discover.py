"""Discovery: everything in folders, archives and media, one by one as it is found, each openable or with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import FilmError
from model.film.folder import find_films
from model.film.formats import Kind, probe

if TYPE_CHECKING:
    from model.film.archive import Archive

ATTEMPTS = 3
"""How often the password of one archive is asked for."""
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
"""Members by which documents and programs are known that are ZIP archives by their build."""

AskPassword = Callable[[Path, str], str | None]
"""Given an archive and the name of what is encrypted in it returns the password, None to give up."""
Passwords = tuple[tuple[str, str], ...]
"""Names of encrypted archives within one archive, and the password given for each."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found. ``inside`` names it within an archive, outermost archive first.

    ``code`` and ``reason`` say why it will not be opened, "" when it may be.
    """

    path: Path
    inside: tuple[str, ...] = ()
    code: str = ""
    reason: str = ""
    passwords: Passwords = ()


def discover(paths: Iterable[Path], ask: AskPassword | None = None) -> Iterator[Found]:
    """Find everything below these paths, in natural order, as quickly as it can be listed.

    ZIP archives are listed with those nested in them, a DICOMDIR with the files it names. What a thing is, its
    content tells. Whatever cannot be listed is found with its reason; nothing stops the rest.

    Parameters
    ----------
    paths
        Files and folders.
    ask
        Asked for passwords; None leaves encrypted members unopened.
    """
    named: set[Path] = set()
    for path in find_films(paths):
        if path in named:
            continue
        try:
            kind = probe(path)
        except FilmError as error:
            yield Found(path, code=error.code, reason=error.message)
            continue
        if kind is Kind.ZIP:
            yield from _members(path, ask)
        elif kind is Kind.DICOMDIR:
            yield from _medium(path, named)
        else:
            yield Found(path)


def _medium(path: Path, named: set[Path]) -> Iterator[Found]:
    """Find the table of contents itself, then the files it names that lie elsewhere or are missing."""
    from model.film.dicomdir import read_dicomdir

    try:
        files = read_dicomdir(path)
    except FilmError as error:
        yield Found(path, code=error.code, reason=error.message)
        return
    reason = f"It is the table of contents of a DICOM medium and names {len(files)} films, which are listed."
    yield Found(path, code="not_a_film", reason=reason)
    for file in files:
        if file not in named:
            named.add(file)
            yield Found(file)


def _members(path: Path, ask: AskPassword | None) -> Iterator[Found]:
    """Find the members of an archive; one that holds nothing or cannot be read is found itself, with the reason."""
    try:
        archive, keys = _unlocked(path, ask)
        with archive:
            if _OFFICE.intersection(archive.names):
                yield Found(path, code="not_a_film", reason="It is a document or a program, not a film.")
                return
            empty = True
            for member in archive.members():
                empty = False
                yield Found(path, member.inside, member.refusal_code, member.refusal, keys.given)
            if empty:
                yield Found(path, code="not_a_film", reason="It is a ZIP archive that holds no files.")
    except FilmError as error:
        yield Found(path, code=error.code, reason=error.message)


def _unlocked(path: Path, ask: AskPassword | None) -> tuple[Archive, _Keys]:
    """Open an archive, asking again for a password that does not fit."""
    from model.film.archive import Archive

    for _attempt in range(ATTEMPTS - 1):
        keys = _Keys(path, ask)
        archive = Archive(path, keys)
        if archive.password_fits() or not keys.given:
            return archive, keys
        archive.close()
    keys = _Keys(path, ask)
    return Archive(path, keys), keys


class _Keys:
    """Remembers the passwords that were given for one archive and those nested in it."""

    def __init__(self, path: Path, ask: AskPassword | None) -> None:
        self._path = path
        self._ask = ask
        self._given: dict[str, str] = {}

    def __call__(self, name: str) -> str | None:
        """Ask for one archive and remember what was said."""
        password = self._ask(self._path, name) if self._ask else None
        if password is not None:
            self._given[name] = password
        return password

    @property
    def given(self) -> Passwords:
        """What was given so far."""
        return tuple(self._given.items())
