from dataclasses import replace

from tiny_model import tiny_card

from model.card import Figure
from viewer.session.caveat import worst_figure


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
