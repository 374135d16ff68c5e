import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.film.film import Spacing
from viewer.measure.calibration import calibrated
from viewer.measure.geometry import length
from viewer.measure.shapes import Measurement

places = st.tuples(st.floats(0, 3000), st.floats(0, 3000))
spacings = st.none() | st.builds(Spacing, st.floats(0.05, 1), st.floats(0.05, 1), st.just("detector"))


@given(places, places, st.floats(0.1, 500), spacings)
def test_the_line_then_has_the_length_it_was_told(start, end, millimetres, present):
    line = Measurement("a", "ruler", (start, end))
    if length(start, end, None).value < 10:
        with pytest.raises(ValueError, match="shorter"):
            calibrated(line, millimetres, present)
        return
    spacing = calibrated(line, millimetres, present)
    assert length(start, end, spacing).value == pytest.approx(millimetres)
    assert spacing.source == "hand"
    before = 1.0 if present is None else present.row_mm / present.column_mm
    assert spacing.row_mm / spacing.column_mm == pytest.approx(before)


@pytest.mark.parametrize("millimetres", [0.0, -1.0, math.nan, math.inf])
def test_what_is_no_length_is_refused(millimetres):
    with pytest.raises(ValueError, match="positive"):
        calibrated(Measurement("a", "ruler", ((0, 0), (0, 100))), millimetres, None)
