"""Options to disk and back; a crash at any moment leaves the old file or the new one, never half of one."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, get_args

from model.errors import NegatoscopeError
from model.findings.prediction import MapKind
from viewer.session.corner import TEXT_MODES
from viewer.session.overlays import OverlayChoice
from viewer.settings.options import Options


class OptionsError(NegatoscopeError):
    """The options cannot be read or written."""


def load(path: Path) -> Options:
    """Return the options in this file; the defaults when there is no file.

    Raises
    ------
    OptionsError
        When the file is there but cannot be understood; the caller says so and goes on with the defaults.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Options()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionsError("options_unreadable", f"The options in {path} cannot be read; defaults are used.") from error
    try:
        return _options(json.loads(text))
    except (ValueError, TypeError) as error:
        raise OptionsError(
            "options_damaged", f"The options in {path} are damaged; defaults are used and replace them on closing."
        ) from error


def save(options: Options, path: Path) -> None:
    """Write the options to this file, in one step.

    Raises
    ------
    OptionsError
        When the folder or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, json.dumps(asdict(options), indent=2, sort_keys=True) + "\n")
    except OSError as error:
        raise OptionsError(
            "options_unwritable", f"The options cannot be written to {path}; check that folder's permissions."
        ) from error


def replace_text(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` through a file beside it, so that no reader ever sees half of it."""
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _options(raw: Any) -> Options:
    """Return options from parsed JSON; unknown names are left out, wrong types and values are refused."""
    if not isinstance(raw, dict):
        raise ValueError("The options are not an object.")
    known = {name: raw[name] for name in (f.name for f in fields(Options)) if name in raw}
    if "overlays" in known:
        names = {f.name for f in fields(OverlayChoice)}
        known["overlays"] = OverlayChoice(**{name: value for name, value in known["overlays"].items() if name in names})
        if known["overlays"].map not in get_args(MapKind):
            raise ValueError(f"There is no map {known['overlays'].map!r}.")
    default = Options()
    for name, value in known.items():
        if type(value) is not type(getattr(default, name)):
            raise ValueError(f"The option {name} has the wrong type.")
    if known.get("text_mode", "all") not in TEXT_MODES:
        raise ValueError(f"There is no text mode {known['text_mode']!r}.")
    return Options(**known)
