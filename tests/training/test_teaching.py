"""What teachers say is learned where nobody drew, lies where it belongs, and survives a resume to the bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from drawn_films import write_row, write_rows

from model.net.architecture import PIXEL_CLASSES
from training import checkpoint as keeping
from training import fit, machine, samples, store, teaching
from training.config import Augmentation, Config, load
from training.samples import Sampler
from training.store import Store

LUNGS, OPACITY, HEART = (PIXEL_CLASSES.index(name) for name in ("lungs", "opacity", "heart"))
STILL = Augmentation(**dict.fromkeys(Augmentation.__dataclass_fields__, 0.0))


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Store:
    root = tmp_path_factory.mktemp("films")
    return store.build(root, write_rows(root, 12), 80)


@pytest.fixture(scope="module")
def teacher(films: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teacher")
    fit.Run(load("tiny"), films, None, folder).go()
    return folder


def with_answers(films: Store, value: int) -> Store:
    said = np.zeros((len(films.rows), 20, 20, 3), np.uint8)
    said[:, :10] = value
    return replace(films, taught=said)


def settings(*more: str) -> Config:
    return replace(load("tiny", ["mixing.lungs_only=0", "mixing.lungs_out=0", *more]), augmentation=STILL)


def first_of(films: Store, kind: str, opaque: bool) -> Store:
    index = next(i for i, row in enumerate(films.rows) if row.source == f"drawn-{kind}" and row.opacity is opaque)
    parts = {name: getattr(films, name)[index : index + 1] for name in ("grey", "plane", "lungs_known", "marked")}
    return replace(films, rows=(films.rows[index],), taught=films.taught[index : index + 1], **parts)


def test_where_nobody_drew_the_teachers_are_heard(films: Store) -> None:
    batch = Sampler(first_of(with_answers(films, 255), "plain", True), settings()).batch(0)
    for channel in (LUNGS, OPACITY, HEART):
        assert batch.pixels[:, channel, :8].mean() > 0.95
        assert batch.pixels[:, channel, 9:].max() < 0.05
        assert (batch.pixel_weight[:, channel] == 0.5).all()
    assert not batch.masked.any()


def test_what_people_drew_stays(films: Store) -> None:
    plain, heard = films, with_answers(films, 255)
    for kind, opaque in (("masked", True), ("masked", False), ("plain", False)):
        before = Sampler(first_of(with_answers(plain, 0), kind, opaque), settings()).batch(0)
        after = Sampler(first_of(heard, kind, opaque), settings()).batch(0)
        assert torch.equal(before.pixels[:, OPACITY], after.pixels[:, OPACITY])
        assert torch.equal(before.pixel_weight[:, OPACITY], after.pixel_weight[:, OPACITY])


def test_a_box_is_softened_but_never_denied(films: Store) -> None:
    doubted = Sampler(first_of(with_answers(films, 0), "boxed", True), settings()).batch(0)
    believed = Sampler(
        first_of(replace(films, taught=np.full((12, 20, 20, 3), 255, np.uint8)), "boxed", True), settings()
    )
    sure = believed.batch(0).pixels[:, OPACITY]
    assert torch.allclose(doubted.pixels[:, OPACITY], sure / 2)
    assert sure.max() == 1


def test_unlabelled_films_join_only_with_teachers(tmp_path: Path) -> None:
    unlabelled = replace(write_row(tmp_path, 1, "plain"), opacity=None)
    assert samples.usable([unlabelled]) == []
    assert samples.usable([unlabelled], taught=True) == [unlabelled]
    assert samples.usable([replace(unlabelled, frontal=False)], taught=True) == []


def test_teachers_answer_film_and_mirror_image_alike(films: Store, teacher: Path, tmp_path: Path) -> None:
    turned = replace(films, grey=np.ascontiguousarray(films.grey[:, :, ::-1]))
    cast = machine.precision_of("f32")
    straight = teaching.taught(films, [str(teacher)], tmp_path, cast).taught
    (tmp_path / "other").mkdir()
    mirrored = teaching.taught(turned, [str(teacher)], tmp_path / "other", cast).taught
    assert straight is not None
    assert mirrored is not None
    assert straight.std() > 0
    assert np.abs(straight.astype(int) - mirrored[:, :, ::-1].astype(int)).max() <= 1


def test_a_taught_run_begins_with_other_weights_and_resumes_to_the_bit(
    films: Store, teacher: Path, tmp_path: Path
) -> None:
    config = load("tiny", [f'teachers=["{teacher}"]', f'start="{teacher}"', "rate=0", "weight_decay=0"])
    still = fit.Run(config, films, None, tmp_path / "still")
    still.go()
    began, ended = keeping.load(teacher).average, keeping.load(tmp_path / "still").network
    assert all(torch.equal(began[name], ended[name]) for name in began)

    config = load("tiny", [f'teachers=["{teacher}"]'])
    fit.Run(config, films, None, tmp_path / "through").go()
    folder = tmp_path / "cut"
    cut = fit.Run(config, films, None, folder, lambda report: (folder / fit.STOP_FILE).touch())
    assert not cut.go()
    (folder / fit.STOP_FILE).unlink()
    again = fit.Run(config, films, None, folder)
    again.resume(keeping.load(folder))
    assert again.go()
    through, resumed = keeping.load(tmp_path / "through").network, keeping.load(folder).network
    assert all(torch.equal(through[name], resumed[name]) for name in through)
