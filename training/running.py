"""The commands that run a training: ``fit`` and ``resume``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from training import checkpoint as keeping
from training import config as settings
from training import machine, samples, store
from training import manifest as manifests
from training.config import Config
from training.curves import Screen
from training.fit import STOP_FILE, Run
from training.machine import ACCELERATORS, Machine, memory_words
from training.manifest import Manifest
from training.reports import Report
from training.store import Store

if TYPE_CHECKING:
    from lightning_fabric import Fabric

MANIFEST_FILE = "manifest.json"
ACCELERATOR_OPTION: Any = typer.Option(help=f"What to compute on: {', '.join(ACCELERATORS)}.")
DEVICES_OPTION: Any = typer.Option(help="Devices on each machine, one process each; torchrun says it itself.", min=1)
NODES_OPTION: Any = typer.Option(help="Machines; torchrun says it itself.", min=1)
console = Console(stderr=True)


def fit(  # noqa: PLR0913, PLR0917 - one argument an option
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the run; made if need be.")],
    config: Annotated[str, typer.Option("--config", "-c", help="A preset, or a TOML file.")] = "first",
    changes: Annotated[list[str] | None, typer.Option("--set", "-s", help="A setting, such as size=320.")] = None,
    max_minutes: Annotated[float | None, typer.Option(help="Fit the whole schedule into this many minutes.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder to keep decoded films in, for the next run.")] = None,
    accelerator: Annotated[str, ACCELERATOR_OPTION] = "auto",
    devices: Annotated[int, DEVICES_OPTION] = 1,
    nodes: Annotated[int, NODES_OPTION] = 1,
) -> None:
    """Train a network.

    Ctrl-C, or a file called "stop" in the run's folder, ends it after the step in hand; "resume" goes on from there.
    With several devices the batch of a step stays the same: each takes its share of it.

    Example: negatoscope-train fit manifest.json --out runs/first --config first --max-minutes 60 --set seed=1

    Example: negatoscope-train fit manifest.json -o runs/early -s stopping.patience=5 -s stopping.measure=dice_opacity

    Example: negatoscope-train fit manifest.json -o runs/gpus --accelerator cuda --devices 4 --cache runs/cache

    Example: torchrun --nnodes 2 --nproc-per-node 4 -m training fit manifest.json -o runs/cluster --cache runs/cache
    """
    overrides = list(changes or ())
    if max_minutes is not None:
        overrides.append(f"max_minutes={max_minutes}")
    chosen = settings.load(config, overrides)
    if (out / keeping.FILE).exists():
        raise settings.ConfigError("out", f"{out} already holds a run; resume it, or name another folder.")
    read = manifests.read(manifest)
    fabric = machine.start(_machine(accelerator, devices, nodes), chosen.precision)
    if fabric.is_global_zero:
        out.mkdir(parents=True, exist_ok=True)
        if manifest.resolve() != (out / MANIFEST_FILE).resolve():
            shutil.copyfile(manifest, out / MANIFEST_FILE)
    _train(chosen, read, Place(out, cache), fabric)


def resume(
    out: Annotated[Path, typer.Argument(help="Folder of a run that was stopped.")],
    cache: Annotated[Path | None, typer.Option(help="Folder that decoded films are kept in.")] = None,
    accelerator: Annotated[str, ACCELERATOR_OPTION] = "auto",
    devices: Annotated[int, DEVICES_OPTION] = 1,
    nodes: Annotated[int, NODES_OPTION] = 1,
) -> None:
    """Go on with a run that was stopped, exactly as if it had not been; on other devices if you like.

    Example: negatoscope-train resume runs/first
    """
    state = keeping.load(out)
    fabric = machine.start(_machine(accelerator, devices, nodes), state.config.precision)
    _train(state.config, manifests.read(out / MANIFEST_FILE), Place(out, cache), fabric, state)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run lives, and where decoded films are kept for the next one."""

    out: Path
    cache: Path | None


def _machine(accelerator: str, devices: int, nodes: int) -> Machine:
    for kind in ACCELERATORS:
        if accelerator == kind:
            return Machine(kind, devices, nodes)
    raise settings.ConfigError("accelerator", f"accelerator is {accelerator!r}; it can be {', '.join(ACCELERATORS)}.")


def _train(
    config: Config, manifest: Manifest, place: Place, fabric: Fabric, state: keeping.Checkpoint | None = None
) -> None:
    """Train from the beginning, or from where a run was stopped (``state``)."""
    with Screen(console, silent=not fabric.is_global_zero) as screen:
        train, validation = _films(config, manifest, place.cache, fabric, screen)
        moved = screen.bar("training")

        def tell(report: Report) -> None:
            moved(report.progress)
            screen.show(report)

        run = Run(config, train, validation if validation.rows else None, place.out, tell, fabric)
        if state is not None:
            run.resume(state)
        if fabric.is_global_zero:
            (place.out / STOP_FILE).unlink(missing_ok=True)
        fabric.barrier()
        finished = run.go()
    if fabric.is_global_zero:
        for line in farewell(run, finished):
            console.print(line)
        console.print(f"{'Finished' if finished else 'Stopped; resume goes on from here'}: {place.out / keeping.FILE}")


def _films(
    config: Config, manifest: Manifest, cache: Path | None, fabric: Fabric, screen: Screen
) -> tuple[Store, Store]:
    """Return training and validation films; the first process on each machine fills the cache for the others."""
    side = store.side_for(config.size)
    learned = samples.usable(manifest.of("train"), bool(config.teachers))
    seen = samples.usable(manifest.of("validation"))
    with fabric.rank_zero_first(local=True):
        return (
            store.build(manifest.root, learned, side, cache, screen.bar("training films")),
            store.build(manifest.root, seen, side, cache, screen.bar("validation films")),
        )


def farewell(run: Run, finished: bool) -> Iterator[str]:
    """Say what the run cost and which weights it leaves."""
    cost = run.cost
    if cost.steps:
        speed = f"{cost.films_per_second:.1f} films a second with looks and all"
        yield f"{cost.steps} steps, {speed}, {memory_words(cost.peak_gib)}"
    if run.best is not None and finished:
        yield f"Kept: the averaged weights of step {run.best.step}, with the best look of {run.best.value:.4f}"
