"""What is remembered between sittings: the window, the reader's habits, what was accepted. No patient data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from viewer.session.corner import TextMode
from viewer.session.overlays import OverlayChoice

Language = Literal["en", "ru"]
LanguageChoice = Literal["system", "en", "ru"]

NOTICE = 1
"""Version of the first-run notice; a new one has to be accepted again."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything remembered. ``geometry`` and ``panels`` are Qt's own words for the window, as hexadecimal text."""

    accepted_notice: int = 0
    geometry: str = ""
    panels: str = ""
    overlays: OverlayChoice = field(default_factory=OverlayChoice)
    text_mode: TextMode = "all"
    anonymous: bool = False
    last_folder: str = ""
    device: str = "auto"
    analyse_on_opening: bool = True
    shelf_megabytes: int = 512
    language: LanguageChoice = "system"
