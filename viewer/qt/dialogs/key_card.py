"""The key card: every key and gesture on one sheet of paper, in the language spoken."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from viewer.commands.help import gestures
from viewer.commands.registry import MENUS, Registry
from viewer.qt.actions import command_title, keys_text
from viewer.qt.words import translate
from viewer.session.hands import HandChoice

LARGEST, SMALLEST = 10.0, 5.0
"""Type sizes in points between which the sheet is fitted."""
MARGIN_MM = 12.0
RESOLUTION = 300

Section = tuple[str, list[tuple[str, str]]]
"""A heading and its rows: key or gesture, and what it does."""


def sections(registry: Registry, hands: HandChoice) -> list[Section]:
    """Return everything on the card: the mouse, then every menu's commands that have keys."""
    mouse = [(translate("Commands", gesture), translate("Commands", meaning)) for gesture, meaning in gestures(hands)]
    found: list[Section] = [(translate("Help", "Mouse"), mouse)]
    for menu in MENUS:
        rows = [
            (keys_text(command), command_title(command).rstrip("…"))
            for section in registry.menu(menu)
            for command in section
            if command.keys
        ]
        if rows:
            found.append((translate("Commands", menu).replace("&", ""), rows))
    return found


def card_html(registry: Registry, hands: HandChoice) -> str:
    """Return the card as HTML in two columns of about the same length, black on white."""
    left: list[Section] = []
    right = sections(registry, hands)
    while right and _length(left) + _length(right[:1]) <= _length(right[1:]) + len(right[0][1]):
        left.append(right.pop(0))
    title = translate("Help", "Negatoscope: keys and gestures")
    warning = translate("About", "Research and education only. Not for diagnosis.")
    return (
        f'<html><body style="color: black;"><h2>{html.escape(title)}</h2>'
        f'<table width="100%" cellspacing="0"><tr><td width="50%">{_column(left)}</td>'
        f'<td width="50%">{_column(right)}</td></tr></table><p><i>{html.escape(warning)}</i></p></body></html>'
    )


def _length(parts: list[Section]) -> int:
    return sum(2 + len(rows) for _, rows in parts)


def _column(parts: Iterable[Section]) -> str:
    return "".join(f"<h4>{html.escape(title)}</h4>{_table(rows)}" for title, rows in parts)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><td width="38%" style="padding: 1px 6px 1px 0;"><b>{html.escape(key)}</b></td>'
        f'<td style="padding: 1px 8px 1px 0;">{html.escape(meaning)}</td></tr>'
        for key, meaning in rows
    )
    return f'<table width="100%" cellspacing="0">{cells}</table>'


def card_document(card: str, page: QSizeF, writer: QPdfWriter) -> QTextDocument:
    """Return a card in HTML laid out on one page of this size (dots of ``writer``), the type as large as it can be."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    size = LARGEST
    while True:
        font = QFont(QGuiApplication.font())
        font.setPixelSize(round(size * RESOLUTION / 72))
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setHtml(card)
        document.setPageSize(page)
        if document.pageCount() == 1 or size <= SMALLEST:
            return document
        size -= 0.25


def save_card(registry: Registry, hands: HandChoice, path: Path) -> int:
    """Write the card as a PDF file on A4 and return its number of pages.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    with path.open("wb"):
        pass
    writer = QPdfWriter(str(path))
    writer.setResolution(RESOLUTION)
    writer.setTitle("Negatoscope")
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )
    writer.setPageLayout(layout)
    document = card_document(card_html(registry, hands), QSizeF(layout.paintRectPixels(RESOLUTION).size()), writer)
    document.print_(writer)
    return document.pageCount()
