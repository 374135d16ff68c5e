"""The veil: what the network says of films that the reader is to judge first, kept from every eye in the window."""

from __future__ import annotations

from collections.abc import Callable

from model.findings.prediction import Prediction
from viewer.session.state import AnswerState, Table


class Veil:
    """Lays answers on the table, or holds them back as long as ``hides`` says so of the film's key.

    What is held back is not on the table at all, so that nobody who looks there can give it away.
    """

    def __init__(self, table: Table) -> None:
        self.hides: Callable[[str], bool] = lambda film_key: False
        self._table = table
        self._withheld: dict[int, Prediction] = {}

    def give(self, sheet_id: int, prediction: Prediction) -> None:
        """Lay an answer on the table, or hold it back."""
        if self.hides(prediction.film_key):
            self._withheld[sheet_id] = prediction
            self._table.change(sheet_id, answer="withheld", prediction=None, answer_error="")
        else:
            self._withheld.pop(sheet_id, None)
            self._table.change(sheet_id, answer=settled(prediction), prediction=prediction, answer_error="")

    def follow(self) -> list[int]:
        """Give and hold back anew, as ``hides`` says now; return the sheets that changed."""
        changed = []
        for sheet in list(self._table):
            prediction = self._withheld.get(sheet.id, sheet.prediction)
            hidden = sheet.id in self._withheld
            if prediction is None or prediction.film_key != sheet.key or self.hides(sheet.key) == hidden:
                continue
            self.give(sheet.id, prediction)
            changed.append(sheet.id)
        return changed

    def state_of(self, sheet_id: int) -> AnswerState:
        """Return the state of a sheet whose analysis came to nothing: what held before."""
        sheet, withheld = self._table.get(sheet_id), self._withheld.get(sheet_id)
        if sheet is not None and withheld is not None and withheld.film_key == sheet.key:
            return "withheld"
        return settled(None if sheet is None else sheet.prediction)

    def forget(self, sheet_id: int) -> None:
        """Let go of what is held back about a sheet."""
        self._withheld.pop(sheet_id, None)


def settled(prediction: Prediction | None) -> AnswerState:
    """Return the state of a sheet with this answer."""
    if prediction is None:
        return "none"
    return "not_assessable" if prediction.refused else "analysed"
