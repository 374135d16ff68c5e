"""export, card and atlas: from a checkpoint to weights with a model card, the card's figures and its feature map."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import Progress

from model import card_page
from model.card import WEIGHTS_SUFFIX, Collection, FeatureMap, Figure
from model.errors import NegatoscopeError
from model.net import atlas as atlases
from model.net import weights
from model.net.architecture import LAYER_19_STRIDE, FilmNetwork, Network
from model.net.predictor import Predictor
from model.records import build
from training import atlas as drawing
from training import calibrate, seen, subject
from training import manifest as manifests
from training.datasets.row import Row
from training.gatekeeper import limits, taught

LICENCES = {
    "coronahack": ("CC BY 4.0", "Kermany et al., through the CoronaHack collection"),
    "covid-chestxray": ("per image; masks CC BY 4.0", "ieee8023/covid-chestxray-dataset, June 2020"),
    "covid-cxnet": ("CC BY 4.0", "COVID-CXNet"),
    "covid-segmentations": ("CC BY 4.0", "GeneralBlockchain, masks over films of covid-chestxray"),
    "darkcovidnet": ("as published", "Ozturk et al. 2020, muhammedtalo/COVID-19"),
    "nih": ("NIH Clinical Center, free with attribution", "ChestX-ray14; RSNA Pneumonia Challenge annotations"),
}
LIMITS = (
    "Frontal films of adults only; children, laterals, other body parts and cross sections are to be refused.",
    "Trained on reduced public films of few hospitals; on films of other hospitals expect lower figures than here.",
    "COVID-19 films and films without it come from different collections: its probability is a hint, never an answer.",
    "Probabilities are calibrated to the mixture of the validation films, not to the prevalence of any clinic.",
    "Knows only lung opacity; pneumothorax, nodules, effusion, fractures and devices are not looked for.",
    "The layer-19 maps are not class-specific and may be bright away from any lesion.",
)
SUMMARY = (
    "A fully convolutional ELU network for frontal chest films: marks lungs, opacity and heart, boxes opacities, and "
    "says how likely lung opacity and, second and hedged, COVID-19 are. Its evidence is pooled over the lungs that it "
    "marked itself."
)


def export(  # noqa: PLR0913, PLR0917 - one argument an option
    run: Annotated[Path, typer.Argument(help="Folder of a run, or its checkpoint.")],
    manifest: Annotated[Path, typer.Option("--manifest", "-m", help="The manifest that the run was trained on.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the weights, the card and its page.")] = Path(),
    name: Annotated[str, typer.Option(help="Name of the network.")] = "negatoscope",
    version: Annotated[str, typer.Option(help="Version of the network.")] = "1.0.0",
    rules: Annotated[Path | None, typer.Option(help="Rules that `calibrate` wrote; made anew without.")] = None,
    figures: Annotated[Path | None, typer.Option(help="Figures for the card: evaluation.json, or a JSON list.")] = None,
) -> None:
    """Write a trained network as safetensors with a model card; thresholds and scales come from validation films.

    Example: negatoscope-train export runs/first --manifest runs/manifest.json --out resources/models
    """
    console = Console()
    films = manifests.read(manifest)
    judged = taught(subject.load(run, "auto"), films, console)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{name}{WEIGHTS_SUFFIX}"
    chosen = calibrate.read(rules) if rules else calibrate.choose(judged, films.root, films.of("validation"), console)
    if rules is not None and judged.view is not None:  # rules are made before there is a view layer
        chosen = replace(chosen, gate=limits(judged, films, console))
    written = weights.write(_own(judged.network), path, judged.view)
    made = replace(
        calibrate.apply(judged.card, chosen),
        name=name,
        version=version,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256=written.sha256,
        size=written.size,
        smoothing_sigma=float(LAYER_19_STRIDE),
        summary=SUMMARY,
        training_data=_collections(films.of("train")),
        figures=read_figures(figures) if figures else (),
        limits=LIMITS,
        feature_map=_feature_map(judged, films, path, console),
    )
    card_page.write(made, path)
    seen.write(films.of("train", "validation"), path)
    weights.read(path)
    console.print(f"{path} ({written.size / 1e6:.1f} MB), its card and its page; {chosen.films} validation films")


def card(
    path: Annotated[Path, typer.Argument(help="Weights file or its card.")],
    figures: Annotated[Path | None, typer.Option(help="Figures to put in: evaluation.json, or a JSON list.")] = None,
) -> None:
    """Check weights against their card and show the card; with --figures, put these into it first.

    Example: negatoscope-train card resources/models/negatoscope.safetensors --figures runs/first/test/evaluation.json
    """
    path = path.with_suffix(WEIGHTS_SUFFIX)
    shown = weights.read(path).card
    if figures is not None:
        shown = replace(shown, figures=read_figures(figures))
        card_page.write(shown, path)
    console, text = Console(), card_page.to_markdown(shown)
    if console.is_terminal:
        console.print(Markdown(text))
    else:
        typer.echo(text)


def atlas(
    path: Annotated[Path, typer.Argument(help="Exported weights.")],
    manifest: Annotated[Path, typer.Option("--manifest", "-m", help="The manifest that they were trained on.")],
) -> None:
    """Lay out the training films of exported weights anew; file and card change, the weights do not.

    Example: negatoscope-train atlas resources/models/negatoscope.safetensors --manifest runs/manifest.json
    """
    console = Console()
    judged, films = Predictor.load(path), manifests.read(manifest)
    found = _feature_map(judged, films, path, console)
    if found is None:
        raise typer.Exit(1)
    card_page.write(replace(judged.card, feature_map=found), path)
    console.print(f"{path.with_suffix(atlases.SUFFIX)} ({found.size / 1e3:.0f} kB), named in the card")


class ExportError(NegatoscopeError):
    """A network that the viewer cannot hold."""


def _own(network: FilmNetwork) -> Network:
    if not isinstance(network, Network):
        raise ExportError("backbone", "A ready network only teaches; export the run that learned from it (teachers=…).")
    return network


def read_figures(path: Path) -> tuple[Figure, ...]:
    """Read figures: a JSON list of objects with the fields of ``model.card.Figure``, or what ``evaluate`` wrote.

    Raises
    ------
    ValueError
        When an object lacks or adds a field, or a number is not finite.
    """
    written = json.loads(path.read_text(encoding="utf-8"))
    items = written["figures"] if isinstance(written, dict) else written
    return tuple(build(Figure, item, f"figure {number}") for number, item in enumerate(items, 1))


def _feature_map(judged: Predictor, films: manifests.Manifest, path: Path, console: Console) -> FeatureMap | None:
    """Write the atlas of the training films beside the weights; None where they do not show every kind of film."""
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("laying out training films", total=1.0)
        try:
            found = drawing.fit(judged, films.root, films.of("train"), lambda share: bars.update(task, completed=share))
        except drawing.AtlasError as error:
            console.print(error.message)
            return None
    return atlases.write(found, path)


def _collections(rows: Sequence[Row]) -> tuple[Collection, ...]:
    films = Counter(row.source for row in rows)
    unknown = ("as its owner allows", "own films")
    return tuple(Collection(name, count, *LICENCES.get(name, unknown)) for name, count in sorted(films.items()))
