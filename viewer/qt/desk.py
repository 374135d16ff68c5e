"""The desk: what commands ask for, done with the sitting, the canvas and the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

import resources
from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.commands.command import ListDeed, Page
from viewer.display.look import Look
from viewer.display.remedy import put_right
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.boxes import BoxHand
from viewer.qt.canvas import Canvas
from viewer.qt.dialogs.files import ask_files, ask_folder, ask_picture
from viewer.qt.drop import paths_in
from viewer.qt.language import voice
from viewer.qt.last_time import LastTime
from viewer.qt.priors import Priors
from viewer.qt.sitting import Sitting
from viewer.session.corner import TextMode
from viewer.session.overlays import OverlayChoice
from viewer.settings.options import LanguageChoice, Options

if TYPE_CHECKING:
    from viewer.export.picture import Layer, Overlays


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
    told
        A ``Message`` for the user.
    settings_wanted, tags_wanted, key_card_wanted, page_wanted, panel_wanted, palette_wanted, full_screen_wanted,
    pane_wanted, quit_wanted
        Deeds of the window.
    list_deed_wanted
        A deed of the worklist.
    review_wanted
        Whether the film in front is reviewed now, and whether the next one is to hang.
    """

    changed = Signal()
    box_chosen = Signal(int)
    overlays_changed = Signal(object)
    anonymous_changed = Signal(bool)
    told = Signal(object)
    settings_wanted = Signal()
    tags_wanted = Signal()
    key_card_wanted = Signal()
    page_wanted = Signal(str)
    panel_wanted = Signal(str)
    palette_wanted = Signal()
    full_screen_wanted = Signal(bool)
    pane_wanted = Signal()
    quit_wanted = Signal()
    list_deed_wanted = Signal(str)
    review_wanted = Signal(bool, bool)

    def __init__(self, sitting: Sitting, canvas: Canvas, options: Options, panel_shown: Callable[[str], bool]) -> None:
        super().__init__(canvas)
        self._sitting = sitting
        self._canvas = canvas
        self._panel_shown = panel_shown
        self._box: int | None = None
        self.list_open = False
        self.watching = False
        self.options = options
        self.last_time: LastTime | None = None
        canvas.set_overlays(options.overlays)
        canvas.set_text_mode(options.text_mode)
        canvas.set_anonymous(options.anonymous)
        canvas.set_hands(options.hands)
        self.drawings = BoxHand(sitting, canvas)
        self.box_chosen.connect(self.drawings.choose_box)
        self.priors = Priors(sitting, canvas, self)
        self.priors.changed.connect(self.changed)
        self.drawings.changed.connect(self.changed)
        self.drawings.told.connect(self.told)
        sitting.hung.connect(self._on_hung)
        sitting.answer_changed.connect(self._on_answer_changed)

    def remember(self, **habits: object) -> None:
        """Change something that is remembered between sittings."""
        self.options = replace(self.options, **habits)  # type: ignore[arg-type]

    # What hangs on the box

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
        """What is laid over films."""
        return self.options.overlays

    @property
    def text_mode(self) -> TextMode:
        """How much corner text is shown."""
        return self.options.text_mode

    @property
    def anonymous(self) -> bool:
        """Whether names and dates are hidden."""
        return self.options.anonymous

    @property
    def full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self._canvas.window().isFullScreen()

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
        return self.film is not None and self._sitting.book.history(self.film.key).can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a choice on this film can be taken again."""
        return self.film is not None and self._sitting.book.history(self.film.key).can_redo

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
            self.set_look(self._sitting.book.first_look(self.film.key))
            self.fit()

    def undo(self) -> None:
        """Take back the last choice on this film."""
        self._sitting.undo()

    def redo(self) -> None:
        """Take again the choice last taken back."""
        self._sitting.redo()

    def fit(self) -> None:
        """Show the whole film."""
        self._box = None
        self._canvas.select_box(None)
        self._canvas.fit()
        self.priors.fit()
        self.box_chosen.emit(-1)

    def actual_pixels(self) -> None:
        """Show one film pixel as one screen pixel."""
        self._canvas.actual_pixels()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        self._canvas.zoom_by(factor)

    # What is laid over it

    def set_overlays(self, choice: OverlayChoice) -> None:
        """Change what is laid over films."""
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
        self._canvas.set_text_mode(mode)
        self.changed.emit()

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show names and dates everywhere in the window."""
        self.remember(anonymous=anonymous)
        self._canvas.set_anonymous(anonymous)
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

    @property
    def can_resume(self) -> bool:
        """Whether the films of last time can be hung again: while no others lie on the table."""
        return self.last_time is not None and self.last_time.films is not None and not self.film_count

    def resume(self) -> None:
        """Hang the films of last time again."""
        if self.last_time is not None:
            self.last_time.resume()

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

    def choose_files(self) -> None:
        """Let the user choose files to open."""
        self._open_chosen(ask_files(self._canvas.window(), self.options.last_folder))

    def choose_folder(self) -> None:
        """Let the user choose a folder to open."""
        self._open_chosen(ask_folder(self._canvas.window(), self.options.last_folder))

    def _open_chosen(self, paths: tuple[Path, ...]) -> None:
        if paths:
            folder = paths[0] if paths[0].is_dir() else paths[0].parent
            self.remember(last_folder=str(folder))
            self._sitting.open(paths)

    def paste(self) -> None:
        """Open the paths or files on the clipboard."""
        paths = paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self._sitting.open(paths)
        else:
            self.told.emit(
                Message(
                    "warning",
                    QT_TRANSLATE_NOOP(
                        "Messages", "The clipboard holds no files and no path to one; copy a file or its path first."
                    ),
                )
            )

    def open_demonstration(self) -> None:
        """Open the bundled demonstration film."""
        self._sitting.open([resources.path("films", "demonstration.dcm")])

    def remove_film(self) -> None:
        """Take the film in front off the table; the file stays."""
        current = self._sitting.table.current
        if current is not None:
            self._sitting.remove(current.id)

    def clear_table(self) -> None:
        """Take all films off the table; the files stay."""
        self._sitting.clear()

    def export_picture(self) -> None:
        """Let the user save the whole film at full size as it is seen, overlays included, without patient data."""
        film, look = self.film, self.look
        path = ask_picture(self._canvas.window(), self.options.last_folder)
        if path is None or film is None or look is None:
            return
        from viewer.export.picture import drawn, save_png

        try:
            save_png(
                path,
                drawn(film, look, overlays=self._overlays_to_draw(), drawings=self.drawings.results()),
                self.prediction,
            )
        except OSError:
            text = QT_TRANSLATE_NOOP("Messages", "The picture could not be written to {folder}; choose another folder.")
            self.told.emit(Message("error", text, {"folder": str(path.parent)}))
        else:
            text = QT_TRANSLATE_NOOP("Messages", "The picture was saved as {name}.")
            self.told.emit(Message("info", text, {"name": path.name}))

    def _overlays_to_draw(self) -> Overlays | None:
        """Return what the canvas lays over the film, for a picture of it; None where it lays nothing."""
        choice, prediction = self.overlays, self.prediction
        if prediction is None or not choice.anything:
            return None
        from viewer.export.picture import Overlays

        shown: dict[Layer, bool] = {"lungs": choice.lungs, "boxes": choice.boxes}
        layers = tuple(layer for layer, is_shown in shown.items() if is_shown)
        heat_map = choice.shown_map(prediction) if choice.heatmap else None
        return Overlays(prediction, layers, choice.opacity, heat_map, self.drawings.judged)

    def copy_picture(self) -> None:
        """Put what is seen on the clipboard."""
        QGuiApplication.clipboard().setImage(self._canvas.grab_picture())
        self.told.emit(Message("info", QT_TRANSLATE_NOOP("Messages", "The picture is on the clipboard.")))

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
        self._sitting.cancel_analysis()

    # The window

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen or go back."""
        self.full_screen_wanted.emit(full)

    def show_palette(self) -> None:
        """Show the command palette."""
        self.palette_wanted.emit()

    def save_key_card(self) -> None:
        """Let the user save every key and gesture as one page to print."""
        self.key_card_wanted.emit()

    def show_tags(self) -> None:
        """Show the tags of the film in front."""
        self.tags_wanted.emit()

    def show_settings(self) -> None:
        """Show the settings."""
        self.settings_wanted.emit()

    def show_page(self, page: Page) -> None:
        """Show one of the pages of text."""
        self.page_wanted.emit(page)

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel."""
        self.panel_wanted.emit(name)

    def panel_shown(self, name: str) -> bool:
        """Tell whether a panel is shown."""
        return self._panel_shown(name)

    def step_pane(self) -> None:
        """Move the keyboard to the next panel."""
        self.pane_wanted.emit()

    def quit(self) -> None:
        """Close the window."""
        self.quit_wanted.emit()

    def _on_hung(self, reading: object) -> None:
        del reading
        self._box = None
        self.changed.emit()

    def _on_answer_changed(self) -> None:
        self._box = None
        self.changed.emit()
