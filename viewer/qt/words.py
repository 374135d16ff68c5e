"""Words for facts about films, in the reader's language."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from model.findings.vocabulary import TERMS
from viewer.messages import Message
from viewer.qt.sentences import sentence_text
from viewer.session.state import Sheet
from viewer.triage.pace import rounded_up


def translate(context: str, text: str) -> str:
    """Return ``text`` in the user's language."""
    return QCoreApplication.translate(context, text)


def message_text(message: Message) -> str:
    """Return a message in the user's language, its values filled in."""
    values = {name: sentence_text(value) if isinstance(value, str) else value for name, value in message.values.items()}
    return translate("Messages", message.text).format(**values)


def detail_text(detail: str) -> str:
    """Return a detail of a message in the user's language: a sentence, or what it is about, a colon, and a sentence."""
    about, colon, sentence = detail.rpartition(": ")
    whole = sentence_text(detail)
    return whole if whole != detail or not colon else f"{about}{colon}{sentence_text(sentence)}"


def date_text(written: str) -> str:
    """Return a DICOM date (YYYYMMDD) as YYYY-MM-DD, the order that no country misreads; anything else as it stands."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return written


def duration_text(seconds: float) -> str:
    """Return a duration, rounded up to whole minutes from one minute on."""
    hours, minutes, rest = rounded_up(seconds)
    if hours:
        return translate("Words", "{hours} h {minutes} min").format(hours=hours, minutes=f"{minutes:02d}")
    if minutes:
        return translate("Words", "{minutes} min").format(minutes=minutes)
    return translate("Words", "{seconds} s").format(seconds=rest)


def film_title(sheet: Sheet, number: int, anonymous: bool) -> str:
    """Return what to call a film: the patient's name, else the file; only its number while names are hidden."""
    if anonymous:
        return translate("Words", "Film {number}").format(number=number)
    return sheet.description.patient_name or sheet.path.name


def film_facts(sheet: Sheet, anonymous: bool) -> str:
    """Return date, modality and view in one line, else the file's format; the date only while it may be shown."""
    description = sheet.description
    facts = [description.modality, description.view]
    if not anonymous:
        facts.insert(0, date_text(description.study_date))
    return " · ".join(fact for fact in facts if fact) or sheet.format


def sheet_state(sheet: Sheet) -> tuple[str, str]:
    """Return the state of a film for its row, and the colour token it is written in."""
    if sheet.reading == "failed":
        return translate("Words", "Cannot be opened"), "error"
    if sheet.reading == "waiting":
        return translate("Words", "Reading…"), "quiet"
    if sheet.answer == "analysed" and sheet.prediction is not None and sheet.prediction.findings:
        return band_text(sheet.prediction.findings[0].band), sheet.prediction.findings[0].band
    return {
        "running": (translate("Words", "Analysing…"), "accent"),
        "not_assessable": (translate("Words", "Not assessable"), "quiet"),
        "withheld": (translate("Words", "Read it first"), "accent"),
        "failed": (translate("Words", "Analysis failed"), "error"),
        "cancelled": (translate("Words", "Analysis cancelled"), "quiet"),
    }.get(sheet.answer, (translate("Words", "Not analysed"), "quiet"))


def band_text(band: str) -> str:
    """Return the name of a band."""
    return {
        "below": translate("Words", "Below threshold"),
        "uncertain": translate("Words", "Uncertain"),
        "above": translate("Words", "Above threshold"),
    }[band]


def finding_name(finding: str) -> str:
    """Return the translated name of a finding; its identifier when the vocabulary has no such term."""
    name = next((term.name for term in TERMS if term.id == finding), None)
    return finding if name is None else translate("Vocabulary", name)
