"""Analyse anyway: whatever leaves the program says that the film was judged although it is not assessable."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from greys import film_of
from PIL import Image
from predictions import prediction_for

from model.film.film import Window
from model.findings.prediction import Prediction, Refusal
from viewer.display.look import Look
from viewer.export.coco import Boxed, document
from viewer.export.picture import Overlays, drawn, png_bytes
from viewer.export.table import CsvLines, answered, as_object, object_line
from viewer.outputs import answer_words
from viewer.session.edits import Edits

FILM = film_of(np.full((300, 240), 1200, np.uint16))
LOOK = Look(Window(2048, 4096))
FORCED = prediction_for(FILM, refusal=Refusal("lateral", "This is not a frontal film."), forced=True)
PLAIN = prediction_for(FILM)


def _object(prediction: Prediction) -> dict[str, object]:
    return as_object(answered(Path("x"), FILM, prediction, 0.1))


def _csv(prediction: Prediction) -> str:
    stream = io.StringIO()
    CsvLines(stream).write_object(_object(prediction))
    return stream.getvalue()


def _png(prediction: Prediction) -> str:
    image = Image.open(io.BytesIO(png_bytes(drawn(FILM, LOOK, overlays=Overlays(prediction, ("boxes",))), prediction)))
    return " ".join(map(str, image.info.values()))


def _coco(prediction: Prediction) -> str:
    film = Boxed(FILM.key, Path("x"), FILM.rows, FILM.columns, Edits(LOOK), prediction)
    return str(document([film], Path()))


OUTPUTS: dict[str, Callable[[Prediction], str]] = {
    "JSON line": lambda prediction: object_line(_object(prediction)),
    "CSV": _csv,
    "command line": lambda prediction: answer_words(_object(prediction)),
    "PNG": _png,
    "COCO": _coco,
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_every_output_of_a_forced_answer_names_the_reason(output: str) -> None:
    written = OUTPUTS[output](FORCED).replace("\N{NO-BREAK SPACE}", " ")
    assert "lateral" in written or "This is not a frontal film." in written
    plain = OUTPUTS[output](PLAIN)
    assert "lateral" not in plain
    assert "not a frontal" not in plain


def test_the_picture_itself_carries_it_in_its_caption() -> None:
    pictures = [np.asarray(drawn(FILM, LOOK, overlays=Overlays(one, ("boxes",)))) for one in (FORCED, PLAIN)]
    forced, plain = (picture[FILM.rows :] for picture in pictures)
    assert forced.shape != plain.shape or not np.array_equal(forced, plain)
    np.testing.assert_array_equal(*(picture[: FILM.rows] for picture in pictures))


def test_a_film_that_was_not_forced_is_not_stamped() -> None:
    assert "not_assessable" not in _coco(replace(FORCED, forced=False))
