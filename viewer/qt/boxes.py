"""The hand for boxes: the reader's own, and the reader's word on the network's, which stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from model.findings.prediction import Box
from model.findings.vocabulary import TERMS
from viewer.export import coco
from viewer.measure.shapes import Measurement
from viewer.messages import QT_TRANSLATE_NOOP, Message
from viewer.qt.dialogs.files import ask_boxes_to_read, ask_boxes_to_write
from viewer.qt.drawings import Drawings
from viewer.qt.light_box import LightBox
from viewer.qt.sitting import Sitting
from viewer.session.edits import Edits
from viewer.session.verdicts import Judgement, judged, judgements, shape_id, shape_of

SAVED = QT_TRANSLATE_NOOP(
    "Messages",
    "Saved boxes of {films} film(s); {unjudged} box(es) of the network without your word are not among them.",
)
NOTHING = QT_TRANSLATE_NOOP("Messages", "No box was drawn or judged in this sitting, so there is nothing to save.")
UNWRITTEN = QT_TRANSLATE_NOOP("Messages", "The boxes could not be written to {folder}; choose another folder.")
READ = QT_TRANSLATE_NOOP(
    "Messages",
    "Read {boxes} box(es) onto {films} film(s); {missing} film(s) of the file were not seen in this sitting, "
    "{unknown} box(es) have an unknown finding.",
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A film that hung on the box in this sitting."""

    path: Path
    rows: int
    columns: int


