"""The row: one film of a training collection with all that is known of it, whatever the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PixelKind = Literal["lungs", "opacity", "heart"]
Split = Literal["train", "validation", "test"]


@dataclass(frozen=True, slots=True)
class MaskPart:
    """A mask image (non-zero = inside) that covers part of a film.

    ``top``/``left`` is its corner and ``film_height``/``film_width`` the film's size, all in the pixels
    of the film the mask was drawn on; the stored film and mask may both be smaller copies: fractions of
    film height and width are what holds.
    """

    path: str
    """Relative to the data root."""
    kind: PixelKind
    top: int
    left: int
    height: int
    width: int
    film_height: int
    film_width: int


@dataclass(frozen=True, slots=True)
class BoxPart:
    """A box in fractions of the film: 0 .. 1 down (``row``, ``height``) and across (``column``, ``width``)."""

    finding: str
    row: float
    column: float
    height: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """One film.

    ``opacity``/``covid`` are True, False or None (not known, or too doubtful to use).
    ``masked`` names the pixel kinds that were annotated on this film: absence of a mask part of such a
    kind means there is none. ``boxed`` says that radiologists looked for opacity boxes on it.
    """

    path: str
    """Relative to the data root, with forward slashes."""
    source: str
    """Name of the collection, e.g. "nih"."""
    site: str
    """Where within the collection it comes from (web address host, RSNA or not); for leave-one-source-out."""
    patient: str
    """"<source>:<patient id>"; unique per film when the collection does not say."""
    view: str
    """"PA", "AP", "AP Supine", "L", "CT" or "" when not known."""
    frontal: bool
    adult: bool | None
    age: float | None
    sex: str
    """"M", "F" or ""."""
    opacity: bool | None
    covid: bool | None
    label: str
    """The collection's own words."""
    masked: tuple[PixelKind, ...] = ()
    masks: tuple[MaskPart, ...] = ()
    boxed: bool = False
    boxes: tuple[BoxPart, ...] = ()
    severity: float | None = None
    """Opacity extent score of the raters (0 .. 8, mean), where given."""
    group: str = ""
    """Patients and near-duplicates joined across collections; never spans splits."""
    split: Split | None = None

    @property
    def assessable(self) -> bool:
        """Whether the network is to answer for the film: one from the front, of an adult or of somebody of any age."""
        return self.frontal and self.adult is not False
