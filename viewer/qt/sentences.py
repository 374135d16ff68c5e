"""Sentences of errors and warnings in the reader's language, found again by the templates they were made from."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

import resources

CONTEXT = "Sentences"


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns and templates, those with most letters of their own first."""
    lines = resources.path("words", "sentences.txt").read_text(encoding="utf-8").splitlines()
    by_letters = sorted(lines, key=lambda line: -len(re.sub(r"\{\d+\}", "", line)))
    return tuple((_pattern(line), line) for line in by_letters)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d+\}", template)
    return re.compile("(.+?)".join(re.escape(part) for part in parts), re.DOTALL)


@lru_cache(maxsize=512)
def _matched(sentence: str) -> tuple[str, tuple[str, ...]] | None:
    for pattern, template in _templates():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return template, found.groups()
    return None


def sentence_text(sentence: str) -> str:
    """Return an English sentence of an error, a warning or a refusal in the reader's language.

    Parts that are sentences themselves are translated too; what is not known stays as it is.
    """
    matched = _matched(sentence)
    if matched is None:
        return sentence
    template, values = matched
    translated = QCoreApplication.translate(CONTEXT, template)
    return translated.format(*(sentence_text(value) for value in values))
