"""Teaching views: drawn films of every kind are told apart, spoilt films are what they are called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from chests import draw_chest
from PIL import Image
from tiny_model import tiny_card, tiny_network
from training_rows import make_row

from model.net.device import cpu
from model.net.predictor import Predictor
from model.net.view import describe
from training import lessons, views
from training.datasets.row import Row


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """Draw 48 frontal films, and four of every other view: one lung, a ring, a chest with a broad heart."""
    root = tmp_path_factory.mktemp("views")
    rows = []
    for number in range(48):
        film = draw_chest(300 + number, 280, spots=((100.0 + 2 * number, 84.0),) if number % 2 else ())
        Image.fromarray(film.pixels).save(root / f"{number}.png")
        rows.append(make_row(f"{number}.png"))
    for number in range(4):
        plain = draw_chest(300 + number, 280).pixels.copy()
        kinds = {"lateral": plain.copy(), "ct": 4000 - plain, "child": plain.copy()}
        kinds["lateral"][:, 140:] = 2000
        kinds["ct"][100:200] = 500
        kinds["child"][150:, :] = 3500
        for kind, pixels in kinds.items():
            Image.fromarray(pixels.astype(np.uint16)).save(root / f"{kind}{number}.png")
        rows.append(make_row(f"lateral{number}.png", frontal=False, view="L"))
        rows.append(make_row(f"ct{number}.png", frontal=False, view="CT"))
        rows.append(make_row(f"child{number}.png", adult=False))
    return root, rows


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor(tiny_network(), tiny_card(), cpu())


@pytest.fixture(scope="module")
def notes(drawn: tuple[Path, list[Row]], predictor: Predictor) -> views.Notes:
    return views.take(predictor, *drawn)


def test_views_are_told_apart(notes: views.Notes, predictor: Predictor) -> None:
    head = views.teach(notes)
    film = draw_chest(311, 280)
    said = head.probabilities(describe(predictor.read(film)))
    # The drawn chests are nearly the same upside down, so that half a turn cannot be told.
    assert max((view for view in said if view != "turned_180"), key=lambda view: said[view]) == "frontal"
    for view in ("inverted", "turned_90", "turned_270"):
        other = head.probabilities(describe(predictor.read(lessons.spoil(film, view))))
        assert other["frontal"] < said["frontal"]
    assert np.array_equal(head.weight, views.teach(notes).weight)


def test_notes_hold_every_lesson(notes: views.Notes, drawn: tuple[Path, list[Row]]) -> None:
    assert notes.absent == []
    assert notes.described.shape[0] == len(notes.shapes) == len(notes.kinds) == len(notes.groups)
    assert notes.showing("frontal").sum() == 48 + 24
    assert set(notes.kinds[notes.groups == ""]) == {"limbs", "drawings", "photographs"}


def test_a_view_without_films_is_named_and_never_told(notes: views.Notes) -> None:
    kept = ~notes.showing("child")
    head = views.teach(notes, kept)
    assert all(head.probabilities(row.astype(np.float32))["child"] < 1e-9 for row in notes.described)
    fewer = replace(notes, **{name: getattr(notes, name)[kept] for name in ("views", "described", "kinds", "groups")})
    assert fewer.absent == ["child"]


def test_without_frontal_films_nothing_is_taught(notes: views.Notes) -> None:
    with pytest.raises(views.ViewError, match="go by lungs alone"):
        views.teach(notes, ~notes.showing("frontal"))
