"""The data set of a DICOM file up to its pixels, and reading from it what may be broken."""

from __future__ import annotations

import logging
import math
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pydicom import config
from pydicom.datadict import dictionary_description, keyword_dict, tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian
from pydicom.uid import ImplicitVRLittleEndian as Implicit
from pydicom.valuerep import VR

from model.errors import FilmError
from model.film.film import FilmWarning
from model.film.limits import LARGE_VALUE
from model.film.source import Bounded, Inflated

# pydicom quotes offending values, patient names among them, in its log and warnings: what matters of
# them becomes a FilmWarning here, the rest must reach neither terminal nor log file.
logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)
warnings.filterwarnings("ignore", module=r"pydicom(\.|$)")
config.settings.reading_validation_mode = config.IGNORE

PIXEL_TAGS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
UNDEFINED_LENGTH = 0xFFFFFFFF
_VALUE_REPRESENTATIONS = frozenset(str(vr).encode() for vr in VR if len(str(vr)) == 2)

Stream = Bounded | Inflated


@dataclass(frozen=True, slots=True)
class PixelElement:
    """Where the pixel data lie: tag, byte position of the value in the stream, declared length."""

    tag: int
    position: int
    length: int


@dataclass(slots=True)
class Header:
    """A data set without its pixels, with tolerant access: what cannot be read is noted, not raised.

    ``layers`` are searched in order: functional groups of the chosen frame come before the top level
    (PS3.3 C.7.6.16).
    """

    dataset: Dataset
    meta: Dataset
    stream: Stream
    syntax: UID
    pixels: PixelElement | None
    little_endian: bool
    layers: list[Dataset] = field(default_factory=list)
    warnings: list[FilmWarning] = field(default_factory=list)

    def warn(self, code: str, message: str) -> None:
        """Note something that could not be used."""
        note = FilmWarning(code, message)
        if note not in self.warnings:
            self.warnings.append(note)

    def has(self, keyword: str) -> bool:
        """Tell whether a tag is present, whatever its value."""
        return any(keyword in layer for layer in self.layers)

    def get(self, keyword: str) -> Any:
        """Return the value of a tag as pydicom gives it; None when absent, empty or unreadable."""
        for layer in self.layers:
            if keyword not in layer:
                continue
            try:
                value = layer[keyword].value
            except RecursionError:
                raise
            except Exception as error:
                self.warn(
                    "unreadable_tag", f"{name_of(keyword)} cannot be read ({type(error).__name__}) and is ignored."
                )
                return None
            return None if value is None or value in ("", []) else value
        return None

    def numbers(self, keyword: str) -> tuple[float, ...]:
        """Return the finite numbers of a tag; () when absent; broken ones are dropped with a warning."""
        value = self.get(keyword)
        if value is None:
            return ()
        parts = value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else [value]
        found = tuple(number for number in map(_number, parts) if number is not None)
        if len(found) < len(parts):
            self.warn("not_a_number", f"{name_of(keyword)} holds something that is not a number; it is ignored.")
            return ()
        return found

    def number(self, keyword: str) -> float | None:
        """Return the first number of a tag, None when absent or broken."""
        found = self.numbers(keyword)
        return found[0] if found else None

    def whole(self, keyword: str) -> int | None:
        """Return the first number of a tag as an integer, None when absent, broken or fractional."""
        number = self.number(keyword)
        return int(number) if number is not None and number == int(number) else None

    def word(self, keyword: str) -> str:
        """Return a code string in capitals without padding, "" when absent or broken."""
        value = self.get(keyword)
        return str(value).strip(" \0").upper() if isinstance(value, str) else ""

    def items(self, keyword: str) -> tuple[Dataset, ...]:
        """Return the items of a sequence, () when absent or broken."""
        value = self.get(keyword)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            self.warn("not_a_sequence", f"{name_of(keyword)} is not a sequence and is ignored.")
            return ()
        return tuple(item for item in value if isinstance(item, Dataset))

    def within(self, item: Dataset) -> Header:
        """Return a header that looks into one sequence item and shares these warnings."""
        return Header(
            item, self.meta, self.stream, self.syntax, None, self.little_endian, layers=[item], warnings=self.warnings
        )

    def choose_frame(self, frame: int) -> None:
        """Let the functional groups of one frame (from 0) come before the top level."""
        self.layers = [*self._functional_groups(frame), self.dataset]

    def _functional_groups(self, frame: int) -> Iterator[Dataset]:
        own = self.items("PerFrameFunctionalGroupsSequence")
        shared = self.items("SharedFunctionalGroupsSequence")
        for group in [*own[frame : frame + 1], *shared[:1]]:
            for keyword in (
                "PixelMeasuresSequence",
                "PixelValueTransformationSequence",
                "FrameVOILUTSequence",
                "PlaneOrientationSequence",
                "FrameContentSequence",
            ):
                yield from self.within(group).items(keyword)[:1]


