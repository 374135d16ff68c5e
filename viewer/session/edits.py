"""The reader's choices, film by film: each film has its own look, its own drawings and its own undo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.film.film import Spacing
from viewer.display.look import Look
from viewer.measure.shapes import Measurement
from viewer.session.history import History
from viewer.session.verdicts import Verdict, shape_id


@dataclass(frozen=True, slots=True)
class Edits:
    """Everything a reader has chosen for one film; one snapshot of its history.

    ``calibration`` is the pixel spacing the reader set by hand, None while the film's own holds.
    """

    look: Look
    shapes: tuple[Measurement, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    calibration: Spacing | None = None

    def shape(self, identifier: str | None) -> Measurement | None:
        """Return the shape with this id, None when there is none."""
        return next((shape for shape in self.shapes if shape.id == identifier), None)

    def with_shape(self, shape: Measurement) -> Edits:
        """Return the choices with this shape, in the place of the one with the same id."""
        if self.shape(shape.id) is None:
            return replace(self, shapes=(*self.shapes, shape))
        return replace(self, shapes=tuple(shape if other.id == shape.id else other for other in self.shapes))

    def without_shape(self, identifier: str) -> Edits:
        """Return the choices without the shape with this id; a box that it corrected is unjudged again."""
        return replace(
            self,
            shapes=tuple(shape for shape in self.shapes if shape.id != identifier),
            verdicts=tuple(v for v in self.verdicts if v.judgement != "corrected" or shape_id(v.box) != identifier),
        )

    def without_shapes(self) -> Edits:
        """Return the choices without any shape."""
        return replace(self, shapes=(), verdicts=tuple(v for v in self.verdicts if v.judgement != "corrected"))


class EditBook:
    """The histories of all films seen in this sitting, found by film key; they outlast the film's place in the list."""

    def __init__(self) -> None:
        self._histories: dict[str, History[Edits]] = {}
        self._first: dict[str, Look] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._histories

    def open(self, key: str, first: Look, kept: Edits | None = None) -> Edits:
        """Return what was chosen for this film.

        A new one starts from ``kept``, what was chosen in an earlier sitting, else from the look ``first``.
        """
        if key not in self._histories:
            self._first[key] = first
            self._histories[key] = History(kept or Edits(first))
        return self._histories[key].present

    def history(self, key: str) -> History[Edits]:
        """Return the history of a film that was opened before."""
        return self._histories[key]

    def first_look(self, key: str) -> Look:
        """Return the look in which this film is seen when nothing was chosen."""
        return self._first[key]

    def record(self, key: str, edits: Edits, gesture: int | None = None) -> Edits:
        """Record choices for this film and return the snapshot that holds now."""
        self._histories[key].record(edits, gesture)
        return self._histories[key].present
