"""A pane of the light box: one film on its canvas and, while there are several panes, a line above it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from model.film.film import Description
from viewer.qt.canvas import Canvas
from viewer.qt.pane_title import PaneTitle
from viewer.qt.panels.parts import restyle
from viewer.qt.sentences import sentence_text
from viewer.qt.thumbnails import thumbnail_picture
from viewer.session.edits import Edits
from viewer.session.reading import Reading
from viewer.session.state import Sheet
from viewer.session.verdicts import judgements


class Pane(QFrame):
    """Shows one sheet as it is told to; tools and what is taken hold of belong to the film in front alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.canvas = Canvas()
        self.title = PaneTitle()
        self.sheet: Sheet | None = None
        self._reading: Reading | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.canvas, 1)
        self.stand(alone=True, in_front=True)

    @property
    def description(self) -> Description | None:
        """What the film says of itself, None while none is shown."""
        return None if self._reading is None else self._reading.film.description

    @property
    def film_key(self) -> str | None:
        """Which film is shown, None while none is."""
        return None if self._reading is None else self._reading.film.key

    def stand(self, alone: bool, in_front: bool) -> None:
        """Stand alone, or among others with a frame and a title, brighter in front."""
        self.title.setVisible(not alone)
        edge = 0 if alone else 1
        self.setContentsMargins(edge, edge, edge, edge)
        restyle(self, place="alone" if alone else "front" if in_front else "beside")

    def show_nothing(self, invite: bool) -> None:
        """Show an empty pane; ``invite`` asks for one of the films that are there, else for files."""
        self._hold(None, None)
        if invite:
            self.canvas.show_vacancy()
        else:
            self.canvas.show_film(None, None)

    def show_waiting(self, sheet: Sheet, name: str) -> None:
        """Say that a film is being read, under this name, or why it cannot be shown."""
        self._hold(sheet, None)
        if sheet.reading == "failed":
            self.canvas.show_failure(sentence_text(sheet.error))
        else:
            self.canvas.show_loading(name)

    def show_film(self, sheet: Sheet, reading: Reading, edits: Edits) -> None:
        """Show a film and what was chosen for it; one that is shown already stays where it lies."""
        if reading is not self._reading:
            self._hold(sheet, reading)
            self.canvas.show_film(reading.film, edits.look)
        self.show_answer(sheet)
        self.show_edits(edits)

    def show_answer(self, sheet: Sheet) -> None:
        """Show what the network says of the film now."""
        self.sheet = sheet
        if sheet.prediction is not self.canvas.prediction:
            self.canvas.set_prediction(sheet.prediction)

    def show_edits(self, edits: Edits) -> None:
        """Show what was chosen for the film, nothing of it taken hold of."""
        if self._reading is None or self.sheet is None:
            return
        canvas = self.canvas
        canvas.set_spacing(edits.calibration or self._reading.film.spacing)
        canvas.set_look(edits.look)
        canvas.set_judgements(judgements(self.sheet.prediction, edits.verdicts))
        canvas.set_measurements(edits.shapes)
        canvas.select_measurement(None)
        canvas.select_box(None)

    def speak(self) -> None:
        """Say the words on the canvas in the language that holds now."""
        if self.sheet is not None and self.sheet.reading == "failed":
            self.canvas.show_failure(sentence_text(self.sheet.error))
        self.canvas.speak()

    def _hold(self, sheet: Sheet | None, reading: Reading | None) -> None:
        self.sheet, self._reading = sheet, reading
        picture = thumbnail_picture(None if reading is None else reading.thumbnail)
        self.title.hold(None if sheet is None else sheet.path, picture)
