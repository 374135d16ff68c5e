"""The worklist panel: search, table, what became of everything, and the run's controls."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.qt.drop import carry
from viewer.qt.language import say, say_again
from viewer.qt.morning import Morning
from viewer.qt.panels.parts import label
from viewer.qt.panels.picking import Picking
from viewer.qt.panels.worklist_model import COLUMNS, THUMBNAIL, WorklistModel
from viewer.qt.theme import theme
from viewer.qt.words import duration_text, translate
from viewer.triage.ledger import Count
from viewer.triage.worklist import FILTERS, Filter, Sorting, is_openable

_WIDTHS = {
    "state": 118, "score": 66, "film": 150, "finding": 130, "extent": 60, "patient": 120, "date": 84, "view": 46,
    "waiting": 70,
}  # fmt: skip
_PERSONAL = ("patient", "date")
MINUTE_MS = 60_000
"""How often waiting films grow older on the screen, and rise, when nothing else happens."""


class _Table(QTableView):
    """The table itself, from which films are dragged to panes."""

    def __init__(self, model: WorklistModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry a film away."""
        del actions
        index = self.currentIndex()
        icon = self._rows.thumbnail(index) or QIcon()
        carry(self, self._rows.entry(index).place, icon.pixmap(THUMBNAIL))


