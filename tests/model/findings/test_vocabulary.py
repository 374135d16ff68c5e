"""The vocabulary knows its terms."""

from __future__ import annotations

from typing import get_args

import pytest

from model.findings.prediction import MapKind
from model.findings.vocabulary import MAP_NAMES, TERMS, term


def test_every_term_is_found_once() -> None:
    assert [term(entry.id) for entry in TERMS] == list(TERMS)
    assert len({entry.id for entry in TERMS}) == len(TERMS)


def test_every_map_has_a_name() -> None:
    assert set(MAP_NAMES) == set(get_args(MapKind))


def test_an_unknown_term_is_named() -> None:
    with pytest.raises(KeyError, match="pneumothorax"):
        term("pneumothorax")
