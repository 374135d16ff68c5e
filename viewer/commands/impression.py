"""Commands of the first read: what the reader sees is said on single keys before the network is heard."""

from __future__ import annotations

from viewer.commands.command import QT_TRANSLATE_NOOP, Command, Desk
from viewer.commands.findings import FINDINGS
from viewer.session.impressions import Word


def _pending(desk: Desk) -> bool:
    return desk.first_read.pending


def _answer(word: Word, key: str, title: str) -> Command:
    return Command(
        f"findings.impression_{word}",
        title,
        lambda desk: desk.first_read.answer(word),
        FINDINGS,
        section="first read",
        keys=(key,),
        tip=QT_TRANSLATE_NOOP("Commands", "Answer the question in turn: first lung opacity, then COVID-19"),
        enabled=lambda desk: desk.first_read.asked is not None,
    )


COMMANDS = (
    Command(
        "findings.read_first",
        QT_TRANSLATE_NOOP("Commands", "My read first"),
        lambda desk: desk.first_read.set_reading_first(not desk.first_read.reading_first),
        FINDINGS,
        section="first read",
        keys=("J",),
        tip=QT_TRANSLATE_NOOP("Commands", "Hold the network's answers back until you have said what you see"),
        checked=lambda desk: desk.first_read.reading_first,
    ),
    _answer("yes", "7", QT_TRANSLATE_NOOP("Commands", "I see it: yes")),
    _answer("no", "8", QT_TRANSLATE_NOOP("Commands", "I see it: no")),
    _answer("unsure", "9", QT_TRANSLATE_NOOP("Commands", "I see it: unsure")),
    Command(
        "findings.impression_back",
        QT_TRANSLATE_NOOP("Commands", "Take back what I said last"),
        lambda desk: desk.first_read.take_back(),
        FINDINGS,
        section="first read",
        keys=("Q",),
        tip=QT_TRANSLATE_NOOP("Commands", "Answer the last question anew; possible until the network is heard"),
        enabled=_pending,
    ),
    Command(
        "findings.impression_remark",
        QT_TRANSLATE_NOOP("Commands", "Remark on what I see"),
        lambda desk: desk.first_read.write_remark(),
        FINDINGS,
        section="first read",
        keys=("W",),
        tip=QT_TRANSLATE_NOOP("Commands", "Write a remark that is kept with your impression"),
        enabled=_pending,
    ),
    Command(
        "findings.impression_record",
        QT_TRANSLATE_NOOP("Commands", "Record, and hear the network"),
        lambda desk: desk.first_read.record(),
        FINDINGS,
        section="first read",
        tip=QT_TRANSLATE_NOOP(
            "Commands", "Keep what you said, as “Reviewed, and next” does, and show the network's answer"
        ),
        enabled=_pending,
    ),
    Command(
        "findings.agreement",
        QT_TRANSLATE_NOOP("Commands", "Agreement with the network…"),
        lambda desk: desk.doors.show_agreement(),
        FINDINGS,
        section="first read",
        tip=QT_TRANSLATE_NOOP("Commands", "How often you and the network said the same of films you read first"),
    ),
)