class BoxHand(Drawings):
    """Implements ``viewer.commands.hand.DrawingHand``."""

    def __init__(self, sitting: Sitting, light_box: LightBox) -> None:
        super().__init__(sitting, light_box)
        self._place: int | None = None
        self._seen: dict[str, _Seen] = {}

    def hang(self) -> None:
        """Show what was drawn on the film that came in front."""
        film = self._sitting.film
        self._place = None
        if film is not None:
            self._seen[film.key] = _Seen(film.path, film.rows, film.columns)
        super().hang()

    def _show(self) -> None:
        self._canvas.set_judgements(self.judged)
        super()._show()

    # The network's boxes

    @property
    def judged(self) -> tuple[Judgement | None, ...]:
        """The reader's word on each box of the network, None where there is none."""
        edits = self._edits
        return () if edits is None else judgements(self._sitting.prediction, edits.verdicts)

    @property
    def _box(self) -> Box | None:
        prediction = self._sitting.prediction
        if prediction is None or self._place is None or self._place >= len(prediction.boxes):
            return None
        return prediction.boxes[self._place]

    @property
    def box_chosen(self) -> bool:
        """Whether a box of the network is chosen."""
        return self._box is not None

    @property
    def box_judgement(self) -> Judgement | None:
        """The reader's word on the chosen box of the network, None while there is none."""
        return None if self._box is None or self._place is None else self.judged[self._place]

    def choose_box(self, place: int) -> None:
        """Choose a box of the network by its place in the answer; -1 chooses none."""
        self._place = None if place < 0 else place
        if place >= 0:
            self._chosen = None
        self._show()

    def choose(self, identifier: str | None) -> None:
        """Choose a drawing, or none; a box of the network that has nothing to do with it is let go."""
        box, drawn = self._box, self._edits is not None and self._edits.shape(identifier) is not None
        if drawn and box is not None and identifier != shape_id(box):
            self._place = None
            self._canvas.select_box(None)
            self._canvas.set_measurements(self.shapes)
        super().choose(identifier)

    def _offered(self) -> tuple[Measurement, ...]:
        """Return the chosen box as a shape to take hold of, unless the reader has put it aside."""
        box = self._box
        return () if box is None or self.box_judgement in ("rejected", "corrected") else (shape_of(box),)

    def _take_offer(self, shape: Measurement, gesture: int) -> None:
        """Correct the chosen box: the reader's shape stands in its place, the network's box stays what it was."""
        self._correct(shape, gesture)

    def _correct(self, shape: Measurement, gesture: int | None = None) -> None:
        edits, box, prediction = self._edits, self._box, self._sitting.prediction
        if edits is not None and box is not None and prediction is not None:
            said = judged(box, prediction, "corrected", edits.verdicts)
            self._chosen = shape.id
            self._sitting.set_edits(replace(edits.with_shape(shape), verdicts=said), gesture)

    def judge_box(self, judgement: Literal["accepted", "rejected"]) -> None:
        """Accept or reject the chosen box of the network; the same word once more takes it back.

        A corrected box is accepted already; rejecting it takes the correction away.
        """
        edits, box, prediction = self._edits, self._box, self._sitting.prediction
        if edits is None or box is None or prediction is None:
            return
        present = self.box_judgement
        if present == "corrected" and judgement == "accepted":
            return
        wanted = None if present == judgement else judgement
        bare = edits.without_shape(shape_id(box))
        self._sitting.set_edits(replace(bare, verdicts=judged(box, prediction, wanted, bare.verdicts)))

    def relabel_box(self) -> None:
        """Give the chosen box, the network's or the reader's, the next finding."""
        edits, chosen, box = self._edits, self.chosen, self._box
        if edits is None:
            return
        if chosen is None and box is not None:
            chosen = edits.shape(shape_id(box))
        if chosen is not None and chosen.kind == "box":
            self._sitting.set_edits(edits.with_shape(replace(chosen, text=_next_finding(chosen.text))))
        elif box is not None:
            self._correct(replace(shape_of(box), text=_next_finding(box.finding), origin="corrected"))

    # Out and in

    def _boxed(self) -> list[coco.Boxed]:
        answers = {sheet.key: sheet.prediction for sheet in self._sitting.table}
        films = (
            coco.Boxed(key, seen.path, seen.rows, seen.columns, self._sitting.choices.of(key), answers.get(key))
            for key, seen in self._seen.items()
        )
        return [film for film in films if film.judged]

    def export_boxes(self) -> None:
        """Let the user save the boxes of all films seen in this sitting for training."""
        films = self._boxed()
        if not films:
            self.told.emit(Message("warning", NOTHING))
            return
        path = ask_boxes_to_write(self._canvas.window(), "")
        if path is None:
            return
        try:
            coco.save(path, films)
        except OSError:
            self.told.emit(Message("error", UNWRITTEN, {"folder": str(path.parent)}))
        else:
            unjudged = sum(film.unjudged for film in films)
            self.told.emit(Message("info", SAVED, {"films": len(films), "unjudged": unjudged}))

    def import_boxes(self) -> None:
        """Let the user read boxes onto the films seen in this sitting."""
        path = ask_boxes_to_read(self._canvas.window(), "")
        if path is None:
            return
        try:
            found, unknown = coco.load(path)
        except coco.CocoError as error:
            self.told.emit(Message("error", QT_TRANSLATE_NOOP("Messages", "{reason}"), {"reason": error.message}))
            return
        keys = [(self._key_of(image), image) for image in found]
        there = [(key, image) for key, image in keys if key is not None]
        for key, image in there:
            self._sitting.choices.choose(key, _with(self._sitting.choices.of(key), image))
        values = {
            "boxes": sum(len(image.shapes) for _, image in there),
            "films": len(there),
            "missing": len(found) - len(there),
            "unknown": unknown,
        }
        self.told.emit(Message("info", READ, values))

    def _key_of(self, image: coco.Found) -> str | None:
        """Return the film that an image of a file is: by its key, else by its file name where only one has it."""
        if image.key in self._seen:
            return image.key
        named = [key for key, seen in self._seen.items() if not image.key and seen.path.name == image.name]
        return named[0] if len(named) == 1 else None


def _with(edits: Edits, image: coco.Found) -> Edits:
    """Return the choices with the boxes and verdicts of a file; those that were there already are replaced."""
    for shape in image.shapes:
        edits = edits.with_shape(shape)
    new = {(verdict.box, verdict.model) for verdict in image.verdicts}
    old = tuple(verdict for verdict in edits.verdicts if (verdict.box, verdict.model) not in new)
    return replace(edits, verdicts=(*old, *image.verdicts))


def _next_finding(finding: str) -> str:
    names = [term.id for term in TERMS]
    return names[(names.index(finding) + 1) % len(names)] if finding in names else names[0]
