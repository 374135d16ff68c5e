"""The reader's language: which there are, how to change it while the window is open, and who has to follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QWidget

import resources
from viewer.settings.options import Language

NAMES: dict[Language, str] = {"en": "English", "ru": "Русский"}
"""Every language, each called as its speakers call it."""


class Voice(QObject):
    """Tells when the program speaks another language.

    Signals
    -------
    changed
        Another language holds from now on; whoever shows words has to say them again.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.language: Language = "en"
        self._translators: list[QTranslator] = []

    def speak(self, choice: str) -> None:
        """Speak this language, ``"system"`` for the computer's own; English where that is not among ours."""
        language = spoken(choice)
        if language == self.language:
            return
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = _translators(language)
        for translator in self._translators:
            QCoreApplication.installTranslator(translator)
        self.language = language
        QLocale.setDefault(QLocale(language))
        self.changed.emit()


@cache
def voice() -> Voice:
    """Return the one voice of the program."""
    return Voice()


def spoken(choice: str) -> Language:
    """Return the language that a choice stands for."""
    wanted = QLocale.system().name().partition("_")[0] if choice == "system" else choice
    return next((language for language in NAMES if language == wanted), "en")


def _translators(language: Language) -> list[QTranslator]:
    """Return Qt's own words and ours; none for English, which both are written in.

    Raises
    ------
    FileNotFoundError
        When a translation is not where the installation should have it.
    """
    if language == "en":
        return []
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = (f"{qt}/qtbase_{language}.qm", str(resources.path("words", f"negatoscope_{language}.qm")))
    made = []
    for file in files:
        translator = QTranslator()
        if not translator.load(file):
            raise FileNotFoundError(f"The translation {file} cannot be read; reinstall the application.")
        made.append(translator)
    return made


class _Saying(QObject):
    """Does something whenever the language changes; it lives as long as its owner."""

    def __init__(self, owner: QObject, speak: Callable[[], object]) -> None:
        super().__init__(owner)
        self._speak = speak
        voice().changed.connect(self.again)

    def again(self) -> None:
        """Say it in the present language."""
        self._speak()


def say_again(owner: QObject, speak: Callable[[], object]) -> None:
    """Call ``speak`` now, and again whenever the language changes, for as long as ``owner`` lives."""
    speak()
    _Saying(owner, speak)


def say(  # noqa: PLR0913 - one word for each place where a widget shows words
    widget: QWidget,
    text: Callable[[], str] | None = None,
    *,
    tip: Callable[[], str] | None = None,
    name: Callable[[], str] | None = None,
    title: Callable[[], str] | None = None,
    hint: Callable[[], str] | None = None,
) -> None:
    """Give a widget words that follow the language.

    Parameters
    ----------
    widget
        Any widget; it must have the setters for the words given.
    text, tip, name, title, hint
        Return, in the present language, the text on it, the tip, what screen readers call it, the title of the
        window and what an empty field asks for.
    """
    setters = {
        "setText": text,
        "setToolTip": tip,
        "setAccessibleName": name,
        "setWindowTitle": title,
        "setPlaceholderText": hint,
    }
    given = [(getattr(widget, setter), words) for setter, words in setters.items() if words is not None]

    def speak() -> None:
        for put, words in given:
            put(words())

    say_again(widget, speak)
