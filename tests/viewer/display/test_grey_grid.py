"""Files to screen bytes: every photometric, depth, sign, transform and shape against the reference by hand."""

from pathlib import Path

import numpy as np
import pytest
from greys import reference_grey
from reference_films import BITS, GREY_FILMS, PHOTOMETRICS

from model.film import open_film
from viewer.display.look import GreyTable, Look
from viewer.display.presets import default_grey
from viewer.display.render import render


@pytest.mark.parametrize("photometric", PHOTOMETRICS)
@pytest.mark.parametrize("depth", BITS, ids=str)
def test_screen_bytes_are_within_one_level(photometric: str, depth: object, tmp_path: Path) -> None:
    chosen = [f for f in GREY_FILMS if f.photometric == photometric and f.bits == depth and (f.window or f.table)]
    assert chosen
    for reference in chosen:
        film = open_film(reference.write(tmp_path))
        grey = default_grey(film)
        assert isinstance(grey, GreyTable) == (reference.table is not None)
        values, where = np.unique(reference.modality, return_inverse=True)
        for inverted in (False, True):
            white_first = reference.low_is_white != inverted
            wanted = [reference_grey(value, reference.table or reference.window, white_first) for value in values]
            seen = render(film, Look(grey, inverted)).pixels
            apart = np.abs(seen - np.array(wanted)[where].reshape(seen.shape))
            assert apart.max() <= 1, (reference.name, inverted)
