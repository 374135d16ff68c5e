"""When something unforeseen happens: a report without patient data, a dialog, and the program goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from viewer.qt.words import translate
from viewer.settings.storage import replace_text

KEPT = 20
_log = logging.getLogger(__name__)


def report_text(error: BaseException) -> str:
    """Return a report of an error: what the program is and where it failed.

    The words of the error and of its causes are left out, as are folders: they may hold names from headers or
    file names. Only kinds of errors, files of the program, functions and lines remain.
    """
    from viewer.versions import own_version

    lines = [
        f"Negatoscope {own_version()}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        datetime.now(UTC).isoformat(timespec="seconds"),
        "",
    ]
    link: BaseException | None = error
    while link is not None:
        kind = type(link)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            path = Path(frame.filename)
            lines.append(f"  {'/'.join(path.parts[-3:])}:{frame.lineno} in {frame.name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, folder: Path) -> Path:
    """Write a report of an error into ``folder``, where only the newest are kept, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"crash-{stamp}.txt"
    replace_text(path, report_text(error))
    for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


class CrashGuard(QObject):
    """Takes what no one else caught, on any thread, and tells the user once at a time.

    Parameters
    ----------
    folder
        Where reports go.
    window
        Returns the window to speak over.
    """

    _caught = Signal(object)

    def __init__(self, folder: Path, window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._folder = folder
        self._window = window
        self._box: QMessageBox | None = None
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self._hooks = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take uncaught errors from now on."""
        sys.excepthook = self._excepthook
        threading.excepthook = lambda args: self._take(args.exc_value)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks

    def _excepthook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._take(error)

    def _take(self, error: BaseException | None) -> None:
        if error is not None:
            self._caught.emit(error)

    def note(self, error: BaseException) -> str:
        """Write a report without a dialog and return where it went; for errors that the user is told of otherwise."""
        sys.stderr.write(report_text(error))
        try:
            return str(write_report(error, self._folder))
        except OSError:
            return translate("Crash", "nowhere: the folder {folder} cannot be written").format(folder=self._folder)

    def _on_caught(self, error: BaseException) -> None:
        where = self.note(error)
        if self._box is None:
            self._tell(report_text(error), where)

    def _tell(self, text: str, where: str) -> None:
        box = QMessageBox(self._window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(translate("Crash", "Something went wrong"))
        box.setText(translate("Crash", "Something unforeseen happened. Your films are untouched and you can go on."))
        box.setInformativeText(
            translate(
                "Crash",
                "A report without patient data was written to:\n{where}\nPlease attach it when you report this.",
            ).format(where=where)
        )
        box.setDetailedText(text)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.finished.connect(self._on_told)
        self._box = box
        box.open()

    def _on_told(self) -> None:
        if self._box is not None:
            self._box.deleteLater()
            self._box = None
