"""Exported pictures: the rendered bytes, overlays at their places, honest captions, no patient data."""

import io

import numpy as np
import pytest
from greys import film_of
from PIL import Image
from predictions import prediction_for, refused

from model.film.film import Description, Film, Window
from model.findings.prediction import Box
from viewer.display.look import Look, Pose
from viewer.display.pose import ALL_POSES
from viewer.display.render import Size, render
from viewer.export.caption import DISCLAIMER, FAINT, answer_line, model_line
from viewer.export.picture import BOX_COLOURS, LAYERS, LUNG_COLOUR, OTHER_COLOUR, Layer, Overlays, drawn, png_bytes
from viewer.qt import inks
from viewer.session.verdicts import Judgement

LOOK = Look(Window(2048, 4096))


def film(rows: int = 400, columns: int = 600) -> Film:
    pixels = np.full((rows, columns), 1200, np.uint16)
    return film_of(pixels, description=Description("Doe^Jane", "4711", "19700101"))


def test_without_overlays_the_picture_is_the_rendered_bytes() -> None:
    image = drawn(film(), LOOK)
    assert image.mode == "L"
    np.testing.assert_array_equal(np.asarray(image), render(film(), LOOK).pixels)


def test_a_box_the_reader_rejected_is_drawn_faint_and_says_so() -> None:
    shown = film()
    prediction = prediction_for(shown)
    (box,) = prediction.boxes
    place = round(box.row), round(box.column) + 10

    def ink(judged: tuple[Judgement | None, ...]) -> list[int]:
        image = drawn(shown, LOOK, "native", Overlays(prediction, ("boxes",), judged=judged))
        return np.asarray(image)[place].tolist()

    assert ink(()) == ink((None,)) == ink(("accepted",)) == list(BOX_COLOURS[box.finding])
    assert ink(("rejected",)) == ink(("corrected",)) == list(FAINT)
    boxes = [
        drawn(shown, LOOK, "native", Overlays(prediction, ("boxes",), judged=(word,))).tobytes()
        for word in (None, "accepted", "rejected", "corrected")
    ]
    assert len(set(boxes)) == 4


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_is_seen(layer: Layer) -> None:
    shown = film()
    whole = np.asarray(drawn(shown, LOOK, "native", Overlays(prediction_for(shown), (layer,))))
    area = whole[:400].astype(int)
    assert whole.shape[1] == 600
    assert whole.shape[0] > 400, "a caption below"
    assert (np.ptp(area, axis=2) > 40).any(), "colour on a grey film"


def test_more_opacity_shows_more() -> None:
    shown = film()
    prediction = prediction_for(shown)
    colour = [
        np.ptp(np.asarray(drawn(shown, LOOK, 300, Overlays(prediction, ("heatmap",), opacity)))[:200], axis=2).sum()
        for opacity in (0.0, 0.3, 0.9)
    ]
    assert colour[0] == 0
    assert 0 < colour[1] < colour[2]


@pytest.mark.parametrize("pose", ALL_POSES)
@pytest.mark.parametrize("size", ["native", 250])
def test_box_is_drawn_round_its_place(pose: Pose, size: Size) -> None:
    shown = film()
    box = Box("covid19", 0.9, 200.0, 100.0, 150.0, 180.0)
    look = Look(LOOK.grey, pose=pose)
    picture = render(shown, look, size)
    canvas = np.asarray(drawn(shown, look, size, Overlays(prediction_for(shown, boxes=[box]), ("boxes",))))
    near = np.abs(canvas[: len(picture.pixels)].astype(int) - BOX_COLOURS["covid19"]).sum(axis=2) < 60
    wanted = picture.from_film(np.array([[200.0, 100.0], [350.0, 280.0]]))
    (top, left), (bottom, right) = wanted.min(axis=0), wanted.max(axis=0)
    down = np.flatnonzero(near.sum(axis=1) > 0.9 * (right - left))
    across = np.flatnonzero(near.sum(axis=0) > 0.9 * (bottom - top))
    for found, edge in ((down[0], top), (down[-1], bottom), (across[0], left), (across[-1], right)):
        assert abs(found + 0.5 - edge) <= 1.5


def test_lungs_are_outlined_on_both_sides() -> None:
    shown = film()
    canvas = np.asarray(drawn(shown, LOOK, "native", Overlays(prediction_for(shown), ("lungs",))))[:400].astype(int)
    near = np.abs(canvas - LUNG_COLOUR).sum(axis=2) < 90
    assert near[:, :300].any()
    assert near[:, 300:].any()
    assert not near[200, 260:340].any()


def test_label_stays_on_the_picture() -> None:
    shown = film()
    for corner in ((0.0, 0.0), (390.0, 590.0), (-20.0, 580.0)):
        box = Box("lung_opacity", 0.5, *corner, 10.0, 10.0)
        canvas = np.asarray(drawn(shown, LOOK, "native", Overlays(prediction_for(shown, boxes=[box]), ("boxes",))))
        written = np.abs(canvas[:400].astype(int) - BOX_COLOURS["lung_opacity"]).sum(axis=2) < 150
        assert written.sum() > 100


def test_prediction_of_another_film_is_refused() -> None:
    other = film_of(np.zeros((9, 9), np.uint8))
    object.__setattr__(other, "key", "another")
    with pytest.raises(ValueError, match="another"):
        drawn(film(), LOOK, "native", Overlays(prediction_for(other), ("boxes",)))


def test_narrow_picture_has_its_whole_caption() -> None:
    shown = film(300, 90)
    image = drawn(shown, LOOK, "native", Overlays(prediction_for(shown), ("heatmap", "class")))
    assert image.width == 90
    assert image.height > 500


def test_png_names_model_and_purpose_but_no_patient() -> None:
    shown = film()
    prediction = prediction_for(shown)
    data = png_bytes(drawn(shown, LOOK, 200, Overlays(prediction, ("boxes",))), prediction)
    text = Image.open(io.BytesIO(data)).text
    assert text["Disclaimer"] == DISCLAIMER
    assert "synthetic 0.0.1" in text["Model"]
    assert prediction.model.sha256 in text["Model"]
    assert b"Doe" not in data
    assert b"4711" not in data


def test_answer_line_says_numbers_bands_and_refusals() -> None:
    shown = film()
    said = answer_line(prediction_for(shown)).replace("\N{NO-BREAK SPACE}", " ")
    assert said.split(" · ") == [
        "Lung opacity 0.870 (above, threshold 0.500)",
        "COVID-19 0.340 (below, threshold 0.500)",
        "opacity extent 12.0 %",
    ]
    assert answer_line(refused(shown)).startswith("Not assessable: This is not a frontal film")
    assert model_line(prediction_for(shown)) == f"synthetic 0.0.1 · {DISCLAIMER}"


def test_colours_are_those_of_the_window() -> None:
    for finding, colour in BOX_COLOURS.items():
        assert inks.finding_ink(finding).getRgb()[:3] == colour
    assert inks.finding_ink("another").getRgb()[:3] == OTHER_COLOUR
    assert inks.LUNGS.getRgb()[:3] == LUNG_COLOUR
