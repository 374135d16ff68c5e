"""The menu of what was opened of late; it is written each time it opens, so that what has gone is not in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from model.errors import NegatoscopeError
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.session.recent import Recent, Study


class RecentMenu(QMenu):
    """Lists studies; their names are hidden with all others.

    Signals
    -------
    chosen
        The paths of a study to open.
    told
        A ``Message`` for the user.
    """

    chosen = Signal(object)
    told = Signal(object)

    def __init__(self, recent: Recent, anonymous: Callable[[], bool]) -> None:
        super().__init__()
        self._recent = recent
        self._anonymous = anonymous
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._write)

    def note(self, study: Study) -> None:
        """Put a study at the top."""
        self._try(lambda: self._recent.add(study))

    def _write(self) -> None:
        self.clear()
        studies = self._recent.studies
        for number, study in enumerate(studies, 1):
            action = self.addAction(self._title(number, study))
            if not self._anonymous():
                action.setToolTip("\n".join(map(str, study[:10])))
            action.triggered.connect(partial(self._on_chosen, study))
        self.addSeparator()
        if studies:
            self.addAction(self.tr("Clear this list")).triggered.connect(lambda: self._try(self._recent.clear))
        else:
            self.addAction(self.tr("Nothing has been opened yet")).setEnabled(False)

    def _title(self, number: int, study: Study) -> str:
        if self._anonymous():
            return self.tr("&{number}  Study {number}").format(number=number % 10)
        name = (study[0].name or str(study[0])).replace("&", "&&")
        if len(study) > 1:
            name = self.tr("{name} and {count} more").format(name=name, count=len(study) - 1)
        return f"&{number % 10}  {name}"

    def _on_chosen(self, study: Study, _checked: bool = False) -> None:
        self.chosen.emit(study)

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except NegatoscopeError as error:
            self.told.emit(Message("warning", QT_TRANSLATE_NOOP("Messages", "{reason}"), {"reason": error.message}))
