"""The drawing hand: tools, the chosen drawing, notes, calibration and the magnifier, over the film in front."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, Signal

from model.film.film import Film
from model.findings.vocabulary import LUNG_OPACITY
from viewer.commands.hand import Tool
from viewer.measure.calibration import calibrated
from viewer.measure.heart import proposed_ratio
from viewer.measure.shapes import Kind, Measurement
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.canvas import Canvas
from viewer.qt.field import Field
from viewer.qt.light_box import LightBox
from viewer.qt.magnifier import Lens
from viewer.qt.sitting import Sitting
from viewer.session.edits import Edits

TELL_WIDTHS = QT_TRANSLATE_NOOP(
    "Messages", "The network marks no heart and lungs here: draw the heart's width, then the chest's."
)
NO_SCALE = QT_TRANSLATE_NOOP(
    "Messages", "The scale needs a line of at least 10 pixels and its length in millimetres, a number above zero."
)


class Drawings(QObject):
    """Draws on the film in front; ``viewer.qt.boxes`` adds what is about boxes.

    Signals
    -------
    changed
        Drawings, the chosen one or the tool changed.
    told
        A ``Message`` for the user.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, sitting: Sitting, light_box: LightBox) -> None:
        super().__init__(light_box)
        self._sitting = sitting
        self._light_box = light_box
        self._canvas = light_box.canvas
        self._tool: Tool | None = None
        self._chosen: str | None = None
        self._lens: Lens | None = None
        self._own_window = True
        self._field = Field(light_box)
        light_box.measurement_changed.connect(self._on_drawn)
        light_box.measurement_chosen.connect(self.choose)
        light_box.gesture_ended.connect(sitting.choices.keep)
        light_box.place_changed.connect(lambda _pane, _place: self._field.give_up())
        light_box.made.connect(self._equip)
        sitting.choices.edits_changed.connect(self._on_edits_changed)

    # What lies on the film

    @property
    def _edits(self) -> Edits | None:
        return self._sitting.edits

    @property
    def film(self) -> Film | None:
        """The film in front, with the scale that the reader set by hand where there is one."""
        film, edits = self._sitting.film, self._edits
        if film is None or edits is None or edits.calibration is None:
            return film
        return replace(film, spacing=edits.calibration)

    @property
    def shapes(self) -> tuple[Measurement, ...]:
        """Everything drawn on the film in front, in the order in which it was drawn."""
        return () if self._edits is None else self._edits.shapes

    def results(self) -> tuple[tuple[Measurement, tuple[str, ...]], ...]:
        """Return every drawing with its result in words."""
        return tuple((shape, self._canvas.measured(shape)) for shape in self.shapes)

    @property
    def count(self) -> int:
        """How many drawings lie on the film."""
        return len(self.shapes)

    @property
    def chosen(self) -> Measurement | None:
        """The drawing that was taken hold of last."""
        return None if self._edits is None else self._edits.shape(self._chosen)

    @property
    def tool(self) -> Tool | None:
        """What is drawn next, None while the left button has its usual deed."""
        return self._tool

    @property
    def calibrated(self) -> bool:
        """Whether the scale was set by hand."""
        return self._edits is not None and self._edits.calibration is not None

    def hang(self) -> None:
        """Show what was drawn on the film that came in front; what was half done on the last one is forgotten.

        A tool goes along from pane to pane; another film in the same pane lays it down.
        """
        self._field.give_up()
        self._chosen = None
        if self._canvas is self._light_box.canvas:
            self._lay_down()
        else:
            self._canvas.cancel_drawing()
        self._canvas = self._light_box.canvas
        self._show()

    def _on_edits_changed(self, key: str) -> None:
        if self._sitting.film is not None and key == self._sitting.film.key:
            self._show()

    def _show(self) -> None:
        film = self.film
        if film is not None:
            self._canvas.set_spacing(film.spacing)
        if self.chosen is None:
            self._chosen = None
        self._canvas.set_measurements((*self._offered(), *self.shapes))
        self._canvas.select_measurement(self._chosen)
        self.changed.emit()

    def _offered(self) -> tuple[Measurement, ...]:
        """Return shapes that are no drawings but can be taken hold of, and become drawings then."""
        return ()

    # Drawing

    def take(self, tool: Tool | None) -> None:
        """Take up a tool; the same once more, or None, lays it down."""
        self._field.give_up()
        self._tool = None if tool == self._tool else tool
        for canvas in self._light_box.canvases:
            self._equip(canvas)
        self.changed.emit()

    def _equip(self, canvas: Canvas) -> None:
        """Let a canvas draw with the tool and show the magnifier that are held."""
        drawn: Kind | None = "ruler" if self._tool == "calibration" else self._tool
        canvas.set_tool(drawn)
        canvas.set_lens(self._lens)

    def _lay_down(self) -> None:
        if self._tool is not None:
            self.take(None)

    def choose(self, identifier: str | None) -> None:
        """Choose a drawing, or none."""
        self._chosen = identifier
        self._canvas.select_measurement(identifier)
        self.changed.emit()

    def _on_drawn(self, shape: Measurement, gesture: int) -> None:
        """Take over a drawing that is new or lies otherwise; a new one lays the tool down."""
        edits = self._edits
        if edits is None:
            return
        if edits.shape(shape.id) is not None:
            self._sitting.set_edits(edits.with_shape(shape), gesture)
            return
        if any(shape.id == offered.id for offered in self._offered()):
            self._take_offer(shape, gesture)
            return
        tool = self._tool
        self._lay_down()
        if shape.kind == "text":
            self._ask_words(shape)
            return
        if shape.kind == "box":
            shape = replace(shape, text=LUNG_OPACITY.id)
        self._sitting.set_edits(edits.with_shape(shape), gesture)
        self.choose(shape.id)
        if tool == "calibration":
            self._ask_length(shape)

    def _take_offer(self, shape: Measurement, gesture: int) -> None:
        """Make a drawing of a shape that was on offer."""

    def cancel(self) -> bool:
        """Forget what is half drawn, else lay down the tool, else let go of the chosen drawing; tell if any was."""
        if self._field.give_up() or self._canvas.cancel_drawing():
            return True
        if self._tool is not None:
            self._lay_down()
            return True
        if self.chosen is not None:
            self.choose(None)
            return True
        return False

    def delete(self) -> None:
        """Take the chosen drawing away; one undo step."""
        if self._edits is not None and self._chosen is not None:
            self._sitting.set_edits(self._edits.without_shape(self._chosen))

    def clear(self) -> None:
        """Take all drawings away; one undo step."""
        if self._edits is not None:
            self._sitting.set_edits(self._edits.without_shapes())

    def measure_heart(self) -> None:
        """Propose the cardiothoracic ratio from the network's maps; without them, let the reader draw it."""
        edits, prediction = self._edits, self._sitting.prediction
        if edits is None:
            return
        there = next((shape for shape in edits.shapes if shape.kind == "cardiothoracic"), None)
        if there is not None:
            self.choose(there.id)
            return
        upright = prediction is not None and not prediction.refused and prediction.corrected in {None, "invert"}
        proposal = proposed_ratio(prediction) if prediction is not None and upright else None
        if proposal is None:
            self.take("cardiothoracic")
            if self._tool is not None:
                self.told.emit(Message("info", TELL_WIDTHS))
            return
        self._lay_down()
        self._chosen = proposal.id
        self._sitting.set_edits(edits.with_shape(proposal))

    # Words

    def _ask_words(self, shape: Measurement) -> None:
        self._field.ask(self._place_of(shape), self.tr("Write, then Enter"), lambda words: self._write(shape, words))

    def _write(self, shape: Measurement, words: str) -> None:
        if self._edits is not None and words:
            self._chosen = shape.id
            self._sitting.set_edits(self._edits.with_shape(replace(shape, text=words)))

    def rename(self, identifier: str, words: str) -> None:
        """Write the reader's own words on a drawing."""
        shape = None if self._edits is None else self._edits.shape(identifier)
        if self._edits is not None and shape is not None and (words or shape.kind != "text"):
            self._sitting.set_edits(self._edits.with_shape(replace(shape, text=words)))

    def _place_of(self, shape: Measurement) -> QPointF:
        """Return where on the light box the last point of a drawing lies."""
        view, (row, column) = self._canvas.view, shape.points[-1]
        if view is None:
            return QPointF()
        at = QPointF(*view.to_screen(row, column)) / self._canvas.devicePixelRatioF()
        return self._canvas.mapTo(self._light_box, at)

    # The scale

    def calibrate(self) -> None:
        """Ask how long the chosen line is, or let the reader draw one first."""
        chosen = self.chosen
        if chosen is not None and chosen.kind == "ruler":
            self._ask_length(chosen)
        else:
            self.take("calibration")

    def _ask_length(self, line: Measurement) -> None:
        hint = self.tr("Length of this line in mm")
        self._field.ask(self._place_of(line), hint, lambda words: self._calibrate_by(line, words))

    def _calibrate_by(self, line: Measurement, words: str) -> None:
        edits, film = self._edits, self._sitting.film
        if edits is None or film is None or not words:
            return
        try:
            spacing = calibrated(line, float(words.replace(",", ".").removesuffix("mm")), film.spacing)
        except ValueError:
            self.told.emit(Message("warning", NO_SCALE))
            return
        self._sitting.set_edits(replace(edits, calibration=spacing))

    def forget_calibration(self) -> None:
        """Measure with the film's own scale again."""
        if self._edits is not None:
            self._sitting.set_edits(replace(self._edits, calibration=None))

    # The magnifier

    @property
    def lens(self) -> bool:
        """Whether a magnifier is held over the film."""
        return self._lens is not None

    @property
    def lens_own_window(self) -> bool:
        """Whether the magnifier finds its own window."""
        return self._own_window

    def set_lens(self, held: bool, own_window: bool) -> None:
        """Hold a magnifier over the film or put it away."""
        self._own_window = own_window
        self._lens = Lens(own_window=own_window) if held else None
        for canvas in self._light_box.canvases:
            canvas.set_lens(self._lens)
        self.changed.emit()
