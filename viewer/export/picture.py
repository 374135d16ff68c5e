"""Pictures for outside: the film as rendered, with the network's overlays drawn on it; Pillow, no Qt."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from model.film.film import Film
from model.findings.prediction import Box, HeatMap, MapKind, Prediction
from model.findings.vocabulary import LUNG_OPACITY, term
from viewer.display.aids import aids_text
from viewer.display.contours import outlines
from viewer.display.look import Look
from viewer.display.pose import posed
from viewer.display.render import Picture, Size, render
from viewer.display.tint import ColourBar, colour_bar, tint
from viewer.export.caption import (
    DISCLAIMER,
    FAINT,
    FLAG,
    GROUND,
    INK,
    UNBROKEN,
    Line,
    answer_line,
    caption,
    font,
    model_line,
    text_size,
)
from viewer.export.drawings import Drawing, draw_drawings
from viewer.session.numbers import probability_text
from viewer.session.verdicts import SIGNS, Judgement

Layer = Literal["heatmap", "smoothed", "class", "boxes", "lungs"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
MAP_LAYERS: dict[Layer, tuple[MapKind, str | None]] = {
    "heatmap": ("intensity", None),
    "smoothed": ("smoothed", None),
    "class": ("class", LUNG_OPACITY.id),
}
BOX_COLOURS = {"lung_opacity": (255, 176, 0), "covid19": (255, 111, 174)}
OTHER_COLOUR = (139, 226, 139)
LUNG_COLOUR = (111, 211, 255)
HALO = (0, 0, 0)
FINE = 4
"""Binary digits of a fraction of a pixel that lines are drawn to."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlays:
    """What is to be drawn of the network's answer: these ``layers``, the maps with this ``opacity`` (0 .. 1)."""

    prediction: Prediction
    layers: tuple[Layer, ...]
    opacity: float = 0.5
    heat_map: HeatMap | None = None
    """A map drawn besides those of ``layers``: the one that the reader sees in the window."""
    judged: tuple[Judgement | None, ...] = ()
    """The reader's word on each box, empty for none at all; boxes set aside are drawn faint."""


def drawn(
    film: Film,
    look: Look,
    size: Size = "native",
    overlays: Overlays | None = None,
    drawings: Sequence[Drawing] = (),
) -> Image.Image:
    """Return the film as seen, with the network's answer and the reader's drawings on it and a caption below it.

    Parameters
    ----------
    film, look, size
        As for :func:`viewer.display.render.render`.
    overlays
        Drawn in the order: maps, lungs, boxes. None gives the grey bytes and nothing of the network.
    drawings
        What the reader drew, with its results in words; laid on top.

    Returns
    -------
    PIL.Image.Image
        Mode "L" without overlays, aids and drawings; else "RGB", the film's pixels at the top left, the caption below.

    Raises
    ------
    ValueError
        When the prediction is one of another film.
    """
    picture = render(film, look, size)
    flags = [(aids_text(look.aids), FLAG)] if look.aids.anything else []
    if overlays is None:
        return _without_answer(picture, flags, drawings)
    prediction = overlays.prediction
    if prediction.film_key != film.key:
        raise ValueError("The prediction is one of another film.")
    maps = maps_of(prediction, overlays.layers)
    if overlays.heat_map is not None:
        maps.append(overlays.heat_map)
    bars = [colour_bar(heat_map, overlays.opacity) for heat_map in maps]
    lines = [(answer_line(prediction), INK), *flags, (model_line(prediction), FAINT)]
    marked = draw_drawings(_overlaid(picture, film, maps, overlays), picture, drawings)
    return _captioned(Image.fromarray(marked), lines, bars)


def _without_answer(picture: Picture, flags: Sequence[Line], drawings: Sequence[Drawing]) -> Image.Image:
    """Return the picture with nothing of the network on it; the bare grey levels where nothing else is either."""
    if drawings:
        marked = draw_drawings(np.repeat(picture.pixels[:, :, None], 3, axis=2), picture, drawings)
        return _captioned(Image.fromarray(marked), [*flags, (DISCLAIMER, FAINT)], [])
    plain = Image.fromarray(picture.pixels)
    return _captioned(plain, flags, []) if flags else plain


def _overlaid(picture: Picture, film: Film, maps: Sequence[HeatMap], overlays: Overlays) -> NDArray[np.uint8]:
    """Return the picture as RGB with everything drawn on it."""
    canvas = np.repeat(picture.pixels[:, :, None], 3, axis=2)
    for heat_map in maps:
        _lay_tint(canvas, picture, film, heat_map, overlays.opacity)
    if "lungs" in overlays.layers:
        _draw_lungs(canvas, picture, overlays.prediction)
    if "boxes" in overlays.layers:
        canvas = _draw_boxes(canvas, picture, overlays)
    return canvas


def maps_of(prediction: Prediction, layers: Sequence[Layer]) -> list[HeatMap]:
    """Return the maps that these layers show and the network has."""
    chosen = [prediction.map_of(*MAP_LAYERS[layer]) for layer in LAYERS if layer in layers and layer in MAP_LAYERS]
    return [heat_map for heat_map in chosen if heat_map is not None]


def _lay_tint(canvas: NDArray[np.uint8], picture: Picture, film: Film, heat_map: HeatMap, opacity: float) -> None:
    """Blend a map into the RGB canvas in place."""
    rows, columns = picture.pixels.shape
    upright = (columns, rows) if picture.pose.quarter_turns % 2 else (rows, columns)
    tinted = posed(tint(heat_map, film, upright, opacity), picture.pose)
    share = tinted[..., 3:].astype(np.float32) / 255
    canvas[...] = np.rint(canvas * (1 - share) + tinted[..., :3] * share)


