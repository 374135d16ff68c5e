"""protocols: published ways of judging repeated with our network, and what they hide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from matplotlib.figure import Figure
from rich.console import Console

from model.errors import NegatoscopeError
from training import config as settings
from training import manifest as manifests
from training import results_page
from training.config import Config
from training.datasets.row import Row
from training.protocols import darkcovidnet, held_out, seed_paper, series
from training.protocols.series import Plan, Pool, Said


class ProtocolError(NegatoscopeError):
    """A protocol that is not known."""


class Protocol(NamedTuple):
    """A way of judging: its title, the trainings it takes and the text and plots that it makes of them."""

    title: str
    plans: Callable[[Path, Sequence[Row], int], list[Plan]]
    part: Callable[[Sequence[Plan], Mapping[str, Mapping[str, Said]]], tuple[str, dict[str, Figure]]]


PROTOCOLS = {
    "darkcovidnet": Protocol(
        "DarkCovidNet's five folds", lambda root, rows, seeds: darkcovidnet.plans(root, rows), darkcovidnet.part
    ),
    "seed-paper": Protocol(
        "The seed paper's 18 films", lambda root, rows, seeds: seed_paper.plans(rows, seeds), seed_paper.part
    ),
    "held-out": Protocol("Sources held out", lambda root, rows, seeds: held_out.plans(rows, seeds), held_out.part),
}


def protocols(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote, of all collections.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of all runs; finished ones are not repeated.")],
    protocol: Annotated[list[str] | None, typer.Option(help=f"{', '.join(PROTOCOLS)}; else all.")] = None,
    config: Annotated[str, typer.Option("--config", "-c", help="A preset, or a TOML file.")] = "paper",
    settings_: Annotated[list[str] | None, typer.Option("--set", "-s", help="A setting for all runs.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Runs of each training (DarkCovidNet: its five folds).")] = 3,
    cache: Annotated[Path | None, typer.Option(help="Folder to keep decoded films in, for the next run.")] = None,
    page: Annotated[Path, typer.Option("--results", help="The page that tables and plots go into.")] = Path(
        "RESULTS.md"
    ),
) -> None:
    """Repeat published protocols, beside the same with patients kept together and sources held out.

    Example: negatoscope-train protocols runs/manifest.json -o runs/protocols --protocol darkcovidnet -s size=128
    """
    console = Console()
    asked = protocol or list(PROTOCOLS)
    unknown = [name for name in asked if name not in PROTOCOLS]
    if unknown:
        raise ProtocolError("protocol", f"There is no protocol {unknown[0]!r}; known are {', '.join(PROTOCOLS)}.")
    read, base = manifests.read(manifest), (config, tuple(settings_ or ()))
    chosen = settings.load(*base)
    pool = Pool(read.root, [row for row in read.rows if row.frontal], chosen.size, cache)
    for name in asked:
        plans = PROTOCOLS[name].plans(read.root, read.rows, seeds)
        said = series.run(plans, base, pool, out, console.print)
        write(page, name, (plans, said), chosen)
    console.print(f"written: {page}")


def write(page: Path, name: str, done: tuple[Sequence[Plan], Mapping[str, Mapping[str, Said]]], config: Config) -> None:
    """Write one protocol's part of the page."""
    found = PROTOCOLS[name]
    text, pictures = found.part(*done)
    lines = [
        f"## {found.title}",
        f"`negatoscope-train protocols --protocol {name}`: {config.name}, {config.size} px, {config.steps} steps of "
        f"{config.batch} films, {len(done[0])} trainings.",
        text,
    ]
    results_page.write(page, f"protocol {name}", "\n\n".join(lines), pictures)
