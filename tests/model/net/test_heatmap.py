"""Heat maps: exact sums, the exact class map, and cells that lie where they should on films of any shape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from chests import draw_chest
from tiny_model import tiny_card

from model.card import MapScale
from model.findings.calibration import Calibration
from model.findings.prediction import Grid
from model.net import heatmap
from model.net.architecture import FINDINGS, Architecture, Network
from model.net.device import cpu
from model.net.predictor import Predictor
from model.net.preprocess import prepare
from model.net.reading import Reading

LAYER = torch.tensor([[[2.0, -1.0]], [[-0.5, -1.0]], [[1.0, 3.0]]])


@pytest.mark.parametrize(
    ("reduction", "expected"), [("literal", [2.5, 1.0]), ("positive", [3.0, 3.0]), ("absolute", [3.5, 5.0])]
)
def test_the_three_sums(reduction: heatmap.Reduction, expected: list[float]) -> None:
    np.testing.assert_array_equal(heatmap.layer_sum(LAYER, reduction), [expected])


@pytest.mark.parametrize("finding", FINDINGS)
@pytest.mark.parametrize("shape", [(400, 300), (256, 611)])
def test_the_pooled_class_map_is_the_answer(finding: str, shape: tuple[int, int]) -> None:
    torch.manual_seed(3)
    network = Network(Architecture(widths=(4, 4, 4, 4, 4), decoder=(4, 4))).eval()
    torch.nn.init.normal_(network.evidence_head.convolution.weight)
    torch.nn.init.normal_(network.pixel_head.convolution.weight)
    reading = Predictor(network, tiny_card(), cpu()).read(draw_chest(*shape, spots=((200.0, 90.0),)))
    calibration = Calibration(1.7, -0.4, 0.3, 0.2, 0.4)
    lungs = reading.output.lungs[0, 0]
    values = heatmap.class_map(reading.output.evidence[0, FINDINGS.index(finding)], lungs, calibration)
    distance = float((values - calibration.threshold_log_odds).sum() / lungs.sum())
    answer = calibration.log_odds(reading.logit(finding))
    assert abs(reading.logit(finding)) > 1e-3
    assert distance == pytest.approx(answer - calibration.threshold_log_odds, abs=1e-5)


def test_outside_the_lungs_the_class_map_is_neutral() -> None:
    calibration = Calibration(1.0, 0.0, 0.3, 0.2, 0.4)
    evidence, lungs = torch.tensor([[5.0, 5.0]]), torch.tensor([[0.0, 1.0]])
    np.testing.assert_allclose(
        heatmap.class_map(evidence, lungs, calibration), [[calibration.threshold_log_odds, 5.0]], rtol=1e-6
    )


@pytest.mark.parametrize("shape", [(256, 256), (900, 300), (300, 900), (401, 337), (1023, 2047)])
@pytest.mark.parametrize("place", [(0.1, 0.9), (0.5, 0.5), (0.93, 0.08)])
@pytest.mark.parametrize("stride", [4, 8])
def test_a_hot_cell_lands_on_its_spot(shape: tuple[int, int], place: tuple[float, float], stride: int) -> None:
    film = draw_chest(*shape)
    prepared = prepare(film, 128)
    spot = (place[0] * film.rows, place[1] * film.columns)
    fine = prepared.grid
    row, column = (spot[0] - fine.row) / fine.cell_height, (spot[1] - fine.column) / fine.cell_width
    cells = np.zeros((128 // stride, 128 // stride), np.float32)
    cells[int(row // stride), int(column // stride)] = 1.0
    kept, grid = heatmap.crop(cells, heatmap.coarser(fine, stride), (film.rows, film.columns))
    i, j = np.unravel_index(int(kept.argmax()), kept.shape)
    assert kept.max() == 1.0
    assert 0 <= spot[0] - (grid.row + i * grid.cell_height) <= grid.cell_height
    assert 0 <= spot[1] - (grid.column + j * grid.cell_width) <= grid.cell_width


@pytest.mark.parametrize("shape", [(900, 300), (300, 900), (401, 337)])
def test_no_cell_lies_wholly_on_padding(shape: tuple[int, int]) -> None:
    film = draw_chest(*shape)
    grid = heatmap.coarser(prepare(film, 128).grid, 8)
    kept, corner = heatmap.crop(np.zeros((16, 16), np.float32), grid, shape)
    assert not kept.flags.writeable
    for start, step, count, length in (
        (corner.row, corner.cell_height, kept.shape[0], shape[0]),
        (corner.column, corner.cell_width, kept.shape[1], shape[1]),
    ):
        assert -step < start <= 1e-6
        assert length - 1e-6 <= start + count * step < length + step


def test_cropping_an_exact_grid_takes_nothing_away() -> None:
    grid = Grid(0.0, 0.0, 10 / 3, 10 / 3)
    kept, corner = heatmap.crop(np.ones((3, 3), np.float32), grid, (10, 10))
    assert kept.shape == (3, 3)
    assert corner == grid


@pytest.mark.parametrize("shape", [(256, 256), (700, 300), (300, 700)])
@pytest.mark.parametrize("kind", ["intensity", "smoothed", "class", "opacity"])
def test_a_bright_spot_is_hot_in_every_map(shape: tuple[int, int], kind: str, predictor: Predictor) -> None:
    spot = (0.47 * shape[0], 0.31 * shape[1])
    with_spot, without = (
        _cells(predictor, predictor.read(draw_chest(*shape, spots=spots)), kind) for spots in ((spot,), ())
    )
    change = with_spot[0] - without[0]
    i, j = np.unravel_index(int(change.argmax()), change.shape)
    grid = with_spot[1]
    radius = 0.06 * min(shape)
    assert abs(grid.row + (i + 0.5) * grid.cell_height - spot[0]) <= radius + grid.cell_height
    assert abs(grid.column + (j + 0.5) * grid.cell_width - spot[1]) <= radius + grid.cell_width


def _cells(predictor: Predictor, reading: Reading, kind: str) -> tuple[np.ndarray, Grid]:
    scale = next(scale for scale in predictor.card.maps if scale.kind == kind)
    if scale.reduction is not None:
        scale = MapScale(scale.kind, None, 0.0, 1.0, None, "literal")
        brightness = reading.output.layer19[:, 1:]
        reading = Reading(reading.film, reading.prepared, reading.output._replace(layer19=brightness))
    return reading.cells(scale, predictor.card)


def test_the_lungs_map_leaves_stray_pieces_out(predictor: Predictor) -> None:
    film = draw_chest(400, 300)
    pixels = film.pixels.copy()
    pixels[10:30, 10:30] = 400
    reading = predictor.read(replace(film, pixels=pixels))
    scale = predictor.card.scale_of("lungs", None)
    values, grid = reading.cells(scale, predictor.card)
    assert reading.pixels("lungs")[: round(30 / grid.cell_height), : round(60 / grid.cell_width)].max() > 0.5
    assert values[: round(30 / grid.cell_height), : round(30 / grid.cell_width)].max() < 0.5
    plain, _ = predictor.read(film).cells(scale, predictor.card)
    assert ((values > 0.5).sum()) == pytest.approx((plain > 0.5).sum(), rel=0.1)
