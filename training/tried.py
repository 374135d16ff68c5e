"""tried: what was tried and what it gave, as tables and curves made from the folders of the runs themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from matplotlib.figure import Figure
from rich.console import Console

from model.errors import NegatoscopeError
from training import config as settings
from training import manifest as manifests
from training import results_page, samples
from training.comparing import shown
from training.config import Config
from training.drawing.style import canvas
from training.fit import CONFIG_FILE
from training.monitor import WORDS
from training.reports import LOG_FILE
from training.running import MANIFEST_FILE

EVALUATION = "evaluation.json"
_ACROSS = 4
_APART = ("name", "steps", "max_minutes", "log_every", "save_every", "validate_every")
"""Settings that have columns of their own, or change nothing that is learned."""


class TriedError(NegatoscopeError):
    """A folder is no run, or its numbers cannot be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Attempt:
    """One run: its settings and what its own files say of it.

    ``looks``: one line a look at the validation films, with the columns step, minutes and one a measure. ``figures``:
    the lines with a goal of ``evaluation.json`` below the run's folder, none when it was not evaluated.
    """

    name: str
    config: Config
    looks: pd.DataFrame
    films: int
    """How many validation films it looked at."""
    figures: tuple[Mapping[str, Any], ...]


def tried(
    runs: Annotated[list[Path], typer.Argument(help="Folders of runs, in the order in which they were tried.")],
    page: Annotated[Path, typer.Option("--results", help="The page that tables and plots go into.")] = Path(
        "RESULTS.md"
    ),
) -> None:
    """Write what runs changed and what they gave: validation figures from their logs, test figures if evaluated.

    Example: negatoscope-train tried runs/first runs/wider runs/second --results training/RESULTS.md
    """
    attempts = [read(folder) for folder in runs]
    results_page.write(page, "tried", text(attempts), {"tried": picture(attempts)})
    Console().print(f"written: {page}")


def read(folder: Path) -> Attempt:
    """Read one run.

    Raises
    ------
    TriedError
        When the folder has no settings or its log has no look at validation films.
    """
    if not (folder / CONFIG_FILE).is_file() or not (folder / LOG_FILE).is_file():
        raise TriedError("run", f"{folder} is no run of `fit`: it has no {CONFIG_FILE} or no {LOG_FILE}.")
    log = pd.read_csv(folder / LOG_FILE).assign(minutes=lambda table: table["seconds"] / 60)
    log = log[log["part"] == "validation"]
    if log.empty:
        raise TriedError("log", f"{folder} has not yet looked at validation films; wait for its first look.")
    looks = log.pivot_table(index=["step", "minutes"], columns="name", values="value", aggfunc="last").reset_index()
    films = samples.usable(manifests.read(folder / MANIFEST_FILE).of("validation"))
    config = settings.load(str(folder / CONFIG_FILE))
    return Attempt(folder.name, config, looks.sort_values("step"), len(films), _figures(folder))


def changes(config: Config, before: Config) -> list[str]:
    """Return the settings that differ, as ``key=value`` of the first."""
    ours, theirs = (_flat(settings.as_dict(_named(each))) for each in (config, before))
    keys = [key for key in dict.fromkeys([*ours, *theirs]) if key not in _APART]
    return [f"{key}={_word(ours.get(key))}" for key in keys if ours.get(key) != theirs.get(key)]


def text(attempts: Sequence[Attempt]) -> str:
    """Return the tables as Markdown."""
    first = attempts[0]
    measures = [name for name in WORDS if any(name in attempt.looks for attempt in attempts)]
    head = ["Run", f"Other than in {first.name}", "Steps", "Minutes", "Films", *(WORDS[name] for name in measures)]
    lines = [_line(head), _line(["---"] * len(head))]
    for attempt in attempts:
        last = attempt.looks.iloc[-1]
        other = changes(attempt.config, first.config)
        said = ", ".join(f"`{change}`" for change in other) or ("" if attempt is not first else attempt.config.name)
        values = [shown(last[name]) if name in last and pd.notna(last[name]) else "" for name in measures]
        length = (f"{last['step']:.0f}", f"{last['minutes']:.0f}", str(attempt.films))
        lines.append(_line([attempt.name, said, *length, *values]))
    parts = [
        "## What was tried",
        "`negatoscope-train tried`: every run's last look at the validation films, from its own log. Not every film "
        "is asked everything: masks and verdicts are drawn on few.",
        "\n".join(lines),
    ]
    judged = [attempt for attempt in attempts if attempt.figures]
    return "\n\n".join([*parts, _test(judged)] if judged else parts)


def picture(attempts: Sequence[Attempt]) -> Figure:
    """Draw how each measure went on the validation films, one line a run."""
    measures = [name for name in WORDS if any(name in attempt.looks for attempt in attempts)]
    across = min(_ACROSS, len(measures))
    figure, axes = canvas(-(-len(measures) // across), across, 3.0, 2.4)
    for place in axes.ravel()[len(measures) :]:
        place.set_axis_off()
    for place, name in zip(axes.ravel(), measures, strict=False):
        for attempt in attempts:
            if name in attempt.looks:
                place.plot(attempt.looks["minutes"], attempt.looks[name], marker=".", lw=1, label=attempt.name)
        place.set_title(WORDS[name], fontsize=8)
        place.set_xlabel("minutes")
    figure.legend(*axes.ravel()[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=7)
    return figure


def _figures(folder: Path) -> tuple[Mapping[str, Any], ...]:
    """Return the evaluated lines that have a goal; of several evaluations below the run the last written."""
    found = sorted(folder.rglob(EVALUATION), key=lambda path: path.stat().st_mtime)
    if not found:
        return ()
    document = json.loads(found[-1].read_text(encoding="utf-8"))
    return tuple(line for section in document["sections"] for line in section["lines"] if line["goal"] is not None)


def _test(judged: Sequence[Attempt]) -> str:
    """Return the table of test figures, one column a run."""
    head = ["On test films", "Goal", *(attempt.name for attempt in judged)]
    values: dict[tuple[str, str], dict[str, str]] = {}
    for attempt in judged:
        for line in attempt.figures:
            row = values.setdefault((f"{line['name']}, {line['measured_on']}", line["goal"]), {})
            row[attempt.name] = _value(line)
    lines = [_line([*key, *(row.get(attempt.name, "") for attempt in judged)]) for key, row in values.items()]
    return "\n".join([_line(head), _line(["---"] * len(head)), *lines])


def _value(line: Mapping[str, Any]) -> str:
    value, low, high = line["value"], line["low"], line["high"]
    if value is None:
        return ""
    return f"{value:.3f}" if low is None else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def _named(config: Config) -> Config:
    """Call the runs that this one builds on by their names, wherever they lie."""
    return replace(
        config, start=Path(config.start).name, teachers=tuple(Path(teacher).name for teacher in config.teachers)
    )


def _flat(values: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in values.items():
        flat |= _flat(value, f"{where}{key}.") if isinstance(value, dict) else {f"{where}{key}": value}
    return flat


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_word, value)) or "none"
    return "none" if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
