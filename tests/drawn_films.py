"""Films drawn for tests of training: two dark ovals for lungs, a bright blob for opacity, and their masks."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.datasets.row import BoxPart, MaskPart, Row

ROWS, COLUMNS = 96, 80


def draw(number: int, opaque: bool) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return film, lung mask and opacity mask."""
    random = np.random.default_rng(number)
    film = np.full((ROWS, COLUMNS), 190, dtype=np.uint8)
    lungs = np.zeros_like(film)
    opacity = np.zeros_like(film)
    for column in (22, 57):
        centre = int(column + random.integers(-3, 4)), int(48 + random.integers(-5, 6))
        cv2.ellipse(lungs, centre, (13, 30), 0, 0, 360, 255, -1)
    film[lungs > 0] = 60
    if opaque:
        cv2.circle(opacity, (22, int(48 + random.integers(-12, 13))), 10, 255, -1)
        opacity &= lungs
        film[opacity > 0] = 130
    noise = random.normal(0, 6, film.shape)
    return np.clip(cv2.GaussianBlur(film, (0, 0), 1) + noise, 1, 255).astype(np.uint8), lungs, opacity


def write_row(root: Path, number: int, kind: str = "masked") -> Row:
    """Write one film below ``root``; ``kind`` is "masked", "boxed" or "plain"."""
    opaque, covid = number % 2 == 0, number % 4 == 0
    film, lungs, opacity = draw(number, opaque)
    cv2.imwrite(str(root / f"{number}.png"), film)
    masks: list[MaskPart] = []
    if kind == "masked":
        for name, mask in (("lungs", lungs), ("opacity", opacity)):
            cv2.imwrite(str(root / f"{number}-{name}.png"), mask)
            masks.append(MaskPart(f"{number}-{name}.png", name, 0, 0, ROWS, COLUMNS, ROWS, COLUMNS))  # type: ignore[arg-type]
    boxes: tuple[BoxPart, ...] = ()
    if kind == "boxed" and opaque:
        x, y, width, height = cv2.boundingRect(opacity)
        boxes = (BoxPart("lung_opacity", y / ROWS, x / COLUMNS, height / ROWS, width / COLUMNS),)
    return Row(
        path=f"{number}.png",
        source=f"drawn-{kind}",
        site="desk",
        patient=f"drawn:{number}",
        view="PA",
        frontal=True,
        adult=True,
        age=50.0,
        sex="F",
        opacity=opaque,
        covid=covid,
        label="drawn",
        masked=("lungs", "opacity") if kind == "masked" else (),
        masks=tuple(masks),
        boxed=kind == "boxed",
        boxes=boxes,
        group=f"drawn:{number}",
        split="train",
    )


def write_rows(root: Path, count: int) -> list[Row]:
    """Write ``count`` films of all kinds below ``root``."""
    kinds = ("masked", "masked", "boxed", "boxed", "plain", "plain")
    return [write_row(root, number, kinds[number % len(kinds)]) for number in range(count)]
