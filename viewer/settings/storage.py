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
from viewer.session.hands import HandChoice
from viewer.session.overlays import OverlayChoice
from viewer.session.own_windows import OwnWindow
from viewer.settings.options import LanguageChoice, Options


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
    values = _known(raw, Options)
    if "overlays" in values:
        values["overlays"] = OverlayChoice(**_known(values["overlays"], OverlayChoice))
    if "hands" in values:
        values["hands"] = HandChoice(**_known(values["hands"], HandChoice))
    if "keys" in values:
        values["keys"] = _keys(values["keys"])
    if "own_windows" in values:
        values["own_windows"] = _own_windows(values["own_windows"])
    options = Options(**values)
    default = Options()
    for field in fields(Options):
        if type(getattr(options, field.name)) is not type(getattr(default, field.name)):
            raise ValueError(f"The option {field.name} has the wrong type.")
    if options.text_mode not in TEXT_MODES or options.overlays.map not in get_args(MapKind):
        raise ValueError("The options name a text mode or a map that does not exist.")
    if options.language not in get_args(LanguageChoice):
        raise ValueError("The options name a language that does not exist.")
    return options


def _keys(raw: Any) -> dict[str, tuple[str, ...]]:
    """Return chosen keys from parsed JSON."""
    if not isinstance(raw, dict) or not all(
        isinstance(keys, list) and all(isinstance(key, str) for key in keys) for keys in raw.values()
    ):
        raise ValueError("The keys are not lists of key names.")
    return {command: tuple(keys) for command, keys in raw.items()}


def _own_windows(raw: Any) -> dict[str, OwnWindow]:
    """Return kept windows from parsed JSON."""
    if not isinstance(raw, dict):
        raise ValueError("The kept windows are no object.")
    return {place: OwnWindow(**_known(window, OwnWindow)) for place, window in raw.items()}


def _known(raw: Any, kind: type[Options | OverlayChoice | HandChoice | OwnWindow]) -> dict[str, Any]:
    """Return those values of a parsed JSON object that this dataclass knows."""
    if not isinstance(raw, dict):
        raise ValueError("An object was expected.")
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in raw.items() if name in names}