def name_of(keyword: str) -> str:
    """Return a tag as people write it, e.g. "Window Width (0028,1051)"."""
    number = tag_for_keyword(keyword)
    if number is None:
        return keyword
    tag = Tag(number)
    return f"{_spoken(keyword)} ({tag.group:04X},{tag.element:04X})"


def _spoken(keyword: str) -> str:
    return dictionary_description(keyword_dict[keyword])


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def read_header(file: BinaryIO) -> Header:
    """Read a DICOM data set up to, and not including, its pixel data.

    With or without preamble and file meta information; implicit, explicit, big endian or deflated
    (PS3.5 A.1 to A.5, PS3.10 7.1).

    Parameters
    ----------
    file
        The open file; it must stay open while the header is used.

    Raises
    ------
    FilmError
        ``damaged`` when no data set can be made out.
    """
    bounded = Bounded(file)
    bounded.seek(132 if bounded.read(132)[128:] == b"DICM" else 0)
    try:
        return _read(bounded)
    except FilmError:
        raise
    except RecursionError as error:
        raise FilmError(
            "too_deep", "Its sequences are nested too deeply to be read; no real film is built so."
        ) from error
    except Exception as error:
        raise FilmError(
            "damaged",
            f"The DICOM header is damaged ({type(error).__name__}); ask for the file to be sent again.",
        ) from error


def _read(bounded: Bounded) -> Header:
    meta = _read_meta(bounded)
    stated = _stated_syntax(meta)
    syntax = stated or _sniffed_syntax(bounded)
    stream: Stream = Inflated(bounded) if syntax == DeflatedExplicitVRLittleEndian else bounded
    implicit = syntax == Implicit
    little = syntax != ExplicitVRBigEndian
    found: list[PixelElement] = []

    def at_pixels(tag: BaseTag, vr: str | None, length: int) -> bool:
        if tag in PIXEL_TAGS:
            found.append(PixelElement(int(tag), stream.tell(), length))
        return tag in PIXEL_TAGS

    dataset = read_dataset(stream, implicit, little, stop_when=at_pixels, defer_size=LARGE_VALUE)  # type: ignore[arg-type]
    header = Header(dataset, meta, stream, syntax, found[-1] if found else None, little, layers=[dataset])
    if not len(dataset) and not found:
        raise FilmError("damaged", "No DICOM data set can be made out in it; ask for the file to be sent again.")
    return header


def _read_meta(bounded: Bounded) -> Dataset:
    start = bounded.tell()
    head = bounded.read(2)
    bounded.seek(start)
    if head != b"\x02\x00":
        return Dataset()
    return read_dataset(bounded, False, True, stop_when=lambda tag, vr, length: tag.group != 2)  # type: ignore[arg-type]


def _stated_syntax(meta: Dataset) -> UID | None:
    try:
        value = str(meta.get("TransferSyntaxUID", "") or "").strip(" \0")
    except Exception:
        return None
    return UID(value) if value else None


def _sniffed_syntax(bounded: Bounded) -> UID:
    start = bounded.tell()
    head = bounded.read(6)
    bounded.seek(start)
    if len(head) < 6:
        raise FilmError("damaged", "The DICOM file ends before its data set; ask for the file to be sent again.")
    group = struct.unpack("<H", head[:2])[0]
    if head[4:6] not in _VALUE_REPRESENTATIONS:
        return Implicit
    return ExplicitVRBigEndian if group >= 0x0400 else ExplicitVRLittleEndian
