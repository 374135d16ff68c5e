"""Approved pictures: how a picture is compared with one that a person looked at and found good.

A picture is alike when no 5 × 5 pixels of it have changed by more than ``MOST`` levels on average, so that another
edition of the same typeface passes and a missing word does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin
from PySide6.QtGui import QImage

APPROVED = Path(__file__).parent / "pictures" / "approved"
SIDE, MOST = 5, 32.0
COLOURS = 160
LOOK_AT = "Look at"
"""The PNG's text chunk that holds the sentence."""

Pixels = NDArray[np.uint8]


def pixels_of(image: QImage) -> Pixels:
    """Return red, green and blue, shape (rows, columns, 3)."""
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.array(flat.constBits()).reshape(flat.height(), flat.bytesPerLine())
    return np.ascontiguousarray(lines[:, : 3 * flat.width()].reshape(flat.height(), flat.width(), 3))


def change(seen: Pixels, approved: Pixels) -> NDArray[np.float32]:
    """Return by how many levels each neighbourhood has changed, shape (rows, columns)."""
    apart = cv2.absdiff(seen, approved).max(axis=2).astype(np.float32)
    return np.asarray(cv2.blur(apart, (SIDE, SIDE)), dtype=np.float32)


def unlike(seen: Pixels, approved: Pixels) -> str:
    """Return what sets two pictures apart in one clause; empty when they are alike."""
    if seen.shape != approved.shape:
        return f"it is {seen.shape[1]} × {seen.shape[0]} and not {approved.shape[1]} × {approved.shape[0]} pixels"
    changed = change(seen, approved)
    if changed.max() <= MOST:
        return ""
    row, column = np.unravel_index(int(changed.argmax()), changed.shape)
    share = float((changed > MOST).mean())
    return f"{share:.2%} of it has changed, most of all around ({column}, {row})"


@dataclass(frozen=True, slots=True)
class Gallery:
    """Holds pictures against the approved ones, or approves them; what was not alike is left in ``folder``."""

    folder: Path
    approving: bool

    def show(self, name: str, look_at: str, image: QImage) -> None:
        """Compare a picture with the approved one of this name; ``look_at`` says what matters in it.

        Raises
        ------
        AssertionError
            When it is not alike, or none was approved.
        """
        seen, path = pixels_of(image), APPROVED / f"{name}.png"
        if self.approving:
            self._approve(path, look_at, seen)
            return
        assert path.exists(), f"No picture {name!r} was approved: {_how()}"
        with Image.open(path) as picture:
            approved = np.asarray(picture.convert("RGB"))
        why = unlike(seen, approved)
        if why:
            self._leave(name, seen, approved)
        assert not why, f"{name}: {why}. Look at {look_at} The pictures lie in {self.folder}. {_how()}"

    def _approve(self, path: Path, look_at: str, seen: Pixels) -> None:
        with_words = PngImagePlugin.PngInfo()
        with_words.add_itxt(LOOK_AT, look_at)
        kept = _small(seen)
        if path.exists():
            with Image.open(path) as before:
                if before.info.get(LOOK_AT) == look_at and np.array_equal(kept.convert("RGB"), before.convert("RGB")):
                    return
        path.parent.mkdir(exist_ok=True)
        kept.save(path, optimize=True, pnginfo=with_words)

    def _leave(self, name: str, seen: Pixels, approved: Pixels) -> None:
        Image.fromarray(seen).save(self.folder / f"{name} seen.png")
        if seen.shape == approved.shape:
            marked = np.clip(change(seen, approved) * 4, 0, 255).astype(np.uint8)
            Image.fromarray(marked).save(self.folder / f"{name} change.png")


def _small(seen: Pixels) -> Image.Image:
    """Return a picture of few colours, a third of the bytes, where that is hardly seen."""
    few = Image.fromarray(seen).quantize(COLOURS, dither=Image.Dither.NONE)
    near = change(seen, np.asarray(few.convert("RGB"))).max() < MOST / 4
    return few if near else Image.fromarray(seen)


def _how() -> str:
    return "If it is good, approve it with: pytest tests/pictures --approve"
