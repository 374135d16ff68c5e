"""Changes to films that leave the answer alone: pose, tone, borders, letters, sharpness. Polarity is never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.config import Augmentation

Grey = NDArray[np.uint8]
_LETTERS = ("L", "R", "AP", "PA", "LEFT", "RIGHT", "PORTABLE", "SUPINE", "ERECT", "SITTING", "MOBILE", "ICU", "A", "X")
_FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_COMPLEX)


@dataclass(frozen=True, slots=True)
class Extent:
    """Centre and half sides of a part of a stored film, in its pixels: what a crop keeps."""

    row: float
    column: float
    half: float


def lung_extent(marked: Grey, scale: float, margin: float) -> Extent | None:
    """Return the square around the marked lungs (``scale`` stored pixels a cell), widened by ``margin``, if any."""
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if len(rows) < 4 or len(columns) < 4:
        return None
    height, width = rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0]
    half = max(height, width) * scale / 2 * (1 + margin)
    return Extent((rows[0] + height / 2) * scale, (columns[0] + width / 2) * scale, half)


def pose(side: int, size: int, extent: Extent | None, settings: Augmentation, random: Generator) -> NDArray[np.float64]:
    """Draw the affine map (2, 3) from a stored film of ``side`` to the network's input of ``size``, (x, y) pixels."""
    centre, half = ((extent.column, extent.row), extent.half) if extent else ((side / 2, side / 2), side / 2)
    zoom = size / (2 * half) * np.exp(random.uniform(-1, 1) * np.log1p(settings.scale))
    stretch = np.exp(random.uniform(-1, 1) * np.log1p(settings.stretch) / 2)
    angle = np.deg2rad(np.clip(random.normal() / 2, -1, 1) * settings.rotate_degrees)
    mirrored = -1.0 if random.random() < settings.mirror else 1.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.diag([zoom * stretch * mirrored, zoom / stretch])
    target = size / 2 + random.uniform(-1, 1, 2) * settings.shift * size
    shift = target - linear @ (np.array(centre) - 0.5) - 0.5
    return np.column_stack([linear, shift])


def plain_pose(side: int, size: int) -> NDArray[np.float64]:
    """Return the affine map that only reduces a stored film to the network's input."""
    ratio = size / side
    return np.array([[ratio, 0, ratio / 2 - 0.5], [0, ratio, ratio / 2 - 0.5]])


def apply_pose(image: Grey, matrix: NDArray[np.float64], size: int, smooth: bool = True) -> Grey:
    """Warp a stored film (or, not smooth, its bits) to (size, size); black comes in from outside."""
    method = cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST
    return np.asarray(cv2.warpAffine(image, matrix, (size, size), flags=method), dtype=np.uint8)


def change_tone(grey: Grey, settings: Augmentation, random: Generator) -> Grey:
    """Change gamma, local contrast, shading, sharpness, resolution, compression and noise; black around stays black."""
    changes: tuple[tuple[float, Callable[[Grey, Generator], Grey]], ...] = (
        (1.0, lambda image, chance: _gamma(image, settings.gamma, chance)),
        (settings.local_contrast, _equalise),
        (settings.shade, _shade),
        (settings.sharpen, _sharpen),
        (settings.blur, _blur),
        (settings.resample, _resample),
        (settings.noise, _noise),
        (settings.jpeg, _jpeg),
    )
    outside = grey == 0
    for probability, change in changes:
        if random.random() < probability:
            grey = change(grey, random)
    grey[outside] = 0
    return grey


def change_border(grey: Grey, settings: Augmentation, random: Generator) -> Grey:
    """Black out a strip or corner at the edge, and write letters and markers there, as films carry them."""
    if random.random() < settings.erase_border:
        for _ in range(int(random.integers(1, 4))):
            _erase(grey, random)
    if random.random() < settings.letters:
        for _ in range(int(random.integers(1, 4))):
            _write(grey, random)
    return grey


def keep_lungs(grey: Grey, lungs: NDArray[np.bool_], random: Generator) -> Grey:
    """Black out all but the lungs; how closely is drawn."""
    return np.where(_grown(lungs, random), grey, 0).astype(np.uint8)


