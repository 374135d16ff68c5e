"""The first-run notice: what this program is not for; it has to be accepted once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.qt.icons import application_icon
from viewer.qt.language import say
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme


class FirstRunDialog(QDialog):
    """Accepted or rejected; nothing in between."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        say(self, title=lambda: self.tr("Before you begin"))
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        sign = QLabel()
        sign.setPixmap(application_icon().pixmap(64, 64))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme().space["two"] - 4)
        head_line = label("display", wrap=False)
        say(head_line, lambda: self.tr("Research and education only"))
        words.addWidget(head_line)
        for text in (
            lambda: self.tr(
                "Negatoscope is not a medical device. Do not use it, or what its network says, for diagnosis."
            ),
            lambda: self.tr(
                "The network can be wrong in both directions, and is most often wrong on films unlike those it "
                "learned from. Heatmaps show where it responds, not why."
            ),
            lambda: self.tr("Films stay on this computer. The program opens no network connection."),
        ):
            paragraph = label("")
            say(paragraph, text)
            paragraph.setMinimumWidth(420)
            words.addWidget(paragraph)
        self._agreed = QCheckBox()
        say(self._agreed, lambda: self.tr("I have read this and will not use it for diagnosis"))
        words.addSpacing(theme().space["half"])
        words.addWidget(self._agreed)
        head = QHBoxLayout()
        head.setSpacing(theme().space["three"])
        head.addWidget(sign)
        head.addLayout(words, 1)
        quit_button = QPushButton()
        say(quit_button, lambda: self.tr("Quit"))
        quit_button.clicked.connect(self.reject)
        self._begin = QPushButton()
        say(self._begin, lambda: self.tr("Begin"))
        self._begin.setProperty("main", True)
        self._begin.setDefault(True)
        self._begin.setEnabled(False)
        self._begin.clicked.connect(self.accept)
        self._agreed.toggled.connect(self._begin.setEnabled)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(quit_button)
        buttons.addWidget(self._begin)
        column = QVBoxLayout(self)
        margin = theme().space["three"]
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme().space["three"])
        column.addLayout(head)
        column.addLayout(buttons)
