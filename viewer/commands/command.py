"""What a command is, and what it may ask of the reading room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from model.film.film import Film
from model.findings.prediction import Prediction
from viewer.commands.hand import (
    DoorHand,
    DrawingHand,
    FileHand,
    ImpressionHand,
    OwnWindowHand,
    PaneHand,
    WindowHand,
)
from viewer.display.look import Look
from viewer.session.corner import TextMode
from viewer.session.overlays import OverlayChoice
from viewer.settings.options import LanguageChoice

ListDeed = Literal["pause", "cancel", "summary", "export", "above", "renew", "watch"]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark ``text`` for Qt's translation tools and return it unchanged."""
    del context
    return text


class Desk(Protocol):
    """The reading room as commands see it: what hangs on the box, the reader's choices, and a few deeds.

    Facts are ``None`` when no film hangs on the box.
    """

    @property
    def film(self) -> Film | None:
        """The film in front."""

    @property
    def look(self) -> Look | None:
        """How it is seen."""

    @property
    def prediction(self) -> Prediction | None:
        """What the network said about it."""

    @property
    def overlays(self) -> OverlayChoice:
        """What is laid over films."""

    @property
    def text_mode(self) -> TextMode:
        """How much corner text is shown."""

    @property
    def anonymous(self) -> bool:
        """Whether names and dates are hidden."""

    @property
    def film_count(self) -> int:
        """How many films lie on the table."""

    @property
    def analysing(self) -> bool:
        """Whether the network is at work."""

    @property
    def can_undo(self) -> bool:
        """Whether a choice on this film can be taken back."""

    @property
    def can_redo(self) -> bool:
        """Whether a choice on this film can be taken again."""

    @property
    def drawings(self) -> DrawingHand:
        """The hand that draws on the film."""

    @property
    def first_read(self) -> ImpressionHand:
        """The hand that asks the reader before the network is heard."""

    @property
    def list_open(self) -> bool:
        """Whether there is a worklist."""

    @property
    def watching(self) -> bool:
        """Whether folders are watched for new films."""

    @property
    def panes(self) -> PaneHand:
        """The hand that hangs films beside each other."""

    @property
    def files(self) -> FileHand:
        """The hand that brings films in and takes pictures out."""

    @property
    def window(self) -> WindowHand:
        """The window around it all."""

    @property
    def doors(self) -> DoorHand:
        """The dialogs and pages behind it."""

    @property
    def own_windows(self) -> OwnWindowHand:
        """The windows that the reader keeps."""

    def preset_available(self, number: int) -> bool:
        """Tell whether the film has a preset on this digit."""

    def preset_applied(self, number: int) -> bool:
        """Tell whether the film is seen with the preset on this digit."""

    def apply_preset(self, number: int) -> None:
        """See the film with the preset on this digit."""

    def set_look(self, look: Look) -> None:
        """See the film with this look; one undo step."""

    def reset(self) -> None:
        """See the film as it was first shown, whole."""

    def undo(self) -> None:
        """Take back the last choice on this film."""

    def redo(self) -> None:
        """Take again the choice last taken back."""

    def set_overlays(self, choice: OverlayChoice) -> None:
        """Change what is laid over films."""

    def hide_overlays(self, hidden: bool) -> None:
        """Hide every overlay while a key is held."""

    def step_box(self, step: int) -> None:
        """Zoom to the next or the previous predicted box."""

    def set_text_mode(self, mode: TextMode) -> None:
        """Change how much corner text is shown."""

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show names and dates everywhere in the window."""

    @property
    def language(self) -> str:
        """The language spoken now."""

    def set_language(self, language: LanguageChoice) -> None:
        """Speak another language from now on."""

    def fit(self) -> None:
        """Show the whole film."""

    def actual_pixels(self) -> None:
        """Show one film pixel as one screen pixel."""

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""

    def step_film(self, step: int) -> None:
        """Hang the next or the previous film."""

    def step_frame(self, step: int) -> None:
        """Show the next or the previous frame of a film with several."""

    def mark_reviewed(self, reviewed: bool, onward: bool = False) -> None:
        """Mark the film in front as reviewed or unread; ``onward`` hangs the next unread one."""

    def list_deed(self, deed: ListDeed) -> None:
        """Do something with the worklist."""

    def analyse(self, force: bool) -> None:
        """Ask the network about the film in front; ``force`` judges it even when it is not assessable."""

    def put_right(self) -> None:
        """See an inverted or turned film as it should be, and ask the network about it that way."""

    def cancel_analysis(self) -> None:
        """Stop the network."""


def always(desk: Desk) -> bool:
    """Enable a command whatever lies on the table."""
    del desk
    return True


def with_film(desk: Desk) -> bool:
    """Enable a command while a film hangs on the box."""
    return desk.film is not None


def with_maps(desk: Desk) -> bool:
    """Enable a command while the network has marks to lay over the film."""
    return desk.prediction is not None and bool(desk.prediction.maps)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do. Menu, toolbar, shortcut, palette and help page derive from it.

    ``title``, ``menu`` and ``tip`` are English source texts of the translation context "Commands".
    ``section`` parts a menu: a change of section draws a line. ``keys`` are Qt key sequences in portable
    text, the first being the one shown. ``press`` tells how the key acts: "press" at once, "tap" when
    released alone (so that it can be held for something else), "hold" until ``release`` runs.
    """

    id: str
    title: str
    run: Callable[[Desk], None]
    menu: str
    section: str = ""
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    enabled: Callable[[Desk], bool] = always
    checked: Callable[[Desk], bool] | None = None
    press: Literal["press", "tap", "hold"] = "press"
    release: Callable[[Desk], None] | None = None
