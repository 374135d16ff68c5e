"""Reasons: what the reader is told when something went wrong, and who hears of what nobody foresaw."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from model.errors import NegatoscopeError
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.words import translate


class Reasons(QObject):
    """Turns errors into sentences.

    Signals
    -------
    told
        A ``Message`` for the user.
    surprised
        An ``Exception`` that nobody foresaw; the user has been told, a report is worth writing.
    """

    told = Signal(object)
    surprised = Signal(object)

    def sentence(self, error: Exception) -> str:
        """Return what to tell of an error: its own sentence, or that nobody foresaw it."""
        if isinstance(error, NegatoscopeError):
            return error.message
        self.surprised.emit(error)
        text = translate("Sitting", "Something unforeseen happened ({kind}); a report was written, please send it.")
        return text.format(kind=type(error).__name__)

    def tell(self, error: Exception) -> None:
        """Tell the user of an error."""
        text = QT_TRANSLATE_NOOP("Messages", "{reason}")
        self.told.emit(Message("error", text, {"reason": self.sentence(error)}))