def remove_lungs(grey: Grey, lungs: NDArray[np.bool_], random: Generator) -> Grey:
    """Black out the lungs, or fill them with the mean grey around; how closely is drawn."""
    hidden = _grown(lungs, random)
    around = grey[~hidden & (grey > 0)]
    level = around.mean() if around.size and random.random() < 0.3 else 0
    return np.where(hidden, level, grey).astype(np.uint8)


def _grown(lungs: NDArray[np.bool_], random: Generator) -> NDArray[np.bool_]:
    radius = int(random.integers(0, max(2, lungs.shape[0] // 32)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate(lungs.astype(np.uint8), kernel) > 0)


def _gamma(grey: Grey, span: float, random: Generator) -> Grey:
    exponent = np.exp(random.uniform(-span, span))
    table = np.rint(255 * np.linspace(0, 1, 256) ** exponent).astype(np.uint8)
    table[1:] = np.maximum(table[1:], 1)
    return np.asarray(cv2.LUT(grey, table), dtype=np.uint8)


def _equalise(grey: Grey, random: Generator) -> Grey:
    tiles = int(random.integers(2, 9))
    return np.asarray(cv2.createCLAHE(random.uniform(1, 3), (tiles, tiles)).apply(grey), dtype=np.uint8)


def _shade(grey: Grey, random: Generator) -> Grey:
    coarse = random.uniform(0.75, 1.25, (3, 3)).astype(np.float32)
    field = cv2.resize(coarse, grey.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(grey * field, 0, 255).astype(np.uint8))


def _sharpen(grey: Grey, random: Generator) -> Grey:
    amount = random.uniform(0.3, 1.5)
    soft = cv2.GaussianBlur(grey, (0, 0), random.uniform(1, 6))
    return np.asarray(cv2.addWeighted(grey, 1 + amount, soft, -amount, 0), dtype=np.uint8)


def _blur(grey: Grey, random: Generator) -> Grey:
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), random.uniform(0.4, 1.4)), dtype=np.uint8)


def _resample(grey: Grey, random: Generator) -> Grey:
    side = round(grey.shape[0] * random.uniform(0.45, 0.9))
    small = cv2.resize(grey, (side, side), interpolation=cv2.INTER_AREA)
    method = cv2.INTER_LINEAR if random.random() < 0.7 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(small, grey.shape[::-1], interpolation=method), dtype=np.uint8)


def _noise(grey: Grey, random: Generator) -> Grey:
    noise = random.standard_normal(grey.shape, dtype=np.float32) * np.float32(random.uniform(2, 10))
    return np.clip(grey + noise, 0, 255).astype(np.uint8)


def _jpeg(grey: Grey, random: Generator) -> Grey:
    _, code = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 90))])
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def _erase(grey: Grey, random: Generator) -> None:
    """Black out (rarely: grey out) a strip along one edge, or a corner."""
    size = grey.shape[0]
    depth = max(1, int(size * random.uniform(0.01, 0.12)))
    along = int(size * random.uniform(0.1, 0.4)) if random.random() < 0.5 else size
    view = np.rot90(grey, int(random.integers(0, 4)))
    view[:depth, :along] = 0 if random.random() < 0.8 else int(random.integers(1, 256))


def _write(grey: Grey, random: Generator) -> None:
    """Write letters, or put a bright bar, near the edge."""
    size = grey.shape[0]
    across, down = random.uniform(0, 0.9), random.uniform(0.04, 0.98)
    if 0.2 < across < 0.75 and 0.18 < down < 0.9:
        across = random.uniform(0, 0.15) if random.random() < 0.5 else random.uniform(0.8, 0.92)
    place = int(across * size), int(down * size)
    level = int(random.integers(170, 256)) if random.random() < 0.85 else 1
    if random.random() < 0.2:
        wide, high = int(random.integers(2, size // 10)), int(random.integers(2, size // 20))
        cv2.rectangle(grey, place, (place[0] + wide, place[1] + high), level, -1)
        return
    text = _LETTERS[int(random.integers(len(_LETTERS)))]
    if random.random() < 0.3:
        text += f" {random.integers(1, 99999)}"
    font = _FONTS[int(random.integers(len(_FONTS)))]
    scale = size / 256 * random.uniform(0.3, 0.9)
    cv2.putText(grey, text, place, font, scale, level, int(random.integers(1, 3)), cv2.LINE_AA)
