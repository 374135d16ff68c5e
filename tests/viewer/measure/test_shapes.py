"""Shapes have the points they need, keep them when stored, and refuse what they are not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.measure.shapes import KINDS, POINTS, Measurement, from_record, to_record

points = st.tuples(st.floats(-10, 5000), st.floats(-10, 5000))


@st.composite
def measurements(draw) -> Measurement:
    kind = draw(st.sampled_from(KINDS))
    count = POINTS[kind] or draw(st.integers(3, 20))
    drawn = draw(st.lists(points, min_size=count, max_size=count))
    return Measurement(draw(st.text(min_size=1)), kind, tuple(drawn), draw(st.text()))


@given(measurements())
def test_what_is_stored_comes_back(measurement):
    assert from_record(json.loads(json.dumps(to_record(measurement)))) == measurement


@given(measurements(), st.integers(-100, 100), st.integers(-100, 100))
def test_moving_moves_every_point(measurement, rows, columns):
    moved = measurement.moved(rows, columns)
    assert [(r + rows, c + columns) for r, c in measurement.points] == list(moved.points)
    assert moved.id == measurement.id


def test_reshaping_moves_one_point():
    ruler = Measurement("a", "ruler", ((0, 0), (5, 5)))
    assert ruler.reshaped(1, (7, 8)).points == ((0, 0), (7, 8))


@pytest.mark.parametrize(("kind", "count"), [("ruler", 1), ("angle", 2), ("cobb", 5), ("freehand", 2)])
def test_a_shape_with_other_points_is_refused(kind, count):
    with pytest.raises(ValueError, match="points"):
        Measurement("a", kind, ((0.0, 0.0),) * count)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": "a", "kind": "circle", "points": [[0, 0]], "text": ""},
        {"id": "a", "kind": "text", "points": [["x", 0]], "text": ""},
        {"id": "a", "kind": "text", "points": 5, "text": ""},
    ],
)
def test_what_is_no_measurement_is_refused(record):
    with pytest.raises(ValueError, match="measurement"):
        from_record(record)
