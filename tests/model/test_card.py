"""The model card: it survives JSON, and nothing wrong in it goes unnoticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tiny_model import tiny_card

from model.card import parse, read
from model.card_page import to_markdown
from model.errors import WeightsError


def test_json_and_back() -> None:
    card = tiny_card()
    assert parse(card.to_json()) == card


def test_a_card_from_before_feature_maps_is_still_read() -> None:
    values = json.loads(tiny_card().to_json())
    del values["feature_map"]
    assert parse(json.dumps(values)) == tiny_card()


def test_lookups() -> None:
    card = tiny_card()
    assert card.identity.name == "tiny"
    assert card.rule_of("covid19").id == "covid19"
    assert card.scale_of("class", "covid19").finding == "covid19"
    with pytest.raises(KeyError):
        card.scale_of("class", None)
    with pytest.raises(KeyError):
        card.rule_of("effusion")


def _set(*path: Any, value: Any) -> Callable[[Any], None]:
    def change(values: Any) -> None:
        for step in path[:-1]:
            values = values[step]
        values[path[-1]] = value

    return change


def _drop(name: str) -> Callable[[Any], None]:
    return lambda values: values.pop(name)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_drop("limits"), "lacks limits"),
        (_set("surprise", value=1), "unknown surprise"),
        (_set("size", value="1"), "size is of type str"),
        (_set("size", value=True), "size is of type bool"),
        (_set("size", value=0), "size must be positive"),
        (_set("input_size", value=100), "input_size"),
        (_set("sha256", value="ABC"), "sha256"),
        (_set("name", value="../../etc"), "name must be"),
        (_set("smoothing_sigma", value=float("inf")), "finite"),
        (_set("maps", 0, "kind", value="aura"), "not one of"),
        (_set("maps", 0, "high", value=-1.0), "low below high"),
        (_set("maps", 0, "reduction", value=None), "reduction"),
        (_set("maps", 2, "threshold", value=0.1), "own threshold|finding's threshold"),
        (_set("maps", 2, "finding", value=None), "finding's threshold"),
        (_set("maps", 1, "kind", value="intensity"), "once"),
        (_set("findings", 0, "id", value="effusion"), "vocabulary"),
        (_set("findings", value=[]), "vocabulary"),
        (_set("findings", 0, "calibration", "temperature", value=-1), "temperature"),
        (_set("gate", "area", value=[0.1]), "1 values, not 2"),
        (_set("gate", "area", value=0.1), "of type float, not list"),
        (_set("pixels", "lungs", value=1.5), "between 0 and 1"),
        (_set("architecture", value=[]), "not dict"),
        (_set("disclaimer", value="Fit for diagnosis."), "disclaimer"),
        (_set("limits", value=[]), "limits"),
        (_set("format", value=99), "layout 99"),
        (_set("feature_map", value={"sha256": "no", "size": 1, "sources": ["x"]}), "feature_map"),
        (_set("feature_map", value={"sha256": "0" * 64, "size": 1}), "feature_map lacks sources"),
    ],
)
def test_what_is_wrong_is_refused_and_named(change: Callable[[Any], None], says: str) -> None:
    values = json.loads(tiny_card().to_json())
    change(values)
    with pytest.raises(WeightsError, match=says):
        parse(json.dumps(values))


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '"x"', "[" * 100_000])
def test_text_that_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(WeightsError, match="not valid"):
        parse(text)


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"no model card x\.json") as caught:
        read(tmp_path / "x.json")
    assert caught.value.code == "card_missing"


def test_a_card_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WeightsError, match="cannot be read"):
        read(tmp_path / "x.json")


def test_a_huge_card_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "x.json").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(WeightsError, match="larger than any card"):
        read(tmp_path / "x.json")


def test_a_page_without_figures_says_so() -> None:
    assert "Not measured yet." in to_markdown(replace(tiny_card(), figures=()))


def test_the_page_tells_what_is_refused() -> None:
    card = tiny_card()
    assert "view layer" not in to_markdown(card)
    assert "cover 0% to 100% of the film" in to_markdown(card)
    told = to_markdown(replace(card, gate=replace(card.gate, frontal=0.4, child=0.9)))
    assert "with a probability of at least 0.40, and for a child's with at most 0.90." in told


def test_the_page_tells_every_number() -> None:
    page = to_markdown(tiny_card())
    assert "Research and education only; not for diagnosis." in page
    assert "| lung opacity AUC | 0.500 | 0.400 to 0.600 | 10 | nothing |" in page
    assert "It knows only dark and bright." in page
    assert "| Lung opacity |" in page
    assert "0" * 64 in page
