"""The tags of a film as rows to be searched, with what must stay unseen while names are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.film.tags import TagNode

TELLING_NOTHING = frozenset(
    {"AT", "CS", "DS", "FD", "FL", "IS", "OB", "OD", "OF", "OL", "OV", "OW", "SL", "SQ", "SS", "SV", "UL", "US", "UV"}
)
"""Value representations that hold no names, dates, texts or identifiers (PS3.5 section 6.2)."""
TELLING_NOTHING_KEYWORDS = frozenset(
    {"MediaStorageSOPClassUID", "SOPClassUID", "TransferSyntaxUID", "ImplementationClassUID", "Manufacturer"}
)
PATIENT_GROUP = "(0010,"


@dataclass(frozen=True, slots=True, eq=False)
class TagRow:
    """One line: the node, how deep it lies, whether it is private, and whether its value must stay unseen."""

    node: TagNode
    private: bool
    telling: bool

    def value(self, anonymous: bool) -> str | None:
        """Return the value as a line, None while it must stay unseen."""
        return None if anonymous and self.telling else self.node.value

    def whole(self, anonymous: bool) -> str | None:
        """Return the value to be copied, uncut; None while it must stay unseen."""
        return None if anonymous and self.telling else self.node.whole or self.node.value

    def words(self, anonymous: bool) -> str:
        """Return what a search looks through; a value that must stay unseen is not found either."""
        node = self.node
        plain = node.tag.strip("()").replace(",", "")
        return " ".join((node.tag, plain, node.name, node.keyword, self.whole(anonymous) or ""))


def rows(nodes: Iterable[TagNode], in_private: bool = False) -> Iterator[tuple[TagRow, list[TagNode]]]:
    """Yield a row for each of these nodes with the nodes below it; what lies in a private sequence is private."""
    for node in nodes:
        private = in_private or _is_private(node.tag)
        yield TagRow(node, private, private or _is_telling(node)), list(node.children())


def _is_private(tag: str) -> bool:
    """Tell whether a tag's group is odd (PS3.5 section 7.8); items have no group."""
    return tag.startswith("(") and int(tag[1:5], 16) % 2 == 1


def _is_telling(node: TagNode) -> bool:
    if not node.representation:
        return bool(node.keyword)
    if node.tag.startswith(PATIENT_GROUP):
        return node.representation != "SQ"
    return node.representation not in TELLING_NOTHING and node.keyword not in TELLING_NOTHING_KEYWORDS
