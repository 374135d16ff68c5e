import pytest

from viewer.messages import Message
from viewer.qt.notices import NoticeBar


@pytest.fixture
def bar(dressed, qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show()
    yield bar
    bar.close()


def said(bar):
    return [notice.message.text.format(**notice.message.values) for notice in bar.notices]


def test_the_newest_messages_are_kept(bar):
    for number in range(5):
        bar.tell(Message("warning", "message {number}", {"number": number}))
    assert said(bar) == ["message 2", "message 3", "message 4"]


def test_the_same_words_are_said_once(bar):
    for _ in range(3):
        bar.tell(Message("error", "broken"))
    assert said(bar) == ["broken"]


def test_a_message_can_be_closed_and_the_bar_goes_with_the_last(bar):
    bar.tell(Message("error", "broken"))
    bar.notices[0].closed.emit()
    assert said(bar) == []
    assert not bar.isVisible()


def test_a_message_that_no_longer_holds_is_taken_back(bar):
    message = Message("warning", "the spacing is zero")
    bar.tell(message)
    bar.tell(Message("error", "broken"))
    bar.take_back(message)
    assert said(bar) == ["broken"]


def test_only_information_goes_by_itself(bar, qtbot, monkeypatch):
    monkeypatch.setattr("viewer.qt.notices.GONE_AFTER_MS", 20)
    bar.tell(Message("info", "saved"))
    bar.tell(Message("error", "broken"))
    qtbot.waitUntil(lambda: said(bar) == ["broken"])


def test_reasons_are_shown_on_demand(qtbot, bar):
    from PySide6.QtWidgets import QPlainTextEdit, QPushButton

    bar.tell(Message("warning", "1 failed", details=("x.txt: no film",)))
    reasons = bar.notices[0].findChild(QPlainTextEdit)
    assert not reasons.isVisible()
    bar.notices[0].findChild(QPushButton).click()
    qtbot.waitUntil(reasons.isVisible)
    assert reasons.toPlainText() == "x.txt: no film"


def test_a_command_is_offered(bar, qtbot):
    from PySide6.QtWidgets import QPushButton

    bar.tell(Message("warning", "no network", command="help.about"), lambda: "About")
    with qtbot.waitSignal(bar.command_chosen) as caught:
        bar.notices[0].findChild(QPushButton).click()
    assert caught.args == ["help.about"]
