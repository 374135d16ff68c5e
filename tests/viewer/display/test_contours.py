"""Outlines follow what the map marks, in film coordinates."""

import cv2
import numpy as np
import pytest
from greys import film_of
from predictions import prediction_for

from model.findings.prediction import Grid, HeatMap
from viewer.display.contours import outlines


def test_two_lungs_are_outlined_where_they_are() -> None:
    film = film_of(np.zeros((800, 1000), np.uint16))
    lungs = prediction_for(film).map_of("lungs")
    assert lungs is not None
    found = sorted(outlines(lungs), key=lambda outline: outline[:, 1].mean())
    assert len(found) == 2
    for outline, middle in zip(found, (280, 720), strict=True):
        np.testing.assert_allclose(outline.min(axis=0), [400 - 264, middle - 140], atol=6)
        np.testing.assert_allclose(outline.max(axis=0), [400 + 264, middle + 140], atol=6)
        area = cv2.contourArea(outline.astype(np.float32))
        assert area == pytest.approx(np.pi * 264 * 140, rel=0.03)


def test_outline_of_a_marked_half_reaches_the_edge() -> None:
    values = np.zeros((10, 10), np.float32)
    values[:, :5] = 1
    found = outlines(HeatMap("lungs", None, values, Grid(20, 30, 8, 4), 0, 1, 0.5))
    assert len(found) == 1
    np.testing.assert_allclose(found[0].min(axis=0), [20, 30], atol=0.7)
    np.testing.assert_allclose(found[0].max(axis=0), [100, 50], atol=0.7)


def test_specks_and_empty_maps_have_no_outline() -> None:
    values = np.zeros((10, 10), np.float32)
    assert outlines(HeatMap("lungs", None, values, Grid(0, 0, 1, 1), 0, 1, 0.5)) == ()
    values[4, 4] = 0.6
    assert outlines(HeatMap("lungs", None, values, Grid(0, 0, 1, 1), 0, 1, 0.5)) == ()


def test_map_without_threshold_needs_one() -> None:
    heat_map = HeatMap("intensity", None, np.ones((4, 4), np.float32), Grid(0, 0, 1, 1), 0, 1)
    with pytest.raises(ValueError, match="threshold"):
        outlines(heat_map)
    assert len(outlines(heat_map, 0.5)) == 1
