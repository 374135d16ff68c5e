"""How much corner text lies on the film: a choice of the reader, for all films."""

from __future__ import annotations

from typing import Literal, get_args

TextMode = Literal["all", "minimal", "none"]
TEXT_MODES: tuple[TextMode, ...] = get_args(TextMode)
