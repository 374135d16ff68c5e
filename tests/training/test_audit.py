"""The audit page: it counts what is there and shows films with what was drawn on them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from training_rows import make_row

from training import audit, sheets
from training.datasets.row import BoxPart, MaskPart
from training.manifest import Manifest


@pytest.fixture
def made(tmp_path: Path) -> Manifest:
    generator = np.random.default_rng(0)
    for number in range(16):
        cv2.imwrite(str(tmp_path / f"{number}.png"), generator.integers(0, 255, (40, 50)).astype(np.uint8))
    mask = np.zeros((40, 50), np.uint8)
    mask[10:20, 10:20] = 255
    cv2.imwrite(str(tmp_path / "m.png"), mask)
    part = MaskPart("m.png", "opacity", 0, 0, 40, 50, 40, 50)
    rows = [
        make_row(
            f"{n}.png",
            source="a" if n % 2 else "b",
            site=f"site {n % 4}",
            opacity=n % 4 < 2,
            covid=bool(n % 2),
            group=f"g{n // 2}",
            split="train" if n < 8 else "test",
            masked=("opacity",) if n == 0 else (),
            masks=(part,) if n == 0 else (),
            boxes=(BoxPart("lung_opacity", 0.25, 0.5, 0.25, 0.25),) if n == 1 else (),
        )
        for n in range(16)
    ]
    return Manifest(tmp_path, tuple(rows), (), (), 0)


def test_tables_count_what_is_there(made: Manifest) -> None:
    found = {table.title: table for table in audit.tables(made)}
    counts = [int(row[-1]) for row in found["Source, class and view"].rows]
    assert sum(counts) == 16
    assert found["Splits"].rows[0][:3] == ("train", "8", "4")
    alone = {(row[0], row[1]): row[3] for row in found["What labels alone give away"].rows}
    assert alone["COVID-19", "all sources"] == "1.00"


def test_the_page_shows_every_kind_of_film(made: Manifest) -> None:
    text = audit.page(made, films=4)
    assert text.count("<img") == 4 + 3
    assert "Masks drawn by radiologists" in text
    assert "Groups of copies" in text


def test_masks_and_boxes_are_drawn_where_they_lie(made: Manifest) -> None:
    masked = sheets.shown(made.root, made.rows[0], 100)
    red = np.argwhere((masked == sheets.SHADES["opacity"]).all(axis=2))
    assert red.min(axis=0) == pytest.approx([30, 20], abs=2)
    assert red.max(axis=0) == pytest.approx([49, 39], abs=2)
    boxed = sheets.shown(made.root, made.rows[1], 100)
    yellow = np.argwhere((boxed == sheets.BOX_SHADE).all(axis=2))
    assert yellow.min(axis=0) == pytest.approx([30, 50], abs=1)
    assert yellow.max(axis=0) == pytest.approx([50, 75], abs=1)
