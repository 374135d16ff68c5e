"""Reports: what a run says of itself while it learns, written to CSV and TensorBoard."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOG_FILE = "log.csv"


@dataclass(frozen=True, slots=True)
class Report:
    """What happened up to a step: mean loss parts since the last report, or a look at the validation films."""

    step: int
    progress: float
    seconds: float
    rate: float
    values: Mapping[str, float]
    validation: bool


Log = Callable[[Report], None]


class Means:
    """Running means of the loss parts."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._count = 0

    def add(self, values: Mapping[str, float]) -> None:
        """Take in the parts of one step."""
        for name, value in values.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._count += 1

    def take(self) -> dict[str, float]:
        """Return the means and begin anew."""
        means = {name: value / self._count for name, value in self._sums.items()}
        self._sums, self._count = {}, 0
        return means


@contextmanager
def log(folder: Path) -> Iterator[Log]:
    """Give what writes reports to a CSV of (step, progress, seconds, rate, part, name, value) and to TensorBoard."""
    from torch.utils.tensorboard import SummaryWriter  # slow to import, and only needed once a run begins

    path = folder / LOG_FILE
    fresh = not path.exists()
    writer = SummaryWriter(str(folder / "tensorboard"))
    with path.open("a", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        if fresh:
            table.writerow(["step", "progress", "seconds", "rate", "part", "name", "value"])

        def write(report: Report) -> None:
            part = "validation" if report.validation else "train"
            for name, value in report.values.items():
                where = [report.step, f"{report.progress:.5f}", f"{report.seconds:.1f}", f"{report.rate:.3e}"]
                table.writerow([*where, part, name, f"{value:.6g}"])
                writer.add_scalar(f"{part}/{name}", value, report.step)
            stream.flush()

        try:
            yield write
        finally:
            writer.close()
