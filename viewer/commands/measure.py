"""Commands that measure and draw on the film."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, with_film
from viewer.commands.hand import Tool
from viewer.commands.view import VIEW

MEASURE = QT_TRANSLATE_NOOP("Commands", "&Measure")


def _tool(tool: Tool, title: str, key: str, tip: str, icon: str = "") -> Command:
    return Command(
        f"measure.{tool}",
        title,
        lambda desk: desk.drawings.take(tool),
        MEASURE,
        section="lengths" if tool in ("ruler", "angle", "cobb") else "shapes",
        keys=(key,),
        icon=icon,
        tip=tip,
        enabled=with_film,
        checked=lambda desk: desk.drawings.tool == tool,
    )


_DRAWING = (
    _tool(
        "ruler",
        QT_TRANSLATE_NOOP("Commands", "Ruler"),
        "D",
        QT_TRANSLATE_NOOP("Commands", "Measure a length; millimetres only where the scale is known"),
        "ruler",
    ),
    _tool(
        "angle",
        QT_TRANSLATE_NOOP("Commands", "Angle"),
        "G",
        QT_TRANSLATE_NOOP("Commands", "Measure an angle: one arm, its corner, the other arm"),
        "angle",
    ),
    _tool(
        "cobb",
        QT_TRANSLATE_NOOP("Commands", "Cobb angle"),
        "Shift+G",
        QT_TRANSLATE_NOOP("Commands", "Measure the angle between two lines"),
    ),
    Command(
        "measure.cardiothoracic",
        QT_TRANSLATE_NOOP("Commands", "Cardiothoracic ratio"),
        lambda desk: desk.drawings.measure_heart(),
        MEASURE,
        section="lengths",
        keys=("C",),
        icon="heart",
        tip=QT_TRANSLATE_NOOP("Commands", "Heart over chest width: proposed by the network, corrected by hand"),
        enabled=with_film,
        checked=lambda desk: desk.drawings.tool == "cardiothoracic",
    ),
    _tool(
        "ellipse",
        QT_TRANSLATE_NOOP("Commands", "Ellipse"),
        "E",
        QT_TRANSLATE_NOOP("Commands", "Area and pixel statistics within an ellipse"),
        "ellipse",
    ),
    _tool(
        "rectangle",
        QT_TRANSLATE_NOOP("Commands", "Rectangle"),
        "Shift+E",
        QT_TRANSLATE_NOOP("Commands", "Area and pixel statistics within a rectangle"),
    ),
    _tool(
        "freehand",
        QT_TRANSLATE_NOOP("Commands", "Freehand area"),
        "Shift+F",
        QT_TRANSLATE_NOOP("Commands", "Area and pixel statistics within a line drawn freely"),
    ),
    _tool(
        "arrow",
        QT_TRANSLATE_NOOP("Commands", "Arrow"),
        "Shift+T",
        QT_TRANSLATE_NOOP("Commands", "Point at something"),
    ),
    _tool(
        "text",
        QT_TRANSLATE_NOOP("Commands", "Note"),
        "T",
        QT_TRANSLATE_NOOP("Commands", "Click on the film and write"),
        "note",
    ),
)

_SCALE = (
    Command(
        "measure.calibrate",
        QT_TRANSLATE_NOOP("Commands", "Calibrate by a line…"),
        lambda desk: desk.drawings.calibrate(),
        MEASURE,
        section="scale",
        keys=("Shift+C",),
        tip=QT_TRANSLATE_NOOP("Commands", "Tell how many millimetres the chosen ruler, or one you draw now, is long"),
        enabled=with_film,
        checked=lambda desk: desk.drawings.tool == "calibration",
    ),
    Command(
        "measure.forget_calibration",
        QT_TRANSLATE_NOOP("Commands", "Forget the calibration"),
        lambda desk: desk.drawings.forget_calibration(),
        MEASURE,
        section="scale",
        tip=QT_TRANSLATE_NOOP("Commands", "Measure with the film's own scale again"),
        enabled=lambda desk: desk.drawings.calibrated,
    ),
)

_CHOSEN = (
    Command(
        "measure.delete",
        QT_TRANSLATE_NOOP("Commands", "Delete the drawing"),
        lambda desk: desk.drawings.delete(),
        MEASURE,
        section="delete",
        keys=("Del", "Backspace"),
        tip=QT_TRANSLATE_NOOP("Commands", "Take the chosen drawing away; undo brings it back"),
        enabled=lambda desk: desk.drawings.chosen is not None,
    ),
    Command(
        "measure.clear",
        QT_TRANSLATE_NOOP("Commands", "Delete all drawings"),
        lambda desk: desk.drawings.clear(),
        MEASURE,
        section="delete",
        keys=("Shift+Del",),
        tip=QT_TRANSLATE_NOOP("Commands", "Take every drawing off this film; undo brings them back"),
        enabled=lambda desk: desk.drawings.count > 0,
    ),
)

_LENS = (
    Command(
        "view.magnifier",
        QT_TRANSLATE_NOOP("Commands", "Magnifier"),
        lambda desk: desk.drawings.set_lens(not desk.drawings.lens, desk.drawings.lens_own_window),
        VIEW,
        section="magnifier",
        keys=("Z",),
        icon="magnifier",
        tip=QT_TRANSLATE_NOOP("Commands", "Hold a magnifier over the film, under the pointer"),
        enabled=with_film,
        checked=lambda desk: desk.drawings.lens,
    ),
    Command(
        "view.magnifier_window",
        QT_TRANSLATE_NOOP("Commands", "Magnifier with its own window"),
        lambda desk: desk.drawings.set_lens(True, not desk.drawings.lens_own_window),
        VIEW,
        section="magnifier",
        keys=("Shift+Z",),
        tip=QT_TRANSLATE_NOOP("Commands", "Give what lies under the magnifier the whole grey scale"),
        enabled=with_film,
        checked=lambda desk: desk.drawings.lens_own_window,
    ),
)

COMMANDS = (*_DRAWING, *_SCALE, *_CHOSEN, *_LENS)
