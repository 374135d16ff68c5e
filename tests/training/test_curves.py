"""The live curves: they follow the numbers, in a terminal as a table, elsewhere as lines."""

from __future__ import annotations

import io
import math

from rich.console import Console

from training.curves import CELLS, Curves, Screen, sparkline
from training.reports import Report


def report(step: int, validation: bool = False, **values: float) -> Report:
    return Report(step, step / 10, 60.0 * step, 1e-3, values, validation)


def test_a_curve_goes_from_the_lowest_to_the_highest() -> None:
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█"
    assert sparkline([3, 3, 3]) == "▁▁▁"
    assert sparkline([1.0, math.nan, 2.0]) == "▁ █"
    long = sparkline(list(range(10 * CELLS)))
    assert len(long) == CELLS
    assert list(long) == sorted(long)


def test_the_table_holds_first_last_lowest_and_highest() -> None:
    curves = Curves()
    for step, loss in enumerate((0.9, 0.25, 0.5), 1):
        curves.add(report(step, opacity=loss))
    curves.add(report(3, validation=True, dice_lungs=0.75))
    console = Console(record=True, width=120, file=io.StringIO())
    console.print(curves)
    lines = console.export_text().splitlines()
    assert "step 3, 3.0 min" in lines[0]
    assert next(line for line in lines if "opacity" in line).split()[-4:] == ["0.900", "0.500", "0.250", "0.900"]
    assert "0.750" in next(line for line in lines if "dice_lungs" in line)


def test_a_terminal_shows_curves_and_a_file_gets_lines() -> None:
    for terminal, words in ((True, "█"), (False, "training, step 2, 2.0 min: opacity 0.500")):
        file = io.StringIO()
        with Screen(Console(file=file, force_terminal=terminal, width=120)) as screen:
            screen.bar("training")(0.2)
            screen.show(report(1, opacity=0.25))
            screen.show(report(2, opacity=0.5))
        assert words in file.getvalue()
    file = io.StringIO()
    with Screen(Console(file=file, force_terminal=True), silent=True) as screen:
        screen.show(report(1, opacity=0.25))
    assert file.getvalue() == ""
