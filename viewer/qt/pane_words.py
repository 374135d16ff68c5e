"""What is said above a film in a pane: when it was taken, from where, how long before the film in front."""

from __future__ import annotations

from model.film.film import Description
from viewer.qt.pane_title import TitleWords
from viewer.qt.words import date_text, translate
from viewer.session.priors import another_patient, days_earlier, projection


def front_words(film: Description, anonymous: bool) -> TitleWords:
    """Return what is said of the film in front."""
    return TitleWords(_joined(_when(film, anonymous), film.view))


def beside_words(film: Description, front: Description, anonymous: bool, linked: bool) -> TitleWords:
    """Return what is said of a film beside the one in front; warnings apart."""
    stranger = another_patient(film, front)
    apart = "" if stranger else interval_words(days_earlier(film, front))
    link = translate("Priors", "moves along") if linked else translate("Priors", "moves alone")
    flag = translate("Priors", "another patient") if stranger else ""
    note = "" if stranger else _projection_words(film, front)
    return TitleWords(_joined(_when(film, anonymous), film.view, apart), flag, note, link)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _when(film: Description, anonymous: bool) -> str:
    return "" if anonymous else date_text(film.study_date)


def _projection_words(film: Description, front: Description) -> str:
    """Return a warning where one film was taken from behind and the other from the front."""
    pair = projection(film), projection(front)
    return {
        ("AP", "PA"): translate("Priors", "AP beside PA: the heart looks larger"),
        ("PA", "AP"): translate("Priors", "PA beside AP: the heart looks smaller"),
    }.get(pair, "")


def interval_words(days: int | None) -> str:
    """Return how long before the film in front another was taken; months and years are rounded down."""
    if days is None:
        return translate("Priors", "date unknown")
    if days == 0:
        return translate("Priors", "same day")
    span = abs(days)
    if span < 61:
        count, words = span, (translate("Priors", "{n} d earlier"), translate("Priors", "{n} d later"))
    elif span < 731:
        count, words = int(span / 30.44), (translate("Priors", "{n} mo earlier"), translate("Priors", "{n} mo later"))
    else:
        count, words = int(span / 365.25), (translate("Priors", "{n} y earlier"), translate("Priors", "{n} y later"))
    return words[days < 0].format(n=count)
