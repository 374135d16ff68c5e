"""The commands that run a training: ``fit`` and ``resume``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from training import checkpoint as keeping
from training import config as settings
from training import manifest as manifests
from training import samples, store
from training.config import Config
from training.fit import STOP_FILE, Report, Run

MANIFEST_FILE = "manifest.json"
console = Console(stderr=True)


def fit(  # noqa: PLR0913, PLR0917 - one argument an option
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the run; made if need be.")],
    config: Annotated[str, typer.Option("--config", "-c", help="A preset, or a TOML file.")] = "first",
    changes: Annotated[list[str] | None, typer.Option("--set", "-s", help="A setting, such as size=320.")] = None,
    max_minutes: Annotated[float | None, typer.Option(help="Fit the whole schedule into this many minutes.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder to keep decoded films in, for the next run.")] = None,
) -> None:
    """Train a network.

    Ctrl-C, or a file called "stop" in the run's folder, ends it after the step in hand; "resume" goes on from there.

    Example: negatoscope-train fit manifest.json --out runs/first --config first --max-minutes 60 --set seed=1
    """
    overrides = list(changes or ())
    if max_minutes is not None:
        overrides.append(f"max_minutes={max_minutes}")
    chosen = settings.load(config, overrides)
    if (out / keeping.FILE).exists():
        raise settings.ConfigError("out", f"{out} already holds a run; resume it, or name another folder.")
    out.mkdir(parents=True, exist_ok=True)
    read = manifests.read(manifest)
    if manifest.resolve() != (out / MANIFEST_FILE).resolve():
        shutil.copyfile(manifest, out / MANIFEST_FILE)
    _train(chosen, read, out, cache, resumed=False)


def resume(
    out: Annotated[Path, typer.Argument(help="Folder of a run that was stopped.")],
    cache: Annotated[Path | None, typer.Option(help="Folder that decoded films are kept in.")] = None,
) -> None:
    """Go on with a run that was stopped, exactly as if it had not been.

    Example: negatoscope-train resume runs/first
    """
    chosen = keeping.load(out).config
    _train(chosen, manifests.read(out / MANIFEST_FILE), out, cache, resumed=True)


def _train(config: Config, manifest: manifests.Manifest, out: Path, cache: Path | None, resumed: bool) -> None:
    side = store.side_for(config.size)
    with _progress() as progress:
        learned = samples.usable(manifest.of("train"), bool(config.teachers))
        train = store.build(manifest.root, learned, side, cache, _bar(progress, "training films"))
        seen = samples.usable(manifest.of("validation"))
        validation = store.build(manifest.root, seen, side, cache, _bar(progress, "validation films"))
        show = _bar(progress, "training")

        def tell(report: Report) -> None:
            show(report.progress)
            numbers = "  ".join(f"{name} {value:.3f}" for name, value in report.values.items())
            title = "validation" if report.validation else "training"
            progress.console.print(f"{title}, step {report.step}, {report.seconds / 60:.1f} min: {numbers}")

        run = Run(config, train, validation if validation.rows else None, out, tell)
        if resumed:
            run.resume(keeping.load(out))
        (out / STOP_FILE).unlink(missing_ok=True)
        finished = run.go()
    console.print(f"{'Finished' if finished else 'Stopped; resume goes on from here'}: {out / keeping.FILE}")


def _bar(progress: Progress, title: str) -> Callable[[float], None]:
    task = progress.add_task(title, total=1.0)
    return lambda share: progress.update(task, completed=share)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
