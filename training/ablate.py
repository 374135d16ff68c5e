"""ablate: the paper's questions put to several trainings each, answered with their spread."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from scipy.stats import t as student

from model.errors import NegatoscopeError
from training import checkpoint, monitor, samples, store
from training import config as settings
from training import manifest as manifests
from training.config import Augmentation, Config
from training.fit import Run
from training.machine import precision_of
from training.store import Store

NUMBERS = "numbers.json"


class AblationError(NegatoscopeError):
    """A question that is not known."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to train: its name and what it changes in the settings."""

    name: str
    changes: tuple[str, ...] = ()


QUESTIONS: dict[str, tuple[Variant, ...]] = {
    "channels": (Variant("one channel"), Variant("three channels", ("architecture.channels_in=3",))),
    "activation": (
        Variant("ELU"),
        Variant("ReLU", ("architecture.activation=relu",)),
        Variant("ELU, batch normalisation", ("architecture.normalisation=batch",)),
        Variant("ReLU, batch normalisation", ("architecture.activation=relu", "architecture.normalisation=batch")),
    ),
    "augmentation": (
        Variant("with augmentation"),
        Variant("without", tuple(f"augmentation.{field.name}=0" for field in fields(Augmentation))),
    ),
}
"""Each question with its variants; the first is what the others are held against."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of one variant over all seeds, and its difference from the first variant, seed by seed.

    ``low`` and ``high`` are the 95 % interval of the difference by Student's t; NaN for the first variant and for
    fewer than two seeds.
    """

    variant: str
    measure: str
    values: tuple[float, ...]
    difference: float
    low: float
    high: float


def ablate(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of all runs; finished ones are not repeated.")],
    question: Annotated[list[str] | None, typer.Option(help="channels, activation, augmentation; else all.")] = None,
    config: Annotated[str, typer.Option("--config", "-c", help="A preset, or a TOML file.")] = "paper",
    settings_: Annotated[list[str] | None, typer.Option("--set", "-s", help="A setting for all runs.")] = None,
    seeds: Annotated[int, typer.Option(help="Runs of each variant.")] = 3,
    results: Annotated[Path, typer.Option(help="Where the tables go.")] = Path("RESULTS.md"),
) -> None:
    """Train every variant of a question with several seeds and compare them on the validation films.

    Example: negatoscope-train ablate runs/manifest.json -o runs/ablate --question channels -s steps=3000
    """
    console = Console()
    read = manifests.read(manifest)
    asked = question or list(QUESTIONS)
    unknown = [name for name in asked if name not in QUESTIONS]
    if unknown:
        raise AblationError("question", f"There is no question {unknown[0]!r}; known are {', '.join(QUESTIONS)}.")
    base = settings.load(config, settings_ or [])
    kept = _stores(read, base.size)
    sections = []
    for name in asked:
        found = ask(name, (config, tuple(settings_ or ())), kept, (out, seeds), console.print)
        sections.append(section(name, compare(found), base))
    results.write_text(page(sections), encoding="utf-8")
    console.print(f"written: {results}")


def ask(
    question: str,
    base: tuple[str, tuple[str, ...]],
    kept: tuple[Store, Store],
    plan: tuple[Path, int],
    tell: Callable[[str], None] = lambda text: None,
) -> dict[str, list[dict[str, float]]]:
    """Train all variants of a question and measure them on the validation films.

    Parameters
    ----------
    question
        A key of ``QUESTIONS``.
    base
        Preset or TOML file, and settings for all runs.
    kept
        Training and validation films.
    plan
        Folder of the runs, and how many seeds.
    tell
        Called with a line after each run.
    """
    out, seeds = plan
    found: dict[str, list[dict[str, float]]] = {}
    for variant in QUESTIONS[question]:
        found[variant.name] = []
        for seed in range(seeds):
            config = settings.load(base[0], [*base[1], *variant.changes, f"seed={seed}"])
            folder = out / question / variant.name.replace(", ", "-").replace(" ", "-") / str(seed)
            numbers = _numbers(config, kept, folder)
            found[variant.name].append(numbers)
            words = ", ".join(f"{name} {value:.3f}" for name, value in numbers.items())
            tell(f"{question}, {variant.name}, seed {seed}: {words}")
    return found


def _numbers(config: Config, kept: tuple[Store, Store], folder: Path) -> dict[str, float]:
    """Train, or go on with a run that was stopped, and measure; a finished run is read."""
    done = folder / NUMBERS
    if done.is_file():
        read: dict[str, float] = json.loads(done.read_text(encoding="utf-8"))
        return read
    train, validation = kept
    run = Run(config, train, None, folder)
    if (folder / checkpoint.FILE).is_file():
        run.resume(checkpoint.load(folder))
    if not run.go():
        raise AblationError("stopped", f"The run in {folder} was stopped; call ablate again to go on.")
    answers = monitor.answer(run.averaged(), validation, config.size, precision_of(config.precision))
    numbers = monitor.summarise(answers, validation, config.size)
    done.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return numbers


def compare(found: Mapping[str, Sequence[Mapping[str, float]]]) -> list[Comparison]:
    """Hold every variant against the first, measure by measure, with the same seeds side by side."""
    first = next(iter(found.values()))
    measures = sorted(set.intersection(*(set(numbers) for runs in found.values() for numbers in runs)))
    comparisons = []
    for measure in measures:
        for number, (variant, runs) in enumerate(found.items()):
            values = np.array([run[measure] for run in runs])
            apart = values - np.array([run[measure] for run in first])
            half = _half_width(apart) if number else math.nan
            mean = float(apart.mean())
            comparisons.append(Comparison(variant, measure, tuple(values.tolist()), mean, mean - half, mean + half))
    return comparisons


def _half_width(values: np.ndarray) -> float:
    count = len(values)
    if count < 2:
        return math.nan
    return float(student.ppf(0.975, count - 1) * values.std(ddof=1) / math.sqrt(count))


def section(question: str, comparisons: Sequence[Comparison], config: Config) -> str:
    """Return the answer to one question as Markdown."""
    first = QUESTIONS[question][0].name
    seeds = len(comparisons[0].values)
    lines = [
        f"## {question.capitalize()}",
        "",
        f"{config.name}, {config.size} px, {seeds} seeds, validation films; differences are from: {first}.",
        "",
        "| Measure | Variant | Mean | Lowest to highest | Difference [95 %] |",
        "|---|---|---|---|---|",
    ]
    for found in comparisons:
        spread = f"{min(found.values):.3f} to {max(found.values):.3f}"
        apart = "" if found.variant == first else f"{found.difference:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"
        mean = sum(found.values) / seeds
        lines.append(f"| {found.measure} | {found.variant} | {mean:.3f} | {spread} | {apart} |")
    return "\n".join(lines)


def page(sections: Sequence[str]) -> str:
    """Return the whole page of results."""
    head = "# Results\n\nWritten by `negatoscope-train ablate`. Research and education only; not for diagnosis.\n\n"
    return head + "\n\n".join(sections) + "\n"


def _stores(manifest: manifests.Manifest, size: int) -> tuple[Store, Store]:
    side = store.side_for(size)
    train, validation = (
        store.build(manifest.root, samples.usable(manifest.of(split)), side, None, lambda share: None)
        for split in ("train", "validation")
    )
    return train, validation
