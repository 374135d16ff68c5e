"""The file hand: films come in by dialog, clipboard or last time; pictures of them go out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

import resources
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.dialogs.files import ask_files, ask_folder, ask_picture
from viewer.qt.drop import paths_in
from viewer.qt.last_time import LastTime
from viewer.qt.light_box import LightBox
from viewer.qt.recent_menu import RecentMenu
from viewer.qt.sitting import Sitting
from viewer.session.recent import Recent
from viewer.session.store import Store

if TYPE_CHECKING:
    from viewer.export.picture import Layer, Overlays
    from viewer.qt.desk import Desk


class Files(QObject):
    """Implements ``viewer.commands.hand.FileHand``.

    Signals
    -------
    told
        A ``Message`` for the user.
    """

    told = Signal(object)

    def __init__(self, sitting: Sitting, box: LightBox, desk: Desk, store: Store) -> None:
        super().__init__(desk)
        self._sitting = sitting
        self._box = box
        self._desk = desk
        self.last_time: LastTime | None = None
        self.recent = RecentMenu(Recent(store), lambda: desk.anonymous)
        self.recent.chosen.connect(sitting.open)
        self.recent.told.connect(self.told)
        sitting.opened.connect(self._on_opened)

    def _window(self) -> QWidget:
        return self._box.window()

    @property
    def can_resume(self) -> bool:
        """Whether the films of last time can be hung again: while no others lie on the table."""
        return self.last_time is not None and self.last_time.films is not None and not self._desk.film_count

    def resume(self) -> None:
        """Hang the films of last time again."""
        if self.last_time is not None:
            self.last_time.resume()

    def show_recent(self) -> None:
        """Show what was opened of late, to be opened again."""
        self.recent.popup(self._box.mapToGlobal(self._box.rect().center()))

    def _on_opened(self, paths: tuple[Path, ...]) -> None:
        """Note what was opened, unless it came with the program."""
        self.recent.note(tuple(path for path in paths if not path.is_relative_to(resources.ROOT)))

    def choose_files(self) -> None:
        """Let the user choose files to open."""
        self._open_chosen(ask_files(self._window(), self._desk.options.last_folder))

    def choose_folder(self) -> None:
        """Let the user choose a folder to open."""
        self._open_chosen(ask_folder(self._window(), self._desk.options.last_folder))

    def _open_chosen(self, paths: tuple[Path, ...]) -> None:
        if paths:
            folder = paths[0] if paths[0].is_dir() else paths[0].parent
            self._desk.remember(last_folder=str(folder))
            self._sitting.open(paths)

    def paste(self) -> None:
        """Open the paths or files on the clipboard."""
        paths = paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self._sitting.open(paths)
        else:
            self.told.emit(
                Message(
                    "warning",
                    QT_TRANSLATE_NOOP(
                        "Messages", "The clipboard holds no files and no path to one; copy a file or its path first."
                    ),
                )
            )

    def open_demonstration(self) -> None:
        """Open the bundled demonstration film."""
        self._sitting.open([resources.path("films", "demonstration.dcm")])

    def remove_film(self) -> None:
        """Take the film in front off the table; the file stays."""
        current = self._sitting.table.current
        if current is not None:
            self._sitting.remove(current.id)

    def clear_table(self) -> None:
        """Take all films off the table; the files stay."""
        self._sitting.clear()

    def export_picture(self) -> None:
        """Let the user save the whole film at full size as it is seen, overlays included, without patient data."""
        film, look = self._desk.film, self._desk.look
        path = ask_picture(self._window(), self._desk.options.last_folder)
        if path is None or film is None or look is None:
            return
        from viewer.export.picture import drawn, save_png

        try:
            save_png(
                path,
                drawn(film, look, overlays=self._overlays_to_draw(), drawings=self._desk.drawings.results()),
                self._desk.prediction,
            )
        except OSError:
            text = QT_TRANSLATE_NOOP("Messages", "The picture could not be written to {folder}; choose another folder.")
            self.told.emit(Message("error", text, {"folder": str(path.parent)}))
        else:
            text = QT_TRANSLATE_NOOP("Messages", "The picture was saved as {name}.")
            self.told.emit(Message("info", text, {"name": path.name}))

    def _overlays_to_draw(self) -> Overlays | None:
        """Return what the canvas lays over the film, for a picture of it; None where it lays nothing."""
        choice, prediction = self._desk.overlays, self._desk.prediction
        if prediction is None or not choice.anything:
            return None
        from viewer.export.picture import Overlays

        shown: dict[Layer, bool] = {"lungs": choice.lungs, "boxes": choice.boxes}
        layers = tuple(layer for layer, is_shown in shown.items() if is_shown)
        heat_map = choice.shown_map(prediction) if choice.heatmap else None
        return Overlays(prediction, layers, choice.opacity, heat_map, self._desk.drawings.judged)

    def copy_picture(self) -> None:
        """Put what is seen on the clipboard."""
        QGuiApplication.clipboard().setImage(self._box.canvas.grab_picture())
        self.told.emit(Message("info", QT_TRANSLATE_NOOP("Messages", "The picture is on the clipboard.")))
