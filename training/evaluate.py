"""evaluate: judge a network on films that it has not seen, with every number's interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from model.card import WEIGHTS_SUFFIX, bundled
from model.errors import FilmError, NegatoscopeError
from model.film import open_film
from model.net.predictor import Predictor
from training import answers as asking
from training import calibrate as rules_of
from training import manifest as manifests
from training import seen, subject
from training.datasets import own_csv
from training.datasets.collection import Refused
from training.datasets.row import Row
from training.judging import pages
from training.judging.carrying import carrying_section
from training.judging.entrance import entrance_section
from training.judging.report import Report, judge
from training.judging.sanity import sanity_section
from training.splits import SPLITS


class EvaluationError(NegatoscopeError):
    """There is nothing to judge, or the films do not suffice."""


@dataclass(frozen=True, slots=True)
class ChosenFilms:
    """Films to judge by: what their paths are relative to, what they are in words, and what they are held against."""

    root: Path
    rows: tuple[Row, ...]
    words: str
    trained: tuple[Row, ...] = ()
    """Films that file labels alone are learned from, for comparison."""
    refused: tuple[Refused, ...] = ()
    """Films that were named but cannot be judged."""


def evaluate(  # noqa: PLR0913, PLR0917 - each is an option of the command
    films: Annotated[
        Path, typer.Argument(help="A manifest, or a CSV of own films: path,label[,view,patient,age,sex].")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for evaluation.json, .md and .html.")],
    network: Annotated[
        Path | None,
        typer.Option("--network", "-n", help="A run's folder, a checkpoint or exported weights; else the bundled."),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="Rules from `calibrate`, for a network that has no card yet.")
    ] = None,
    split: Annotated[str, typer.Option(help="Which split of the manifest: test, validation or train.")] = "test",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, mps or xpu.")] = "auto",
) -> None:
    """Judge a network: ranking, calibration, masks, boxes, maps, shortcuts and subgroups.

    Example: negatoscope-train evaluate manifest.json -n runs/first --rules runs/first/rules.json -o runs/first/test

    Example: negatoscope-train evaluate hospital.csv -o hospital
    """
    console = Console()
    chosen = chosen_films(films, split, network)
    for item in chosen.refused:
        console.print(f"left out: {item.name}: {item.reason}")
    predictor = _predictor(network, rules, device)
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("asking the network", total=1.0)
        report = run(predictor, chosen, lambda share: bars.update(task, completed=share))
    for path in pages.write(report, out):
        console.print(f"written: {path}")
    console.print(summary(report))


def run(predictor: Predictor, films: ChosenFilms, progress: asking.Progress = lambda share: None) -> Report:
    """Ask a network about films and judge its answers.

    Raises
    ------
    EvaluationError
        When no film is frontal.
    """
    frontal = [row for row in films.rows if row.frontal]
    if not frontal:
        raise EvaluationError("no_films", f"There is no frontal film among {films.words}; nothing can be judged.")
    answers = asking.gather(predictor, films.root, frontal, asking.SHOWN, progress)
    report = judge(predictor.card, answers, f"{films.words}, {len(frontal)} frontal films", films.trained)
    report = replace(report, refused=films.refused)
    report = report.with_section(entrance_section(predictor, films.root, films.rows))
    if any(row.assessable for row in films.trained):
        report = report.with_section(carrying_section(predictor, films.root, films.trained))
    return report.with_section(sanity_section(predictor, films.root, frontal))


def summary(report: Report) -> Table:
    """Show the lines that have a goal."""
    table = Table(title="Against the goals")
    for name in ("what", "on", "value [95 %]", "n", "goal"):
        table.add_column(name)
    for section in report.sections:
        for line in section.lines:
            if line.goal is not None:
                colour = {"met": "green", "missed": "yellow"}.get(line.verdict, "dim")
                found = (line.name, line.measured_on, pages.interval(line), str(line.estimate.n))
                table.add_row(*found, f"[{colour}]{pages.goal(line)}[/{colour}]")
    return table


def chosen_films(path: Path, split: str, network: Path | None = None) -> ChosenFilms:
    """Return the films of a CSV, or those of a split of a manifest that the network was not trained on.

    Raises
    ------
    EvaluationError
        When there is no such split.
    """
    if path.suffix.lower() == ".csv":
        return _own(path)
    manifest = manifests.read(path)
    if split not in SPLITS:
        raise EvaluationError("split", f"{split!r} is no split; choose one of {', '.join(SPLITS)}.")
    words = f"The {split} films of {path.name}"
    rows = tuple(row for row in manifest.rows if row.split == split)
    if split == "test" and (network is None or network.suffix == WEIGHTS_SUFFIX):
        fresh = tuple(seen.unseen(rows, manifest.rows, seen.read(network or bundled())))
        words += f" ({len(rows) - len(fresh)} left out: trained on)" if len(fresh) < len(rows) else ""
        rows = fresh
    return ChosenFilms(manifest.root, rows, words, manifest.of("train"))


def _own(path: Path) -> ChosenFilms:
    """Return the films of a CSV that open; one that does not is named and stops nothing."""
    rows, refused = own_csv.read(path)
    kept: list[Row] = []
    for row in rows:
        try:
            open_film(path.parent / row.path)
        except FilmError as error:
            refused.append(Refused(row.source, row.path, error.message))
        else:
            kept.append(row)
    words = f"Films of {path.name}" + (f" ({len(refused)} left out)" if refused else "")
    return ChosenFilms(path.parent, tuple(kept), words, refused=tuple(refused))


def _predictor(network: Path | None, rules: Path | None, device: str) -> Predictor:
    predictor = subject.load(network, device)
    if rules is not None:
        predictor.card = rules_of.apply(predictor.card, rules_of.read(rules))
    return predictor
