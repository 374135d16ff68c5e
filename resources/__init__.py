"""The only way to reach a bundled file; works from source, from a wheel and frozen."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Return the path of a bundled file or folder, e.g. ``path("icons", "rotate.svg")``.

    Raises
    ------
    FileNotFoundError
        When it is not bundled; the sentence names it.
    """
    found = ROOT.joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"The bundled resource {'/'.join(parts)} is missing; reinstall the application.")
    return found
