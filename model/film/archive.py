"""Films inside ZIP archives: found and opened without unpacking anything onto the disk under its own name."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import TracebackType
from typing import Any, BinaryIO, cast

import pyzipper

from model.errors import FilmError
from model.film.film import Film
from model.film.formats import HEAD_BYTES, Kind, recognise, unreadable
from model.film.opening import open_stream

MAX_MEMBERS = 200_000
"""Names in one archive: ten times the films of a large clinic's year; the table of names alone takes memory."""
MAX_MEMBER = 1 << 29
"""512 MiB out of one member: the longest recordings; a single film takes a tenth of it."""
MAX_PACKING = 1_100
"""Bytes out per byte in: deflate cannot do better than 1032, so more is a lie in the table of names."""
MAX_DEPTH = 3
"""Archives within archives: a CD zipped by the clinic and zipped again by the mail program makes two."""
MAX_NESTED = 1 << 34
"""16 GiB of nested archives unpacked out of one archive, reopened ones counted again."""
MAX_OPEN = 8
"""Nested archives held open at a time; the one opened longest ago is closed for the next."""
IN_MEMORY = 1 << 26
"""Members above 64 MiB are held in an unnamed temporary file instead of memory."""

_ENCRYPTED = 0x1
_UTF8 = 0x800
_CHUNK = 1 << 20
_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})

AskPassword = Callable[[str], str | None]
"""Given the name of an archive returns its password, None to give up; asked once for each archive."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive.

    ``inside`` holds the names from the outermost archive inwards, as they are shown. ``size`` is the
    unpacked length in bytes that the archive states. ``refusal_code`` and ``refusal`` say why it will
    not be opened, "" when it may be.
    """

    archive: Path
    inside: tuple[str, ...]
    size: int
    refusal_code: str = ""
    refusal: str = ""

    @property
    def name(self) -> str:
        """Return the name for people, nested archives separated by "›"."""
        return " › ".join(self.inside)


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
            refusal = _refusal_of(entry)
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
            raise FilmError("missing", "The archive has no such file; it was changed since it was listed.")
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
            entries = _entries(container)
            password = None
            if any(entry.flag_bits & _ENCRYPTED for entry in entries.values()):
                stream.seek(0)
                container = pyzipper.AESZipFile(stream)
                entries = _entries(container)
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


def _entries(container: Any) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by the name they are shown by."""
    if len(container.infolist()) > MAX_MEMBERS:
        raise FilmError("too_large", f"The archive lists more than {MAX_MEMBERS:,} files; unpack a part of it.")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in container.infolist():
        name = shown_name(entry)
        if entry.is_dir() or "__MACOSX/" in name or PurePosixPath(name).name in _DROPPINGS:
            continue
        unique, copy = name, 1
        while unique in found:
            copy += 1
            unique = f"{name} ({copy})"
        found[unique] = entry
    return found


def shown_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name as it was meant.

    Names that are not marked as UTF-8 are read as such all the same when they are, else as code page 866
    when that makes every letter Cyrillic: the way Windows in Russian writes them.
    """
    if entry.flag_bits & _UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        cyrillic = raw.decode("cp866")
    foreign = [letter for letter in cyrillic if not letter.isascii()]
    return cyrillic if all("\u0400" <= letter <= "\u04ff" or letter == "№" for letter in foreign) else entry.filename


def _refusal_of(entry: zipfile.ZipInfo) -> FilmError | None:
    """Refuse a member by what the archive's table says of it, before anything is unpacked."""
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or PureWindowsPath(entry.filename).drive:
        return FilmError("unsafe_name", "Its name points outside the archive, which no honest archive does; refused.")
    if entry.file_size > MAX_MEMBER or entry.file_size > MAX_PACKING * max(1, entry.compress_size):
        return FilmError(
            "too_large",
            f"It states {entry.file_size:,} bytes packed into {entry.compress_size:,}; no film does, it was refused.",
        )
    return None


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


def _wrong_password() -> FilmError:
    return FilmError("password_wrong", "The password does not fit; open the archive again and give the right one.")


def _damaged() -> FilmError:
    return FilmError("damaged", "It is damaged inside the archive and cannot be unpacked; ask for it again.")
