"""Where this program keeps its own files on this computer."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("Negatoscope", appauthor=False)


def options_file() -> Path:
    """Return the file that holds the options; it need not exist."""
    return _DIRS.user_config_path / "options.json"


def crash_folder() -> Path:
    """Return the folder for crash reports; it need not exist."""
    return _DIRS.user_log_path / "crashes"


def store_file() -> Path:
    """Return the file that keeps answers, reading marks and choices; it need not exist."""
    return _DIRS.user_data_path / "store.sqlite"
