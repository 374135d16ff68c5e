"""What is remembered between sittings: the window, the reader's habits, what was accepted. No patient data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from viewer.session.corner import TextMode
from viewer.session.hands import HandChoice
from viewer.session.overlays import OverlayChoice
from viewer.session.own_windows import OwnWindow

Language = Literal["en", "ru"]
LanguageChoice = Literal["system", "en", "ru"]

DEVICES = ("auto", "cpu", "cuda", "mps", "xpu")
"""What the network may run on; "auto" takes the first accelerator that works."""
SHELF_LEAST, SHELF_MOST = 64, 16384
"""Megabytes for films kept in memory."""
WAIT_MOST = 1440
"""Minutes, the longest cap on the waiting time of films in a worklist."""

NOTICE = 1
"""Version of the first-run notice; a new one has to be accepted again."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything remembered. ``geometry`` and ``panels`` are Qt's own words for the window, as hexadecimal text.

    ``keys`` holds, by command id, the keys of those commands whose keys the reader changed; ``own_windows``, by their
    places, the windows that the reader keeps. After
    ``longest_wait_minutes`` an unread film goes to the top of a worklist, whatever its score; 0 lifts none.
    """

    accepted_notice: int = 0
    geometry: str = ""
    panels: str = ""
    overlays: OverlayChoice = field(default_factory=OverlayChoice)
    text_mode: TextMode = "all"
    anonymous: bool = False
    last_folder: str = ""
    device: str = "auto"
    analyse_on_opening: bool = True
    read_first: bool = False
    shelf_megabytes: int = 512
    longest_wait_minutes: int = 60
    language: LanguageChoice = "system"
    hands: HandChoice = field(default_factory=HandChoice)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own_windows: dict[str, OwnWindow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.device not in DEVICES or not SHELF_LEAST <= self.shelf_megabytes <= SHELF_MOST:
            raise ValueError("The options name a device that does not exist or memory that cannot be given.")
        if not 0 <= self.longest_wait_minutes <= WAIT_MOST:
            raise ValueError("The options name a waiting time that cannot be.")
