"""Entry point of ``negatoscope-train`` and ``python -m training``."""

from __future__ import annotations

import sys

from model.errors import NegatoscopeError
from training.cli import app


def main() -> None:
    """Run the command line; errors meant for people end in one sentence and status 1."""
    try:
        app()
    except NegatoscopeError as error:
        print(error.message, file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
