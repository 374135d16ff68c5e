"""The impression card: asks the reader what they see, in the place where the network's answer will stand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from viewer.qt.language import say, say_again
from viewer.qt.panels.parts import Key, label, restyle, with_key
from viewer.qt.theme import theme
from viewer.qt.words import finding_name, translate
from viewer.session.impressions import QUESTIONS, WORDS, Draft, Question, Word


class ImpressionCard(QFrame):
    """Two questions with three answers each, a remark, and the button that records them.

    Signals
    -------
    said
        A question and the answer given to it.
    remarked
        The remark as it stands.
    recorded
        Keep the impression.
    """

    said = Signal(str, str)
    remarked = Signal(str)
    recorded = Signal()

    def __init__(self, key: Key) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._key = key
        self._draft = Draft()
        self._names: dict[Question, QLabel] = {}
        self._buttons: dict[tuple[Question, Word], QPushButton] = {}
        space = theme().space
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space["two"] - 4, space["two"] - 4, space["two"] - 4, space["two"] - 4)
        self._column.setSpacing(space["one"])
        title, why = label("title"), label("quiet")
        say(title, lambda: self.tr("Your read first"))
        say(why, lambda: self.tr("Say what you see on the film; then the network's answer is shown."))
        self._column.addWidget(title)
        self._column.addWidget(why)
        for question in QUESTIONS:
            self._add_question(question)
        self.field = QLineEdit()
        say(
            self.field,
            name=lambda: self.tr("Remark"),
            hint=lambda: self._with_key(self.tr("Remark"), "findings.impression_remark"),
        )
        self.field.textEdited.connect(self.remarked)
        self.field.returnPressed.connect(self.recorded)
        self._column.addWidget(self.field)
        self._record = QPushButton()
        self._record.setProperty("main", True)
        self._record.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(self._record, lambda: self._with_key(self.tr("Record"), "worklist.next_unread"))
        self._record.clicked.connect(self.recorded)
        self._column.addWidget(self._record, alignment=Qt.AlignmentFlag.AlignLeft)
        say_again(self, self._speak)

    def _add_question(self, question: Question) -> None:
        name = label("", wrap=False)
        self._names[question] = name
        self._column.addWidget(name)
        row = QHBoxLayout()
        row.setSpacing(theme().space["half"])
        together = QButtonGroup(self)
        for word in WORDS:
            button = QPushButton()
            button.setProperty("choice", True)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._on_clicked, question, word))
            together.addButton(button)
            row.addWidget(button, 1)
            self._buttons[question, word] = button
        self._column.addLayout(row)

    def show_draft(self, draft: Draft | None) -> None:
        """Show what was said so far; None while the reader is not asked."""
        if draft is None or draft == Draft():
            self.field.clear()
        self._draft = draft or Draft()
        self._speak()

    def _speak(self) -> None:
        """Write questions and answers; the keys stand on the answers of the question in turn."""
        asked = self._draft.asked
        for question, name in self._names.items():
            name.setText(finding_name(question))
            restyle(name, asked=question == asked)
        for (question, word), button in self._buttons.items():
            text = word_text(word)
            button.setText(self._with_key(text, f"findings.impression_{word}") if question == asked else text)
            button.setAccessibleName(f"{finding_name(question)}: {text}")
            group = button.group()
            group.setExclusive(False)
            button.setChecked(self._draft.word(question) == word)
            group.setExclusive(True)
        later = QUESTIONS[len(self._draft.words) + 1 :]
        for (question, _), button in self._buttons.items():
            button.setEnabled(question not in later)
        self._record.setEnabled(asked is None)

    def _with_key(self, text: str, command_id: str) -> str:
        return with_key(text, self._key(command_id))

    def _on_clicked(self, question: Question, word: Word, _checked: bool = False) -> None:
        self.said.emit(question, word)


def word_text(word: Word) -> str:
    """Return an answer in the reader's language."""
    return {
        "yes": translate("Impression", "Yes"),
        "no": translate("Impression", "No"),
        "unsure": translate("Impression", "Unsure"),
    }[word]
