"""The canvas as readers see it, in both languages; each picture says what to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from chests import draw_chest
from likeness import Gallery
from predictions import box_around, prediction_for
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from model.film.film import Description, Film, FilmWarning, Spacing, VoiTable, Window
from viewer.display.look import Aids, GreyTable, Look, Pose
from viewer.measure.shapes import Measurement
from viewer.qt.canvas import Canvas
from viewer.qt.language import voice
from viewer.qt.magnifier import Lens
from viewer.qt.sentences import sentence_text
from viewer.session.overlays import OverlayChoice

PERSON = Description(
    "Doe^Jane",
    "4711",
    "19600412",
    "F",
    "064Y",
    "20240131",
    "0915",
    "Chest",
    "",
    "DX",
    "CHEST",
    "PA",
    "",
    "St Elsewhere",
)
FILM = replace(
    draw_chest(400, 340, ((240.0, 100.0),), description=PERSON),
    orientation=("L", "F"),
    spacing=Spacing(0.9, 0.9, "detector"),
)
LOOK = Look(Window(2000, 4200, name="lung"))
SPOT = (240.0, 100.0)
BOXES = (box_around(FILM, SPOT, 0.912), box_around(FILM, (180.0, 250.0), 0.534), box_around(FILM, (300.0, 240.0), 0.41))
PREDICTION = prediction_for(FILM, hot_spot=SPOT, boxes=BOXES)
SHAPES = (
    Measurement("1", "ruler", ((60, 30), (60, 300))),
    Measurement("2", "angle", ((130, 40), (130, 120), (80, 150))),
    Measurement("3", "ellipse", ((160, 60), (230, 130))),
    Measurement("4", "freehand", ((260, 60), (250, 110), (300, 130), (330, 90), (310, 50))),
    Measurement("5", "arrow", ((350, 300), (300, 240))),
    Measurement("6", "text", ((375, 30),), "old scar"),
    Measurement("7", "box", ((160, 200), (240, 290)), "lung_opacity"),
)
HEART = Measurement("8", "cardiothoracic", ((280, 110), (280, 250), (320, 30), (320, 310)), origin="network")
COBB = Measurement("9", "cobb", ((100, 60), (120, 260), (220, 60), (200, 260)))


EMPTY = "The file is empty; it was probably not transferred completely, ask for it again."


def hung(canvas: Canvas, film: Film = FILM, look: Look = LOOK) -> None:
    canvas.show_film(film, look)


def judged(canvas: Canvas, choice: OverlayChoice, chosen: int | None = None) -> None:
    hung(canvas)
    canvas.set_prediction(PREDICTION)
    canvas.set_overlays(choice)
    canvas.select_box(chosen)


def drawn(canvas: Canvas, *shapes: Measurement, film: Film = FILM, chosen: str | None = None) -> None:
    hung(canvas, film)
    canvas.set_measurements(shapes)
    canvas.select_measurement(chosen)


def in_mode(canvas: Canvas, mode: str) -> None:
    hung(canvas)
    canvas.set_text_mode(mode)


def hidden(canvas: Canvas) -> None:
    canvas.set_anonymous(True)
    hung(canvas)


def verdicts(canvas: Canvas) -> None:
    judged(canvas, OverlayChoice(), chosen=0)
    canvas.set_judgements(("accepted", "rejected", None))


def without_facts(canvas: Canvas) -> None:
    warnings = (FilmWarning("orientation", "Patient Orientation (0020,0020) is missing."),)
    hung(canvas, replace(FILM, orientation=None, spacing=None, warnings=warnings, frames=3))


def white_first(canvas: Canvas) -> None:
    flipped = (4095 - FILM.pixels).astype(FILM.pixels.dtype)
    hung(canvas, replace(FILM, pixels=flipped, low_is_white=True), Look(Window(2095, 4200)))


def own_curve(canvas: Canvas) -> None:
    values = (65535 * np.linspace(0, 1, 4096) ** 2).astype(np.uint16)
    hung(canvas, replace(FILM, tables=(VoiTable(0, 16, values, "HARD"),)), Look(GreyTable(0)))


def under_the_lens(canvas: Canvas) -> None:
    hung(canvas)
    canvas.set_lens(Lens(diameter=180))
    at, nothing = QPointF(230, 260), Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), nothing, nothing, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, moved)


def magnified(canvas: Canvas) -> None:
    hung(canvas)
    canvas.zoom_by(9.0, QPointF(180, 260))


SCENES: dict[str, tuple[str, Callable[[Canvas], None]]] = {
    "film": (
        "the grey chest: dark lungs, one bright spot; patient left and study right above; R at the left edge, F below.",
        hung,
    ),
    "minimal text": (
        "view code, window and zoom alone: not a word about patient or study.",
        lambda c: in_mode(c, "minimal"),
    ),
    "no text": ("the film: not one word or letter on it.", lambda c: in_mode(c, "none")),
    "hidden patient": ("the upper left corner: the patient is hidden, and nothing about the study is told.", hidden),
    "turned": (
        "the flags in yellow (inverted, mirrored, turned 90°) and the edge letters, which have turned with the film.",
        lambda c: hung(c, look=replace(LOOK, inverted=True, pose=Pose(True, 1))),
    ),
    "aids": (
        "the flag in yellow: local contrast and sharpening with their strength.",
        lambda c: hung(c, look=replace(LOOK, aids=Aids(0.5, 0.3))),
    ),
    "unknown": (
        "what the file does not tell: orientation unknown, scale unknown (px), one warning, frame 1 of 3.",
        without_facts,
    ),
    "white first": ("the same greys as on any film, though low values are stored as white.", white_first),
    "own curve": ("the lower left corner: the film's own curve by its name in place of a window.", own_curve),
    "magnified": ("single pixels as sharp squares, and the zoom in per cent.", magnified),
    "heatmap": (
        "the hot spot on the spot, the colour bar with its numbers at the right, and the disclaimer at the foot.",
        lambda c: judged(c, OverlayChoice(heatmap=True, boxes=False)),
    ),
    "class map": (
        "the map that speaks for and against: orange, blue, and the threshold as a yellow line across the bar.",
        lambda c: judged(c, OverlayChoice(heatmap=True, boxes=False, map="class", finding="lung_opacity", opacity=0.8)),
    ),
    "boxes": (
        "three boxes with finding and score, labels apart from each other, and the outline of both lungs.",
        lambda c: judged(c, OverlayChoice(lungs=True)),
    ),
    "verdicts": (
        "the chosen box in white and ticked, the rejected one faint and crossed, the third untouched.",
        verdicts,
    ),
    "drawings": (
        "ruler and areas in mm, mean and deviation, angle in degrees, arrow, note, and a box drawn by hand.",
        lambda c: drawn(c, *SHAPES, chosen="1"),
    ),
    "drawings without a scale": (
        "lengths in px and areas in px²: no millimetre anywhere.",
        lambda c: drawn(c, *SHAPES[:4], film=replace(FILM, spacing=None)),
    ),
    "heart": (
        "both widths, the ratio to two decimals, by whom it was proposed, and the warning about AP films.",
        lambda c: drawn(c, HEART, film=replace(FILM, description=replace(PERSON, view="AP")), chosen="8"),
    ),
    "Cobb": ("two lines and the angle between them.", lambda c: drawn(c, COBB)),
    "magnifier": (
        "the round lens with its rim: what lies under the pointer, larger and in its own window.",
        under_the_lens,
    ),
    "sketch": ("the yellow line at the foot: the film is still being read.", lambda c: c.show_sketch(FILM, LOOK)),
    "empty": (
        "the empty box: what to drop or press, and that nothing leaves this computer.",
        lambda c: c.show_film(None, None),
    ),
    "reading": ("the words that a film is being read, and which.", lambda c: c.show_loading("chest.dcm")),
    "failure": (
        "why this film cannot be shown and what to do.",
        lambda c: c.show_failure(sentence_text(EMPTY)),
    ),
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("scene", SCENES)
def test_the_canvas(qtbot, gallery: Gallery, scene: str, language: str):
    look_at, prepare = SCENES[scene]
    voice().speak(language)
    canvas = Canvas()
    canvas.set_open_key("Ctrl+O")
    qtbot.addWidget(canvas)
    canvas.resize(600, 460)
    canvas.show()
    canvas.setFocus()
    prepare(canvas)
    gallery.show(f"canvas {scene} {language}", look_at, canvas.grab_picture())
