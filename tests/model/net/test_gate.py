"""The gate: what a header, the greys and the shape of the lungs exclude."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from chests import draw_chest
from tiny_model import STRICT_GATE
from unfit_films import UNFIT, blank, noise

from model.film.film import Description, Film
from model.net.gate import age_years, by_header, by_shape, measure


@pytest.mark.parametrize(
    ("description", "code"),
    [
        (Description(), None),
        (Description(view="PA", body_part="CHEST", age="054Y", modality="DX"), None),
        (Description(view="AP", body_part="PORT CHEST"), None),
        (Description(view="LL"), "lateral"),
        (Description(view="lateral"), "lateral"),
        (Description(body_part="HIP"), "not_chest"),
        (Description(age="015Y"), "child"),
        (Description(age="016Y"), None),
        (Description(age="018M"), "child"),
        (Description(age="unknown"), None),
        (Description(modality="CT", body_part="CHEST"), "cross_section"),
    ],
)
def test_headers(description: Description, code: str | None) -> None:
    refusal = by_header(draw_chest(description=description))
    assert (refusal.code if refusal else None) == code


def test_small_films() -> None:
    refusal = by_header(draw_chest(255, 400))
    assert refusal is not None
    assert refusal.code == "too_small"
    assert by_header(draw_chest(256, 256)) is None


@pytest.mark.parametrize("pixels", [np.zeros((300, 300), np.uint16), np.full((300, 300), 0.5, np.float32)])
def test_blank_films(pixels: np.ndarray) -> None:
    refusal = by_header(replace(draw_chest(), pixels=pixels))
    assert refusal is not None
    assert refusal.code == "blank"


def test_noise_of_a_few_greys_is_blank() -> None:
    noise = np.random.default_rng(0).integers(1000, 1006, (300, 300)).astype(np.uint16)
    refusal = by_header(replace(draw_chest(), pixels=noise))
    assert refusal is not None
    assert refusal.code == "blank"


@pytest.mark.parametrize("make", [blank, noise])
def test_noise_around_one_grey_is_blank(make: Callable[[], Film]) -> None:
    refusal = by_header(make())
    assert refusal is not None
    assert refusal.code == "blank"


@pytest.mark.parametrize("name", [name for name in UNFIT if name not in {"blank", "noise"}])
def test_whatever_shows_something_is_not_blank(name: str) -> None:
    refusal = by_header(UNFIT[name]())
    assert refusal is None or refusal.code != "blank"


@pytest.mark.parametrize(
    ("text", "years"), [("034Y", 34), ("018M", 1.5), ("010D", 10 / 365.25), ("", None), ("34", 34), ("34 Y", None)]
)
def test_ages(text: str, years: float | None) -> None:
    assert age_years(text) == (None if years is None else pytest.approx(years))


GREY = np.full((100, 100), 200, np.uint8)
INSIDE = np.ones((100, 100), np.bool_)


def _lungs(*parts: tuple[int, int, int, int]) -> np.ndarray:
    lungs = np.zeros((100, 100), np.float32)
    for top, left, bottom, right in parts:
        lungs[top:bottom, left:right] = 0.95
    return lungs


PAIR = _lungs((10, 10, 80, 40), (10, 60, 80, 90))


def _shape_of(lungs: np.ndarray, dark: int = 40):
    return measure(lungs, np.where(lungs > 0.5, dark, GREY).astype(np.uint8), INSIDE)


def test_a_pair_of_dark_lungs_is_measured_and_passes() -> None:
    shape = _shape_of(PAIR)
    assert shape.area == pytest.approx(0.42)
    assert shape.certainty == pytest.approx(0.95)
    assert shape.balance == 1.0
    assert shape.tallness == pytest.approx(70 / 30)
    assert shape.contrast > 1.5
    assert by_shape(shape, STRICT_GATE) is None


@pytest.mark.parametrize(
    "lungs",
    [
        _lungs(),
        _lungs((10, 10, 80, 40)),
        _lungs((10, 10, 20, 20), (10, 60, 20, 70)),
        _lungs((0, 0, 100, 49), (0, 51, 100, 100)),
        _lungs((10, 10, 80, 40), (10, 60, 30, 70)),
        PAIR.T,
        0.55 * PAIR / PAIR.max(),
    ],
    ids=["none", "one", "tiny", "all", "unequal", "one above the other", "unsure"],
)
def test_implausible_lungs_are_refused(lungs: np.ndarray) -> None:
    rule = replace(STRICT_GATE, certainty=0.7)
    refusal = by_shape(_shape_of(lungs), rule)
    assert refusal is not None
    assert refusal.code == "not_chest"


def test_lungs_brighter_than_the_body_are_refused() -> None:
    assert by_shape(_shape_of(PAIR, dark=250), STRICT_GATE) is not None
