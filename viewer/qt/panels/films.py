"""The films panel: every film on the table with thumbnail, name, date, view and state."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from viewer.qt.drop import carry
from viewer.qt.icons import icon
from viewer.qt.language import say
from viewer.qt.panels.picking import Picking
from viewer.qt.sentences import sentence_text
from viewer.qt.theme import theme
from viewer.qt.thumbnails import thumbnail_picture
from viewer.qt.words import film_facts, film_title, sheet_state
from viewer.session.state import Sheet, Table

THUMBNAIL = 64
ROW = 80
SIGN = 24

Index = QModelIndex | QPersistentModelIndex


class FilmModel(QAbstractListModel):
    """The table's sheets as rows."""

    SheetRole = int(Qt.ItemDataRole.UserRole) + 1

    def __init__(self, table: Table, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._rows: list[int] = []
        self.anonymous = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of films."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the sheet, or its words for screen readers and tooltips."""
        sheet = self._table.get(self._rows[index.row()])
        if sheet is None:
            return None
        if role == self.SheetRole:
            return sheet
        if role == Qt.ItemDataRole.DisplayRole:
            return film_title(sheet, index.row() + 1, self.anonymous)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self.lines(index, sheet))
        if role == Qt.ItemDataRole.ToolTipRole:
            return sentence_text(sheet.error) or (None if self.anonymous else str(sheet.path))
        return None

    def lines(self, index: Index, sheet: Sheet) -> tuple[str, str, str]:
        """Return the three lines of a row: what it is called, its facts, its state."""
        title = film_title(sheet, index.row() + 1, self.anonymous)
        state = sheet_state(sheet)[0]
        marked = self.tr("✓ {state}").format(state=state) if sheet.reviewed else state
        return title, film_facts(sheet, self.anonymous), marked

    def follow_table(self) -> None:
        """Take over which films lie on the table, in what order."""
        rows = [sheet.id for sheet in self._table]
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def follow_sheet(self, sheet_id: int) -> None:
        """Show the new facts of one sheet."""
        if sheet_id in self._rows:
            index = self.index(self._rows.index(sheet_id))
            self.dataChanged.emit(index, index)

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show names and dates."""
        self.anonymous = anonymous
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be dragged to a pane."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def row_of(self, sheet_id: int) -> QModelIndex:
        """Return the row of a sheet."""
        return self.index(self._rows.index(sheet_id)) if sheet_id in self._rows else QModelIndex()

    def sheet_id(self, index: Index) -> int:
        """Return the sheet in this row."""
        return self._rows[index.row()]


class _RowDelegate(QStyledItemDelegate):
    """Draws one film: thumbnail at the left, three lines beside it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        sheet = index.data(FilmModel.SheetRole)
        model = index.model()
        if not isinstance(sheet, Sheet) or not isinstance(model, FilmModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        row = option.rect.adjusted(4, 2, -4, -2)
        self._draw_ground(painter, option, row)
        picture = QRect(row.left() + 8, row.top() + (row.height() - THUMBNAIL) // 2, THUMBNAIL, THUMBNAIL)
        _draw_thumbnail(painter, picture, sheet)
        words = QRect(picture.right() + 12, row.top() + 9, row.right() - picture.right() - 18, row.height() - 18)
        _draw_lines(painter, words, option.font, model.lines(index, sheet), sheet_state(sheet)[1])
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("higher" if selected else "raised"))
            painter.drawRoundedRect(row, 6, 6)
        if selected:
            painter.setBrush(theme().colour("accent"))
            painter.drawRoundedRect(QRect(row.left(), row.top() + 10, 3, row.height() - 20), 1.5, 1.5)
        if focused:
            painter.setPen(QPen(theme().colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _draw_thumbnail(painter: QPainter, room: QRect, sheet: Sheet) -> None:
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(room), 4, 4)
    painter.save()
    painter.setClipPath(clip)
    painter.fillRect(room, QColor("#000000"))
    if sheet.thumbnail is not None:
        picture = thumbnail_picture(sheet.thumbnail)
        fitted = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, fitted.width(), fitted.height())
        target.moveCenter(room.center())
        painter.drawPixmap(target, picture)
    else:
        name, tone = ("error", "error") if sheet.reading == "failed" else ("film", "faint")
        sign = QRect(0, 0, SIGN, SIGN)
        sign.moveCenter(room.center())
        icon(name, theme().colours[tone], theme().colours[tone]).paint(painter, sign)
    painter.restore()
    painter.setPen(QPen(theme().colour("edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _draw_lines(painter: QPainter, room: QRect, font: QFont, lines: tuple[str, str, str], tone: str) -> None:
    title, facts, state = lines
    bold, small = QFont(font), QFont(font)
    bold.setPixelSize(theme().type["body"])
    bold.setWeight(QFont.Weight.DemiBold)
    small.setPixelSize(theme().type["small"])
    height = room.height() / 3
    for place, (text, used, colour) in enumerate(
        ((title, bold, "text"), (facts, small, "quiet"), (state, small, tone))
    ):
        line = QRectF(room.left(), room.top() + place * height, room.width(), height)
        painter.setFont(used)
        painter.setPen(theme().colour(colour))
        elided = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)


class FilmList(QListView):
    """The list itself.

    Signals
    -------
    film_chosen
        The sheet id of the row that was clicked or reached by the arrow keys.
    """

    film_chosen = Signal(int)

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.films = FilmModel(table, self)
        self.setModel(self.films)
        self.setItemDelegate(_RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(self, name=lambda: self.tr("Films"))
        self.setMinimumWidth(190)
        self._following = False
        self._front: int | None = None
        Picking(self).picked.connect(self._on_picked)

    def sizeHint(self) -> QSize:
        """Return a width that shows a name beside the thumbnail."""
        return QSize(236, 400)

    def follow(self, current: int | None) -> None:
        """Show the films now on the table, with this one selected."""
        self._following, self._front = True, current
        self.films.follow_table()
        index = QModelIndex() if current is None else self.films.row_of(current)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)
        self._following = False

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry a film away; the row of the film in front is the chosen one again afterwards."""
        del actions
        sheet = self.currentIndex().data(FilmModel.SheetRole)
        if isinstance(sheet, Sheet):
            carry(self, sheet.path, thumbnail_picture(sheet.thumbnail))
            self.follow(self._front)

    def _on_picked(self, index: QModelIndex) -> None:
        if not self._following:
            self.film_chosen.emit(self.films.sheet_id(index))