class WorklistPanel(QWidget):
    """Shows the morning's films.

    Signals
    -------
    film_chosen
        The path of the row that was clicked or reached by the arrow keys.
    deed_wanted
        A ``viewer.commands.command.ListDeed`` that a button stands for.
    """

    film_chosen = Signal(object)
    deed_wanted = Signal(str)

    def __init__(self, morning: Morning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._morning = morning
        self._list = morning.worklist
        self._following = False
        self.model = WorklistModel(morning, self)
        self.search = QLineEdit(clearButtonEnabled=True)
        say(
            self.search,
            name=lambda: self.tr("Search the list"),
            hint=lambda: self.tr("Search"),
        )
        self.search.textChanged.connect(self._on_search_changed)
        self.filters = QComboBox()
        self.filters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.filters.setMinimumContentsLength(12)
        say(self.filters, name=lambda: self.tr("Which films are shown"))
        for name in FILTERS:
            self.filters.addItem("", name)
        self.filters.currentIndexChanged.connect(self._on_filter_changed)
        self.table = self._make_table()
        self.sum = label("quiet")
        self.left = label("quiet", wrap=False)
        self.bar = QProgressBar()
        self._buttons = {
            "pause": self._button("pause", self._pause_text),
            "cancel": self._button("cancel", lambda: self.tr("Cancel")),
            "summary": self._button("summary", lambda: self.tr("Summary")),
            "export": self._button("export", lambda: self.tr("Save table…")),
        }
        self._run = self._make_run()
        self._arrange()
        self.setMinimumWidth(190)
        say_again(self, self._speak)
        morning.changed.connect(self.follow)
        self._clock = QTimer(self, interval=MINUTE_MS)
        self._clock.timeout.connect(self.follow)
        self._clock.start()

    def sizeHint(self) -> QSize:
        """Return a width that shows the columns a reader decides by."""
        return QSize(470, 400)

    def _make_table(self) -> QTableView:
        table = _Table(self.model)
        table.setObjectName("worklist")
        say(table, name=lambda: self.tr("Worklist"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(THUMBNAIL + 6)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorClearable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._on_sort_changed)
        for place, column in enumerate(COLUMNS):
            table.setColumnWidth(place, _WIDTHS[column])
        Picking(table).picked.connect(self._on_picked)
        return table

    def _button(self, deed: str, text: Callable[[], str]) -> QPushButton:
        button = QPushButton()
        say(button, text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.deed_wanted.emit(deed))
        return button

    def _speak(self) -> None:
        """Say the filters, the titles of the columns and all rows in the present language."""
        for place, name in enumerate(FILTERS):
            self.filters.setItemText(place, _filter_text(name))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.follow()

    def _pause_text(self) -> str:
        waits = self._morning.active and (self._morning.engine.reins.paused or not self._morning.busy)
        return self.tr("Go on") if waits and self._list.count().waiting else self.tr("Pause")

    def _arrange(self) -> None:
        space = theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space["one"], space["one"], space["one"], space["one"])
        column.setSpacing(space["one"])
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.filters)
        below.addStretch(1)
        for deed in ("summary", "export"):
            below.addWidget(self._buttons[deed])
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addWidget(self._run)
        column.addWidget(self.sum)
        column.addLayout(below)

    def _make_run(self) -> QWidget:
        """Return what is shown while there is work: how far it has come, how long it will take, pause and stop."""
        run = QWidget()
        column, row = QVBoxLayout(run), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space["half"])
        row.addWidget(self.left, 1)
        for deed in ("pause", "cancel"):
            row.addWidget(self._buttons[deed])
        column.addWidget(self.bar)
        column.addLayout(row)
        return run

    def set_anonymous(self, anonymous: bool) -> None:
        """Hide or show names and dates."""
        self.model.anonymous = anonymous
        for name in _PERSONAL:
            self.table.setColumnHidden(COLUMNS.index(name), anonymous)
        self.follow()

    def show_filter(self, name: Filter) -> None:
        """Show only these films."""
        self.filters.setCurrentIndex(self.filters.findData(name))

    def follow(self) -> None:
        """Show the list as it is now; rows up to the last one in sight stay while the mouse is over them."""
        self._follow(self._held())

    def _follow(self, held: int | None) -> None:
        self._following = True
        self.model.follow(held)
        row = self.model.row_of(self._morning.held)
        if row >= 0 and self.table.currentIndex().row() != row:
            across = self.table.horizontalScrollBar()
            place = across.value()
            self.table.setCurrentIndex(self.model.index(row, 0))
            across.setValue(place)
        self._following = False
        self._show_run()

    def _held(self) -> int | None:
        """Return the lowest row in the reader's hand: the film in front, or the last one under the mouse's view."""
        held = self._morning.held
        if not self.table.viewport().underMouse() or not self._list.rows:
            return held
        last = self.table.rowAt(self.table.viewport().height() - 1)
        last = len(self._list.rows) - 1 if last < 0 else last
        return self._list.rows[max(last, self.model.row_of(held))]

    def _show_run(self) -> None:
        count, busy = self._list.count(), self._morning.busy
        self.sum.setText(count_text(count))
        self.bar.setRange(0, max(1, count.found))
        self.bar.setValue(count.found - count.waiting)
        self._run.setVisible(busy or bool(count.waiting))
        paused = self._morning.active and self._morning.engine.reins.paused
        self._buttons["pause"].setText(self._pause_text())
        self._buttons["cancel"].setEnabled(busy)
        self.left.setText(self._left_text(paused, bool(count.waiting)))

    def _left_text(self, paused: bool, waiting: bool) -> str:
        if paused:
            return self.tr("Paused")
        if self._morning.busy:
            left = self._morning.engine.seconds_left
            return self.tr("Working…") if left is None else self.tr("{time} left").format(time=duration_text(left))
        return self.tr("Stopped") if waiting else ""

    def _on_search_changed(self, text: str) -> None:
        self._list.search = text
        self._follow(None)

    def _on_filter_changed(self, place: int) -> None:
        self._list.filter = self.filters.itemData(place)
        self._follow(None)

    def _on_sort_changed(self, section: int, order: Qt.SortOrder) -> None:
        column = COLUMNS[section] if section >= 0 else None
        self._list.sorting = Sorting(column, order == Qt.SortOrder.DescendingOrder)
        self._follow(None)

    def _on_picked(self, index: QModelIndex) -> None:
        if not self._following and is_openable(self.model.entry(index)):
            self.film_chosen.emit(self.model.entry(index).place)


def count_text(count: Count) -> str:
    """Return what became of everything, as a sum that comes out."""
    text = translate("Worklist", "{opened} opened + {duplicate} duplicate + {other} other + {failed} failed")
    if count.waiting:
        text = translate("Worklist", "{parts} + {waiting} waiting").replace("{parts}", text)
    text = translate("Worklist", "{found} found = {parts}").replace("{parts}", text)
    values = {name: getattr(count, name) for name in ("found", "opened", "duplicate", "other", "failed", "waiting")}
    return text.format(**values)


def _filter_text(name: Filter) -> str:
    return {
        "all": translate("Worklist", "All"),
        "unread": translate("Worklist", "Unread"),
        "above": translate("Worklist", "Above threshold"),
        "unknown": translate("Worklist", "Failed, not assessable"),
        "aside": translate("Worklist", "Duplicates, not films"),
    }[name]
