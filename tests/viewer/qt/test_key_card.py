"""The key card: every key on one sheet, in both languages, made from the registry."""

from __future__ import annotations

import re

import pytest

from viewer.commands.registry import Registry
from viewer.qt.dialogs import key_card
from viewer.qt.language import NAMES, voice
from viewer.session.hands import HandChoice


@pytest.fixture(params=list(NAMES))
def language(request, dressed):
    voice().speak(request.param)
    yield request.param
    voice().speak("en")


def test_every_key_is_on_the_card(language):
    registry = Registry()
    registry.rebind({"view.fit": ("F12",)})
    told = [row for _, rows in key_card.sections(registry, HandChoice()) for row in rows]
    assert len(told) >= sum(1 for command in registry if command.keys)
    html = key_card.card_html(registry, HandChoice())
    assert "<b>F12</b>" in html
    assert "<b>F</b>" not in html
    assert ("Весь снимок" in html) is (language == "ru")
    assert bool(re.search("[а-я]", html)) is (language == "ru")


def test_it_fills_one_page(language, tmp_path):
    assert key_card.save_card(Registry(), HandChoice(), tmp_path / "card.pdf") == 1
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


def test_both_columns_are_about_as_long(dressed):
    left, right = re.findall(
        r'<td width="50%">(.*?)</td>(?=<td width="50%">|</tr></table><p>)', key_card.card_html(Registry(), HandChoice())
    )
    assert 0.6 < left.count("<tr>") / right.count("<tr>") < 1.7


def test_the_command_saves_it(window, tmp_path, monkeypatch):
    target = tmp_path / "keys.pdf"
    monkeypatch.setattr("viewer.qt.doors.ask_key_card", lambda parent, folder: target)
    window.actions_["help.key_card"].trigger()
    assert target.stat().st_size > 1000
    assert window.notices.notices[-1].message.values == {"name": "keys.pdf"}


def test_a_folder_that_cannot_be_written_is_told(window, tmp_path, monkeypatch):
    monkeypatch.setattr("viewer.qt.doors.ask_key_card", lambda parent, folder: tmp_path / "none" / "keys.pdf")
    window.actions_["help.key_card"].trigger()
    assert window.notices.notices[-1].message.level == "error"
