"""The first read: asks the reader before the network is heard, keeps both answers, and lifts the veil."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from model.errors import NegatoscopeError
from model.findings.prediction import Prediction
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.sitting import Sitting
from viewer.session.impressions import Draft, Impression, Impressions, Question, Word
from viewer.session.store import Store


class FirstRead(QObject):
    """Implements ``viewer.commands.hand.ImpressionHand``.

    Signals
    -------
    changed
        The mode, or what was said of the film in front, has changed.
    lifted
        Answers were given out or held back; lists have to look again.
    told
        A ``Message`` for the user.
    remark_wanted
        The keyboard is to go to the remark.
    """

    changed = Signal()
    lifted = Signal()
    told = Signal(object)
    remark_wanted = Signal()

    def __init__(self, sitting: Sitting, store: Store, reading_first: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self.store = store
        self._log = Impressions(store)
        self._seen: set[str] = set()
        self._draft = Draft()
        self._remark = ""
        self.reading_first = reading_first
        sitting.answers.veil.hides = self.hides
        sitting.hung.connect(self._on_hung)
        sitting.answers.said.connect(self._keep_answer)
        sitting.answer_changed.connect(self._on_answer_changed)

    def hides(self, film_key: str) -> bool:
        """Tell whether the network's word on this film is held back.

        A film whose answer the reader has already seen in this sitting is not asked about any more.
        """
        return self.reading_first and film_key not in self._log and film_key not in self._seen

    @property
    def pending(self) -> bool:
        """Whether the reader is asked about the film in front."""
        film = self._sitting.film
        return film is not None and self.hides(film.key)

    @property
    def draft(self) -> Draft | None:
        """What was said of the film in front so far; None while the reader is not asked."""
        return self._draft if self.pending else None

    @property
    def asked(self) -> Question | None:
        """The question to be answered next; None when none is."""
        return self._draft.asked if self.pending else None

    def set_reading_first(self, first: bool) -> None:
        """Ask the reader first from now on, or no more."""
        self.reading_first = first
        self._lift()

    def answer(self, word: Word) -> None:
        """Answer the question in turn."""
        if (question := self.asked) is not None:
            self.say(question, word)

    def say(self, question: Question, word: Word) -> None:
        """Answer this question, anew if need be."""
        if self.pending:
            self._draft = self._draft.with_word(question, word)
            self.changed.emit()

    def take_back(self) -> None:
        """Forget the answer given last."""
        self._draft = Draft(self._draft.words[:-1])
        self.changed.emit()

    def remark(self, text: str) -> None:
        """Note a remark on the film in front."""
        self._remark = text

    def write_remark(self) -> None:
        """Bring the keyboard to the remark."""
        self.remark_wanted.emit()

    def record(self) -> None:
        """Keep the impression and show what the network says; nothing is kept while a question is open."""
        film, draft = self._sitting.film, self.draft
        if film is None or draft is None:
            return
        if draft.asked is not None:
            text = QT_TRANSLATE_NOOP("Messages", "Answer both questions first; then the network's answer is shown.")
            self.told.emit(Message("info", text))
            return
        sheet = self._sitting.table.current
        place = film.path if sheet is None else sheet.path
        self._keep(film.key, place, draft.impression(self._remark.strip()))

    def _keep(self, film_key: str, place: Path, impression: Impression) -> None:
        try:
            self._log.keep(film_key, place, impression)
        except NegatoscopeError as error:
            self.told.emit(Message("error", QT_TRANSLATE_NOOP("Messages", "{reason}"), {"reason": error.message}))
            return
        self._lift()
        if self._sitting.prediction is not None:
            self._keep_answer(self._sitting.prediction)

    def _keep_answer(self, prediction: Prediction) -> None:
        """Keep the network's word beside the reader's; one that was forced from it does not count."""
        if prediction.forced or prediction.film_key not in self._log:
            return
        try:
            self._log.keep_answer(prediction)
        except NegatoscopeError as error:
            self.told.emit(Message("error", QT_TRANSLATE_NOOP("Messages", "{reason}"), {"reason": error.message}))

    def _lift(self) -> None:
        self._sitting.answers.follow_veil()
        self.lifted.emit()
        self.changed.emit()

    def _on_hung(self) -> None:
        self._draft, self._remark = Draft(), ""
        self.changed.emit()

    def _on_answer_changed(self) -> None:
        """Remember whose answer the reader has before their eyes."""
        if self._sitting.prediction is not None:
            self._seen.add(self._sitting.prediction.film_key)