def _draw_lungs(canvas: NDArray[np.uint8], picture: Picture, prediction: Prediction) -> None:
    lungs = prediction.map_of("lungs")
    if lungs is None:
        return
    for outline in outlines(lungs):
        _draw_line(canvas, picture.from_film(outline), LUNG_COLOUR)


def _thickness(canvas: NDArray[np.uint8]) -> int:
    return max(2, round(int(max(canvas.shape)) / 500))


def _draw_line(canvas: NDArray[np.uint8], points: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    """Draw a closed line through (row, column) edge coordinates, with a dark halo so that it shows anywhere."""
    places = np.rint((points[:, ::-1] - 0.5) * 2**FINE).astype(np.int32)
    width = _thickness(canvas)
    for ink, thickness in ((HALO, width + 2), (colour, width)):
        cv2.polylines(canvas, [places], True, ink, thickness, cv2.LINE_AA, FINE)


def _draw_frame(canvas: NDArray[np.uint8], corners: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    """Draw a rectangle between two (row, column) edge coordinates on whole pixels, with a dark halo."""
    (top, left), (bottom, right) = np.rint(corners).astype(int)
    width = _thickness(canvas)
    for ink, thickness in ((HALO, width + 2), (colour, width)):
        cv2.rectangle(canvas, (int(left), int(top)), (int(right) - 1, int(bottom) - 1), ink, thickness)


def _draw_boxes(canvas: NDArray[np.uint8], picture: Picture, overlays: Overlays) -> NDArray[np.uint8]:
    """Return the canvas with boxes, the most certain on top, each with its label and the reader's word on it."""
    boxes = overlays.prediction.boxes
    judged = zip(boxes, overlays.judged or (None,) * len(boxes), strict=True)
    rising = sorted(judged, key=lambda pair: pair[0].score)
    places = [np.sort(picture.from_film(_corners(box)), axis=0) for box, _ in rising]
    for (box, word), corners in zip(rising, places, strict=True):
        _draw_frame(canvas, corners, _box_colour(box, word))
    image = Image.fromarray(canvas)
    for (box, word), corners in zip(rising, places, strict=True):
        _draw_label(image, box, corners[0], word)
    return np.array(image)


def _box_colour(box: Box, word: Judgement | None) -> tuple[int, int, int]:
    return FAINT if word in ("rejected", "corrected") else BOX_COLOURS.get(box.finding, OTHER_COLOUR)


def _corners(box: Box) -> NDArray[np.float64]:
    return np.array([[box.row, box.column], [box.row + box.height, box.column + box.width]])


def _draw_label(image: Image.Image, box: Box, corner: NDArray[np.float64], word: Judgement | None) -> None:
    """Write the reader's word, finding and score above a box's top left corner, or where the picture has room."""
    size = text_size(image.height, image.width)
    typeface, text = font(size), f"{term(box.finding).name} {probability_text(box.score)}"
    text = text if word is None else f"{SIGNS[word]} {text}"
    width, height = round(typeface.getlength(text)) + size, round(1.5 * size)
    left = min(max(round(corner[1]), 0), max(image.width - width, 0))
    above, within = round(corner[0]) - height - size // 3, round(corner[0]) + size // 3
    top = min(max(above if above >= 0 else within, 0), max(image.height - height, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((left, top, left + width, top + height), radius=size // 3, fill=GROUND)
    ink = _box_colour(box, word)
    pen.text((left + size // 2, top + height / 2), text, fill=ink, font=typeface, anchor="lm")


def _captioned(upper: Image.Image, lines: Sequence[Line], bars: Sequence[ColourBar]) -> Image.Image:
    """Return the picture with its caption below it; ``info`` keeps the words for the file."""
    lower = caption(upper.width, text_size(upper.height, upper.width), lines, bars)
    whole = Image.new("RGB", (upper.width, upper.height + lower.height))
    whole.paste(upper.convert("RGB"), (0, 0))
    whole.paste(lower, (0, upper.height))
    whole.info["Caption"] = "\n".join(line for line, _ in lines).replace(UNBROKEN, " ")
    return whole


def png_bytes(image: Image.Image, prediction: Prediction | None = None) -> bytes:
    """Return the picture as PNG; its text chunks hold program, model, caption and disclaimer, never a patient."""
    notes = PngInfo()
    notes.add_text("Software", "Negatoscope")
    notes.add_text("Disclaimer", DISCLAIMER)
    if "Caption" in image.info:
        notes.add_itxt("Caption", image.info["Caption"])
    if prediction is not None:
        model = prediction.model
        notes.add_text("Model", f"{model.name} {model.version} sha256:{model.sha256}")
        notes.add_text("Source", mark_of(prediction.film_key, model.sha256))
    stream = BytesIO()
    image.save(stream, "PNG", pnginfo=notes, compress_level=4)
    return stream.getvalue()


def mark_of(film_key: str, model: str) -> str:
    """Return what tells whose picture it is: a hash of film and network that leads back to no patient."""
    return hashlib.sha256(f"{film_key} {model}".encode()).hexdigest()


def save_png(path: Path, image: Image.Image, prediction: Prediction | None = None) -> None:
    """Write the picture as PNG.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    path.write_bytes(png_bytes(image, prediction))
