"""Opens folders and pages with the desktop's own programs, which must not load the libraries that lie in ours."""

from __future__ import annotations

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

SEARCHED = "LD_LIBRARY_PATH"
AS_FOUND = f"{SEARCHED}_ORIG"
"""Where a packaged program's starter keeps the value that it replaced (PyInstaller's manual)."""


@contextmanager
def environment_as_found(environment: MutableMapping[str, str]) -> Iterator[None]:
    """Let programs that are started meanwhile search for libraries where they would without us."""
    ours = environment.pop(SEARCHED, None)
    if AS_FOUND in environment:
        environment[SEARCHED] = environment[AS_FOUND]
    try:
        yield
    finally:
        environment.pop(SEARCHED, None)
        if ours is not None:
            environment[SEARCHED] = ours


def open_outside(url: QUrl) -> None:
    """Hand an address to the program that the desktop opens it with."""
    with environment_as_found(os.environ):
        QDesktopServices.openUrl(url)
