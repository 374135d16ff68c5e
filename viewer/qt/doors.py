"""The window's doors: settings, tags, pages of text, key card and palette, opened when a command asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QMainWindow

from model.card import ModelCard
from viewer.commands.hand import Page
from viewer.commands.registry import Registry
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.actions import Actions
from viewer.qt.desk import Desk
from viewer.qt.dialogs.agreement import AgreementDialog
from viewer.qt.dialogs.card import card_markdown
from viewer.qt.dialogs.files import ask_key_card
from viewer.qt.dialogs.help import help_html
from viewer.qt.dialogs.key_card import save_card
from viewer.qt.dialogs.page import PageDialog
from viewer.qt.dialogs.settings import SettingsDialog
from viewer.qt.dialogs.tags import TagsDialog
from viewer.qt.language import say_again
from viewer.qt.palette import Palette


class Doors(QObject):
    """Implements ``viewer.commands.hand.DoorHand``.

    Signals
    -------
    settings_chosen
        The ``Options`` that the reader chose in the settings.
    film_wanted
        The path of a film to hang.
    told
        A ``Message`` for the user.
    """

    settings_chosen = Signal(object)
    film_wanted = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        actions: Actions,
        registry: Registry,
        card: Callable[[], ModelCard | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        self._registry = registry
        self._card = card
        self.palette = Palette(window, lambda command: actions[command.id].trigger())

    def show_palette(self) -> None:
        """Show the command palette."""
        self.palette.ask(self._actions.runnable())

    def show_settings(self) -> None:
        """Show the settings."""
        dialog = SettingsDialog(self._desk.options, self._registry, self._window)
        dialog.chosen.connect(self.settings_chosen)
        self._open(dialog)

    def show_agreement(self) -> None:
        """Show how far reader and network agree on films that the reader judged first."""
        dialog = AgreementDialog(self._desk.first_read.store, self._desk.anonymous, self._window)
        dialog.film_chosen.connect(self.film_wanted)
        dialog.told.connect(self.told)
        self._open(dialog)

    def show_tags(self) -> None:
        """Show the tags of the film in front."""
        dialog = TagsDialog(self._window)
        self._show_tags(dialog)
        self._open(dialog)
        dialog.search.setFocus()

    def follow_film(self) -> None:
        """Show the tags of the film in front wherever tags are shown."""
        for dialog in self._window.findChildren(TagsDialog):
            self._show_tags(dialog)

    def _show_tags(self, dialog: TagsDialog) -> None:
        film = self._desk.film
        dialog.follow(None if film is None else film.path, self._desk.anonymous)

    def show_page(self, page: Page) -> None:
        """Show one of the pages of text."""
        titles = {
            "help": lambda: self.tr("Keys and gestures"),
            "about": lambda: self.tr("About Negatoscope"),
            "model_card": lambda: self.tr("About the network"),
        }
        dialog = PageDialog(titles[page], self._window)
        written = {
            "help": lambda: dialog.page.setHtml(help_html(self._registry, self._desk.options.hands)),
            "about": lambda: dialog.page.setHtml(_about_html()),
            "model_card": lambda: dialog.show_markdown(card_markdown(self._card())),
        }
        say_again(dialog, written[page])
        self._open(dialog)

    def save_key_card(self) -> None:
        """Let the user save every key and gesture as one page to print."""
        path = ask_key_card(self._window, self._desk.options.last_folder)
        if path is None:
            return
        try:
            save_card(self._registry, self._desk.options.hands, path)
        except OSError:
            text = QT_TRANSLATE_NOOP(
                "Messages", "The key card could not be written to {folder}; choose another folder."
            )
            self.told.emit(Message("error", text, {"folder": str(path.parent)}))
        else:
            text = QT_TRANSLATE_NOOP("Messages", "The key card was saved as {name}.")
            self.told.emit(Message("info", text, {"name": path.name}))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()


def _about_html() -> str:
    from viewer.qt.dialogs.about import about_html

    return about_html()
