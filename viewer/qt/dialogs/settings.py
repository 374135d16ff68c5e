"""The settings: language, network, memory and text; mouse; keys. Every change holds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QSlider,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.registry import Registry
from viewer.qt.dialogs.keys import KeysPage
from viewer.qt.language import NAMES, say, say_again
from viewer.qt.panels.parts import label
from viewer.qt.theme import theme
from viewer.session.corner import TEXT_MODES
from viewer.session.hands import DEEDS
from viewer.settings.options import DEVICES, SHELF_LEAST, SHELF_MOST, WAIT_MOST, Options

PACES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""The paces of a window drag that the slider offers."""

Choice = tuple[str, Callable[[], str]]
"""A value and what it is called."""


class SettingsDialog(QDialog):
    """The reader's settings.

    Signals
    -------
    chosen
        The new ``Options`` after each change.
    """

    chosen = Signal(object)

    def __init__(self, options: Options, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent)
        self._options = options
        say(self, title=lambda: self.tr("Settings"))
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.keys = KeysPage(registry, options.keys)
        self.keys.chosen.connect(lambda keys: self._choose(keys=keys))
        for page in (self._general(), self._mouse(), self.keys):
            self.pages.addTab(page, "")
        say_again(self.pages, self._name_pages)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        button = close.button(QDialogButtonBox.StandardButton.Close)
        button.setAutoDefault(False)
        say(button, lambda: self.tr("Close"))
        close.rejected.connect(self.reject)
        heading = label("display", wrap=False)
        say(heading, lambda: self.tr("Settings"))
        column = QVBoxLayout(self)
        margin = theme().space["three"]
        column.setContentsMargins(margin, margin, margin, theme().space["two"])
        column.setSpacing(theme().space["two"] - 4)
        for widget in (heading, self.pages, close):
            column.addWidget(widget)
        room = parent.screen().availableGeometry()
        self.resize(min(640, room.width() - 60), min(600, room.height() - 80))

    def _name_pages(self) -> None:
        for place, title in enumerate((self.tr("General"), self.tr("Mouse"), self.tr("Keys"))):
            self.pages.setTabText(place, title)

    def _choose(self, **changed: Any) -> None:
        """Take over a choice and tell of it."""
        self._options = replace(self._options, **changed)
        self.chosen.emit(self._options)

    def _hand(self, **changed: Any) -> None:
        self._choose(hands=replace(self._options.hands, **changed))

    # Pages

    def _general(self) -> QWidget:
        page, form = self._page()
        languages: list[Choice] = [("system", lambda: self.tr("As the computer's"))]
        languages += [(language, lambda name=name: name) for language, name in NAMES.items()]  # type: ignore[misc]
        texts: dict[str, Callable[[], str]] = {
            "all": lambda: self.tr("Everything"),
            "minimal": lambda: self.tr("Without patient and study"),
            "none": lambda: self.tr("Nothing"),
        }
        options = self._options
        language = self._list(languages, options.language, lambda value: self._choose(language=value))
        self._row(form, lambda: self.tr("Language"), language)
        text = self._list(
            [(mode, texts[mode]) for mode in TEXT_MODES], options.text_mode, lambda value: self._choose(text_mode=value)
        )
        self._row(form, lambda: self.tr("Text on films"), text)
        self._check(
            form, lambda: self.tr("Hide names and dates"), options.anonymous, lambda on: self._choose(anonymous=on)
        )
        devices: dict[str, Callable[[], str]] = {
            "auto": lambda: self.tr("The fastest that works"),
            "cpu": lambda: self.tr("Processor (CPU)"),
            "cuda": lambda: "NVIDIA CUDA",
            "mps": lambda: "Apple MPS",
            "xpu": lambda: "Intel XPU",
        }
        device = self._list(
            [(name, devices[name]) for name in DEVICES], options.device, lambda value: self._choose(device=value)
        )
        self._row(form, lambda: self.tr("The network runs on"), device)
        self._check(
            form,
            lambda: self.tr("Analyse films as they are opened"),
            options.analyse_on_opening,
            lambda on: self._choose(analyse_on_opening=on),
        )
        self._row(form, lambda: self.tr("Memory for films"), self._memory())
        self._row(form, lambda: self.tr("Unread films rise after"), self._longest_wait())
        return page

    def _memory(self) -> QSpinBox:
        memory = self._number(range(SHELF_LEAST, SHELF_MOST + 1, 64), lambda: self.tr(" MB"))
        memory.setValue(self._options.shelf_megabytes)
        memory.valueChanged.connect(lambda value: self._choose(shelf_megabytes=value))
        return memory

    def _longest_wait(self) -> QSpinBox:
        wait = self._number(range(0, WAIT_MOST + 1, 15), lambda: self.tr(" min"))
        say_again(wait, lambda: wait.setSpecialValueText(self.tr("Never")))
        wait.setValue(self._options.longest_wait_minutes)
        wait.valueChanged.connect(lambda value: self._choose(longest_wait_minutes=value))
        return wait

    def _mouse(self) -> QWidget:
        page, form = self._page()
        names: dict[str, Callable[[], str]] = {
            "window": lambda: self.tr("Window and level"),
            "pan": lambda: self.tr("Move the film"),
            "zoom": lambda: self.tr("Zoom"),
        }
        deeds = [(deed, names[deed]) for deed in DEEDS]
        hands = self._options.hands
        left = self._list(deeds, hands.left, lambda deed: self._hand(left=deed))
        self._row(form, lambda: self.tr("Drag with the left button"), left)
        middle = self._list(deeds, hands.middle, lambda deed: self._hand(middle=deed))
        self._row(form, lambda: self.tr("Drag with the middle button"), middle)
        right = self._list(deeds, hands.right, lambda deed: self._hand(right=deed))
        self._row(form, lambda: self.tr("Drag with the right button"), right)
        wider: list[Choice] = [("right", lambda: self.tr("To the right")), ("left", lambda: self.tr("To the left"))]
        side = self._list(
            wider, "left" if hands.left_widens else "right", lambda value: self._hand(left_widens=value == "left")
        )
        self._row(form, lambda: self.tr("The window widens"), side)
        lighter: list[Choice] = [("up", lambda: self.tr("Upwards")), ("down", lambda: self.tr("Downwards"))]
        way = self._list(
            lighter, "down" if hands.down_brightens else "up", lambda value: self._hand(down_brightens=value == "down")
        )
        self._row(form, lambda: self.tr("The film brightens"), way)
        self._row(form, lambda: self.tr("Pace of the window"), self._pace())
        return page

    def _pace(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, len(PACES) - 1)
        slider.setPageStep(1)
        near = min(range(len(PACES)), key=lambda place: abs(PACES[place] - self._options.hands.speed))
        slider.setValue(near)
        say(slider, name=lambda: self.tr("Pace of the window"))
        number = label("quiet", f"× {self._options.hands.speed:g}", wrap=False)
        number.setMinimumWidth(theme().space["three"] + 16)

        def change(place: int) -> None:
            number.setText(f"× {PACES[place]:g}")
            self._hand(speed=PACES[place])

        slider.valueChanged.connect(change)
        row.addWidget(slider, 1)
        row.addWidget(number)
        room.setFocusProxy(slider)
        return room

    # Rows

    def _page(self) -> tuple[QWidget, QFormLayout]:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, theme().space["two"], 0, 0)
        form.setHorizontalSpacing(theme().space["three"])
        form.setVerticalSpacing(theme().space["one"] + 4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        return page, form

    def _row(self, form: QFormLayout, title: Callable[[], str], field: QWidget) -> None:
        caption = label("", wrap=False)
        say(caption, title)
        caption.setBuddy(field)
        say(field, name=title)
        form.addRow(caption, field)

    def _check(self, form: QFormLayout, title: Callable[[], str], on: bool, chosen: Callable[[bool], None]) -> None:
        check = QCheckBox()
        say(check, title)
        check.setChecked(on)
        check.toggled.connect(chosen)
        form.addRow("", check)

    def _number(self, values: range, unit: Callable[[], str]) -> QSpinBox:
        number = QSpinBox()
        number.setRange(values.start, values[-1])
        number.setSingleStep(values.step)
        number.setKeyboardTracking(False)
        say_again(number, lambda: number.setSuffix(unit()))
        return number

    def _list(self, choices: Sequence[Choice], present: str, chosen: Callable[[str], None]) -> QComboBox:
        box = QComboBox()

        def fill() -> None:
            with QSignalBlocker(box):
                place = box.currentIndex()
                box.clear()
                for value, name in choices:
                    box.addItem(name(), value)
                box.setCurrentIndex(place if place >= 0 else box.findData(present))

        say_again(box, fill)
        box.activated.connect(lambda place: chosen(box.itemData(place)))
        return box
