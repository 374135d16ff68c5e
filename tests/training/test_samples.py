"""Batches: the same step gives the same batch, sources are balanced, and nothing is taught that is not known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from drawn_films import write_row, write_rows

from model.net.architecture import PIXEL_CLASSES
from training import samples, store
from training.ahead import Ahead
from training.config import Config, Mixing, load
from training.datasets.row import Row
from training.samples import Sampler

LUNGS, OPACITY, HEART = (PIXEL_CLASSES.index(name) for name in ("lungs", "opacity", "heart"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> store.Store:
    root = tmp_path_factory.mktemp("films")
    return store.build(root, write_rows(root, 24), 80, None, lambda share: None)


@pytest.fixture
def config() -> Config:
    return load("tiny", ["batch=9", "seed=5"])


def test_a_step_always_gives_the_same_batch(drawn: store.Store, config: Config) -> None:
    first, again = Sampler(drawn, config).batch(7), Sampler(drawn, config).batch(7)
    other = Sampler(drawn, config).batch(8)
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert first.image.shape != other.image.shape or not torch.equal(first.image, other.image)


def test_shapes_and_ranges(drawn: store.Store, config: Config) -> None:
    batch = Sampler(drawn, config).batch(0)
    count = len(batch.image)
    assert batch.image.shape == (count, 1, 64, 64)
    assert batch.pixels.shape == batch.pixel_weight.shape == (count, 3, 16, 16)
    assert batch.findings.shape == batch.finding_weight.shape == (count, 2)
    assert batch.image.dtype == torch.float32
    assert batch.pixels.min() >= 0
    assert batch.pixels.max() <= 1


def test_lungs_only_copies_know_their_twin(drawn: store.Store, config: Config) -> None:
    batch = next(b for b in (Sampler(drawn, config).batch(step) for step in range(20)) if (b.twin >= 0).any())
    for copy in torch.nonzero(batch.twin >= 0).flatten():
        whole = batch.twin[copy]
        assert torch.equal(batch.pixels[copy, OPACITY], batch.pixels[whole, OPACITY])
        assert torch.equal(batch.findings[copy], batch.findings[whole])
        black = [(batch.image[place] == batch.image[place].min()).float().mean() for place in (copy, whole)]
        assert black[0] > black[1]


def test_without_lungs_the_answer_is_no(drawn: store.Store, config: Config) -> None:
    sampler = Sampler(drawn, replace(config, mixing=Mixing(lungs_only=0.0, lungs_out=1.0)))
    known = 0
    for step in range(5):
        batch = sampler.batch(step)
        out = batch.finding_weight.sum(1) == 2
        known += int(out.sum())
        gone = out & (batch.pixel_weight[:, LUNGS].amax((1, 2)) == 0)
        assert (batch.findings[gone] == 0).all()
        assert (batch.pixels[gone, OPACITY] == 0).all()
    assert known > 0


def test_what_is_not_known_weighs_nothing(drawn: store.Store, config: Config) -> None:
    plain = replace(config, mixing=Mixing(0.0, 0.0, ()))
    sampler = Sampler(drawn, plain)
    weights = [sampler._pixels(index, drawn.plane[index], "whole")[1] for index in range(len(drawn.rows))]
    for row, weight in zip(drawn.rows, weights, strict=True):
        assert (weight[LUNGS].max() > 0) == ("lungs" in row.masked)
        assert (weight[OPACITY].max() > 0) == ("opacity" in row.masked or row.boxed or row.opacity is False)
        assert weight[HEART].max() == 0
        if row.boxes:
            assert weight[OPACITY].min() < weight[OPACITY].max() == 1


def test_sources_with_one_answer_teach_no_covid(tmp_path: Path) -> None:
    both = [write_row(tmp_path, number, "plain") for number in range(24)]
    positive = [replace(row, source="clinic", covid=True, opacity=True) for row in both]
    children = [replace(row, source="school", adult=False) for row in both]
    plan = samples.plan([*both, *positive, *children])
    covid = plan.teaches[:, 1]
    assert covid[:24].all()
    assert not covid[24:].any()
    assert plan.teaches[:, 0].all()


def test_no_film_is_drawn_far_more_often_than_others(tmp_path: Path) -> None:
    rows = write_rows(tmp_path, 60)
    rows.append(replace(rows[0], source="rare"))
    probability = samples.plan(rows).probability
    assert probability.sum() == pytest.approx(1)
    assert probability.max() * len(rows) < 5 / 0.8
    sizes = {name: sum(p for p, row in zip(probability, rows, strict=True) if row.source == name) for name in ("rare",)}
    assert sizes["rare"] > 1.5 / len(rows)


def test_clear_films_are_two_fifths_of_all(tmp_path: Path) -> None:
    rows = write_rows(tmp_path, 60)
    rows = [row for number, row in enumerate(rows) if row.opacity or number < 20]
    probability = samples.plan(rows).probability
    clear = np.array([not row.opacity for row in rows])
    assert clear.mean() < 0.3
    assert probability[clear].sum() == pytest.approx(0.4, abs=0.03)


def test_only_frontal_films_with_something_to_say_are_used(tmp_path: Path) -> None:
    row = write_row(tmp_path, 0, "plain")
    silent: Row = replace(row, opacity=None)
    assert samples.usable([row, silent, replace(row, frontal=False)]) == [row]


def test_marked_lungs_are_taught_softly(tmp_path: Path, config: Config) -> None:
    built = store.build(tmp_path, [write_row(tmp_path, 1, "plain")], 80, None, lambda share: None)
    half = np.zeros((20, 20), dtype=np.float32)
    half[:, :10] = 1
    built.mark(0, half)
    batch = Sampler(built, config).batch(0)
    whole = [place for place in range(len(batch.image)) if batch.pixel_weight[place, LUNGS].max() > 0]
    assert whole
    assert batch.pixel_weight[whole, LUNGS].max() == pytest.approx(config.weights.marked_lungs)
    assert 0.2 < batch.pixels[whole, LUNGS].mean() < 0.8


def test_batches_come_in_order_and_errors_come_through(drawn: store.Store, config: Config) -> None:
    sampler = Sampler(drawn, config)
    ahead = Ahead(sampler, 3, 6)
    stream = iter(ahead)
    for step in (3, 4, 5):
        assert torch.equal(next(stream).image, sampler.batch(step).image)
    ahead.close()
    broken = Sampler(replace(drawn, grey=drawn.grey[:0]), config)
    ahead = Ahead(broken, 0, 2)
    with pytest.raises(IndexError):
        next(iter(ahead))
    ahead.close()
