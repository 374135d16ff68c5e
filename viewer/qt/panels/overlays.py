"""The overlays panel: what is laid over the film, which map, how strong, how smooth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from model.card import ModelCard
from model.findings.prediction import HeatMap, Prediction
from model.findings.vocabulary import MAP_NAMES, term
from viewer.qt.language import say
from viewer.qt.panels.parts import Key, label, restyle, with_key
from viewer.qt.theme import theme
from viewer.qt.words import translate
from viewer.session.caveat import SanityCheck, sanity_check
from viewer.session.overlays import OverlayChoice

MAX_SIGMA = 40
MAPS = ("intensity", "smoothed", "class", "opacity")


class OverlaysPanel(QWidget):
    """The reader's choice of overlays.

    Signals
    -------
    choice_changed
        The new ``OverlayChoice``.
    """

    choice_changed = Signal(object)

    def __init__(self, card: Callable[[], ModelCard | None], key: Key) -> None:
        super().__init__()
        self.setObjectName("column")
        self._card = card
        self._key = key
        self._choice = OverlayChoice()
        self._maps: list[HeatMap] = []
        self._boxes = self._check(
            "findings.boxes", lambda: self.tr("Boxes"), lambda: self.tr("Boxes with their scores")
        )
        self._lungs = self._check(
            "findings.lungs", lambda: self.tr("Lung outline"), lambda: self.tr("Outline of the lungs")
        )
        self._heatmap = self._check(
            "findings.heatmap", lambda: self.tr("Heatmap"), lambda: self.tr("Where the network responds")
        )
        self._map = QComboBox()
        self._map.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(self._map, tip=lambda: self.tr("Which map is laid over the film"), name=lambda: self.tr("Map"))
        self._map.setMinimumContentsLength(12)
        self._map.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._meaning, self._sanity = label("quiet"), label("quiet")
        self._opacity, self._opacity_number = self._slider(0, 100)
        say(
            self._opacity,
            tip=lambda: self.tr("How strongly the map covers the film"),
            name=lambda: self.tr("Opacity"),
        )
        self._sigma, self._sigma_number = self._slider(0, MAX_SIGMA)
        say(
            self._sigma,
            tip=lambda: self.tr("Smoothing in pixels of the network's input; at the left end the model's own"),
            name=lambda: self.tr("Smoothing"),
        )
        self._lay_out()
        self._boxes.toggled.connect(lambda on: self._change(replace(self._choice, boxes=on)))
        self._lungs.toggled.connect(lambda on: self._change(replace(self._choice, lungs=on)))
        self._heatmap.toggled.connect(lambda on: self._change(replace(self._choice, heatmap=on)))
        self._map.activated.connect(self._on_map_chosen)
        self._opacity.valueChanged.connect(lambda value: self._change(replace(self._choice, opacity=value / 100)))
        self._sigma.valueChanged.connect(lambda value: self._change(replace(self._choice, sigma=value or None)))
        self.setEnabled(False)

    def sizeHint(self) -> QSize:
        """Return a size that shows everything."""
        return QSize(300, 316)

    def _check(self, command: str, text: Callable[[], str], tip: Callable[[], str]) -> QCheckBox:
        check = QCheckBox()
        say(check, text, tip=lambda: with_key(tip(), self._key(command)))
        check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return check

    def _slider(self, low: int, high: int) -> tuple[QSlider, QLabel]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(low, high)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        number = label("quiet", wrap=False)
        number.setMinimumWidth(48)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return slider, number

    def _lay_out(self) -> None:
        space = theme().space
        column = QVBoxLayout(self)
        margin = space["two"] - 4
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(space["one"])
        for checks in ((self._heatmap,), (self._boxes, self._lungs)):
            switches = QHBoxLayout()
            switches.setSpacing(space["two"])
            for check in checks:
                switches.addWidget(check)
            switches.addStretch(1)
            column.addLayout(switches)
        column.addWidget(self._map)
        column.addWidget(self._meaning)
        column.addWidget(self._sanity)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space["one"])
        rows = (
            (lambda: self.tr("Opacity"), self._opacity, self._opacity_number),
            (lambda: self.tr("Smoothing"), self._sigma, self._sigma_number),
        )
        for row, (text, slider, number) in enumerate(rows):
            caption = label("quiet", wrap=False)
            say(caption, text)
            grid.addWidget(caption, row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(number, row, 2)
        column.addLayout(grid)
        column.addStretch(1)

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Offer the maps of this prediction."""
        self.setEnabled(prediction is not None and bool(prediction.maps))
        if prediction is not None and prediction.maps:
            self._maps = [m for kind in MAPS for m in prediction.maps if m.kind == kind]
        with QSignalBlocker(self._map):
            self._map.clear()
            for heat_map in self._maps:
                self._map.addItem(_map_name(heat_map))
        self.show_choice(self._choice)

    def show_choice(self, choice: OverlayChoice) -> None:
        """Show this choice."""
        self._choice = choice
        controls = (self._heatmap, self._boxes, self._lungs, self._map, self._opacity, self._sigma)
        blockers = [QSignalBlocker(control) for control in controls]
        self._heatmap.setChecked(choice.heatmap)
        self._boxes.setChecked(choice.boxes)
        self._lungs.setChecked(choice.lungs)
        self._opacity.setValue(round(100 * choice.opacity))
        self._sigma.setValue(round(choice.sigma or 0))
        self._map.setCurrentIndex(self._place_of(choice))
        del blockers
        self._opacity_number.setText(f"{round(100 * choice.opacity)} %")
        sigma = self.tr("model's") if choice.sigma is None else f"σ {choice.sigma:g} px"
        self._sigma_number.setText(sigma)
        self._map.setEnabled(choice.heatmap)
        self._meaning.setText(_map_meaning(choice))
        self._show_sanity(choice)
        self._opacity.setEnabled(choice.heatmap)
        self._sigma.setEnabled(choice.heatmap and choice.map == "smoothed")

    def _show_sanity(self, choice: OverlayChoice) -> None:
        """Say whether the map passes its sanity check: it must look unlike that of a network that learned nothing."""
        card = self._card()
        check = None if card is None else sanity_check(card, choice.map)
        restyle(self._sanity, band="error" if check is not None and not check.passed else "")
        self._sanity.setText(_sanity_text(check))

    def _place_of(self, choice: OverlayChoice) -> int:
        fitting = [
            place
            for place, heat_map in enumerate(self._maps)
            if heat_map.kind == choice.map and choice.finding in (None, heat_map.finding)
        ]
        return fitting[0] if fitting else -1

    def _on_map_chosen(self, place: int) -> None:
        self._change(replace(self._choice, map=self._maps[place].kind, finding=self._maps[place].finding))

    def _change(self, choice: OverlayChoice) -> None:
        self.show_choice(choice)
        self.choice_changed.emit(choice)


def _map_name(heat_map: HeatMap) -> str:
    """Return the short name of a map; what the vocabulary adds in brackets is told below the list."""
    name = translate("Vocabulary", MAP_NAMES[heat_map.kind]).partition(" (")[0]
    if heat_map.finding is None:
        return name
    return f"{name}: {translate('Vocabulary', term(heat_map.finding).name)}"


def _sanity_text(check: SanityCheck | None) -> str:
    if check is None:
        return translate("Overlays", "Sanity check: not made for this map.")
    text = (
        translate("Overlays", "Sanity check passed: {value} like a map of random weights (n = {count}).")
        if check.passed
        else translate("Overlays", "Sanity check failed: {value} like a map of random weights (n = {count}).")
    )
    return text.format(value=f"{check.likeness:.2f}", count=check.films)


def _map_meaning(choice: OverlayChoice) -> str:
    anything = translate("Overlays", "Where the network responds to anything; often bright away from any lesion.")
    return {
        "intensity": anything,
        "smoothed": anything,
        "class": translate("Overlays", "What speaks for this finding and what against it; this map makes the answer."),
        "opacity": translate("Overlays", "How likely each place is opaque lung; the boxes are made from this map."),
    }.get(choice.map, "")
