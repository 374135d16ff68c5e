"""What the network says of films: kept from before where there is an answer, else asked for and kept at once; no Qt."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from model.findings.prediction import Prediction
from viewer.export.table import answered, as_object, path_text
from viewer.jobs import Analyst
from viewer.session.store import AnswerKey, Store
from viewer.triage.intake import Taken, whole_shape
from viewer.triage.ledger import Entry, Status

Answer = dict[str, Any]
"""The object of one line of ``analyse --json``."""

_STATUSES: dict[str, Status] = {
    "analysed": "done",
    "not_assessable": "not_assessable",
    "failed": "failed",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to run.

    ``jobs`` is the number of reading processes, ``patience_s`` after how many seconds at one film a process is
    ended; ``force`` answers films that are not assessable, ``correct`` puts inverted and turned ones right and
    answers. ``remember`` takes answers that are kept from before instead of asking the network again;
    ``adopt_older`` also those of other networks, marked with their version, until they are renewed. ``thumbnails``
    makes a small picture of every film.
    """

    jobs: int = max(1, (os.cpu_count() or 2) - 1)
    patience_s: float = 120.0
    force: bool = False
    correct: bool = False
    remember: bool = True
    adopt_older: bool = False
    thumbnails: bool = False

    @property
    def settings(self) -> str:
        """What of this changes an answer, as canonical JSON for ``AnswerKey``."""
        return json.dumps({"correct": self.correct, "force": self.force}, sort_keys=True)


class Answers:
    """Asks the network, and remembers.

    Parameters
    ----------
    analyst, wishes, store
        The network, how to run, and where answers are kept; without a store none are.
    """

    def __init__(self, analyst: Analyst, wishes: Wishes, store: Store | None = None) -> None:
        self._analyst = analyst
        self._wishes = wishes
        self._store = store
        self._renewed: set[int] = set()

    @property
    def input_size(self) -> int:
        """Side of the square that the network is given, in pixels."""
        return self._analyst.card.input_size

    @property
    def network(self) -> str:
        """SHA-256 of the weights, hexadecimal."""
        return self._analyst.card.sha256

    def kept(self, entry: Entry) -> Answer | None:
        """Return the present network's answer to an entry's content, under the entry's path; None when none is kept."""
        answer = self._store.answer(self._key(entry)) if self._store else None
        return None if answer is None else answer | {"path": path_text(entry.place)}

    def remembered(self, entry: Entry) -> Answer | None:
        """Return the kept answer that may stand for a new one."""
        return self.kept(entry) if self._wishes.remember else None

    def adopted(self, entry: Entry) -> Answer | None:
        """Return the newest answer of another network to this content, where that may stand for a new one."""
        wanted = self._wishes.adopt_older and entry.number not in self._renewed
        return self._older(entry) if wanted else None

    def shown(self, entry: Entry) -> Answer | None:
        """Return the answer that an entry stands in the list with."""
        return self._older(entry) if entry.older_network else self.kept(entry)

    def _older(self, entry: Entry) -> Answer | None:
        older = self._store.older_answers(entry.content, self.network) if self._store else []
        return older[0] | {"path": path_text(entry.place)} if older else None

    def renew(self, number: int) -> None:
        """Let no older answer stand for this entry's any more."""
        self._renewed.add(number)

    def ask(self, entry: Entry, taken: Taken) -> tuple[Answer, Prediction]:
        """Ask the network about a film that was read, and keep the answer before it is returned.

        Raises
        ------
        NegatoscopeError
            As :meth:`viewer.jobs.Analyst.analyse`, and when the store cannot be written.
        """
        film = whole_shape(taken)
        wishes = self._wishes
        prediction = self._analyst.analyse(film, force=wishes.force, correct=wishes.correct, admission=taken.admission)
        answer = as_object(answered(entry.place, film, prediction, taken.seconds))
        if self._store:
            self._store.keep_answer(self._key(entry), answer | {"path": ""})
        return answer, prediction

    def said(self, answer: Answer) -> dict[str, Any]:
        """Return what an answer changes in its entry."""
        findings, reason, model = answer["findings"], answer["reason"] or {}, answer["model"]
        first = findings[0] if findings else {}
        return {
            "status": "duplicate" if reason.get("code") == "duplicate" else _STATUSES[answer["status"]],
            "reason_code": reason.get("code", ""),
            "reason": reason.get("message", ""),
            "older_network": model["version"] if model and model["sha256"] != self.network else "",
            "probability": first.get("probability"),
            "band": first.get("band"),
            "findings": tuple(finding["id"] for finding in findings if finding["band"] == "above"),
            "opacity_extent": answer["opacity_extent"],
        }

    def _key(self, entry: Entry) -> AnswerKey:
        return AnswerKey(entry.content, self.network, self._wishes.settings)
