"""ablate: the paper's questions put to several trainings each, answered with their spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from model.errors import NegatoscopeError
from model.net.architecture import FilmNetwork
from training import comparing, monitor, results_page, samples, store, trials, weighting
from training import config as settings
from training import manifest as manifests
from training.comparing import Found
from training.config import Augmentation, Config
from training.datasets.row import Split
from training.machine import precision_of
from training.monitor import WORDS
from training.store import Store
from training.trials import Numbers, Trial

PLAIN = "plain"
PROCESSOR = "processor ms a film"


class AblationError(NegatoscopeError):
    """A question that is not known."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to train: its name, what it changes in the settings, and the folder that its runs share.

    The same way under another name (ELU, one channel) has the same folder and is trained once.
    """

    name: str
    folder: str = PLAIN
    changes: tuple[str, ...] = ()


RELU, NORMALISED = "architecture.activation=relu", "architecture.normalisation=batch"
READY = ("backbone=efficientnet-lite0", "rate=6e-4")
QUESTIONS: dict[str, tuple[Variant, ...]] = {
    "channels": (
        Variant("one channel"),
        Variant("three channels", "three-channels", ("architecture.channels_in=3",)),
    ),
    "activation": (
        Variant("ELU"),
        Variant("ReLU", "relu", (RELU,)),
        Variant("ELU, batch normalisation", "elu-batch", (NORMALISED,)),
        Variant("ReLU, batch normalisation", "relu-batch", (RELU, NORMALISED)),
    ),
    "augmentation": (
        Variant("with augmentation"),
        Variant("without", "unchanged", tuple(f"augmentation.{field.name}=0" for field in fields(Augmentation))),
    ),
    "start": (
        Variant("own network, from scratch"),
        Variant("EfficientNet-Lite0, from scratch", "ready-untaught", (*READY, "pretrained=false")),
        Variant("EfficientNet-Lite0, ImageNet weights", "ready", READY),
    ),
    "weighting": (Variant("one network, several maps"),),
}
"""Each question with its variants; the first is what the others are held against."""


class Films:
    """The films of all questions, decoded when they are first asked for.

    Parameters
    ----------
    manifest
        Where they are listed.
    size
        Side of the network's input.
    cache
        Folder for decoded films; None keeps them in memory only.
    """

    def __init__(self, manifest: manifests.Manifest, size: int, cache: Path | None) -> None:
        self._manifest, self._size, self._cache = manifest, size, cache

    @cached_property
    def train(self) -> Store:
        """The films to learn from."""
        return self._of("train")

    @cached_property
    def validation(self) -> Store:
        """The films that variants are compared on."""
        return self._of("validation")

    @cached_property
    def drawn(self) -> Store:
        """The films that maps are judged on: never trained on, with drawn opacity and lungs."""
        every = self._of("validation", "test")
        return store.chosen(every, weighting.drawn(every))

    def _of(self, *splits: Split) -> Store:
        rows = samples.usable(self._manifest.of(*splits))
        return store.build(self._manifest.root, rows, store.side_for(self._size), self._cache)


def ablate(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of all runs; finished ones are not repeated.")],
    question: Annotated[list[str] | None, typer.Option(help=f"{', '.join(QUESTIONS)}; else all.")] = None,
    config: Annotated[str, typer.Option("--config", "-c", help="A preset, or a TOML file.")] = "paper",
    settings_: Annotated[list[str] | None, typer.Option("--set", "-s", help="A setting for all runs.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Runs of each variant.")] = 3,
    cache: Annotated[Path | None, typer.Option(help="Folder to keep decoded films in, for the next run.")] = None,
    page: Annotated[Path, typer.Option("--results", help="The page that tables and plots go into.")] = Path(
        "RESULTS.md"
    ),
) -> None:
    """Train every variant of a question with several seeds and compare them on the validation films.

    Example: negatoscope-train ablate runs/manifest.json -o runs/ablate --question channels -s steps=3000
    """
    console = Console()
    asked = question or list(QUESTIONS)
    unknown = [name for name in asked if name not in QUESTIONS]
    if unknown:
        raise AblationError("question", f"There is no question {unknown[0]!r}; known are {', '.join(QUESTIONS)}.")
    base = settings.load(config, settings_ or [])
    films = Films(manifests.read(manifest), base.size, cache)
    found = ask(asked, (config, tuple(settings_ or ())), films, (out, seeds), console.print)
    for name in asked:
        answer(page, name, answers(name, found), base, films)
    console.print(f"written: {page}")


def ask(
    questions: Sequence[str],
    base: tuple[str, tuple[str, ...]],
    films: Films,
    plan: tuple[Path, int],
    tell: Callable[[str], None] = lambda text: None,
) -> dict[str, list[Numbers]]:
    """Train all variants of the questions, seed after seed, and measure each.

    Parameters
    ----------
    questions
        Keys of ``QUESTIONS``.
    base
        Preset or TOML file, and settings for all runs.
    films
        What to learn from and what to measure on.
    plan
        Folder of the runs, and how many seeds.
    tell
        Called with a line after each run.

    Returns
    -------
    The numbers of every seed, by the variant's folder.
    """
    out, seeds = plan
    variants = {variant.folder: variant for name in questions for variant in QUESTIONS[name]}
    found: dict[str, list[Numbers]] = {name: [] for name in variants}
    for seed in range(seeds):
        for folder, variant in variants.items():
            chosen = settings.load(base[0], [*base[1], *variant.changes, f"seed={seed}"])
            trial = Trial(chosen, out / folder / str(seed))
            measured = trials.numbers(trial, lambda: films.train, lambda network: _measure(network, chosen, films))  # noqa: B023
            measured["answers"][PROCESSOR] = trials.processor_ms(trial.folder)
            found[folder].append(measured)
            words = ", ".join(f"{name} {comparing.shown(value)}" for name, value in measured["answers"].items())
            tell(f"{folder}, seed {seed}: {words}")
    return found


def _measure(network: FilmNetwork, config: Config, films: Films) -> Numbers:
    """Measure answers on the validation films and maps on films with drawn opacity."""
    said = monitor.answer(network, films.validation, config.size, precision_of(config.precision))
    measured = monitor.summarise(said, films.validation, config.size)
    answers_ = {WORDS[name]: value for name, value in measured.items()}
    return {"answers": answers_, "maps": weighting.measure(network, films.drawn, config.size)}


def answers(question: str, found: Mapping[str, Sequence[Numbers]]) -> Found:
    """Return what is compared to answer a question, by variant: runs, or for the weighting the maps of one network."""
    variants = QUESTIONS[question]
    if question != "weighting":
        return {variant.name: [run["answers"] for run in found[variant.folder]] for variant in variants}
    runs = found[variants[0].folder]
    return {name: [run["maps"][name] for run in runs] for name in runs[0]["maps"]}


def answer(page: Path, question: str, found: Found, config: Config, films: Films) -> None:
    """Write the answer to one question into the page."""
    comparisons = comparing.compare(found)
    seeds = len(comparisons[0].values)
    counts = {WORDS[name]: count for name, count in monitor.counts(films.validation).items()}
    on = "validation films"
    if question == "weighting":
        counts = dict.fromkeys(("pointing game", "energy in opacity"), len(films.drawn.rows))
        on = "films with drawn opacity that were not trained on"
    lines = [
        f"## {question.capitalize()}",
        f"`negatoscope-train ablate --question {question}`: {config.name}, {config.size} px, {config.steps} steps of "
        f"{config.batch} films, {seeds} seeds, {on}. An interval says how far another {seeds} seeds may lead on the "
        "same films.",
        comparing.table(comparisons, counts),
    ]
    pictures = {f"ablate-{question}": comparing.picture(comparisons)}
    results_page.write(page, f"ablate {question}", "\n\n".join(lines), pictures)
