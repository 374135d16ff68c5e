"""Agreement: how often reader and network said the same of films that the reader judged first."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, cast

from viewer.session.impressions import QUESTIONS, Question, Word
from viewer.session.numbers import probability_text
from viewer.session.store import Store


@dataclass(frozen=True, slots=True)
class Case:
    """One film that both have answered, for one question. ``at`` is when the reader did, in seconds since the epoch."""

    film: str
    place: Path
    question: Question
    word: Word
    probability: float
    threshold: float
    network: str
    remark: str
    at: float

    @property
    def called(self) -> bool:
        """Whether the network calls the finding: at its threshold or above."""
        return self.probability >= self.threshold

    @property
    def agreed(self) -> bool | None:
        """Whether both said the same; None where the reader was unsure."""
        return None if self.word == "unsure" else (self.word == "yes") == self.called


@dataclass(frozen=True, slots=True)
class Agreement:
    """Reader and network on one question.

    ``films`` counts those to which the reader said yes or no, ``agreed`` those of them on which both said the same,
    ``unsure`` the others. ``kappa`` is None where it is not defined: no films, or both always say the same one thing.
    """

    question: Question
    films: int
    agreed: int
    unsure: int
    kappa: float | None
    disagreements: tuple[Case, ...]


def agreement(store: Store, question: Question, films: Collection[str] | None = None) -> Agreement:
    """Sum up how reader and network agree on a question.

    Parameters
    ----------
    store
        Where impressions and answers are kept.
    question
        "lung_opacity" or "covid19".
    films
        Keys of the films to look at; None takes every film ever read first. A film counts once, with the network
        that answered it last; films that the network did not judge do not count.
    """
    found = [case for case in cases(store) if case.question == question and (films is None or case.film in films)]
    told = [case for case in found if case.agreed is not None]
    return Agreement(
        question=question,
        films=len(told),
        agreed=sum(bool(case.agreed) for case in told),
        unsure=len(found) - len(told),
        kappa=cohens_kappa([(case.word == "yes", case.called) for case in told]),
        disagreements=tuple(case for case in told if not case.agreed),
    )


def cohens_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Return Cohen's kappa of two raters' yes and no, (p_o - p_e) / (1 - p_e); None where p_e is 1 or there are none.

    p_o is the share of pairs that agree, p_e the share that would by chance, from each rater's own share of yes
    (Cohen 1960).
    """
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    first, second = (sum(pair[rater] for pair in pairs) / count for rater in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def cases(store: Store) -> list[Case]:
    """Return every film and question that both have answered, the oldest impression first."""
    rows = store.rows(
        "SELECT film, place, finding, opacity, covid19, probability, threshold, version, remark, impression.at "
        "FROM impression JOIN network_answer USING (film) ORDER BY impression.at, film, finding, network_answer.at"
    )
    return list({(row[0], row[2]): _case(*row) for row in rows if row[2] in QUESTIONS}.values())


def _case(  # noqa: PLR0913, PLR0917 - one argument a column
    film: str,
    place: str,
    finding: str,
    opacity: str,
    covid19: str,
    probability: float,
    threshold: float,
    network: str,
    remark: str,
    at: float,
) -> Case:
    word = opacity if finding == "lung_opacity" else covid19
    question, said = cast("Question", finding), cast("Word", word)
    return Case(film, Path(place), question, said, probability, threshold, network, remark, at)


def write_csv(found: Sequence[Case], stream: TextIO, *, anonymous: bool) -> None:
    """Write one line a film and question; films are but numbered, without paths and remarks, while names are hidden."""
    lines = csv.writer(stream, lineterminator="\n")
    numbered = {film: str(place + 1) for place, film in enumerate(dict.fromkeys(case.film for case in found))}
    personal = () if anonymous else ("path", "remark")
    lines.writerow(("film", "question", "reader", "probability", "threshold", "network", "agreed", "at", *personal))
    for case in found:
        agreed = "" if case.agreed is None else "yes" if case.agreed else "no"
        numbers = probability_text(case.probability), probability_text(case.threshold)
        told = () if anonymous else (str(case.place), case.remark)
        at = datetime.fromtimestamp(case.at, UTC).isoformat(timespec="seconds")
        film = numbered[case.film] if anonymous else case.film
        lines.writerow((film, case.question, case.word, *numbers, case.network, agreed, at, *told))
