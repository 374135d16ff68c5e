"""The worklist as rows and columns for Qt's table."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QIcon, QPixmap
from PySide6.QtWidgets import QWidget

from model.findings.vocabulary import term
from viewer.qt.morning import Morning
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.words import band_text, date_text, duration_text, translate
from viewer.session.numbers import extent_text, probability_text
from viewer.triage.ledger import ANSWERED, Entry
from viewer.triage.worklist import Column, is_openable

Index = QModelIndex | QPersistentModelIndex
COLUMNS: tuple[Column, ...] = get_args(Column)
THUMBNAIL = 40
_ICONS = 400
"""Thumbnails held as pictures: a few screens full; the rest stay packed until their row is shown."""


class WorklistModel(QAbstractTableModel):
    """Rows in the worklist's order, nameless while ``anonymous``; thumbnails are unpacked when their row is painted."""

    def __init__(self, morning: Morning, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._list = morning.worklist
        self._thumbnails = morning.thumbnails
        self._icons: dict[int, QIcon] = {}
        self.anonymous = False
        self._list.text = self._text

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self._list.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            "state": translate("Worklist", "State"),
            "film": translate("Worklist", "Film"),
            "score": translate("Worklist", "Score"),
            "finding": translate("Worklist", "Finding"),
            "extent": translate("Worklist", "Extent"),
            "patient": translate("Worklist", "Patient"),
            "date": translate("Worklist", "Date"),
            "view": translate("Worklist", "View"),
            "waiting": translate("Worklist", "Waiting"),
        }[COLUMNS[section]]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let films be dragged to a pane."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_openable(self.entry(index)) else flags

    def entry(self, index: Index) -> Entry:
        """Return the entry in this row."""
        return self._list[self._list.rows[index.row()]]

    def row_of(self, number: int | None) -> int:
        """Return the row of an entry, -1 when it is not shown."""
        return self._list.rows.index(number) if number in self._list.rows else -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words, thumbnail, colour and weight of a cell."""
        entry, column = self.entry(index), COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(entry, column)
        if role == Qt.ItemDataRole.DecorationRole and column == "film":
            return self.thumbnail(index)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().colour(_tone(entry, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return sentence_text(entry.reason) if entry.reason else (None if self.anonymous else str(entry.place))
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setPixelSize(theme().type["body" if column in {"film", "score"} else "small"])
            unread = not entry.reviewed and entry.status in ANSWERED
            font.setWeight(QFont.Weight.DemiBold if unread and column == "film" else QFont.Weight.Normal)
            return font
        return None

    def words(self, entry: Entry, column: Column) -> str:
        """Return what stands in a cell."""
        if self.anonymous and column in _PERSONAL:
            number = translate("Words", "Film {number}").format(number=entry.number + 1)
            return number if column == "film" else ""
        return _WORDS[column](entry)

    def _text(self, entry: Entry) -> str:
        """Return a row as it is searched: all but the waiting time, which changes by itself."""
        return " ".join(self.words(entry, column) for column in COLUMNS if column != "waiting")

    def follow(self, held: int | None) -> None:
        """Take over the worklist's present order; rows up to the held one stay where they are."""
        wanted = self._list.ordered(time.time(), held)
        shown = self._list.rows
        before = set(shown)
        fresh = [number for number in wanted if number not in before]
        if before - set(wanted):
            self.beginResetModel()
            self._list.rows = wanted
            self.endResetModel()
            return
        if fresh:
            self.beginInsertRows(QModelIndex(), len(shown), len(shown) + len(fresh) - 1)
            self._list.rows = shown + fresh
            self.endInsertRows()
        if self._list.rows != wanted:
            self._reorder(wanted)
        if wanted:
            self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, len(COLUMNS) - 1))

    def _reorder(self, wanted: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {number: row for row, number in enumerate(wanted)}
        after = [self.index(places[self._list.rows[index.row()]], index.column()) for index in before]
        self._list.rows = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def thumbnail(self, index: Index) -> QIcon | None:
        """Return a row's small picture at the screen's own pixels; selecting the row does not tint it."""
        number = self.entry(index).number
        if number in self._icons:
            return self._icons[number]
        packed = self._thumbnails.get(number)
        if packed is None:
            return None
        whole, ratio = QPixmap(), self._panel.devicePixelRatioF()
        whole.loadFromData(QByteArray(packed))
        side = round(THUMBNAIL * ratio)
        smooth = Qt.TransformationMode.SmoothTransformation
        pixmap = whole.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        pixmap.setDevicePixelRatio(ratio)
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            icon.addPixmap(pixmap, mode)
        while len(self._icons) >= _ICONS:
            self._icons.pop(next(iter(self._icons)))
        self._icons[number] = icon
        return icon

    def forget(self) -> None:
        """Let go of every thumbnail."""
        self._icons.clear()


def _score_text(entry: Entry) -> str:
    score = "" if entry.probability is None else probability_text(entry.probability)
    return f"{score} (v{entry.older_network})" if score and entry.older_network else score


def state_text(entry: Entry) -> str:
    """Return the state of an entry for people."""
    if entry.status == "done" and entry.band is not None:
        text = band_text(entry.band)
    else:
        text = {
            "queued": translate("Worklist", "Queued"),
            "reading": translate("Worklist", "Reading…"),
            "analysing": translate("Worklist", "Analysing…"),
            "done": translate("Worklist", "Done"),
            "not_assessable": translate("Worklist", "Not assessable"),
            "withheld": translate("Worklist", "Read it first"),
            "duplicate": translate("Worklist", "Duplicate"),
            "other": translate("Worklist", "Not a film"),
            "failed": translate("Worklist", "Failed"),
        }[entry.status]
    return translate("Worklist", "✓ {state}").format(state=text) if entry.reviewed else text


def _tone(entry: Entry, column: Column) -> str:
    if entry.reviewed or entry.status in {"duplicate", "other", "queued"}:
        return "quiet"
    if column in {"state", "score"} and entry.band is not None:
        return entry.band
    if column == "state":
        return _STATE_TONES.get(entry.status, "quiet")
    return "text" if column == "film" else "quiet"


_STATE_TONES = {"failed": "error", "reading": "accent", "analysing": "accent", "withheld": "accent"}
_PERSONAL = frozenset({"film", "patient", "date"})
_WORDS: dict[Column, Callable[[Entry], str]] = {
    "state": state_text,
    "film": lambda entry: entry.name,
    "score": _score_text,
    "finding": lambda entry: ", ".join(translate("Vocabulary", term(finding).name) for finding in entry.findings),
    "extent": lambda entry: "" if entry.opacity_extent is None else extent_text(entry.opacity_extent),
    "patient": lambda entry: entry.patient,
    "date": lambda entry: date_text(entry.study_date),
    "view": lambda entry: entry.view,
    "waiting": lambda entry: "" if entry.reviewed else duration_text(time.time() - entry.arrived),
}
