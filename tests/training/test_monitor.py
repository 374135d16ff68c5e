"""The look at validation films: a network that knows the truth scores full marks, one that knows nothing does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from drawn_films import write_row

from model.net.architecture import Architecture, Network
from training import monitor, store
from training.monitor import Answers

SIZE = 64


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> store.Store:
    root: Path = tmp_path_factory.mktemp("films")
    return store.build(root, [write_row(root, number) for number in range(18)], 80, None, lambda share: None)


def truth(films: store.Store) -> Answers:
    pixels = np.zeros((len(films.rows), 3, 16, 16), dtype=np.float32)
    for index, plane in enumerate(films.plane):
        for channel, bit in ((0, store.LUNGS), (1, store.OPACITY)):
            mask = ((plane & bit) > 0).astype(np.float32)
            pixels[index, channel] = torch.nn.functional.interpolate(
                torch.from_numpy(mask)[None, None], size=(16, 16), mode="area"
            )[0, 0]
    extent = pixels[:, 1].sum((1, 2)) / pixels[:, 0].sum((1, 2))
    covid = np.array([bool(row.covid) for row in films.rows], dtype=np.float32)
    return Answers(pixels, np.stack([extent, covid], axis=1), extent)


def test_the_truth_scores_full_marks(films: store.Store) -> None:
    values = monitor.summarise(truth(films), films, SIZE)
    assert values["dice_lungs"] > 0.93
    assert values["dice_opacity"] > 0.85
    assert values["auc_opacity"] == values["auc_covid"] == 1.0
    assert "auc_opacity_children" not in values


def test_children_are_counted_apart(films: store.Store) -> None:
    grown = replace(films, rows=tuple(replace(row, adult=False) for row in films.rows))
    values = monitor.summarise(truth(films), grown, SIZE)
    assert values["auc_opacity_children"] == 1.0
    assert "auc_opacity" not in values


def test_every_film_is_answered_in_order(films: store.Store) -> None:
    torch.manual_seed(0)
    network = Network(Architecture(widths=(4, 4, 8, 8, 8), decoder=(8, 8))).train()
    answers = monitor.answer(network, films, SIZE, lambda: torch.autocast("cpu", enabled=False))
    assert network.training
    assert answers.pixels.shape == (18, 3, 16, 16)
    images = torch.cat(list(monitor.whole_films(films, SIZE, 1)))
    assert images.shape == (18, 1, SIZE, SIZE)
    with torch.inference_mode():
        alone = network.eval()(images[17:])
    np.testing.assert_allclose(answers.findings[17], alone.findings[0].numpy(), atol=1e-5)
