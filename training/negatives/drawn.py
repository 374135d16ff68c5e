"""Drawings: pages of text, charts, shapes, test patterns, gradients, clouds and noise, each drawn by chance."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.negatives.picture import Grey, stretched

SIDE = 320
_LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
_FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX)


def page(random: Generator) -> Grey:
    """Return a page of words, dark on light or light on dark."""
    sheet = np.full(_shape(random), 245, np.uint8)
    size, font = random.uniform(0.3, 0.9), _FONTS[int(random.integers(len(_FONTS)))]
    for line in range(round(30 * size), sheet.shape[0] - 10, round(26 * size) + int(random.integers(4, 12))):
        words = " ".join("".join(random.choice(_LETTERS, random.integers(1, 10))) for _ in range(12))
        if random.random() < 0.9:
            cv2.putText(sheet, words[: int(random.integers(20, 60))], (12, line), font, size, 30, 1, cv2.LINE_AA)
    return _either(sheet, random)


def chart(random: Generator) -> Grey:
    """Return axes with bars or curves."""
    sheet = np.full(_shape(random), 255, np.uint8)
    rows, columns = sheet.shape
    cv2.line(sheet, (30, 10), (30, rows - 30), 0, 2)
    cv2.line(sheet, (30, rows - 30), (columns - 10, rows - 30), 0, 2)
    across = np.linspace(35, columns - 20, int(random.integers(4, 14)))
    for _ in range(int(random.integers(1, 4))):
        heights = random.uniform(20, rows - 40, len(across))
        shade = int(random.integers(0, 160))
        if random.random() < 0.5:
            for x, y in zip(across, heights, strict=True):
                cv2.rectangle(sheet, (int(x), int(y)), (int(x) + 12, rows - 31), shade, -1)
        else:
            points = np.stack([across, heights], axis=1).astype(np.int32)
            cv2.polylines(sheet, [points], False, shade, int(random.integers(1, 4)), cv2.LINE_AA)
    return _either(sheet, random)


def shapes(random: Generator) -> Grey:
    """Return ellipses, boxes and lines, now and then the same on both sides, as a face or a pair of anything is."""
    sheet = np.full(_shape(random), int(random.integers(0, 256)), np.uint8)
    rows, columns = sheet.shape
    for _ in range(int(random.integers(2, 14))):
        at = int(random.integers(0, columns)), int(random.integers(0, rows))
        half = int(random.integers(5, columns // 3)), int(random.integers(5, rows // 3))
        shade, thick = int(random.integers(0, 256)), int(random.choice([-1, -1, 2, 6]))
        if random.random() < 0.7:
            cv2.ellipse(sheet, at, half, float(random.uniform(0, 180)), 0, 360, shade, thick, cv2.LINE_AA)
        else:
            cv2.rectangle(sheet, at, (at[0] + half[0], at[1] + half[1]), shade, thick)
    if random.random() < 0.5:
        sheet = np.concatenate([sheet[:, : columns // 2], sheet[:, : columns // 2][:, ::-1]], axis=1)
    return np.asarray(cv2.GaussianBlur(sheet, (0, 0), random.uniform(0.3, 6)), np.uint8)


def pattern(random: Generator) -> Grey:
    """Return a test pattern after SMPTE RP 133: patches, insets, bars and a grid on grey."""
    sheet = np.full((SIDE, SIDE), int(random.integers(60, 190)), np.uint8)
    cell = int(random.choice([16, 20, 32, 40]))
    if random.random() < 0.8:
        sheet[::cell], sheet[:, ::cell] = 190, 190
    for place, shade in enumerate(np.linspace(0, 255, SIDE // cell - 2)):
        sheet[SIDE // 2 : SIDE // 2 + cell, (1 + place) * cell : (2 + place) * cell] = shade
    for _ in range(int(random.integers(2, 8))):
        top, left = random.integers(0, SIDE - 2 * cell, 2)
        wave = np.arange(2 * cell) // int(random.integers(1, 5)) % 2 * 255
        sheet[top : top + 2 * cell, left : left + 2 * cell] = wave[None] if random.random() < 0.5 else wave[:, None]
    if random.random() < 0.5:
        sheet[:3], sheet[-3:], sheet[:, :3], sheet[:, -3:] = 255, 255, 255, 255
    return _either(sheet, random)


def board(random: Generator) -> Grey:
    """Return a chequered board or stripes of any width."""
    period = random.uniform(4, 60, 2)
    rows, columns = np.indices(_shape(random))
    down, across = rows // period[0] % 2, columns // period[1] % 2
    return stretched(across if random.random() < 0.4 else (down + across) % 2)


def gradient(random: Generator) -> Grey:
    """Return a smooth passage of greys: a ramp, a bowl, or a few hills."""
    shape = _shape(random)
    coarse = random.uniform(0, 1, (int(random.integers(2, 5)), int(random.integers(2, 5)))).astype(np.float32)
    return stretched(cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC))


def clouds(random: Generator) -> Grey:
    """Return noise whose power falls with frequency, from white to the power of nature's pictures and softer."""
    shape = _shape(random)
    down, across = np.fft.fftfreq(shape[0])[:, None], np.fft.fftfreq(shape[1])[None]
    frequency = np.sqrt(down**2 + across**2) + 1 / max(shape)
    spectrum = np.fft.fft2(random.standard_normal(shape)) * frequency ** -random.uniform(0, 2.2)
    values: NDArray[np.float64] = np.fft.ifft2(spectrum).real
    low, high = np.percentile(values, (0.5, 99.5))
    return stretched(np.clip(values, low, high))


KINDS: dict[str, Callable[[Generator], Grey]] = {
    "page": page,
    "chart": chart,
    "shapes": shapes,
    "pattern": pattern,
    "board": board,
    "gradient": gradient,
    "clouds": clouds,
}
"""What is drawn, by name."""


def _shape(random: Generator) -> tuple[int, int]:
    """Return rows and columns of a sheet between 3 : 4 and 4 : 3."""
    short = round(SIDE * random.uniform(0.75, 1.0))
    return (SIDE, short) if random.random() < 0.5 else (short, SIDE)


def _either(sheet: Grey, random: Generator) -> Grey:
    return 255 - sheet if random.random() < 0.4 else sheet
