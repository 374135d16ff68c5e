"""The link: films in several panes move together, but never one from the front with one from the side."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.display.view import Place
from viewer.qt.light_box import LightBox
from viewer.qt.pane import Pane
from viewer.session.priors import may_move_together


class Link(QObject):
    """Carries where the reader looks from the pane that was moved to all that may move with it."""

    def __init__(self, box: LightBox) -> None:
        super().__init__(box)
        self._box = box
        self.wished = True
        """Whether films that may move together do."""
        box.place_changed.connect(self._on_place_changed)

    def allowed(self, one: Pane, other: Pane) -> bool:
        """Tell whether the films of two panes may move together."""
        if one is other or one.description is None or other.description is None:
            return False
        return may_move_together(one.description, other.description)

    def partners(self, pane: Pane) -> list[Pane]:
        """Return the panes that may move with this one."""
        return [other for other in self._box.panes if self.allowed(pane, other)]

    def fit(self) -> None:
        """Show the film in front whole, and those that move along with it."""
        front = self._box.front
        for pane in (front, *(self.partners(front) if self.wished else ())):
            pane.canvas.fit()

    def draw_level(self) -> None:
        """Let all that move along look where the film in front is looked at."""
        self._on_place_changed(self._box.front, self._box.canvas.place)

    def _on_place_changed(self, pane: Pane, place: Place | None) -> None:
        if self.wished and place is not None:
            for other in self.partners(pane):
                other.canvas.look_at(place)
