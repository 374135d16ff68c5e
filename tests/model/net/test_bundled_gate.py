"""The bundled gate on every kind of picture it must know: drawn, computed, shipped, and real where there are any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from phantoms import Pose, phantom_film
from unfit_films import UNFIT

from model.film import open_film
from model.film.film import Film
from model.net.predictor import Predictor
from model.net.preprocess import display_grey
from training.datasets import coronahack, covid_chestxray, nih
from training.datasets.row import Row
from training.negatives import drawn, limbs, shipped
from training.negatives.photographed import photographed
from training.negatives.picture import as_film


@pytest.fixture(scope="module")
def bundled() -> Predictor:
    return Predictor.load(device="cpu")


def _code(bundled: Predictor, film: Film) -> str:
    refusal = bundled.predict(film).refusal
    return "" if refusal is None else refusal.code


@pytest.mark.parametrize("pose", [Pose(), Pose(opacities=False), Pose(view="AP")], ids=["sick", "healthy", "AP"])
def test_the_phantom_is_let_in(bundled: Predictor, pose: Pose) -> None:
    assert _code(bundled, phantom_film(pose)) == ""


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("lateral", {"lateral"}),
        ("inverted", {"inverted"}),
        ("upside down", {"rotated"}),
        ("lying", {"rotated"}),
        ("blank", {"blank"}),
        ("noise", {"blank"}),
        ("smpte", {"photograph", "not_chest"}),
        ("limb", {"not_chest", "photograph"}),
        ("abdomen", {"not_chest", "photograph"}),
    ],
)
def test_unfit_films_are_refused_with_their_reason(bundled: Predictor, name: str, codes: set[str]) -> None:
    assert _code(bundled, UNFIT[name]()) in codes


def test_a_small_film_is_refused(bundled: Predictor) -> None:
    assert _code(bundled, phantom_film(Pose(size=128))) == "too_small"


@pytest.mark.parametrize("kind", drawn.KINDS)
def test_drawings_are_refused(bundled: Predictor, kind: str) -> None:
    """Seeds that taught nothing: the lessons draw all their drawings from one stream."""
    random = np.random.default_rng(1234)
    codes = [_code(bundled, as_film(drawn.KINDS[kind](random))) for _ in range(4)]
    assert all(codes), codes


def test_limbs_are_refused(bundled: Predictor) -> None:
    random = np.random.default_rng(4321)
    codes = Counter(_code(bundled, as_film(limbs.limb(random))) for _ in range(20))
    assert codes[""] <= 1, codes
    assert codes["not_chest"] > 10, codes


def test_shipped_photographs_are_refused_and_called_so(bundled: Predictor) -> None:
    codes = Counter(_code(bundled, film) for films in shipped.photographs().values() for film in films)
    assert codes[""] == 0, codes
    assert codes["photograph"] + codes["too_small"] > 0.8 * codes.total(), codes


def test_a_photographed_film_is_refused(bundled: Predictor) -> None:
    grey = display_grey(phantom_film(Pose()), 320, 320)
    codes = [_code(bundled, as_film(photographed(grey, np.random.default_rng(seed)))) for seed in range(10)]
    assert sum(code == "" for code in codes) <= 1, codes


def _real(root: Path, rows: Sequence[Row], keep: Callable[[Row], bool], step: int) -> list[Film]:
    return [open_film(root / row.path) for row in [row for row in rows if keep(row)][::step]]


def test_real_laterals_and_slices_are_refused(bundled: Predictor, shared_data: Path) -> None:
    rows, _ = covid_chestxray.read(shared_data)
    for view, step, code in (("L", 3, "lateral"), ("CT", 4, "cross_section")):
        films = _real(shared_data, rows, lambda row, view=view: row.view == view, step)
        codes = Counter(_code(bundled, film) for film in films)
        assert codes[""] <= 1, codes
        assert codes[code] >= 0.7 * len(films), codes


def test_real_children_are_mostly_refused_and_adults_are_let_in(bundled: Predictor, shared_data: Path) -> None:
    rows, _ = coronahack.read(shared_data)
    children = [_code(bundled, film) for film in _real(shared_data, rows, lambda row: True, 40)]
    assert children.count("child") >= 0.8 * len(children), children
    rows, _ = nih.read(shared_data)
    adults = [_code(bundled, film) for film in _real(shared_data, rows, lambda row: row.adult is True, 30)]
    assert sum(map(bool, adults)) <= 0.07 * len(adults), adults
