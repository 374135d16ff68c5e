"""gate: teaching the gate, of a network that is being exported or of weights that are exported already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, track

from model import card_page
from model.card import GateRule
from model.film import open_film
from model.net import weights
from model.net.device import choose
from model.net.predictor import Predictor
from training import calibrate, views
from training import manifest as manifests


def gate(
    path: Annotated[Path, typer.Argument(help="Exported weights.")],
    manifest: Annotated[Path, typer.Option("--manifest", "-m", help="The manifest that they were trained on.")],
    version: Annotated[str | None, typer.Option(help="New version of the network; the old one stays without.")] = None,
) -> None:
    """Teach the gate of exported weights anew: what is no upright frontal chest film of an adult, and its limits.

    Example: negatoscope-train gate resources/models/negatoscope.safetensors --manifest runs/manifest.json
    """
    console = Console()
    films = manifests.read(manifest)
    network, card, _ = weights.read(path)
    judged = taught(Predictor(network, card, choose("auto")), films, console)
    written = weights.write(network, path, judged.view)
    made = replace(
        card,
        version=version or card.version,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256=written.sha256,
        size=written.size,
        gate=limits(judged, films, console),
    )
    card_page.write(made, path)
    console.print(f"{path}, its card and its page")


def limits(judged: Predictor, films: manifests.Manifest, console: Console) -> GateRule:
    """Set the limits of the gate on the validation films that the network is to answer for."""
    rows = [row for row in films.of("validation") if row.assessable]
    readings = [judged.read(open_film(films.root / row.path)) for row in track(rows, "setting limits", console=console)]
    return calibrate.gate_rule(readings, judged.view)


def taught(judged: Predictor, films: manifests.Manifest, console: Console) -> Predictor:
    """Return the predictor with a view layer learned from training films; where that cannot be, it says so."""
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("learning views", total=1.0)
        rows = films.of("train")
        notes = views.take(judged, films.root, rows, lambda share: bars.update(task, completed=share))
    if notes.absent:
        console.print(f"Too few training films show {', '.join(notes.absent)}: the gate will not tell these.")
    try:
        view = views.teach(notes)
    except views.ViewError as error:
        console.print(error.message)
        return judged
    return Predictor(judged.network, judged.card, choose("auto"), view)
