"""The store: every film of a run decoded, reduced and put beside its masks once, so that a step never waits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from model.film import open_film
from model.net.preprocess import Placement, display_grey, resize
from training.datasets.row import BoxPart, MaskPart, Row

LUNGS, OPACITY, HEART, BOX, FILM = 1, 2, 4, 8, 16
"""Bits of a plane: masks by kind, the inside of radiologists' opacity boxes, where the film is."""
MASK_BITS = {"lungs": LUNGS, "opacity": OPACITY, "heart": HEART}
MARGIN = 1.25
"""The store keeps films this much larger than the network takes them, so that zooming in does not blur."""
_VERSION = "4"


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """Films and masks of ``rows``, in their order.

    ``grey``: uint8, (n, side, side), films as the network would see them, unstandardised. ``plane``: uint8,
    (n, side, side), bits as above. ``lungs_known``: bool, (n,), True where there is a lung mask with lungs in it.
    ``marked``: uint8, (n, side // 4, side // 4), 255 where the lungs are: the mask, or what a network said of the
    film (``mark``), or 0 all over when neither is there. ``taught``: what teachers say of the films, uint8
    probabilities of 0 .. 255, (n, side // 4, side // 4, 3), last axis as ``PIXEL_CLASSES``; None without teachers.
    """

    rows: tuple[Row, ...]
    grey: NDArray[np.uint8]
    plane: NDArray[np.uint8]
    lungs_known: NDArray[np.bool_]
    marked: NDArray[np.uint8]
    taught: NDArray[np.uint8] | None = None

    @property
    def side(self) -> int:
        """Rows and columns of a stored film."""
        return int(self.grey.shape[1])

    def mark(self, index: int, lungs: NDArray[np.float32]) -> None:
        """Remember where a network sees the lungs of a film that has no lung mask: probabilities, (h, w)."""
        if not self.lungs_known[index]:
            mask = cv2.resize(lungs, self.marked.shape[1:][::-1], interpolation=cv2.INTER_LINEAR) > 0.5
            self.marked[index] = mask.astype(np.uint8) * 255


def side_for(size: int) -> int:
    """Return the side at which films are stored for a network of this input size."""
    return round(size * MARGIN / 16) * 16


def build(
    root: Path,
    rows: Sequence[Row],
    side: int,
    cache: Path | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Store:
    """Decode the films of ``rows`` below ``root``, or take them from ``cache`` where the same were stored before.

    Parameters
    ----------
    root
        The data root that the rows' paths are relative to.
    side
        Side of the square that films are stored at.
    cache
        A folder to keep decoded films in; None keeps them in memory only.
    progress
        Called with the share of films done.
    """
    kept = None if cache is None else cache / f"{_fingerprint(root, rows, side)}.npz"
    if kept is not None and kept.is_file():
        with np.load(kept) as arrays:
            return _store(rows, arrays["grey"], arrays["plane"])
    grey = np.zeros((len(rows), side, side), dtype=np.uint8)
    plane = np.zeros_like(grey)
    for number, row in enumerate(rows):
        grey[number], plane[number] = load(root, row, side)
        if number % 50 == 0:
            progress(number / len(rows))
    progress(1.0)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(".partial.npz")
        np.savez(partial, grey=grey, plane=plane)
        partial.replace(kept)
    return _store(rows, grey, plane)


def chosen(store: Store, places: Sequence[int]) -> Store:
    """Return a store of these films alone; nothing that is changed in it changes the other."""
    at = list(places)
    rows = tuple(store.rows[place] for place in at)
    taught = None if store.taught is None else store.taught[at]
    return Store(rows, store.grey[at], store.plane[at], store.lungs_known[at], store.marked[at], taught)


def load(root: Path, row: Row, side: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return one film and its plane of bits, both uint8, (side, side)."""
    film = open_film(root / row.path)
    placement = Placement(film.rows, film.columns, side)
    grey = np.zeros((side, side), dtype=np.uint8)
    grey[placement.area] = display_grey(film, placement.height, placement.width)
    plane = np.zeros_like(grey)
    plane[placement.area] |= FILM
    for part in row.masks:
        _draw_mask(plane, placement, root, part)
    for box in row.boxes:
        plane[_box_area(placement, box)] |= BOX
    return grey, plane


def _store(rows: Sequence[Row], grey: NDArray[np.uint8], plane: NDArray[np.uint8]) -> Store:
    known = np.array(["lungs" in row.masked for row in rows], dtype=np.bool_)
    known &= (plane & LUNGS).any(axis=(1, 2))
    small = grey.shape[1] // 4
    marked = np.zeros((len(rows), small, small), dtype=np.uint8)
    for index in np.flatnonzero(known):
        lungs = (plane[index] & LUNGS) * np.uint8(255 // LUNGS)
        marked[index] = (resize(lungs, small, small) > 127) * np.uint8(255)
    return Store(tuple(rows), grey, plane, known, marked)


def _draw_mask(plane: NDArray[np.uint8], placement: Placement, root: Path, part: MaskPart) -> None:
    mask = cv2.imread(str(root / part.path), cv2.IMREAD_GRAYSCALE)
    if mask is None:
        raise FileNotFoundError(f"The mask {part.path} cannot be read; run prepare again.")
    down, across = placement.height / part.film_height, placement.width / part.film_width
    rows = _span(placement.top + part.top * down, part.height * down, plane.shape[0])
    columns = _span(placement.left + part.left * across, part.width * across, plane.shape[1])
    area = plane[rows, columns]
    area[resize((mask > 0).astype(np.uint8) * np.uint8(255), *area.shape) > 127] |= MASK_BITS[part.kind]


def _box_area(placement: Placement, box: BoxPart) -> tuple[slice, slice]:
    return (
        _span(placement.top + box.row * placement.height, box.height * placement.height, placement.size),
        _span(placement.left + box.column * placement.width, box.width * placement.width, placement.size),
    )


def _span(start: float, length: float, limit: int) -> slice:
    first = min(max(round(start), 0), limit - 1)
    return slice(first, min(max(round(start + length), first + 1), limit))


def _fingerprint(root: Path, rows: Sequence[Row], side: int) -> str:
    parts = [_VERSION, str(side), str(root.resolve())]
    for row in rows:
        facts = asdict(row)
        parts.append(repr([row.path, facts["masks"], facts["boxes"], row.masked, (root / row.path).stat().st_size]))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
