"""The desk: what commands ask for, done with the sitting and the light box, or handed on to one of its hands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.commands.command import ListDeed
from viewer.commands.hand import DoorHand, WindowHand
from viewer.display.look import Look
from viewer.display.remedy import put_right
from viewer.qt.boxes import BoxHand
from viewer.qt.canvas import Canvas
from viewer.qt.files import Files
from viewer.qt.first_read import FirstRead
from viewer.qt.hanger import Hanger
from viewer.qt.language import voice
from viewer.qt.light_box import LightBox
from viewer.qt.own_windows import OwnWindows
from viewer.qt.sitting import Sitting
from viewer.session.corner import TextMode
from viewer.session.hands import HandChoice
from viewer.session.overlays import OverlayChoice
from viewer.session.store import Store
from viewer.settings.options import LanguageChoice, Options


class Desk(QObject):
    """Implements ``viewer.commands.command.Desk``.

    Signals
    -------
    changed
        Something that commands depend on has changed.
    box_chosen
        The place of the box that was zoomed to, -1 for none.
    overlays_changed
        The new ``OverlayChoice``.
    anonymous_changed
        Whether names and dates are hidden now.
    remembered
        A habit has changed that is remembered between sittings.
    told
        A ``Message`` for the user.
    list_deed_wanted
        A deed of the worklist.
    review_wanted
        Whether the film in front is reviewed now, and whether the next one is to hang.
    """

    changed = Signal()
    box_chosen = Signal(int)
    overlays_changed = Signal(object)
    anonymous_changed = Signal(bool)
    remembered = Signal()
    told = Signal(object)
    list_deed_wanted = Signal(str)
    review_wanted = Signal(bool, bool)

    doors: DoorHand
    """Given by the window once it has them: they open on what lies on the desk."""

    def __init__(
        self, sitting: Sitting, light_box: LightBox, options: Options, store: Store, window: WindowHand
    ) -> None:
        super().__init__(light_box)
        self._sitting = sitting
        self._light_box = light_box
        self.window = window
        self._box: int | None = None
        self.list_open = False
        self.watching = False
        self.options = options
        light_box.made.connect(self._dress)
        self._dress(light_box.canvas)
        self.panes = Hanger(sitting, light_box)
        self.panes.set_anonymous(options.anonymous)
        self.panes.changed.connect(self.changed)
        self.panes.front_changed.connect(lambda: self.overlays_changed.emit(self.overlays))
        self.files = Files(sitting, light_box, self, store)
        self.files.told.connect(self.told)
        self.drawings = BoxHand(sitting, light_box)
        self.box_chosen.connect(self.drawings.choose_box)
        self.first_read = FirstRead(sitting, store, options.read_first, self)
        self.first_read.changed.connect(self._on_first_read_changed)
        self.first_read.told.connect(self.told)
        self.own_windows = OwnWindows(
            sitting, lambda: self.options.own_windows, lambda kept: self.remember(own_windows=kept)
        )
        self.drawings.changed.connect(self.changed)
        self.drawings.told.connect(self.told)
        sitting.hung.connect(self._on_hung)
        sitting.choices.look_changed.connect(lambda _key: self.changed.emit())
        sitting.answer_changed.connect(self._on_answer_changed)

    def _dress(self, canvas: Canvas) -> None:
        """Show on a canvas what is chosen for all."""
        canvas.set_overlays(self.options.overlays)
        canvas.set_text_mode(self.options.text_mode)
        canvas.set_anonymous(self.options.anonymous)
        canvas.set_hands(self.options.hands)

    def set_hands(self, hands: HandChoice) -> None:
        """Change what the mouse buttons do on every canvas."""
        self.remember(hands=hands)
        for canvas in self._light_box.canvases:
            canvas.set_hands(hands)

    def remember(self, **habits: object) -> None:
        """Change something that is remembered between sittings."""
        before, self.options = self.options, replace(self.options, **habits)  # type: ignore[arg-type]
        if self.options != before:
            self.remembered.emit()

    # What hangs on the box

    @property
    def _canvas(self) -> Canvas:
        """The canvas in front."""
        return self._light_box.canvas

    @property
    def film(self) -> Film | None:
        """The film in front."""
        return self._sitting.film

    @property
    def look(self) -> Look | None:
        """How it is seen."""
        return self._sitting.look

    @property
    def prediction(self) -> Prediction | None:
        """What the network said about it."""
        return self._sitting.prediction

    @property
    def problem(self) -> str:
        """Why the film in front could not be opened or analysed, empty when nothing went wrong."""
        sheet = self._sitting.table.current
        return "" if sheet is None else sheet.error or sheet.answer_error

    @property
    def overlays(self) -> OverlayChoice:
        """What is laid over the film in front; each pane has its own."""
        return self._canvas.overlays

    @property
    def text_mode(self) -> TextMode:
        """How much corner text is shown."""
        return self.options.text_mode

    @property
    def anonymous(self) -> bool:
        """Whether names and dates are hidden."""
        return self.options.anonymous

    @property
    def film_count(self) -> int:
        """How many films lie on the table."""
        return len(self._sitting.table)

    @property
    def analysing(self) -> bool:
        """Whether the network is at work."""
        return self._sitting.analysing

    @property
    def can_undo(self) -> bool:
        """Whether a choice on this film can be taken back."""
        return self.film is not None and self._sitting.choices.can_undo(self.film.key)

    @property
    def can_redo(self) -> bool:
        """Whether a choice on this film can be taken again."""
        return self.film is not None and self._sitting.choices.can_redo(self.film.key)

    # How it is seen

    def preset_available(self, number: int) -> bool:
        """Tell whether the film has a preset on this digit."""
        reading = self._sitting.reading
        return reading is not None and reading.preset(number) is not None

    def preset_applied(self, number: int) -> bool:
        """Tell whether the film is seen with the preset on this digit."""
        reading, look = self._sitting.reading, self.look
        preset = None if reading is None else reading.preset(number)
        return preset is not None and look is not None and look.grey == preset.grey

    def apply_preset(self, number: int) -> None:
        """See the film with the preset on this digit."""
        reading, look = self._sitting.reading, self.look
        preset = None if reading is None else reading.preset(number)
        if preset is not None and look is not None:
            self.set_look(replace(look, grey=preset.grey))

    def set_look(self, look: Look) -> None:
        """See the film with this look; one undo step."""
        self._sitting.set_look(look)

    def reset(self) -> None:
        """See the film as it was first shown, whole."""
        if self.film is not None:
            self.set_look(self._sitting.choices.first_look(self.film.key))
            self.fit()

    def undo(self) -> None:
        """Take back the last choice on this film."""
        if self.film is not None:
            self._sitting.choices.undo(self.film.key)

    def redo(self) -> None:
        """Take again the choice last taken back."""
        if self.film is not None:
            self._sitting.choices.redo(self.film.key)

    def fit(self) -> None:
        """Show the whole film."""
        self._box = None
        self._canvas.select_box(None)
        self.panes.fit()
        self.box_chosen.emit(-1)

    def actual_pixels(self) -> None:
        """Show one film pixel as one screen pixel."""
        self._canvas.actual_pixels()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        self._canvas.zoom_by(factor)

    # What is laid over it

    def set_overlays(self, choice: OverlayChoice) -> None:
        """Change what is laid over the film in front, and over films in panes that are yet to come."""
        self.remember(overlays=choice)
        self._canvas.set_overlays(choice)
        self.overlays_changed.emit(choice)
        self.changed.emit()

    def hide_overlays(self, hidden: bool) -> None:
        """Hide every overlay while a key is held."""
        self._canvas.hide_overlays(hidden)

    def step_box(self, step: int) -> None:
        """Zoom to the next or the previous predicted box."""
        if self.prediction is not None and self.prediction.boxes:
            count = len(self.prediction.boxes)
            start = self._box if self._box is not None else (-1 if step > 0 else count)
            self.choose_box((start + step) % count)

    def choose_box(self, place: int) -> None:
        """Zoom to this box."""
        self._box = place
        if not self.overlays.boxes:
            self.set_overlays(replace(self.overlays, boxes=True))
        self._canvas.center_on_box(place)
        self.box_chosen.emit(place)

    def set_text_mode(self, mode: TextMode) -> None:
        """Change how much corner text is shown."""
        self.remember(text_mode=mode)
        for canvas in self._light_box.canvases:
            canvas.set_text_mode(mode)
        self.changed.emit()

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show names and dates everywhere in the window."""
        self.remember(anonymous=anonymous)
        for canvas in self._light_box.canvases:
            canvas.set_anonymous(anonymous)
        self.panes.set_anonymous(anonymous)
        self.anonymous_changed.emit(anonymous)
        self.changed.emit()

    @property
    def language(self) -> str:
        """The language spoken now."""
        return voice().language

    def set_language(self, language: LanguageChoice) -> None:
        """Speak another language from now on."""
        self.remember(language=language)
        voice().speak(language)
        self.changed.emit()

    # Films

    def step_film(self, step: int) -> None:
        """Hang the next or the previous film."""
        self._sitting.step(step)

    def step_frame(self, step: int) -> None:
        """Show the next or the previous frame of a film with several."""
        self._sitting.step_frame(step)

    def mark_reviewed(self, reviewed: bool, onward: bool = False) -> None:
        """Mark the film in front as reviewed or unread; ``onward`` hangs the next unread one."""
        self.review_wanted.emit(reviewed, onward)

    def list_deed(self, deed: ListDeed) -> None:
        """Do something with the worklist."""
        self.list_deed_wanted.emit(deed)

    def follow_list(self, is_open: bool, watching: bool) -> None:
        """Take over whether there is a worklist and whether folders are watched."""
        if (is_open, watching) != (self.list_open, self.watching):
            self.list_open, self.watching = is_open, watching
            self.changed.emit()

    # The network

    def analyse(self, force: bool) -> None:
        """Ask the network about the film in front."""
        self._sitting.analyse(force)

    def put_right(self) -> None:
        """See an inverted or turned film as it should be, and ask the network about it that way."""
        refusal = None if self.prediction is None else self.prediction.refusal
        if self.look is not None and refusal is not None and refusal.remedy is not None:
            self.set_look(put_right(self.look, refusal.remedy))
            self._sitting.analyse(correct=True)

    def cancel_analysis(self) -> None:
        """Stop the network."""
        self._sitting.answers.cancel()

    def _on_first_read_changed(self) -> None:
        self.remember(read_first=self.first_read.reading_first)
        self.changed.emit()

    def _on_hung(self, reading: object) -> None:
        del reading
        self._box = None
        self.changed.emit()

    def _on_answer_changed(self) -> None:
        self._box = None
        self.changed.emit()
