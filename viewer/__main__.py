"""The front door: a command goes to the command line, anything else opens the window with these films."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = ("analyse", "render", "info", "selftest")
DEMONSTRATION = "--demo"
"""Opens the bundled demonstration film, with any other films."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Parameters
    ----------
    arguments
        Those of the process when None. A film that is named like a command is given as ``./info``.
    """
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    # Threads that spin while they wait starve everything else; OpenMP reads this only once.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if wants_window(given):
        from viewer.app import main as open_window

        return open_window(films_in(given))
    from viewer.cli import run

    return run(given)


def wants_window(arguments: Sequence[str]) -> bool:
    """Return whether these arguments are only films: no command first, and no option before ``--``."""
    if arguments and arguments[0] in COMMANDS:
        return False
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return not any(argument.startswith("-") and argument != DEMONSTRATION for argument in options)


def films_in(arguments: Sequence[str]) -> list[Path]:
    """Return the paths that these arguments name; ``--demo`` names the demonstration film."""
    import resources

    places = [resources.path("films", "demonstration.dcm") if a == DEMONSTRATION else Path(a) for a in arguments]
    return [place for place, argument in zip(places, arguments, strict=True) if argument != "--"]


if __name__ == "__main__":
    sys.exit(main())
