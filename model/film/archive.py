"""Films inside ZIP archives: found and opened without unpacking anything onto the disk under its own name."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, BinaryIO, cast

import pyzipper

from model.errors import FilmError
from model.film.archive_members import MAX_MEMBER, Member, entries_of, refusal_of
from model.film.film import Film
from model.film.formats import HEAD_BYTES, Kind, probe, recognise, unreadable
from model.film.opening import open_stream

MAX_DEPTH = 3
"""Archives within archives: a CD zipped by the clinic and zipped again by the mail program makes two."""
MAX_NESTED = 1 << 34
"""16 GiB of nested archives unpacked out of one archive, reopened ones counted again."""
MAX_OPEN = 8
"""Nested archives held open at a time; the one opened longest ago is closed for the next."""
IN_MEMORY = 1 << 26
"""Members above 64 MiB are held in an unnamed temporary file instead of memory."""

_ENCRYPTED = 0x1
_CHUNK = 1 << 20

AskPassword = Callable[[str], str | None]
"""Given the name of an archive returns its password, None to give up; asked once for each archive."""


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    """An archive being read: the container, its entries by shown name, and its password."""

    stream: BinaryIO
    container: Any
    entries: dict[str, zipfile.ZipInfo]
    password: bytes | None

    def close(self) -> None:
        """Close the container and what it reads from."""
        self.container.close()
        self.stream.close()


class Archive:
    """A ZIP archive, open for reading; a context manager.

    Nested archives are looked into, encrypted ones (ZipCrypto and WinZip AES) after asking for the
    password. Whatever is wrong with a member becomes its refusal; iteration never stops for it.

    Parameters
    ----------
    path
        The archive.
    ask
        Asked for passwords; None refuses encrypted members.

    Raises
    ------
    FilmError
        ``missing``, ``unreadable``, ``damaged`` or ``too_large`` for the archive as a whole.
    """

    def __init__(self, path: Path, ask: AskPassword | None = None) -> None:
        self.path = path
        self._ask = ask
        self._nested = 0
        self._passwords: dict[tuple[str, ...], bytes | None] = {}
        self._opened: dict[tuple[str, ...], _Opened] = {}
        self._file: BinaryIO | None = None
        try:
            self._file = path.open("rb")
            self._opened[()] = self._open_container(self._file, ())
        except OSError as error:
            self.close()
            raise unreadable(error) from error
        except FilmError:
            self.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive and everything nested in it."""
        for opened in self._opened.values():
            opened.close()
        self._opened.clear()
        if self._file is not None:
            self._file.close()

    def members(self) -> Iterator[Member]:
        """Yield every file in the archive and in archives nested in it."""
        yield from self._members(())

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the files in the outermost archive, as they are shown."""
        return tuple(self._opened[()].entries)

    def password_fits(self) -> bool:
        """Tell whether the outermost archive needs no password or the one that was given opens its files."""
        opened = self._opened[()]
        entry = next((entry for entry in opened.entries.values() if entry.flag_bits & _ENCRYPTED), None)
        if entry is None:
            return True
        try:
            _guarded(opened, entry).close()
        except FilmError as error:
            return error.code not in {"password_needed", "password_wrong"}
        return True

    def find(self, inside: PurePosixPath) -> Member:
        """Return the member at a path within the archive, the names of nested archives being folders of it.

        Raises
        ------
        FilmError
            ``missing`` when there is none.
        """
        return self._find((), inside.parts)

    def _find(self, inside: tuple[str, ...], parts: tuple[str, ...]) -> Member:
        opened = self._opened[inside]
        for name, entry in opened.entries.items():
            own = PurePosixPath(name.replace("\\", "/")).parts
            if own == parts:
                refusal = refusal_of(entry)
                code, message = (refusal.code, refusal.message) if refusal else ("", "")
                return Member(self.path, (*inside, name), entry.file_size, code, message)
            if own == parts[: len(own)] and self._nest((*inside, name)):
                return self._find((*inside, name), parts[len(own) :])
        raise _gone()

    def open(self, member: Member, frame: int = 0) -> Film:
        """Open a member as a film; ``Film.path`` is the archive's path followed by the names inside.

        Raises
        ------
        FilmError
            As :func:`model.film.open_film`, and ``password_needed``, ``password_wrong``, ``unsafe_name``.
        """
        with self.read(member) as stream:
            return open_stream(stream, self.path.joinpath(*member.inside), frame)

    def read(self, member: Member) -> BinaryIO:
        """Unpack a member into memory or, when large, an unnamed temporary file.

        Raises
        ------
        FilmError
            When it is refused, damaged or larger than it states.
        """
        if member.refusal_code:
            raise FilmError(member.refusal_code, member.refusal)
        return self._read(member.inside)

    def _members(self, inside: tuple[str, ...]) -> Iterator[Member]:
        for name, entry in self._opened[inside].entries.items():
            where = (*inside, name)
            refusal = refusal_of(entry)
            if refusal is None:
                try:
                    nested = self._nest(where)
                except FilmError as error:
                    refusal = error
                else:
                    if nested:
                        yield from self._members(where)
                        continue
            code, message = (refusal.code, refusal.message) if refusal else ("", "")
            yield Member(self.path, where, entry.file_size, code, message)

    def _nest(self, where: tuple[str, ...]) -> bool:
        """Open a member as an archive when it is one."""
        if self._head_kind(where) is not Kind.ZIP:
            return False
        if len(where) > MAX_DEPTH:
            raise FilmError("too_deep", f"Archives are nested more than {MAX_DEPTH} deep; unpack the inner ones first.")
        if where not in self._opened:
            self._make_room(where)
            self._nested += self._entry(where)[1].file_size
            if self._nested > MAX_NESTED:
                raise FilmError("too_large", "The archives nested in it unpack to more than any medium holds; refused.")
            self._opened[where] = self._open_container(self._read(where), where)
        return True

    def _make_room(self, where: tuple[str, ...]) -> None:
        """Close nested archives that the one to be opened does not lie in."""
        others = [inside for inside in self._opened if inside and inside != where[: len(inside)]]
        for inside in others[: max(0, len(others) + 1 - MAX_OPEN)]:
            self._opened.pop(inside).close()

    def _head_kind(self, where: tuple[str, ...]) -> Kind:
        opened, entry = self._entry(where)
        if not entry.file_size:
            return Kind.EMPTY
        if entry.flag_bits & _ENCRYPTED and not where[-1].lower().endswith(".zip"):
            return Kind.UNKNOWN
        with _guarded(opened, entry) as stream:
            return recognise(_take(stream, HEAD_BYTES, entry), entry.file_size)

    def _entry(self, where: tuple[str, ...]) -> tuple[_Opened, zipfile.ZipInfo]:
        if where[:-1] not in self._opened:
            self._nest(where[:-1])
        opened = self._opened[where[:-1]]
        if where[-1] not in opened.entries:
            raise _gone()
        return opened, opened.entries[where[-1]]

    def _read(self, where: tuple[str, ...]) -> BinaryIO:
        opened, entry = self._entry(where)
        whole = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        try:
            with _guarded(opened, entry) as packed:
                while chunk := _take(packed, _CHUNK, entry):
                    if whole.tell() + len(chunk) > min(MAX_MEMBER, entry.file_size):
                        raise FilmError(
                            "too_large", "It unpacks to more than it states, as no honest archive does; refused."
                        )
                    whole.write(chunk)
        except BaseException:
            whole.close()
            raise
        whole.seek(0)
        return whole

    def _open_container(self, stream: BinaryIO, where: tuple[str, ...]) -> _Opened:
        try:
            container: Any = zipfile.ZipFile(stream)
            entries = entries_of(container)
            password = None
            if any(entry.flag_bits & _ENCRYPTED for entry in entries.values()):
                stream.seek(0)
                container = pyzipper.AESZipFile(stream)
                entries = entries_of(container)
                password = self._password(where)
        except (zipfile.BadZipFile, pyzipper.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            stream.close()
            raise FilmError("damaged", "The ZIP archive is damaged; ask for it to be sent again.") from error
        return _Opened(stream, container, entries, password)

    def _password(self, where: tuple[str, ...]) -> bytes | None:
        if where not in self._passwords:
            given = self._ask(where[-1] if where else self.path.name) if self._ask else None
            self._passwords[where] = given.encode() if given else None
        return self._passwords[where]


_REMEMBERED: dict[Path, dict[str, str]] = {}


def remember_passwords(archive: Path, passwords: Mapping[str, str]) -> None:
    """Keep passwords, by the name of what is encrypted, for later openings; in memory, until the process ends."""
    _REMEMBERED.setdefault(archive, {}).update(passwords)


def open_inside(path: Path, frame: int = 0, ask: AskPassword | None = None) -> Film | None:
    """Open a film by the path of its archive followed by the names inside, as ``Film.path`` gives it.

    Without ``ask`` the passwords of :func:`remember_passwords` are tried.

    Returns
    -------
    Film or None
        None when no part of the path is a ZIP archive.

    Raises
    ------
    FilmError
        As :meth:`Archive.open`.
    """
    outer = next((parent for parent in path.parents if parent.is_file()), None)
    if outer is None or probe(outer) is not Kind.ZIP:
        return None
    with Archive(outer, ask or _REMEMBERED.get(outer, {}).get) as archive:
        film = archive.open(archive.find(PurePosixPath(path.relative_to(outer).as_posix())), frame)
    return replace(film, path=path)


def is_locked(path: Path) -> bool:
    """Tell whether this is a ZIP archive whose files cannot be read without a password."""
    try:
        if probe(path) is not Kind.ZIP:
            return False
        with Archive(path) as archive:
            return not archive.password_fits()
    except FilmError:
        return False


def members_of(path: Path, ask: AskPassword | None = None) -> Iterator[Path]:
    """Yield the paths by which :func:`model.film.open_film` opens the members of an archive."""
    with Archive(path, ask) as archive:
        for member in archive.members():
            yield path.joinpath(*member.inside)


def _guarded(opened: _Opened, entry: zipfile.ZipInfo) -> BinaryIO:
    """Open a member for reading, every failure worded."""
    if entry.flag_bits & _ENCRYPTED and opened.password is None:
        raise FilmError("password_needed", "It is encrypted; open the archive again and give its password.")
    try:
        return cast(BinaryIO, opened.container.open(entry, pwd=opened.password))
    except RuntimeError as error:
        raise _wrong_password() from error
    except Exception as error:
        raise _damaged() from error


def _take(stream: BinaryIO, count: int, entry: zipfile.ZipInfo) -> bytes:
    try:
        return stream.read(count)
    except (zipfile.BadZipFile, pyzipper.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        if entry.flag_bits & _ENCRYPTED:
            raise _wrong_password() from error
        raise _damaged() from error


def _gone() -> FilmError:
    return FilmError("missing", "The archive has no such file; it was changed since it was listed.")


def _wrong_password() -> FilmError:
    return FilmError("password_wrong", "The password does not fit; open the archive again and give the right one.")


def _damaged() -> FilmError:
    return FilmError("damaged", "It is damaged inside the archive and cannot be unpacked; ask for it again.")
