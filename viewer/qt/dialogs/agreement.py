"""The agreement page: how often reader and network said the same, and the films on which they did not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.dialogs.files import ask_agreement
from viewer.qt.language import say, say_again
from viewer.qt.panels.impression import word_text
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme
from viewer.qt.words import finding_name, translate
from viewer.session.agreement import Agreement, Case, agreement, cases, write_csv
from viewer.session.impressions import QUESTIONS
from viewer.session.numbers import probability_text
from viewer.session.store import Store

CASE = int(Qt.ItemDataRole.UserRole) + 1


class AgreementDialog(QDialog):
    """Figures for each question and the list of disagreements; a click or Enter opens the film.

    Signals
    -------
    film_chosen
        The path of a film to hang.
    told
        A ``Message`` for the user.
    """

    film_chosen = Signal(object)
    told = Signal(object)

    def __init__(self, store: Store, anonymous: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._anonymous = anonymous
        say(self, title=lambda: self.tr("Agreement with the network"))
        space = theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space["three"], space["three"], space["three"], space["two"])
        column.setSpacing(space["one"] + 4)
        heading, self._meaning, self._apart = label("display"), label("quiet"), label("title")
        say(heading, lambda: self.tr("Agreement with the network"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space["three"])
        self.list = QListWidget()
        say(self.list, name=lambda: self.tr("Films on which you and the network differ"))
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        column.addWidget(heading)
        column.addWidget(self._meaning)
        column.addLayout(self._grid)
        column.addWidget(self._apart)
        column.addWidget(self.list, 1)
        column.addWidget(self._buttons())
        self._cells = [[label("eyebrow" if row == 0 else "", wrap=False) for _ in range(5)] for row in range(3)]
        for row, cells in enumerate(self._cells):
            for place, cell in enumerate(cells):
                self._grid.addWidget(cell, row, place)
        self._grid.setColumnStretch(4, 1)
        self.resize(QSize(640, 560))
        say_again(self, self._speak)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        say(buttons.button(QDialogButtonBox.StandardButton.Close), lambda: self.tr("Close"))
        buttons.rejected.connect(self.reject)
        save = QPushButton()
        say(save, lambda: self.tr("Save as CSV…"))
        save.clicked.connect(self._on_save)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.ActionRole)
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter belongs to the list
        return buttons

    def _speak(self) -> None:
        """Write figures and list in the present language, from what is kept now."""
        found = [agreement(self._store, question) for question in QUESTIONS]
        self._meaning.setText(
            self.tr(
                "Films that you judged before the network was heard. You and it agree where your yes or no is what it "
                "calls at its threshold; kappa is the agreement beyond chance, 1 when complete, 0 when none."
            )
        )
        titles = ("", self.tr("Films"), self.tr("Agreed"), self.tr("Kappa"), self.tr("You were unsure"))
        for row, words in enumerate((titles, *(_figures(one) for one in found))):
            for cell, text in zip(self._cells[row], words, strict=True):
                cell.setText(text)
        apart = [case for one in found for case in one.disagreements]
        title = self.tr("You and the network differ: {count}").format(count=len(apart))
        self._apart.setText(title if any(one.films for one in found) else self.tr("No film has been read first yet."))
        self.list.clear()
        for number, case in enumerate(apart, 1):
            item = QListWidgetItem(self._case_text(number, case))
            item.setData(CASE, case)
            self.list.addItem(item)
        self.list.setVisible(bool(apart))

    def _case_text(self, number: int, case: Case) -> str:
        name = translate("Words", "Film {number}").format(number=number) if self._anonymous else case.place.name
        words = self.tr("{finding}: you said {word}, the network {probability} (threshold {threshold})").format(
            finding=finding_name(case.question),
            word=word_text(case.word).lower(),
            probability=probability_text(case.probability),
            threshold=probability_text(case.threshold),
        )
        remark = f"\n   {case.remark}" if case.remark and not self._anonymous else ""
        return f"{name}\n   {words}{remark}"

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.film_chosen.emit(item.data(CASE).place)

    def _on_save(self) -> None:
        path = ask_agreement(self)
        if path is None:
            return
        try:
            with path.open("w", encoding="utf-8", newline="") as stream:
                write_csv(cases(self._store), stream, anonymous=self._anonymous)
        except OSError:
            text = QT_TRANSLATE_NOOP("Messages", "The table could not be written to {folder}; choose another folder.")
            self.told.emit(Message("error", text, {"folder": str(path.parent)}))
        else:
            text = QT_TRANSLATE_NOOP("Messages", "The table was saved as {name}.")
            self.told.emit(Message("info", text, {"name": path.name}))


def _figures(found: Agreement) -> tuple[str, ...]:
    share = f"{found.agreed} ({found.agreed / found.films:.0%})" if found.films else "–"
    kappa = "–" if found.kappa is None else f"{found.kappa:.2f}"
    return finding_name(found.question), str(found.films), share, kappa, str(found.unsure)
