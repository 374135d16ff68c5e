"""The words of a DICOM header: names, dates and views in whatever character set they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pydicom.charset import convert_encodings, decode_bytes, python_encoding
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from model.film.film import Description
from model.film.header import Header, name_of

_DELIMITERS = {ord(character) for character in "\r\n\t\f^=\\"}
_VIEW_CODES = {
    "R-10206": "AP", "399348003": "AP",
    "R-10214": "PA", "272479007": "PA",
    "R-10236": "LL", "399198007": "LL",
    "R-10232": "RL", "399173006": "RL",
}  # fmt: skip


def read_description(header: Header) -> Description:
    """Read the words about patient and study; what is missing or unreadable stays empty."""
    words = _Words(header)
    birth, study = words.of("PatientBirthDate"), words.of("StudyDate")
    return Description(
        patient_name=_name(words.of("PatientName")),
        patient_id=words.of("PatientID"),
        birth_date=birth,
        sex=words.of("PatientSex").upper(),
        age=words.of("PatientAge") or _age(birth, study),
        study_date=study,
        study_time=words.of("StudyTime"),
        study_description=words.of("StudyDescription"),
        series_description=words.of("SeriesDescription"),
        modality=header.word("Modality"),
        body_part=words.of("BodyPartExamined").upper(),
        view=read_view(header),
        laterality=header.word("ImageLaterality") or header.word("Laterality"),
        institution=words.of("InstitutionName"),
        study_uid=words.of("StudyInstanceUID"),
        series_uid=words.of("SeriesInstanceUID"),
    )


def read_view(header: Header) -> str:
    """Return View Position (0018,5101), else what View Code Sequence (0054,0220) names (CID 4010)."""
    stated = header.word("ViewPosition")
    if stated:
        return stated
    for item in header.items("ViewCodeSequence"):
        code = header.within(item).word("CodeValue")
        if code in _VIEW_CODES:
            return _VIEW_CODES[code]
    return ""


class _Words:
    """Text of a data set, decoded once per tag with a fallback for undeclared character sets."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._encodings = self._declared()

    def _declared(self) -> list[str]:
        declared = self._header.get("SpecificCharacterSet")
        if declared is None:
            return []
        names = [declared] if isinstance(declared, str) else [str(name) for name in declared]
        if all(name in ("", "ISO_IR 6", "ISO 2022 IR 6") for name in names):
            return []
        try:
            encodings = list(convert_encodings(names))
        except (LookupError, ValueError, TypeError):
            encodings = []
        if not encodings or not any(name in python_encoding for name in names):
            self._header.warn(
                "charset", f"{name_of('SpecificCharacterSet')} is unknown; accented letters in names may be wrong."
            )
            return []
        return encodings

    def of(self, keyword: str) -> str:
        """Return the text of a tag, "" when absent or unreadable; several values are joined by a comma."""
        raw = self._raw(keyword)
        text = self._decode(raw) if raw is not None else self._plain(keyword)
        return ", ".join(part for part in (piece.strip(" \0") for piece in text.split("\\")) if part)

    def _raw(self, keyword: str) -> bytes | None:
        dataset: Dataset = self._header.dataset
        element = dataset.get_item(keyword, keep_deferred=True) if keyword in dataset else None
        value = element.value if isinstance(element, RawDataElement) else None
        return value if isinstance(value, bytes) else None

    def _plain(self, keyword: str) -> str:
        value = self._header.get(keyword)
        if value is None:
            return ""
        many = isinstance(value, Sequence) and not isinstance(value, str | bytes)
        return "\\".join(map(str, value)) if many else str(value)

    def _decode(self, raw: bytes) -> str:
        if raw.isascii() and b"\x1b" not in raw:
            return raw.decode("ascii")
        if self._encodings:
            try:
                return decode_bytes(raw, self._encodings, _DELIMITERS)
            except (LookupError, ValueError):
                return raw.decode("latin-1")
        return self._guess(raw)

    def _guess(self, raw: bytes) -> str:
        """Decode letters beyond ASCII that no character set was declared for."""
        self._header.warn(
            "charset",
            f"{name_of('SpecificCharacterSet')} is missing though names hold letters beyond ASCII; they were guessed.",
        )
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            high = sum(byte >= 0xC0 for byte in raw)
            letters = sum(65 <= byte <= 122 for byte in raw)
            return raw.decode("cp1251" if high > letters else "latin-1", errors="replace")


def _name(text: str) -> str:
    """Write a person name (PS3.5 6.2.1) for reading: the first component group, parts separated by a space."""
    groups = [group for group in text.split("=") if group.strip(" ^")]
    return re.sub(r"[\s^]+", " ", groups[0]).strip() if groups else ""


def _age(birth: str, study: str) -> str:
    """Return the age at the study as DICOM writes it ("045Y"), "" when a date is missing."""
    born, taken = _date(birth), _date(study)
    if not born or not taken or taken < born:
        return ""
    years = taken.year - born.year - ((taken.month, taken.day) < (born.month, born.day))
    if years >= 2:
        return f"{years:03d}Y"
    months = 12 * (taken.year - born.year) + taken.month - born.month - (taken.day < born.day)
    return f"{months:03d}M" if months else f"{(taken - born).days:03d}D"


def _date(text: str) -> date | None:
    digits = text.replace(".", "").replace("-", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
