"""The summary of a worklist: counts, histogram of scores, agreement with the reader, failures, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from model.findings.vocabulary import term
from viewer.qt.dialogs.page import PageDialog
from viewer.qt.language import say
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.words import translate
from viewer.session.agreement import Agreement
from viewer.triage.report import BINS, Summary

_BAR = 240
"""Length of the longest bar in pixels."""


class SummaryDialog(PageDialog):
    """Shows a summary, and offers the deeds that come after it.

    Signals
    -------
    deed_wanted
        A ``viewer.commands.command.ListDeed`` that a button stands for.
    """

    deed_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda: self.tr("Summary"), parent)
        texts = {"above": lambda: self.tr("Open all above threshold"), "export": lambda: self.tr("Save table…")}
        for deed, text in texts.items():
            button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
            say(button, text)
            button.clicked.connect(lambda _checked=False, deed=deed: self.deed_wanted.emit(deed))


def summary_html(sum_: Summary, counted: str, agreements: Sequence[Agreement], anonymous: bool) -> str:
    """Return the page; names of files are left out while names are hidden."""
    rows = (
        (translate("Summary", "Above threshold"), sum_.above),
        (translate("Summary", "Uncertain"), sum_.uncertain),
        (translate("Summary", "Below threshold"), sum_.below),
        (translate("Summary", "Not assessable"), sum_.not_assessable),
        (translate("Summary", "Reviewed"), sum_.reviewed),
    )
    table = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td align='right'>{number}</td></tr>" for name, number in rows)
    parts = [f"<p>{escape(counted)}</p>", f"<table style='margin-top: 8px'>{table}</table>", _histogram(sum_.histogram)]
    parts += [_agreement([one for one in agreements if one.films or one.unsure]), _failures(sum_, anonymous)]
    return "".join(parts)


def _histogram(counts: tuple[int, ...]) -> str:
    highest = max(*counts, 1)
    colour = theme().colours["accent"]
    rows = []
    for place, number in enumerate(counts):
        length = round(_BAR * number / highest)
        bar = f"<table cellspacing='0'><tr><td bgcolor='{colour}' width='{length}' height='12'></td></tr></table>"
        span = f"{place / BINS:.1f} – {(place + 1) / BINS:.1f}"
        rows.append(f"<tr><td>{span}&nbsp;&nbsp;</td><td>{bar if number else ''}</td><td>&nbsp;{number}</td></tr>")
    title = translate("Summary", "Films by score")
    return f"<h3>{title}</h3><table cellspacing='2'>{''.join(rows)}</table>"


def _agreement(agreements: Sequence[Agreement]) -> str:
    """Return how often reader and network said the same of the films that the reader judged first."""
    if not agreements:
        return ""
    items = []
    for one in agreements:
        text = translate("Summary", "{finding}: the same on {agreed} of {films} films")
        text = text.format(finding=translate("Vocabulary", term(one.question).name), agreed=one.agreed, films=one.films)
        if one.kappa is not None:
            text += translate("Summary", ", Cohen's κ {kappa}").format(kappa=f"{one.kappa:.2f}")
        if one.unsure:
            text += translate("Summary", "; you were unsure on {count}").format(count=one.unsure)
        items.append(f"<li>{escape(text)}</li>")
    title = translate("Summary", "Network and your own reading")
    return f"<h3>{title}</h3><ul>{''.join(items)}</ul>"


def _failures(sum_: Summary, anonymous: bool) -> str:
    if not sum_.failures:
        return ""
    hidden = translate("Summary", "A file")
    items = (
        f"<li>{hidden if anonymous else escape(name)}: {escape(sentence_text(why))}</li>" for name, why in sum_.failures
    )
    title = translate("Summary", "Failed")
    return f"<h3>{title}</h3><ul>{''.join(items)}</ul>"
