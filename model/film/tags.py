"""The tag tree of a DICOM file for a tag browser: read quickly, sequences opened when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydicom.datadict import dictionary_description, dictionary_has_tag, keyword_for_tag
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import BaseTag

from model.errors import FilmError
from model.film.formats import Kind, probe, unreadable
from model.film.header import read_header
from model.film.limits import MAX_NESTING

LONGEST_TEXT = 200
"""Characters of a value shown before it is cut."""


@dataclass(frozen=True, slots=True, eq=False)
class TagNode:
    """One line of the tree: an element, or an item of a sequence (then ``tag`` is "Item 1" and so on).

    ``children`` gives the items of a sequence and the elements of an item; nothing is read before.
    """

    tag: str
    name: str
    keyword: str
    representation: str
    value: str
    depth: int
    _inside: Any = None
    whole: str = ""
    """The value uncut."""

    def children(self) -> Iterator[TagNode]:
        """Yield the lines one level below."""
        if self.depth >= MAX_NESTING:
            return
        if isinstance(self._inside, Dataset):
            yield from _elements(self._inside, self.depth + 1)
        elif self._inside is not None:
            for number, item in enumerate(self._inside, start=1):
                count = f"{len(item)} elements"
                yield TagNode(f"Item {number}", "", "", "", count, self.depth + 1, item)

    @property
    def branching(self) -> bool:
        """True when there is something below."""
        return self._inside is not None and len(self._inside) > 0


def read_tags(path: Path) -> tuple[TagNode, ...]:
    """Read the tags of a DICOM file, pixel data left out.

    Parameters
    ----------
    path
        A DICOM file.

    Returns
    -------
    tuple of TagNode
        File meta information, then the data set, in file order.

    Raises
    ------
    FilmError
        When it is no DICOM file or cannot be read.
    """
    if probe(path) not in (Kind.DICOM, Kind.DICOMDIR):
        raise FilmError("not_dicom", "It is not a DICOM file, so it has no tags to show.")
    try:
        with path.open("rb") as file:
            header = read_header(file)
            return (*_elements(header.meta, 0), *_elements(header.dataset, 0))
    except OSError as error:
        raise unreadable(error) from error
    except RecursionError as error:
        raise FilmError(
            "too_deep", "Its sequences are nested too deeply to be listed; no real film is built so."
        ) from error


def walk(nodes: tuple[TagNode, ...]) -> Iterator[TagNode]:
    """Yield every line of the tree, sequences opened, top to bottom: what a search looks through."""
    for node in nodes:
        yield node
        yield from walk(tuple(node.children()))


def _elements(dataset: Dataset, depth: int) -> Iterator[TagNode]:
    for tag in sorted(dataset.keys()):
        yield _node(dataset, tag, depth)


def _node(dataset: Dataset, tag: BaseTag, depth: int) -> TagNode:
    written = f"({tag.group:04X},{tag.element:04X})"
    name = dictionary_description(tag) if dictionary_has_tag(tag) else "Private" if tag.is_private else "Unknown"
    keyword = keyword_for_tag(tag)
    raw = dataset.get_item(tag, keep_deferred=True)
    if isinstance(raw, RawDataElement) and raw.value is None and raw.length:
        return TagNode(written, name, keyword, str(raw.VR or ""), f"{raw.length:,} bytes, not shown", depth)
    try:
        element = dataset[tag]
    except RecursionError:
        raise
    except Exception as error:
        return TagNode(written, name, keyword, "", f"unreadable ({type(error).__name__})", depth)
    if element.VR == "SQ":
        return TagNode(written, name, keyword, "SQ", f"{len(element.value)} items", depth, element.value)
    whole = _text(element)
    short = whole if len(whole) <= LONGEST_TEXT else whole[:LONGEST_TEXT] + "…"
    return TagNode(written, element.name, keyword, str(element.VR), short, depth, whole=whole)


def _text(element: DataElement) -> str:
    value = element.value
    if isinstance(value, bytes):
        return f"{len(value):,} bytes"
    text = "" if value is None else str(value)
    if getattr(element, "VM", 1) > 1 and not isinstance(value, str):
        text = "\\".join(str(part) for part in value)
    return text
