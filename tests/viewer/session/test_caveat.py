from dataclasses import replace

import pytest
from tiny_model import tiny_card

from model import card as cards
from model.card import Figure
from viewer.session.caveat import SanityCheck, sanity_check, worst_figure


def figure(name, value, where):
    return Figure(name, value, None, None, 50, where)


def test_the_worst_figure_of_the_finding_is_told():
    card = replace(
        tiny_card(),
        figures=(
            figure("COVID-19, ROC AUC", 0.94, "own films"),
            figure("COVID-19, ROC AUC", 0.61, "pneumonias of other hospitals"),
            figure("COVID-19, sensitivity", 0.3, "own films"),
            figure("COVID-19, lungs out, ROC AUC", 0.5, "own films"),
            figure("Lung opacity, ROC AUC", 0.5, "own films"),
        ),
    )
    assert worst_figure(card, "covid19").measured_on == "pneumonias of other hospitals"


def test_a_card_without_figures_tells_none():
    assert worst_figure(replace(tiny_card(), figures=()), "covid19") is None


@pytest.mark.parametrize(("value", "passed"), [(0.09, True), (0.4999, True), (0.5, False), (0.93, False)])
def test_a_map_that_looks_as_if_nothing_had_been_learned_fails(value: float, passed: bool) -> None:
    figure = Figure("layer 19, rank correlation with random weights", value, None, None, 12, "films with opacity")
    card = replace(tiny_card(), figures=(figure,))
    for kind in ("intensity", "smoothed"):
        assert sanity_check(card, kind) == SanityCheck(value, 12)
        assert SanityCheck(value, 12).passed == passed
    assert sanity_check(card, "class") is None
    assert sanity_check(card, "lungs") is None


def test_the_bundled_card_states_a_check_for_every_map_that_can_be_chosen() -> None:
    card = cards.read(cards.bundled().with_suffix(".json"))
    for kind in ("intensity", "smoothed", "class", "opacity"):
        assert sanity_check(card, kind) is not None
