"""The page that sums up a worklist: counts, histogram of scores, failures."""

from __future__ import annotations

from html import escape

from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.words import translate
from viewer.triage.report import BINS, Summary

_BAR = 240
"""Length of the longest bar in pixels."""


def summary_html(sum_: Summary, counted: str, anonymous: bool) -> str:
    """Return the page; names of files are left out while names are hidden."""
    rows = (
        (translate("Summary", "Above threshold"), sum_.above),
        (translate("Summary", "Uncertain"), sum_.uncertain),
        (translate("Summary", "Below threshold"), sum_.below),
        (translate("Summary", "Not assessable"), sum_.not_assessable),
        (translate("Summary", "Reviewed"), sum_.reviewed),
    )
    table = "".join(f"<tr><td>{name}&nbsp;&nbsp;</td><td align='right'>{number}</td></tr>" for name, number in rows)
    parts = [f"<p>{escape(counted)}</p>", f"<table>{table}</table>", _histogram(sum_.histogram)]
    if sum_.failures:
        parts.append(f"<h3>{translate('Summary', 'Failed')}</h3>")
        hidden = translate("Summary", "A file")
        items = (
            f"<li>{hidden if anonymous else escape(name)}: {escape(sentence_text(why))}</li>"
            for name, why in sum_.failures
        )
        parts.append(f"<ul>{''.join(items)}</ul>")
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
