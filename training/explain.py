"""explain: every map of one film side by side, and whether each depends on what was learned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from model.film import open_film
from model.net.predictor import Predictor
from training import calibrate as rules_of
from training import subject
from training.drawing.films import lay, map_words, on_film
from training.drawing.style import canvas, film, save
from training.judging.sanity import UNLIKE, compare, untrained

ACROSS = 4
"""Pictures side by side."""


def explain(
    path: Annotated[Path, typer.Argument(help="A film.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the picture.")] = Path(),
    network: Annotated[
        Path | None, typer.Option("--network", "-n", help="A run's folder or exported weights; else the bundled.")
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="Rules from `calibrate`, for a network without a card.")] = None,
) -> None:
    """Draw all maps of a film and check them against a network of random weights.

    Example: negatoscope-train explain film.dcm -n runs/first -o runs/maps
    """
    predictor = subject.load(network)
    if rules is not None:
        predictor.card = rules_of.apply(predictor.card, rules_of.read(rules))
    likeness = compare(predictor, untrained(predictor), path)
    table = Table(title="Rank correlation with random weights: near 0 the map comes from what was learned")
    table.add_column("map")
    table.add_column("correlation", justify="right")
    table.add_column("check")
    for name, value in likeness.items():
        table.add_row(name, f"{value:.2f}", "passes" if UNLIKE.met(value) else "fails")
    console = Console()
    console.print(table)
    console.print(f"written: {save(drawn(predictor, path), out, f'{path.stem}-maps')}")


def drawn(predictor: Predictor, path: Path) -> Figure:
    """Draw the film and every map of the card over it, each on its fixed colour bar."""
    reading, card = predictor.read(open_film(path)), predictor.card
    grey = on_film(reading.prepared.grey, reading)
    figure, axes = canvas(-(-(1 + len(card.maps)) // ACROSS), ACROSS)
    for place in axes.ravel():
        place.set_axis_off()
    first, *others = axes.ravel()
    film(first, grey, "film")
    for place, scale in zip(others, card.maps, strict=False):
        film(place, grey, map_words(scale, card))
        bar = figure.colorbar(lay(place, reading, scale, card), ax=place, shrink=0.7)
        bar.ax.tick_params(labelsize=6)
    return figure
