"""bench: how many films a second training takes in, beside the bare network on random numbers; one channel or three."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.console import Console
from rich.table import Table

from model.net.architecture import Network
from training import config as settings
from training import manifest as manifests
from training import samples, store
from training.config import Config
from training.fit import Run
from training.machine import memory_words, peak_gib, precision_of

WARM_STEPS = 2


@dataclass(frozen=True, slots=True)
class Speed:
    """Films a second, of every repeat."""

    what: str
    channels: int
    repeats: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the repeats."""
        return float(np.median(self.repeats))

    @property
    def spread(self) -> float:
        """Between the slowest and the fastest repeat, as a share of the median."""
        return (max(self.repeats) - min(self.repeats)) / self.median


def bench(
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    config: Annotated[str, typer.Option("--config", "-c", help="A preset, or a TOML file.")] = "bundled",
    steps: Annotated[int, typer.Option(help="Steps timed in each repeat.")] = 20,
    repeats: Annotated[int, typer.Option(help="Repeats; their spread says what the numbers are worth.")] = 5,
    films: Annotated[int, typer.Option(help="Training films kept in memory for it.")] = 64,
) -> None:
    """Time training against a bare forward and backward pass, with one and with three channels.

    Example: negatoscope-train bench runs/manifest.json --steps 30
    """
    read = manifests.read(manifest)
    chosen = settings.load(config)
    rows = samples.usable(read.of("train"))[:films]
    kept = store.build(read.root, rows, store.side_for(chosen.size), None, lambda share: None)
    speeds = measure(chosen, kept, steps, repeats)
    Console().print(table(speeds, chosen))


def measure(config: Config, kept: store.Store, steps: int, repeats: int) -> list[Speed]:
    """Time all four in turn, repeat by repeat, so that a busy neighbour harms all alike."""
    jobs: dict[tuple[str, int], Callable[[], float]] = {}
    for channels in (1, 3):
        plan = replace(config.architecture, channels_in=channels)
        chosen = replace(config, architecture=plan, steps=steps + WARM_STEPS)
        jobs["training", channels] = _training(chosen, kept, steps)
        jobs["bare forward and backward", channels] = _bare(chosen, steps)
    found: dict[tuple[str, int], list[float]] = {key: [] for key in jobs}
    for _ in range(repeats):
        for key, job in jobs.items():
            found[key].append(job())
    return [Speed(what, channels, tuple(values)) for (what, channels), values in found.items()]


def _training(config: Config, kept: store.Store, steps: int) -> Callable[[], float]:
    """Return a job that runs ``fit`` itself, without looks at validation films, and gives films a second."""
    quiet = replace(config, log_every=1, save_every=10**9, validate_every=10**9, max_minutes=None)

    def job() -> float:
        stamps: list[float] = []
        with tempfile.TemporaryDirectory() as folder:
            Run(quiet, kept, None, Path(folder), lambda report: stamps.append(time.perf_counter())).go()
        return steps * config.batch / (stamps[WARM_STEPS + steps - 1] - stamps[WARM_STEPS - 1])

    return job


def _bare(config: Config, steps: int) -> Callable[[], float]:
    torch.manual_seed(config.seed)
    network = Network(config.architecture).to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    cast = precision_of(config.precision)
    image = torch.randn(config.batch, config.architecture.channels_in, config.size, config.size)
    image = image.contiguous(memory_format=torch.channels_last)

    def once() -> None:
        network.zero_grad(set_to_none=True)
        with cast():
            output = network(image)
        (output.pixels.float().mean() + output.findings.mean()).backward()

    def job() -> float:
        for _ in range(WARM_STEPS):
            once()
        began = time.perf_counter()
        for _ in range(steps):
            once()
        return steps * config.batch / (time.perf_counter() - began)

    return job


def table(speeds: Sequence[Speed], config: Config) -> Table:
    """Show the speeds, what training costs over the bare network, and what three channels cost over one."""
    found = Table(
        title=f"{config.size} px, batch {config.batch}, {torch.get_num_threads()} threads, {memory_words(peak_gib())}"
    )
    for name in ("what", "channels", "films a second", "spread", "of bare", "against 1 channel"):
        found.add_column(name, justify="left" if name == "what" else "right")
    by_key = {(speed.what, speed.channels): speed.median for speed in speeds}
    for speed in speeds:
        bare = speed.median / by_key["bare forward and backward", speed.channels]
        single = speed.median / by_key[speed.what, 1] - 1
        shown = (f"{speed.median:.1f}", f"{speed.spread:.0%}", f"{bare:.0%}", f"{single:+.1%}")
        found.add_row(speed.what, str(speed.channels), *shown)
    return found
