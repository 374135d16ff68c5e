"""Curves: how a run is doing, drawn live in the terminal: one line for every part of the loss and every look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from training.reports import Report

CELLS = 48
_BLOCKS = "▁▂▃▄▅▆▇█"
_REDRAWN_A_SECOND = 2


def sparkline(values: Sequence[float], cells: int = CELLS) -> str:
    """Return a curve of at most ``cells`` characters, each the mean of its stretch, the lowest to the highest.

    A value that is not finite leaves a gap.
    """
    parts = np.array_split(np.asarray(values, np.float64), min(cells, len(values)))
    means = np.array([part.mean() if part.size else np.nan for part in parts])
    known = means[np.isfinite(means)]
    if not known.size:
        return " " * len(means)
    low, span = known.min(), float(np.ptp(known)) or 1.0
    steps = len(_BLOCKS) - 1
    return "".join(_BLOCKS[round((mean - low) / span * steps)] if np.isfinite(mean) else " " for mean in means)


class Curves:
    """Everything a run has reported so far, as a table that Rich draws anew whenever it is asked."""

    def __init__(self) -> None:
        self._values: defaultdict[tuple[bool, str], list[float]] = defaultdict(list)
        self._last = ""

    def add(self, report: Report) -> None:
        """Take in a report."""
        for name, value in report.values.items():
            self._values[report.validation, name].append(value)
        self._last = f"step {report.step}, {report.seconds / 60:.1f} min, rate {report.rate:.1e}"

    def __rich__(self) -> Table:
        table = Table(title=self._last, box=None, title_justify="left", padding=(0, 2, 0, 0))
        for name in ("", "", "first", "now", "lowest", "highest"):
            table.add_column(name, justify="right" if name else "left")
        for validation in (False, True):
            for (looked, name), values in self._values.items():
                if looked is validation:
                    shade = "green" if validation else "cyan"
                    numbers = (values[0], values[-1], min(values), max(values))
                    table.add_row(name, f"[{shade}]{sparkline(values)}[/]", *(f"{value:.3f}" for value in numbers))
        return table


class Screen:
    """What is seen of a run: live curves in a terminal, a line for each report where there is none.

    Parameters
    ----------
    console
        Where to draw.
    silent
        Whether nothing is drawn: another process draws.
    """

    def __init__(self, console: Console, silent: bool = False) -> None:
        self._console, self._curves = console, Curves()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._silent, self._drawn = silent, console.is_terminal and not silent
        self._live = Live(self._picture(), console=console, refresh_per_second=_REDRAWN_A_SECOND, screen=False)

    def __enter__(self) -> Screen:
        if self._drawn:
            self._live.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._drawn:
            self._live.stop()

    def bar(self, title: str) -> Callable[[float], None]:
        """Return what moves a new bar to a share of its whole."""
        task = self._bars.add_task(title, total=1.0)
        return lambda share: self._bars.update(task, completed=share)

    def show(self, report: Report) -> None:
        """Draw a report."""
        self._curves.add(report)
        if not self._drawn and not self._silent:
            numbers = "  ".join(f"{name} {value:.3f}" for name, value in report.values.items())
            part = "validation" if report.validation else "training"
            self._console.print(f"{part}, step {report.step}, {report.seconds / 60:.1f} min: {numbers}")

    def _picture(self) -> RenderableType:
        return Group(self._bars, self._curves)
