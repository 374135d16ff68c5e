"""The comparison itself: it forgives how letters are smoothed, and nothing that a reader would miss."""

import numpy as np
import pytest
from likeness import APPROVED, LOOK_AT, Gallery, pixels_of, unlike
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QImage, QPainter


def written(words: str, shift: float = 0.0) -> QImage:
    image = QImage(300, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#14171c"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(QFont(painter.font().family(), 12))
    painter.setPen(QColor("#e6eaef"))
    painter.drawText(QPointF(20 + shift, 30 + shift), words)
    painter.end()
    return image


def test_letters_smoothed_otherwise_are_alike():
    assert unlike(pixels_of(written("Lung opacity", 0.25)), pixels_of(written("Lung opacity"))) == ""


@pytest.mark.parametrize("other", ["Lung opacitv", "", "Lung opacity 3", "lung opacity"])
def test_another_letter_is_seen(other):
    assert unlike(pixels_of(written(other)), pixels_of(written("Lung opacity"))) != ""


def test_another_size_is_seen():
    assert "300 × 60" in unlike(np.zeros((60, 300, 3), np.uint8), np.zeros((50, 300, 3), np.uint8))


def test_a_faint_change_of_a_whole_area_is_seen():
    before = np.full((80, 80, 3), 90, np.uint8)
    after = before.copy()
    after[20:40, 20:40] += 40
    assert "(" in unlike(after, before)


def test_what_was_never_approved_fails(tmp_path):
    with pytest.raises(AssertionError, match="--approve"):
        Gallery(tmp_path, False).show("never", "nothing.", written("words"))


def test_every_approved_picture_says_what_to_look_at():
    for path in APPROVED.glob("*.png"):
        with Image.open(path) as picture:
            assert picture.info[LOOK_AT].endswith("."), path.name
