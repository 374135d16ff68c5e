"""What commands may ask of the hands that draw, hang priors, carry files and open the window's doors."""

from __future__ import annotations

from typing import Literal, Protocol

from model.film.film import Window
from viewer.measure.shapes import Kind, Measurement
from viewer.session.impressions import Question, Word
from viewer.session.verdicts import Judgement

Tool = Kind | Literal["calibration"]
"""What the left button draws; "calibration" is a line whose length the reader then tells."""


Page = Literal["help", "about", "model_card"]


class OwnWindowHand(Protocol):
    """Keeps the reader's own windows, by their places."""

    @property
    def can_keep(self) -> bool:
        """Whether the film in front is seen with a window that can be kept."""

    def window(self, place: int) -> Window | None:
        """Return the window of this place on the film in front; None without one or a film."""

    def shown(self, place: int) -> bool:
        """Tell whether the film in front is seen with the window of this place."""

    def show(self, place: int) -> None:
        """See the film in front with the window of this place; one undo step."""

    def keep(self, place: int) -> None:
        """Keep the window of the film in front in this place."""


class PaneHand(Protocol):
    """Parts the light box into panes and hangs films in them."""

    @property
    def layout(self) -> tuple[int, int]:
        """Rows and columns of panes."""

    def arrange(self, rows: int, columns: int) -> None:
        """Part the light box; new panes take the patient's other films."""

    def step(self, step: int) -> None:
        """Bring the next or the previous pane in front."""

    def exchange(self) -> None:
        """Exchange the film in front with the one in the next pane."""

    @property
    def prior_available(self) -> bool:
        """Whether another film of the patient in front lies on the table."""

    @property
    def prior_wished(self) -> bool:
        """Whether every film is to have an earlier one of its patient beside it, where there is one."""

    def toggle_prior(self) -> None:
        """Hang the nearest prior beside the film in front, and beside every film that follows; or do so no more."""

    def next_prior(self, step: int) -> None:
        """Hang the next or the previous of the patient's other films beside the one in front."""

    @property
    def can_link(self) -> bool:
        """Whether any film may move together with the one in front."""

    @property
    def linked(self) -> bool:
        """Whether films move together with the one in front."""

    def set_linked(self, linked: bool) -> None:
        """Let zoom and pan of films that may move together do so, or each alone."""


class ImpressionHand(Protocol):
    """Asks the reader about the film in front before the network is heard."""

    @property
    def reading_first(self) -> bool:
        """Whether the network's answers are held back until the reader has said what they see."""

    @property
    def pending(self) -> bool:
        """Whether the reader is asked about the film in front."""

    @property
    def asked(self) -> Question | None:
        """The question to be answered next, None when none is."""

    def set_reading_first(self, first: bool) -> None:
        """Ask the reader first from now on, or no more."""

    def answer(self, word: Word) -> None:
        """Answer the question in turn."""

    def take_back(self) -> None:
        """Forget the answer given last."""

    def write_remark(self) -> None:
        """Bring the keyboard to the remark."""

    def record(self) -> None:
        """Keep the impression and show what the network says."""


class DrawingHand(Protocol):
    """Draws on the film in front, and works on what is drawn there."""

    @property
    def tool(self) -> Tool | None:
        """What is drawn next, None while the left button has its usual deed."""

    @property
    def chosen(self) -> Measurement | None:
        """The drawing that was taken hold of last."""

    @property
    def box_chosen(self) -> bool:
        """Whether a box of the network is chosen."""

    @property
    def box_judgement(self) -> Judgement | None:
        """The reader's word on the chosen box of the network, None while there is none."""

    @property
    def lens(self) -> bool:
        """Whether a magnifier is held over the film."""

    @property
    def lens_own_window(self) -> bool:
        """Whether the magnifier finds its own window."""

    @property
    def calibrated(self) -> bool:
        """Whether the scale was set by hand."""

    @property
    def count(self) -> int:
        """How many drawings lie on the film."""

    def take(self, tool: Tool | None) -> None:
        """Take up a tool; the same once more, or None, lays it down."""

    def cancel(self) -> bool:
        """Forget what is half drawn, else lay down the tool, else let go of the chosen drawing; tell if any was."""

    def delete(self) -> None:
        """Take the chosen drawing away; one undo step."""

    def clear(self) -> None:
        """Take all drawings away; one undo step."""

    def measure_heart(self) -> None:
        """Propose the cardiothoracic ratio from the network's maps; without them, let the reader draw it."""

    def calibrate(self) -> None:
        """Ask how long the chosen line is, or let the reader draw one first."""

    def forget_calibration(self) -> None:
        """Measure with the film's own scale again."""

    def judge_box(self, judgement: Literal["accepted", "rejected"]) -> None:
        """Accept or reject the chosen box of the network; the same word once more takes it back."""

    def relabel_box(self) -> None:
        """Give the chosen box, the network's or the reader's, the next finding."""

    def export_boxes(self) -> None:
        """Let the user save the boxes of all films seen in this sitting for training."""

    def import_boxes(self) -> None:
        """Let the user read boxes onto the films seen in this sitting."""

    def set_lens(self, held: bool, own_window: bool) -> None:
        """Hold a magnifier over the film or put it away."""


class FileHand(Protocol):
    """Brings films in and takes pictures out."""

    @property
    def can_resume(self) -> bool:
        """Whether the films of last time can be hung again."""

    def resume(self) -> None:
        """Hang the films of last time again."""

    def show_recent(self) -> None:
        """Show what was opened of late, to be opened again."""

    def choose_files(self) -> None:
        """Let the user choose files to open."""

    def choose_folder(self) -> None:
        """Let the user choose a folder to open."""

    def paste(self) -> None:
        """Open the paths or files on the clipboard."""

    def open_demonstration(self) -> None:
        """Open the bundled demonstration film."""

    def remove_film(self) -> None:
        """Take the film in front off the table; the file stays."""

    def clear_table(self) -> None:
        """Take all films off the table; the files stay."""

    def export_picture(self) -> None:
        """Let the user save what is seen as a PNG file."""

    def copy_picture(self) -> None:
        """Put what is seen on the clipboard."""


class WindowHand(Protocol):
    """Moves the window's walls."""

    @property
    def full_screen(self) -> bool:
        """Whether the window fills the screen."""

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen or go back."""

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel."""

    def panel_shown(self, name: str) -> bool:
        """Tell whether a panel is shown."""

    def step_pane(self) -> None:
        """Move the keyboard to the next panel."""

    def quit(self) -> None:
        """Close the window."""


class DoorHand(Protocol):
    """Opens the window's doors."""

    def show_palette(self) -> None:
        """Show the command palette."""

    def save_key_card(self) -> None:
        """Let the user save every key and gesture as one page to print."""

    def show_agreement(self) -> None:
        """Show how far reader and network agree on films that the reader judged first."""

    def show_tags(self) -> None:
        """Show the tags of the film in front."""

    def show_settings(self) -> None:
        """Show the settings."""

    def show_page(self, page: Page) -> None:
        """Show one of the pages of text."""
