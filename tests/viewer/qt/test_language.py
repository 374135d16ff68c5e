"""Both languages: switched at once, complete, and nothing clipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QTabWidget,
    QToolButton,
    QWidget,
)
from room import WAIT_MS, write_films

import resources
from viewer.commands.registry import Registry
from viewer.messages import Message
from viewer.qt.dialogs.first_run import FirstRunDialog
from viewer.qt.language import NAMES, spoken, voice
from viewer.qt.sentences import sentence_text
from viewer.qt.window import Window
from viewer.qt.words import detail_text, message_text, translate

SAME = re.compile(r"[\d\W_]*|.*Negatoscope.*|COVID-19|test \d.*|film \d\.png|.*σ.*|Negatoscope", re.DOTALL)
"""What reads the same in every language: numbers, names of files and of the program."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    voice().speak("en")


@pytest.fixture
def busy_window(make_room: Callable[..., Window], qtbot, tmp_path) -> Window:
    """A window with a film, the network's answer and a message."""
    window = make_room()
    window.resize(1024, 700)
    window.open(write_films(tmp_path, 2))
    qtbot.waitUntil(lambda: window.desk.prediction is not None, timeout=WAIT_MS)
    window.tell(Message("warning", "No films were found there."))
    return window


def shown_words(window: QWidget) -> set[str]:
    """Every word that is shown, on widgets, in tips and for screen readers."""
    QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    QApplication.processEvents()
    words = {menu.title() for menu in window.findChildren(QMenu)}
    for label in window.findChildren(QLabel):
        if label.isVisibleTo(window):
            words.add(label.text())
    for button in window.findChildren(QAbstractButton):
        if button.isVisibleTo(window):
            words |= {button.text(), button.toolTip(), button.accessibleName()}
    for action in window.findChildren(QAction):
        words |= {action.text().partition("\t")[0], action.toolTip()}
    return {text for text in words if not SAME.fullmatch(text)}


def test_every_command_and_menu_is_translated(qapp):
    registry = list(Registry())
    english = {text for command in registry for text in (command.title, command.tip, command.menu)}
    voice().speak("ru")
    same = {text for text in english if text and translate("Commands", text) == text}
    assert same == set()


def test_everything_shown_changes_at_once_and_back(busy_window):
    english = shown_words(busy_window)
    busy_window.actions_["tools.language_ru"].trigger()
    russian = shown_words(busy_window)
    assert english & russian == set()
    assert all(re.search("[а-яё]", text) for text in russian)
    assert busy_window.options.language == "ru"
    assert busy_window.menuBar().actions()[0].text() == "&Файл"
    busy_window.actions_["tools.language_en"].trigger()
    assert shown_words(busy_window) == english


def test_the_language_stays_on_the_next_start(make_room):
    window = make_room(language="ru")
    assert voice().language == "ru"
    assert window.actions_["file.open"].text() == "Открыть снимки…"
    assert window.actions_["tools.language_ru"].isChecked()


def test_an_open_page_follows(window, qtbot):
    window.actions_["help.keys"].trigger()
    page = window.findChild(QDialog)
    assert "Turn right" in page.page.toPlainText()
    voice().speak("ru")
    assert "Повернуть вправо" in page.page.toPlainText()
    assert page.windowTitle() == "Клавиши и жесты"
    assert page.findChild(QDialogButtonBox).buttons()[0].text() == "Закрыть"


def test_the_first_run_notice_follows(window, qtbot):
    notice = FirstRunDialog(window)
    qtbot.addWidget(notice)
    voice().speak("ru")
    assert "Не используйте" in " ".join(label.text() for label in notice.findChildren(QLabel))


def test_qts_own_words_follow(qapp):
    voice().speak("ru")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text() == "Отмена"


def test_sentences_of_errors_are_translated_with_their_values(qapp):
    english = "Page 3 was asked for, but the file has 1."
    assert sentence_text(english) == english
    voice().speak("ru")
    assert sentence_text(english).startswith("Запрошена страница 3")
    turned = "The film stands on its head; have it turned over and analysed."
    assert sentence_text(turned) == "Снимок перевёрнут; его можно повернуть на пол-оборота и проанализировать."
    assert sentence_text("A sentence nobody wrote.") == "A sentence nobody wrote."
    assert detail_text("a: b.zip: It is a folder; open the films inside it.").endswith("снимки, лежащие в ней.")
    told = Message("error", "{reason}", {"reason": "It is a folder; open the films inside it."})
    assert message_text(told) == "Это папка; откройте снимки, лежащие в ней."


@pytest.mark.parametrize(("choice", "language"), [("ru", "ru"), ("en", "en"), ("system", "en")])
def test_the_choice_names_a_language(choice, language, monkeypatch):
    monkeypatch.setattr("viewer.qt.language.QLocale.system", type("L", (), {"name": lambda self: "de_DE"}))
    assert spoken(choice) == language


def clipped(window: QWidget) -> list[str]:
    """Every visible label and button that is smaller than its words need."""
    found = []
    for widget in [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]:
        if not widget.isVisibleTo(window) or not widget.text() or not widget.width():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            too_small = widget.heightForWidth(widget.width()) > widget.height()
        else:
            own = isinstance(widget, QToolButton) and not widget.property("fold")
            too_small = not own and widget.sizeHint().width() > widget.width()
        if too_small:
            found.append(f"{widget.text()!r}: {widget.size().toTuple()} < {widget.sizeHint().toTuple()}")
    return found


@pytest.mark.parametrize("language", list(NAMES))
def test_nothing_is_clipped(busy_window, language, qtbot):
    voice().speak(language)
    notice = FirstRunDialog(busy_window)
    qtbot.addWidget(notice)
    notice.show()
    qtbot.waitExposed(notice)
    qtbot.wait(50)
    assert clipped(busy_window) == []
    assert clipped(notice) == []
    notice.close()


@pytest.mark.parametrize("language", list(NAMES))
def test_no_dialog_is_clipped(window, language, qtbot):
    voice().speak(language)
    window.open([resources.path("films", "demonstration.dcm")])
    qtbot.waitUntil(lambda: window.desk.film is not None, timeout=WAIT_MS)
    for command in ("tools.settings", "tools.tags", "help.keys", "help.about", "help.model_card"):
        window.actions_[command].trigger()
        dialog = next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
        tabs = dialog.findChild(QTabWidget)
        for page in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(page)
            qtbot.wait(20)
            assert clipped(dialog) == [], f"{command}, page {page}"
        dialog.close()
        QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))


@pytest.mark.skipif("QT_SCALE_FACTOR" in os.environ, reason="runs itself")
def test_twice_the_size_clips_nothing():
    test = ("-k", "test_nothing_is_clipped or test_no_dialog_is_clipped", __file__)
    scaled = os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *test],
        env=scaled,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
