"""The rounds: what the reader does with the worklist, passed between list, light box and engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.desk import Desk
from viewer.qt.dialogs.files import ask_folder, ask_table
from viewer.qt.language import say_again
from viewer.qt.morning import Morning, PasswordQuestion
from viewer.qt.panels.worklist import WorklistPanel, count_text
from viewer.qt.sitting import Sitting
from viewer.session.agreement import agreement
from viewer.session.impressions import QUESTIONS
from viewer.triage.ledger import Entry


class Rounds(QObject):
    """Connects morning, worklist, sitting and desk.

    Signals
    -------
    list_wanted
        Whether the worklist (else the thumbnails) is to be shown.
    told
        A ``Message`` for the user.
    """

    list_wanted = Signal(bool)
    told = Signal(object)

    def __init__(self, sitting: Sitting, morning: Morning, panel: WorklistPanel, desk: Desk) -> None:
        super().__init__(panel)
        self._sitting, self._morning, self._panel, self._desk = sitting, morning, panel, desk
        self._deeds: dict[str, Callable[[], None]] = {
            "pause": self._pause,
            "cancel": morning.cancel,
            "summary": self._show_summary,
            "export": self._export,
            "above": self._open_above,
            "renew": morning.renew,
            "watch": self._watch,
        }
        sitting.crowd_found.connect(self._on_crowd_found)
        sitting.cleared.connect(self._on_cleared)
        sitting.table_changed.connect(self._on_table_changed)
        sitting.sheet_changed.connect(self._on_sheet_changed)
        morning.opened_first.connect(self._on_opened_first)
        morning.password_wanted.connect(self._on_password_wanted)
        morning.changed.connect(self._on_morning_changed)
        panel.film_chosen.connect(sitting.hang_path)
        panel.deed_wanted.connect(self._on_deed_wanted)
        desk.list_deed_wanted.connect(self._on_deed_wanted)
        desk.review_wanted.connect(self._on_review_wanted)
        desk.anonymous_changed.connect(panel.set_anonymous)

    # From the light box

    def _on_crowd_found(self, paths: tuple[Path, ...]) -> None:
        """Take in what was dropped; films that lie on the table already become rows too."""
        if self._sitting.guide is None:
            paths = (*(sheet.path for sheet in self._sitting.table), *paths)
            self._sitting.guide = self._morning.beside
            self.list_wanted.emit(True)
        self._morning.add(paths)

    def _on_cleared(self) -> None:
        if self._sitting.guide is not None:
            self._sitting.guide = None
            self._morning.clear()
            self._panel.model.forget()
            self._panel.follow()
            self.list_wanted.emit(False)

    def _on_table_changed(self) -> None:
        current = self._sitting.table.current
        if self._sitting.guide is not None:
            self._morning.look_at(None if current is None else current.path)
            self._panel.follow()

    def _on_sheet_changed(self, sheet_id: int) -> None:
        """Restore the reading mark of a film that was just read."""
        sheet = self._sitting.table.get(sheet_id)
        if sheet is None or sheet.reading != "ready" or sheet.reviewed is not None:
            return
        self._sitting.mark(sheet_id, bool(self._morning.store.reviewed([sheet.key])))

    def _on_review_wanted(self, reviewed: bool, onward: bool) -> None:
        sheet = self._sitting.table.current
        if sheet is None or sheet.reading != "ready":
            return
        self._sitting.mark(sheet.id, reviewed)
        if self._sitting.guide is None:
            self._morning.store.mark_reviewed(sheet.key, reviewed)
            if onward:
                self._sitting.step(1)
            return
        self._morning.mark_reviewed(sheet.key, reviewed)
        unread = self._morning.next_unread() if onward else None
        if unread is not None:
            self._sitting.hang_path(unread.place)

    # From the list

    def _on_opened_first(self, entry: Entry) -> None:
        self._sitting.hang_path(entry.place)

    def _on_morning_changed(self) -> None:
        self._desk.follow_list(self._morning.active, self._morning.watching)

    def _on_password_wanted(self, question: PasswordQuestion) -> None:
        dialog = QInputDialog(self._window())
        dialog.setWindowTitle(self.tr("Encrypted archive"))
        name = self.tr("an archive") if self._desk.anonymous else question.name
        wish = (
            self.tr("That password does not fit. Password of {name}")
            if question.again
            else self.tr("Password of {name}")
        )
        dialog.setLabelText(wish.format(name=name))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.accepted.connect(lambda: _answer(question, dialog.textValue()))
        dialog.rejected.connect(lambda: _answer(question, ""))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Deeds

    def _on_deed_wanted(self, deed: str) -> None:
        self._deeds[deed]()

    def _pause(self) -> None:
        engine = self._morning.engine
        if engine.reins.paused:
            self._morning.set_paused(False)
        elif self._morning.busy:
            self._morning.set_paused(True)
        else:
            self._morning.go_on()

    def _open_above(self) -> None:
        """Show only the films above threshold and hang the first."""
        self._panel.show_filter("above")
        entry = self._morning.worklist.first()
        if entry is not None:
            self._sitting.hang_path(entry.place)

    def _watch(self) -> None:
        if self._morning.watching:
            self._morning.watch(None)
            return
        folders = ask_folder(self._window(), self._desk.options.last_folder)
        if folders:
            self._on_crowd_found(folders)
            self._morning.watch(folders)

    def _show_summary(self) -> None:
        from viewer.qt.dialogs.summary import SummaryDialog, summary_html
        from viewer.triage.report import summary

        dialog = SummaryDialog(self._window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.deed_wanted.connect(self._on_deed_wanted)
        entries = self._morning.worklist.entries
        films = {entry.film_key for entry in entries if entry.film_key}
        agreements = [agreement(self._morning.store, question, films) for question in QUESTIONS]

        def write() -> None:
            counted = count_text(self._morning.worklist.count())
            dialog.page.setHtml(summary_html(summary(entries), counted, agreements, self._desk.anonymous))

        say_again(dialog, write)
        dialog.show()

    def _export(self) -> None:
        from viewer.triage.report import save_table

        path = ask_table(self._window(), self._desk.options.last_folder)
        if path is None:
            return
        try:
            save_table(self._morning.engine, path)
        except OSError:
            text = QT_TRANSLATE_NOOP("Messages", "The table could not be written to {folder}; choose another folder.")
            self.told.emit(Message("error", text, {"folder": str(path.parent)}))
        else:
            text = QT_TRANSLATE_NOOP("Messages", "The table was saved as {name}.")
            self.told.emit(Message("info", text, {"name": path.name}))

    def _window(self) -> QWidget:
        return self._panel.window()


def _answer(question: PasswordQuestion, password: str) -> None:
    if not question.answer.done():
        question.answer.set_result(password or None)
