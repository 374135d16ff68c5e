"""The phantom's exposure: the truth it comes with must be what the picture shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from phantoms import Pose, phantom_projection, phantom_truth

from training.phantom import DEMONSTRATION, Exposure, Phantom, Projection, project
from training.phantom.crossing import areal_density
from training.phantom.geometry import RayGrid, beam
from training.phantom.tubes import chain

SMALL = Exposure(128, 128, 3.15)


def density(projection: Projection) -> np.ndarray:
    return -np.log(projection.intensity)


def test_same_arguments_give_same_pixels():
    first, second = project(DEMONSTRATION, SMALL), project(DEMONSTRATION, SMALL)
    assert np.array_equal(first.intensity, second.intensity)


def test_another_seed_gives_another_noise_of_the_same_person():
    first, second = project(Phantom(), SMALL), project(Phantom(), replace(SMALL, seed=2))
    difference = (first.intensity - second.intensity)[first.truth.lungs]
    assert 0 < difference.std() < 0.05 * first.intensity[first.truth.lungs].mean()


@pytest.mark.parametrize("index", range(len(DEMONSTRATION.opacities)))
def test_every_opacity_brightens_its_mask_and_nothing_else(index):
    with_all, without = phantom_projection(), phantom_projection(Pose(opacities=False))
    rise = density(with_all) - density(without)
    truth = with_all.truth.opacities[index]
    assert rise[truth.mask].mean() > 0.08
    assert abs(rise[~with_all.truth.opacity & with_all.truth.lungs].mean()) < 0.02


def test_rise_follows_the_density_that_was_added():
    with_all, without = phantom_projection(), phantom_projection(Pose(opacities=False))
    truth = with_all.truth.opacities[0]
    rise = (density(with_all) - density(without))[truth.mask & with_all.truth.lungs]
    expected = 0.195 * truth.added[truth.mask & with_all.truth.lungs]
    assert rise.mean() == pytest.approx(expected.mean(), rel=0.25)


def test_boxes_bound_their_masks_in_edge_coordinates():
    for one in phantom_truth().opacities:
        rows, columns = np.nonzero(one.mask)
        assert (one.box.row, one.box.column) == (rows.min(), columns.min())
        assert (one.box.row + one.box.height, one.box.column + one.box.width) == (rows.max() + 1, columns.max() + 1)


def test_opacities_lie_where_they_were_put():
    projection = phantom_projection()
    size, spacing = projection.exposure.columns, projection.exposure.spacing_mm
    rays = beam("PA")
    for one in projection.truth.opacities:
        enlargement = rays.magnification_at(one.opacity.y)
        column = size / 2 + one.opacity.x * enlargement / spacing
        row = size / 2 + (rays.centre[2] - one.opacity.z) * enlargement / spacing
        assert one.box.column < column < one.box.column + one.box.width
        assert one.box.row < row < one.box.row + one.box.height


def test_lungs_are_dark_and_on_both_sides_and_the_heart_on_the_left():
    projection = phantom_projection(Pose(opacities=False))
    truth, shown = projection.truth, density(projection)
    middle = projection.exposure.columns // 2
    assert shown[truth.lungs].mean() < shown[truth.heart].mean() - 0.8
    right, left = truth.lungs[:, :middle].sum(), truth.lungs[:, middle:].sum()
    assert 0.65 < left / right < 1.0
    assert truth.heart[:, middle:].sum() > 1.5 * truth.heart[:, :middle].sum()


def test_widths_in_mm_do_not_depend_on_the_pixels():
    coarse, fine = phantom_truth(Pose(size=192)), phantom_truth()
    pitch = sum(phantom_projection(pose).exposure.spacing_mm for pose in (Pose(size=192), Pose()))
    assert coarse.thoracic_width_mm == pytest.approx(fine.thoracic_width_mm, abs=pitch)
    assert coarse.cardiac_width_mm == pytest.approx(fine.cardiac_width_mm, abs=pitch)
    assert 0.4 < fine.cardiac_width_mm / fine.thoracic_width_mm < 0.5


def test_a_child_is_a_smaller_person_with_the_same_proportions():
    adult, child = phantom_truth(), phantom_truth(Pose(scale=0.5))
    assert child.thoracic_width_mm == pytest.approx(adult.thoracic_width_mm / 2, rel=0.05)


def test_a_rod_of_known_width_is_that_wide_on_the_film():
    grid, rays = RayGrid(200, 200, 0.5), beam("PA")
    ends = np.array([[0.0, 0.0, -40.0], [0.0, 0.0, 20.0]])
    rod = chain(ends, np.full((2, 2), 15.0), np.array([0.0, 1.0, 0.0]), 1.0)
    shadow = areal_density(rod, rays, grid)
    width_mm = np.count_nonzero(shadow[100] > 0) * grid.spacing_mm / rays.magnification
    assert width_mm == pytest.approx(30.0, abs=grid.spacing_mm)
    assert shadow.max() == pytest.approx(3.0, rel=0.01)


def test_a_long_tube_has_no_gaps_between_its_pieces():
    grid, rays = RayGrid(300, 60, 1.0), beam("PA")
    z = np.linspace(-220, 220, 80)
    tube = chain(np.stack([0 * z, 0 * z, z], axis=1), np.full((80, 2), 50.0), np.array([0.0, 1.0, 0.0]), 1.0)
    middle = areal_density(tube, rays, grid)[:, 30]
    assert middle == pytest.approx(10.0, rel=0.02)


def test_whole_lungs_reach_behind_the_heart_and_hold_the_visible_ones():
    truth = phantom_truth()
    assert not (truth.lungs & ~truth.lungs_whole).any()
    assert (truth.lungs_whole & truth.heart).sum() > 0.3 * truth.heart.sum()
    assert not (truth.lungs & truth.heart).sum() > 0.02 * truth.heart.sum()
