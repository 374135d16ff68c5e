"""The composition root: the only file that knows everyone; it puts the program together and runs it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from model.card import ModelCard
from model.errors import NegatoscopeError, WeightsError
from viewer.jobs import Analyst
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.analysis import Analysis
from viewer.qt.crash import CrashGuard
from viewer.qt.dialogs.first_run import FirstRunDialog
from viewer.qt.handed import Handed
from viewer.qt.icons import application_icon
from viewer.qt.language import voice
from viewer.qt.last_time import LastTime
from viewer.qt.morning import Morning
from viewer.qt.sitting import Sitting
from viewer.qt.theme import dress
from viewer.qt.window import Window
from viewer.session.keeping import Keeper
from viewer.session.store import Store, StoreError
from viewer.settings import places, storage
from viewer.settings.options import NOTICE, Options


class FirstPaint(QObject):
    """Tells once when a window has been painted for the first time.

    Signals
    -------
    painted
        The first picture of the window is on the screen.
    """

    painted = Signal()

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._watched = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint, then for what follows it."""
        if event.type() == QEvent.Type.Paint:
            self._watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return super().eventFilter(watched, event)


def _card(analyst: Analyst) -> ModelCard | None:
    try:
        return analyst.card
    except WeightsError:
        return None


def build(options: Options, analyst: Analyst, store: Store | None = None) -> Window:
    """Return the whole program as one window, not shown yet; without a store nothing drawn outlasts it."""
    voice().speak(options.language)
    sitting = Sitting(
        Analysis(analyst),
        shelf_bytes=options.shelf_megabytes * 2**20,
        analyse_on_opening=options.analyse_on_opening,
        keeper=None if store is None else Keeper(store),
    )
    window = Window(sitting, options, lambda: _card(analyst), lambda: analyst.atlas, Morning(analyst, store))
    sitting.setParent(window)
    if store is not None:
        window.desk.files.last_time = last_time = LastTime(sitting, window.desk.panes, store)
        window.closed.connect(last_time.keep)
        window.actions_.follow()
    window.morning.setParent(window)
    FirstPaint(window.canvas).painted.connect(sitting.allow_analysis)
    return window


def application() -> QApplication:
    """Return the one application, dressed in the theme."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setDesktopFileName("negatoscope")
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Negatoscope")
    made.setApplicationDisplayName("Negatoscope")
    made.setWindowIcon(application_icon())
    dress(made)
    return made


def _remember(options: Options, file: Path) -> None:
    try:
        storage.save(options, file)
    except storage.OptionsError as error:
        sys.stderr.write(f"{error.message}\n")


def main(paths: Sequence[Path]) -> int:
    """Open the window with these films and return the exit status when it closes.

    Parameters
    ----------
    paths
        Files and folders. Without any the light box is empty, but for the demonstration film on the first run.
    """
    running = application()
    handed = Handed(running)
    file = places.options_file()
    problems: list[NegatoscopeError] = []
    try:
        options = storage.load(file)
    except storage.OptionsError as error:
        options = Options()
        problems.append(error)
    store = _store(problems)
    window = build(options, Analyst(options.device), store)
    guard = CrashGuard(places.crash_folder(), lambda: window)
    guard.install()
    window.surprised.connect(guard.note)
    window.closed.connect(lambda kept: _remember(kept, file))
    window.settings_changed.connect(lambda kept: _remember(kept, file))
    window.show()
    for problem in problems:
        window.tell(Message("warning", QT_TRANSLATE_NOOP("Messages", "{reason}"), {"reason": problem.message}))
    if options.accepted_notice < NOTICE:
        _ask_first(window, paths, handed)
    else:
        window.open(paths)
        handed.pass_to(window.open)
    status = running.exec()
    guard.remove()
    if store is not None:
        store.close()
    return status


def _store(problems: list[NegatoscopeError]) -> Store | None:
    """Return the store of what readers choose; without one the program works, and says that nothing is kept."""
    try:
        return Store(places.store_file())
    except (StoreError, OSError) as error:
        reason = error.message if isinstance(error, StoreError) else f"{places.store_file().parent}: {error.strerror}"
        text = f"Drawings and looks are not kept beyond this sitting: {reason}"
        problems.append(StoreError("store_unusable", text))
        return None


def _ask_first(window: Window, paths: Sequence[Path], handed: Handed) -> None:
    """Show the first-run notice; films, else the demonstration film, follow a yes, and a no ends the program."""
    notice = FirstRunDialog(window)
    notice.accepted.connect(lambda: window.desk.remember(accepted_notice=NOTICE))
    notice.accepted.connect(lambda: _begin(window, paths, handed))
    notice.rejected.connect(window.close)
    notice.open()


def _begin(window: Window, paths: Sequence[Path], handed: Handed) -> None:
    if paths:
        window.open(paths)
    elif not handed.waiting:
        window.desk.files.open_demonstration()
    handed.pass_to(window.open)
