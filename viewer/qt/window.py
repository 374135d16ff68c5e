"""The window: arranges film, list, panels, toolbar and messages, and connects them; it does nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from model.card import ModelCard
from model.net.atlas import Atlas
from viewer.commands.command import Command
from viewer.commands.registry import Registry
from viewer.messages import QT_TRANSLATE_NOOP, Message, header_message
from viewer.qt.actions import Actions, command_title, keys_text
from viewer.qt.canvas import Canvas
from viewer.qt.desk import Desk
from viewer.qt.dialogs.card import card_markdown
from viewer.qt.dialogs.files import ask_key_card
from viewer.qt.dialogs.help import help_html
from viewer.qt.dialogs.key_card import save_card
from viewer.qt.dialogs.page import PageDialog
from viewer.qt.dialogs.settings import SettingsDialog
from viewer.qt.dialogs.tags import TagsDialog
from viewer.qt.drop import paths_in
from viewer.qt.icons import application_icon
from viewer.qt.language import say, say_again, voice
from viewer.qt.morning import Morning
from viewer.qt.notices import NoticeBar
from viewer.qt.palette import Palette
from viewer.qt.panels.dock import Dock
from viewer.qt.panels.drawings import DrawingsPanel
from viewer.qt.panels.feature_map import FeatureMapPanel
from viewer.qt.panels.films import FilmList
from viewer.qt.panels.findings import FindingsPanel
from viewer.qt.panels.overlays import OverlaysPanel
from viewer.qt.panels.parts import label
from viewer.qt.panels.worklist import WorklistPanel
from viewer.qt.rounds import Rounds
from viewer.qt.sentences import sentence_text
from viewer.qt.sitting import Sitting
from viewer.qt.words import film_title
from viewer.session.reading import Reading
from viewer.settings.options import Options

CONTEXT_MENU = (
    ("view.fit", "view.actual", "view.reset"),
    ("view.invert", "view.rotate_right", "view.rotate_left", "view.flip_horizontal", "view.flip_vertical"),
    ("view.preset_0", "view.preset_1", "view.preset_3", "view.preset_4", "view.preset_5", "view.preset_6"),
    ("findings.heatmap", "findings.boxes", "findings.lungs"),
    ("findings.accept_box", "findings.reject_box", "measure.delete"),
    ("edit.copy_picture", "file.export_picture", "file.remove"),
)


class Window(QMainWindow):
    """The one window of the program.

    Signals
    -------
    settings_changed
        The reader chose other settings; carries the ``Options`` to be remembered at once.
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
        self._card = card
        self._registry = Registry()
        self._registry.rebind(options.keys)
        self._warning: Message | None = None
        self._closing = False
        self._before_full_screen: QByteArray | None = None
        self.canvas = Canvas()
        self.films = FilmList(sitting.table)
        self.morning = morning
        self.worklist = WorklistPanel(morning)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.films)
        self._lists.addWidget(self.worklist)
        self.findings = FindingsPanel(card)
        self.overlays = OverlaysPanel()
        self.drawings = DrawingsPanel()
        self.feature_map = FeatureMapPanel(atlas)
        self.notices = NoticeBar()
        self.desk = Desk(sitting, self.canvas, options, self._panel_shown)
        self._docks = self._hang_docks()
        self.actions_ = Actions(self._registry, self.desk, self)
        self._arrange()
        self._palette = Palette(self, self._run)
        self._connect()
        self._follow_options(options)
        self.canvas.setFocus()

    @property
    def options(self) -> Options:
        """What is to be remembered of this window and of the reader's habits."""
        if self._before_full_screen is not None:
            return self.desk.options
        return replace(
            self.desk.options,
            geometry=self.saveGeometry().toHex().toStdString(),
            panels=self.saveState().toHex().toStdString(),
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
            key = partial(keys_text, self._registry[f"view.panel_{name}"])
            docks[name] = Dock(name, title, panel, key, self)
            self.addDockWidget(area, docks[name])
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, left)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, right)
        docks["feature_map"].hide()
        return docks

    def _arrange(self) -> None:
        room = QWidget()
        room.setObjectName("room")
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        films = QHBoxLayout()
        films.setSpacing(0)
        films.addWidget(self.canvas, 1)
        films.addWidget(self.desk.priors.pane, 1)
        column.addLayout(films, 1)
        self.setCentralWidget(room)
        self._menus = self.actions_.menus()
        for menu in self._menus:
            self.menuBar().addMenu(menu)
        self._bar = self.actions_.toolbar()
        self.addToolBar(self._bar)
        self._status = label("quiet", wrap=False)
        disclaimer = label("disclaimer", wrap=False)
        say(disclaimer, lambda: self.tr("Research and education only. Not for diagnosis."))
        for word in (self._status, disclaimer):
            word.setContentsMargins(12, 0, 12, 0)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._status, 1)
        self.statusBar().addPermanentWidget(disclaimer)

    def _follow_options(self, options: Options) -> None:
        self.overlays.show_choice(options.overlays)
        self.films.films.set_anonymous(options.anonymous)
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

    # Connecting

    def _connect(self) -> None:
        sitting, canvas, desk = self._sitting, self.canvas, self.desk
        sitting.table_changed.connect(self._on_table_changed)
        sitting.sheet_changed.connect(self._on_sheet_changed)
        sitting.hung.connect(self._on_hung)
        sitting.sketched.connect(canvas.show_sketch)
        sitting.look_changed.connect(canvas.set_look)
        sitting.look_changed.connect(desk.changed)
        sitting.answer_changed.connect(self._on_answer_changed)
        sitting.progressed.connect(self.findings.show_progress)
        sitting.told.connect(self.tell)
        sitting.surprised.connect(self.surprised)
        canvas.look_changed.connect(sitting.set_look)
        canvas.film_step_requested.connect(sitting.step)
        canvas.full_screen_requested.connect(lambda: desk.set_full_screen(not desk.full_screen))
        canvas.menu_requested.connect(self._on_menu_requested)
        canvas.box_clicked.connect(desk.choose_box)
        canvas.paths_dropped.connect(sitting.open)
        canvas.text_mode_requested.connect(lambda: self._run(self._registry["view.text"]))
        canvas.open_requested.connect(desk.choose_files)
        self.drawings.chosen.connect(desk.drawings.choose)
        desk.drawings.changed.connect(self._show_drawings)
        self.films.film_chosen.connect(sitting.hang)
        self.findings.analyse_requested.connect(desk.analyse)
        self.findings.remedy_requested.connect(desk.put_right)
        self.findings.cancel_requested.connect(desk.cancel_analysis)
        self.findings.box_chosen.connect(desk.choose_box)
        self.overlays.choice_changed.connect(desk.set_overlays)
        self.notices.command_chosen.connect(lambda command_id: self._run(self._registry[command_id]))
        desk.overlays_changed.connect(self.overlays.show_choice)
        desk.anonymous_changed.connect(self._on_anonymous_changed)
        desk.box_chosen.connect(self.findings.select_box)
        desk.told.connect(self.tell)
        desk.changed.connect(self.actions_.follow)
        desk.settings_wanted.connect(self._on_settings_wanted)
        desk.tags_wanted.connect(self._on_tags_wanted)
        desk.key_card_wanted.connect(self._on_key_card_wanted)
        desk.page_wanted.connect(self._on_page_wanted)
        desk.panel_wanted.connect(self._on_panel_wanted)
        desk.palette_wanted.connect(lambda: self._palette.ask(self.actions_.runnable()))
        desk.full_screen_wanted.connect(self._on_full_screen_wanted)
        desk.pane_wanted.connect(self._on_pane_wanted)
        desk.quit_wanted.connect(self.close)
        for dock in self._docks.values():
            dock.visibilityChanged.connect(lambda _shown: self.actions_.follow())
        self._rounds = Rounds(sitting, self.morning, self.worklist, desk)
        self._rounds.list_wanted.connect(self._on_list_wanted)
        self._rounds.told.connect(self.tell)
        self._on_table_changed()
        self._on_hung(None)
        say_again(self, self._speak)

    def _speak(self) -> None:
        """Say again, in the language that holds now, what depends on the films."""
        sheet = self._sitting.table.current
        if sheet is not None and sheet.reading == "failed":
            self.canvas.show_failure(sentence_text(sheet.error))
        self.films.films.set_anonymous(self.desk.anonymous)
        self.findings.show_sheet(sheet)
        self.overlays.show_prediction(self._sitting.prediction)
        self._show_drawings()
        self.canvas.speak()
        self._show_status()
        self._show_title()

    def _run(self, command: Command) -> None:
        self.actions_[command.id].trigger()

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders."""
        self._sitting.open(paths)

    def tell(self, message: Message) -> None:
        """Show a message above the film; details name files, so they are left out while names are hidden."""
        if self.desk.anonymous:
            message = replace(message, details=())
        self.notices.tell(message, partial(command_title, self._registry[message.command]) if message.command else None)

    def _panel_shown(self, name: str) -> bool:
        return not self._docks[name].isHidden()

    def _on_table_changed(self) -> None:
        current = self._sitting.table.current
        self.films.follow(None if current is None else current.id)
        self._show_status()
        self.actions_.follow()

    def _on_sheet_changed(self, sheet_id: int) -> None:
        self.films.films.follow_sheet(sheet_id)
        self._show_status()

    def _on_hung(self, reading: Reading | None) -> None:
        look = self._sitting.look
        sheet = self._sitting.table.current
        if reading is not None and look is not None:
            self.canvas.show_film(reading.film, look)
            self.canvas.set_prediction(self._sitting.prediction)
        elif sheet is None:
            self.canvas.show_film(None, None)
        elif sheet.reading == "failed":
            self.canvas.show_failure(sentence_text(sheet.error))
        else:
            self.canvas.show_loading(self._title_of_current())
        self.desk.drawings.hang()
        self._follow_tags()
        self._show_title()
        self._show_warnings(reading)
        self.actions_.follow()

    def _show_drawings(self) -> None:
        drawings = self.desk.drawings
        self.drawings.show_drawings(drawings.film, drawings.results(), drawings.chosen)
        self.findings.show_judgements(drawings.judged)

    def _show_warnings(self, reading: Reading | None) -> None:
        """Say what was wrong with the header of the film in front, for as long as it hangs there."""
        self.notices.take_back(self._warning)
        self._warning = None if reading is None else header_message(reading.film.warnings)
        if self._warning is not None:
            self.tell(self._warning)

    def _on_answer_changed(self) -> None:
        prediction = self._sitting.prediction
        self.findings.show_sheet(self._sitting.table.current)
        self.overlays.show_prediction(prediction)
        self.feature_map.show_prediction(prediction)
        self.canvas.set_prediction(prediction)
        self.desk.drawings.choose_box(-1)

    def _on_anonymous_changed(self, anonymous: bool) -> None:
        self._follow_tags()
        self.films.films.set_anonymous(anonymous)
        if anonymous:
            self.notices.take_back_details()
        self._show_title()

    def _title_of_current(self) -> str:
        sheet = self._sitting.table.current
        if sheet is None:
            return ""
        number = 1 + [other.id for other in self._sitting.table].index(sheet.id)
        return film_title(sheet, number, self.desk.anonymous)

    def _show_title(self) -> None:
        title = self._title_of_current()
        self.setWindowTitle(f"{title} – Negatoscope" if title else "Negatoscope")

    def _show_status(self) -> None:
        table = self._sitting.table
        waiting = sum(1 for _ in table.waiting())
        failed = sum(1 for sheet in table if sheet.reading == "failed")
        if self._sitting.guide is not None:
            self._status.clear()
            return
        parts = [self.tr("Films: {count}").format(count=len(table))] if len(table) else []
        if waiting:
            parts.append(self.tr("still to read: {count}").format(count=waiting))
        if failed:
            parts.append(self.tr("failed: {count}").format(count=failed))
        self._status.setText(" · ".join(parts))

    def _on_list_wanted(self, wanted: bool) -> None:
        """Hang worklist or thumbnails, each with the room it needs."""
        pane = self.worklist if wanted else self.films
        self._lists.setCurrentWidget(pane)
        width = min(pane.sizeHint().width(), self.width() // 3)
        self.resizeDocks([self._docks["films"]], [width], Qt.Orientation.Horizontal)

    def _on_menu_requested(self, at: QPoint) -> None:
        self.actions_.follow()
        menu = self.actions_.context_menu(CONTEXT_MENU)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
        self._menu = menu

    def _on_settings_wanted(self) -> None:
        dialog = SettingsDialog(self.options, self._registry, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._follow_settings)
        dialog.show()

    def _on_tags_wanted(self) -> None:
        dialog = TagsDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show_tags(dialog)
        dialog.show()
        dialog.search.setFocus()

    def _on_key_card_wanted(self) -> None:
        path = ask_key_card(self, self.desk.options.last_folder)
        if path is None:
            return
        try:
            save_card(self._registry, path)
        except OSError:
            text = QT_TRANSLATE_NOOP(
                "Messages", "The key card could not be written to {folder}; choose another folder."
            )
            self.tell(Message("error", text, {"folder": str(path.parent)}))
        else:
            text = QT_TRANSLATE_NOOP("Messages", "The key card was saved as {name}.")
            self.tell(Message("info", text, {"name": path.name}))

    def _show_tags(self, dialog: TagsDialog) -> None:
        film = self.desk.film
        dialog.follow(None if film is None else film.path, self.desk.anonymous)

    def _follow_tags(self) -> None:
        """Show the tags of the film in front wherever tags are shown."""
        for dialog in self.findChildren(TagsDialog):
            self._show_tags(dialog)

    def _follow_settings(self, options: Options) -> None:
        """Act on new settings at once."""
        self.desk.options = replace(options, geometry=self.options.geometry, panels=self.options.panels)
        self.desk.set_text_mode(options.text_mode)
        self.desk.set_anonymous(options.anonymous)
        self.canvas.set_hands(options.hands)
        self._sitting.set_habits(options.device, options.shelf_megabytes * 2**20, options.analyse_on_opening)
        self.morning.lift_after(options.longest_wait_minutes)
        self._registry.rebind(options.keys)
        voice().speak(options.language)
        voice().changed.emit()
        self.settings_changed.emit(self.options)

    def _on_page_wanted(self, page: str) -> None:
        titles = {
            "help": lambda: self.tr("Keys and gestures"),
            "about": lambda: self.tr("About Negatoscope"),
            "model_card": lambda: self.tr("About the network"),
        }
        dialog = PageDialog(titles[page], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        written = {
            "help": lambda: dialog.page.setHtml(help_html(self._registry)),
            "about": lambda: dialog.page.setHtml(_about_html()),
            "model_card": lambda: dialog.show_markdown(card_markdown(self._card())),
        }
        say_again(dialog, written[page])
        dialog.show()

    def _on_full_screen_wanted(self, full: bool) -> None:
        around = (self.menuBar(), self._bar, self.statusBar())
        if full and not self.isFullScreen():
            self._before_full_screen = self.saveState()
            for dock in self._docks.values():
                dock.hide()
            for part in around:
                part.hide()
            self.showFullScreen()
        elif not full and self.isFullScreen():
            self.showNormal()
            for part in around:
                part.show()
            if self._before_full_screen is not None:
                self.restoreState(self._before_full_screen)
                self._before_full_screen = None
        self.canvas.setFocus()
        self.actions_.follow()

    def _on_panel_wanted(self, name: str) -> None:
        """Show or hide a panel; the feature map needs most of its column."""
        self._docks[name].setVisible(self._docks[name].isHidden())
        if name == "feature_map":
            column = [self._docks[other] for other in ("films", "drawings", "feature_map")]
            self.resizeDocks(column, [200, 90, 520], Qt.Orientation.Vertical)

    def _on_pane_wanted(self) -> None:
        shown = [
            pane
            for pane in (
                self.canvas,
                self.films,
                self.worklist,
                self.drawings,
                self.feature_map,
                self.findings,
                self.overlays,
            )
            if pane.isVisible()
        ]
        focused = self.focusWidget()
        places = [i for i, pane in enumerate(shown) if focused is not None and _holds(pane, focused)]
        place = places[0] if places else -1
        for pane in shown[place + 1 :] + shown[: place + 1]:
            target = _first_stop(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # What Qt calls

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the palette in its place."""
        super().resizeEvent(event)
        if self._palette.isVisible():
            self._palette.place()

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
        options = self.options
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.hide()
        self._sitting.close()
        self.morning.close()
        self.closed.emit(options)


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first_stop(pane: QWidget) -> QWidget | None:
    """Return the first widget of a panel that the keyboard can reach, in the order of the Tab key."""
    widget: QWidget | None = pane
    while widget is not None and _holds(pane, widget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
        widget = widget.nextInFocusChain()
        if widget is pane:
            break
    return None


def _about_html() -> str:
    from viewer.qt.dialogs.about import about_html

    return about_html()
