"""evaluate: judge a network on films that it has not seen, with every number's interval."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from model.card import WEIGHTS_SUFFIX, bundled
from model.errors import NegatoscopeError
from model.net.predictor import Predictor
from training import answers as asking
from training import calibrate as rules_of
from training import manifest as manifests
from training import seen, subject
from training.datasets import own_csv
from training.datasets.row import Row, Split
from training.judging import pages
from training.judging.entrance import entrance_section
from training.judging.report import Report, judge
from training.judging.sanity import sanity_section


class EvaluationError(NegatoscopeError):
    """There is nothing to judge, or the films do not suffice."""


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
    root, judged, trained, words = _films(films, split, network)
    predictor = _predictor(network, rules, device)
    with Progress(console=console, transient=True) as bars:
        task = bars.add_task("asking the network", total=1.0)
        report = run(predictor, (root, judged, words), trained, lambda share: bars.update(task, completed=share))
    for path in pages.write(report, out):
        console.print(f"written: {path}")
    console.print(summary(report))


def run(
    predictor: Predictor,
    films: tuple[Path, tuple[Row, ...], str],
    trained: tuple[Row, ...] = (),
    progress: asking.Progress = lambda share: None,
) -> Report:
    """Ask a network about films and judge its answers.

    Parameters
    ----------
    films
        What the rows' paths are relative to, the rows, and what they are in words.
    trained
        Films that file labels alone are learned from, for comparison.
    progress
        Called with the share of films done.

    Raises
    ------
    EvaluationError
        When no film is frontal.
    """
    root, rows, words = films
    frontal = [row for row in rows if row.frontal]
    if not frontal:
        raise EvaluationError("no_films", f"There is no frontal film among {words}; nothing can be judged.")
    answers = asking.gather(predictor, root, frontal, asking.SHOWN, progress)
    report = judge(predictor.card, answers, f"{words}, {len(frontal)} frontal films", trained)
    report = report.with_section(entrance_section(predictor, root, rows))
    return report.with_section(sanity_section(predictor, root, frontal))


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


def _films(path: Path, split: str, network: Path | None = None) -> tuple[Path, tuple[Row, ...], tuple[Row, ...], str]:
    if path.suffix.lower() == ".csv":
        rows, refused = own_csv.read(path)
        left_out = f", {len(refused)} left out" if refused else ""
        return path.parent, tuple(rows), (), f"Films of {path.name}{left_out}"
    manifest = manifests.read(path)
    names: dict[str, Split] = {"test": "test", "validation": "validation", "train": "train"}
    if split not in names:
        raise EvaluationError("split", f"{split!r} is no split; choose one of {', '.join(names)}.")
    words = f"The {split} films of {path.name}"
    judged = manifest.of(names[split])
    if split == "test" and (network is None or network.suffix == WEIGHTS_SUFFIX):
        fresh = seen.unseen(judged, manifest.rows, seen.read(network or bundled()))
        words += f" ({len(judged) - len(fresh)} left out: trained on)" if len(fresh) < len(judged) else ""
        judged = tuple(fresh)
    return manifest.root, judged, manifest.of("train"), words


def _predictor(network: Path | None, rules: Path | None, device: str) -> Predictor:
    predictor = subject.load(network, device)
    if rules is not None:
        predictor.card = rules_of.apply(predictor.card, rules_of.read(rules))
    return predictor
