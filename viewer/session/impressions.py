"""What the reader saw on a film before the network was heard, and what the network then said; kept on disk."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from model.findings.prediction import Prediction
from viewer.session.store import Store

Word = Literal["yes", "no", "unsure"]
WORDS: tuple[Word, ...] = get_args(Word)
Question = Literal["lung_opacity", "covid19"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
"""Terms of ``model.findings.vocabulary``, in the order in which the reader is asked."""


@dataclass(frozen=True, slots=True)
class Impression:
    """The reader's own answer to each of ``QUESTIONS``, with a free remark."""

    opacity: Word
    covid19: Word
    remark: str = ""

    def word(self, question: Question) -> Word:
        """Return the answer to one question."""
        return self.opacity if question == "lung_opacity" else self.covid19


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reader has said so far of the film in front; the questions are asked in their order."""

    words: tuple[Word, ...] = ()

    @property
    def asked(self) -> Question | None:
        """The question to be answered next, None when all are."""
        return QUESTIONS[len(self.words)] if len(self.words) < len(QUESTIONS) else None

    def word(self, question: Question) -> Word | None:
        """Return the answer given to a question so far."""
        place = QUESTIONS.index(question)
        return self.words[place] if place < len(self.words) else None

    def impression(self, remark: str) -> Impression:
        """Return the whole impression; both questions must have been answered."""
        opacity, covid19 = self.words
        return Impression(opacity, covid19, remark)

    def with_word(self, question: Question, word: Word) -> Draft:
        """Return the draft with this answer; a question whose turn has not come yet is not answered."""
        place = QUESTIONS.index(question)
        return self if place > len(self.words) else Draft((*self.words[:place], word, *self.words[place + 1 :]))


class Impressions:
    """The impressions of all films ever read first; one a film, never changed once the network was heard."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._films = {film for (film,) in store.rows("SELECT film FROM impression")}

    def __contains__(self, film: str) -> bool:
        return film in self._films

    def keep(self, film: str, place: Path, impression: Impression) -> None:
        """Keep the impression of a film (its key) that is opened by ``place``; the first one stands.

        Raises
        ------
        StoreError
            When it cannot be written.
        """
        given = (film, str(place), impression.opacity, impression.covid19, impression.remark, time.time())
        with self._store.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO impression VALUES (?, ?, ?, ?, ?, ?)", given)
        self._films.add(film)

    def keep_answer(self, prediction: Prediction) -> None:
        """Keep what the network said of a film with an impression; the last word of each network stands.

        Raises
        ------
        StoreError
            When it cannot be written.
        """
        film, model = prediction.film_key, prediction.model
        if film not in self:
            return
        said = [
            (film, model.sha256, f"{model.name} {model.version}", f.id, f.probability, f.threshold, time.time())
            for f in prediction.findings
        ]
        with self._store.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO network_answer VALUES (?, ?, ?, ?, ?, ?, ?)", said)
