"""The window: arranges film, list, panels, toolbar and messages, and introduces them to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from model.card import ModelCard
from model.net.atlas import Atlas
from viewer.commands.registry import Registry
from viewer.messages import Message
from viewer.qt.actions import Actions, command_title, keys_text
from viewer.qt.canvas import Canvas
from viewer.qt.desk import Desk
from viewer.qt.doors import Doors
from viewer.qt.drop import paths_in
from viewer.qt.icons import application_icon
from viewer.qt.language import say_again, voice
from viewer.qt.light_box import LightBox
from viewer.qt.morning import Morning
from viewer.qt.notices import NoticeBar
from viewer.qt.panels.dock import Dock
from viewer.qt.panels.drawings import DrawingsPanel
from viewer.qt.panels.feature_map import FeatureMapPanel
from viewer.qt.panels.films import FilmList
from viewer.qt.panels.findings import FindingsPanel
from viewer.qt.panels.overlays import OverlaysPanel
from viewer.qt.panels.worklist import WorklistPanel
from viewer.qt.rounds import Rounds
from viewer.qt.showing import Parts, Showing
from viewer.qt.sitting import Sitting
from viewer.qt.status import StatusLine
from viewer.qt.walls import Walls
from viewer.settings.options import Options

CONTEXT_MENU = (
    ("view.fit", "view.actual", "view.reset"),
    ("view.invert", "view.rotate_right", "view.rotate_left", "view.flip_horizontal", "view.flip_vertical"),
    ("view.preset_0", "view.preset_1", "view.preset_3", "view.preset_4", "view.preset_5", "view.preset_6"),
    ("findings.heatmap", "findings.boxes", "findings.lungs"),
    ("findings.accept_box", "findings.reject_box", "measure.delete"),
    ("edit.copy_picture", "file.export_picture", "file.remove"),
)

HABIT_MS = 200
"""How long a habit rests before it is remembered, so that a slider under the hand writes no file at every step."""


class Window(QMainWindow):
    """The one window of the program.

    Signals
    -------
    settings_changed
        The reader chose other settings or changed a habit; carries the ``Options`` to be remembered at once.
    closed
        The window has gone; carries the ``Options`` to be remembered.
    surprised
        An ``Exception`` that nobody foresaw.
    """

    settings_changed = Signal(object)
    closed = Signal(object)
    surprised = Signal(object)

    def __init__(
        self,
        sitting: Sitting,
        options: Options,
        card: Callable[[], ModelCard | None],
        atlas: Callable[[], Atlas | None],
        morning: Morning,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Negatoscope")
        self.setWindowIcon(application_icon())
        self.setDockNestingEnabled(True)
        self.setAcceptDrops(True)
        self._sitting = sitting
        self._registry = Registry()
        self._registry.rebind(options.keys)
        self._closing = False
        self.box = LightBox()
        self.films = FilmList(sitting.table)
        self.morning = morning
        self.worklist = WorklistPanel(morning)
        self.findings = FindingsPanel(card, self._key)
        self.overlays = OverlaysPanel(card, self._key)
        self.drawings = DrawingsPanel(self._key)
        self.feature_map = FeatureMapPanel(atlas)
        self.notices = NoticeBar()
        self.status = StatusLine()
        self._lists = QStackedWidget()
        self._lists.addWidget(self.films)
        self._lists.addWidget(self.worklist)
        self._docks = self._hang_docks()
        self.walls = Walls(self, self._docks, self._stops, self.box)
        self.desk = Desk(sitting, self.box, options, morning.store, self.walls)
        self.actions_ = Actions(self._registry, self.desk, self)
        self.actions_["file.recent"].setMenu(self.desk.files.recent)
        self.doors = Doors(self, self.desk, self.actions_, self._registry, card)
        self.desk.doors = self.doors
        self._habits = QTimer(self, singleShot=True, interval=HABIT_MS)
        self._habits.timeout.connect(lambda: self.settings_changed.emit(self.options))
        self.desk.remembered.connect(self._habits.start)
        self._arrange()
        self._introduce()
        self._follow_options(options)
        self.box.setFocus()

    @property
    def canvas(self) -> Canvas:
        """The canvas in front."""
        return self.box.canvas

    @property
    def options(self) -> Options:
        """What is to be remembered of this window and of the reader's habits."""
        arrangement = self.walls.arrangement
        if arrangement is None:
            return self.desk.options
        return replace(
            self.desk.options,
            geometry=self.saveGeometry().toHex().toStdString(),
            panels=arrangement.toHex().toStdString(),
        )

    # Arranging

    def _hang_docks(self) -> dict[str, Dock]:
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        places = (
            ("films", lambda: self.tr("Films"), self._lists, left),
            ("findings", lambda: self.tr("Findings"), self.findings, right),
            ("overlays", lambda: self.tr("Overlays"), self.overlays, right),
            ("drawings", lambda: self.tr("Drawings"), self.drawings, left),
            ("feature_map", lambda: self.tr("Feature map"), self.feature_map, left),
        )
        docks = {}
        for name, title, panel, area in places:
            key = partial(self._key, f"view.panel_{name}")
            docks[name] = Dock(name, title, panel, key, self)
            self.addDockWidget(area, docks[name])
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, left)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, right)
        docks["feature_map"].hide()
        return docks

    def _key(self, command_id: str) -> str:
        """Return the key of a command, the first if it has several; empty while it has none."""
        return keys_text(self._registry[command_id]).split(", ")[0]

    def _stops(self) -> tuple[QWidget, ...]:
        """Return where the keyboard stops on its way through the window."""
        return (
            *(pane.canvas for pane in self.box.panes),
            self.films,
            self.worklist,
            self.drawings,
            self.feature_map,
            self.findings,
            self.overlays,
        )

    def _arrange(self) -> None:
        room = QWidget()
        room.setObjectName("room")
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.box, 1)
        self.setCentralWidget(room)
        self._menus = self.actions_.menus()
        for menu in self._menus:
            self.menuBar().addMenu(menu)
        self._bar = self.actions_.toolbar()
        self.addToolBar(self._bar)
        self.setStatusBar(self.status)

    def _follow_options(self, options: Options) -> None:
        self.worklist.set_anonymous(options.anonymous)
        self.morning.lift_after(options.longest_wait_minutes)
        room = self.screen().availableGeometry()
        self.resize(min(1440, round(0.92 * room.width())), min(900, round(0.9 * room.height())))
        self.resizeDocks([self._docks["films"], self._docks["findings"]], [248, 308], Qt.Orientation.Horizontal)
        right = [self._docks["findings"], self._docks["overlays"]]
        self.resizeDocks(right, [600, 292], Qt.Orientation.Vertical)
        if options.geometry:
            self.restoreGeometry(QByteArray.fromHex(options.geometry.encode()))
        if options.panels:
            self.restoreState(QByteArray.fromHex(options.panels.encode()))
        self._stay_on_screen()

    def _stay_on_screen(self) -> None:
        """Come back to the middle when a remembered place is on a screen that has gone."""
        grip = self.geometry().topLeft() + QPoint(self.width() // 2, 8)
        if not any(screen.availableGeometry().contains(grip) for screen in QGuiApplication.screens()):
            room = self.screen().availableGeometry()
            self.resize(self.size().boundedTo(room.size()))
            self.move(room.center() - self.rect().center())

    # Introducing

    def _introduce(self) -> None:
        """Let the parts of the window hear of each other."""
        sitting, box, desk = self._sitting, self.box, self.desk
        parts = Parts(
            box, self.films, self.findings, self.overlays, self.drawings, self.feature_map, self.notices, self.status
        )
        self._showing = Showing(sitting, desk, parts)
        self._rounds = Rounds(sitting, self.morning, self.worklist, desk)
        self._rounds.list_wanted.connect(self._on_list_wanted)
        self.morning.worklist.hides = desk.first_read.hides
        desk.first_read.lifted.connect(self.worklist.follow)
        for teller in (sitting, desk, self.doors, self._showing, self._rounds):
            teller.told.connect(self.tell)
        self._showing.titled.connect(self._on_titled)
        sitting.surprised.connect(self.surprised)
        sitting.hung.connect(lambda _reading: self.doors.follow_film())
        desk.anonymous_changed.connect(lambda _anonymous: self.doors.follow_film())
        for change in (sitting.table_changed, sitting.hung, desk.changed, self.walls.moved):
            change.connect(self._on_changed)
        box.full_screen_requested.connect(lambda: self.walls.set_full_screen(not self.walls.full_screen))
        box.menu_requested.connect(self._on_menu_requested)
        box.text_mode_requested.connect(self.actions_["view.text"].trigger)
        self.walls.toggled.connect(self._on_panel_toggled)
        self.notices.command_chosen.connect(lambda command_id: self.actions_[command_id].trigger())
        self.doors.film_wanted.connect(sitting.hang_path)
        self.doors.settings_chosen.connect(self._on_settings_chosen)
        self.actions_.follow()
        self.box.made.connect(lambda _canvas: self._name_open_key())
        say_again(self, self._name_open_key)

    def _name_open_key(self) -> None:
        """Name the key that opens films wherever films are invited."""
        for canvas in self.box.canvases:
            canvas.set_open_key(self._key("file.open"))

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders."""
        self._sitting.open(paths)

    def tell(self, message: Message) -> None:
        """Show a message above the film; details name files, so they are left out while names are hidden."""
        if self.desk.anonymous:
            message = replace(message, details=())
        self.notices.tell(message, partial(command_title, self._registry[message.command]) if message.command else None)

    def _on_changed(self) -> None:
        self.actions_.follow()

    def _on_titled(self, title: str) -> None:
        self.setWindowTitle(f"{title} – Negatoscope" if title else "Negatoscope")

    def _on_list_wanted(self, wanted: bool) -> None:
        """Hang worklist or thumbnails, each with the room it needs: a list wants height."""
        pane = self.worklist if wanted else self.films
        self._lists.setCurrentWidget(pane)
        width = min(pane.sizeHint().width(), self.width() // 3)
        self.resizeDocks([self._docks["films"]], [width], Qt.Orientation.Horizontal)
        left, shares = [self._docks["films"], self._docks["drawings"]], [5, 1] if wanted else [1, 1]
        self.resizeDocks(left, [share * self.height() // 6 for share in shares], Qt.Orientation.Vertical)

    def _on_panel_toggled(self, name: str) -> None:
        """Give the feature map most of its column."""
        if name == "feature_map":
            column = [self._docks[other] for other in ("films", "drawings", "feature_map")]
            self.resizeDocks(column, [200, 90, 520], Qt.Orientation.Vertical)

    def _on_menu_requested(self, at: QPoint) -> None:
        self.actions_.follow()
        menu = self.actions_.context_menu(CONTEXT_MENU)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
        self._menu = menu

    def _on_settings_chosen(self, options: Options) -> None:
        """Act on new settings at once."""
        self.desk.options = replace(options, geometry=self.options.geometry, panels=self.options.panels)
        self.desk.set_text_mode(options.text_mode)
        self.desk.set_anonymous(options.anonymous)
        self.desk.set_hands(options.hands)
        self._sitting.set_habits(options.device, options.shelf_megabytes * 2**20, options.analyse_on_opening)
        self.morning.lift_after(options.longest_wait_minutes)
        self._registry.rebind(options.keys)
        voice().speak(options.language)
        voice().changed.emit()
        self.settings_changed.emit(self.options)

    # What Qt calls

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the palette in its place."""
        super().resizeEvent(event)
        if self.doors.palette.isVisible():
            self.doors.palette.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files over the panels too."""
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped over the panels."""
        event.acceptProposedAction()
        self.open(paths_in(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide at once with all dialogs, then wait for the steps under way."""
        event.accept()
        if self._closing:
            return
        self._closing = True
        self._habits.stop()
        options = self.options
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.hide()
        self._sitting.close()
        self.morning.close()
        self.closed.emit(options)
