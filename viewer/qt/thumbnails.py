"""Thumbnails as pictures for lists and for the hand that carries a film."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPixmap


def thumbnail_picture(thumbnail: NDArray[np.uint8] | None) -> QPixmap:
    """Return a thumbnail, uint8 of shape (rows, columns), as a picture; an empty one where there is none."""
    if thumbnail is None:
        return QPixmap()
    rows, columns = thumbnail.shape
    return QPixmap.fromImage(QImage(thumbnail.data, columns, rows, columns, QImage.Format.Format_Grayscale8))
