"""prepare: read the collections, group and split them, and say what a reader of the numbers should know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from training.datasets import coco
from training.duplicates import MOST
from training.groups import merged_patients
from training.manifest import Manifest, build, write
from training.splits import SPLITS, Division, random_leak, spanning

WORDS = {True: "yes", False: "no", None: "?"}


def prepare(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    data: Annotated[Path, typer.Argument(help="Folder that holds the collections, each under its own name.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the manifest goes.")] = Path("manifest.json"),
    source: Annotated[list[str] | None, typer.Option(help="Only this collection; may be repeated.")] = None,
    own: Annotated[
        list[Path] | None, typer.Option(help="Own films: a CSV path,label[,view,patient,boxes], or COCO JSON.")
    ] = None,
    hold_out: Annotated[
        list[str] | None,
        typer.Option(help="A source or site (as radiopaedia.org) kept for the test alone; may be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Which deterministic split.")] = 0,
    coco_out: Annotated[
        Path | None, typer.Option("--coco", help="Also write the boxes of all films that were looked through.")
    ] = None,
) -> None:
    """Read collections into one manifest with groups and splits, and report what was found.

    Example: negatoscope-train prepare data --out runs/manifest.json

    Example: negatoscope-train prepare data --own ward.csv --own drawn-in-the-viewer.json --coco runs/boxes.json
    """
    console = Console()
    with Progress(console=console, transient=True) as bars:
        tasks: dict[str, int] = {}

        def show(step: str, share: float) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=1.0)
            bars.update(tasks[step], completed=share)  # type: ignore[arg-type]

        manifest = build(data, source, tuple(own or ()), Division(seed, held=frozenset(hold_out or ())), show)
    write(manifest, out)
    report(manifest, console)
    console.print(f"Manifest with {len(manifest.rows)} films written to {out}")
    if coco_out is not None:
        count = coco.write(manifest.rows, manifest.root, coco_out)
        console.print(f"Boxes on {count} films written to {coco_out}; the viewer reads them, too")


def report(manifest: Manifest, console: Console) -> None:
    """Print the tables: films by source, class and view; groups, merges and leak; refusals."""
    console.print(films_table(manifest))
    console.print(split_table(manifest))
    console.print(leak_table(manifest))
    console.print(merges_table(manifest))
    console.print(refusals_table(manifest))
    for line in warnings(manifest):
        console.print(f"[yellow]{line}[/yellow]")


def films_table(manifest: Manifest) -> Table:
    """Count films by source, findings and view."""
    table = Table(title="Films by source, class and view")
    views = sorted({row.view or "not said" for row in manifest.rows})
    for name in ("source", "opacity", "COVID-19", *views, "all"):
        table.add_column(name, justify="left" if name == "source" else "right", no_wrap=name == "source")
    counts = Counter((row.source, row.opacity, row.covid, row.view or "not said") for row in manifest.rows)
    classes = sorted({key[:3] for key in counts}, key=lambda key: (key[0], WORDS[key[1]], WORDS[key[2]]))
    for kind in classes:
        cells = [counts[*kind, view] for view in views]
        source, opacity, covid = kind
        shown = [str(cell) if cell else "" for cell in cells]
        table.add_row(source, WORDS[opacity], WORDS[covid], *shown, str(sum(cells)))
    return table


def split_table(manifest: Manifest) -> Table:
    """Count films, groups and annotations by split."""
    table = Table(title=f"Splits (seed {manifest.seed}): {len(spanning(manifest.rows))} groups span two splits")
    for name in ("split", "films", "groups", "opacity masks", "lung masks", "RSNA verdicts", "extent scores"):
        table.add_column(name, justify="left" if name == "split" else "right")
    for split in SPLITS:
        rows = manifest.of(split)
        counts = (
            len(rows),
            len({row.group for row in rows}),
            sum("opacity" in row.masked for row in rows),
            sum("lungs" in row.masked for row in rows),
            sum(row.boxed for row in rows),
            sum(row.severity is not None for row in rows),
        )
        table.add_row(split, *map(str, counts))
    return table


def leak_table(manifest: Manifest) -> Table:
    """Say what share of test films a split by film alone would have trained on, as patient or copy."""
    table = Table(title="Leak of a random 80/20 split: test films whose patient or copy is trained on")
    table.add_column("source")
    table.add_column("leaked", justify="right")
    for source, share in random_leak(manifest.rows, manifest.seed).items():
        table.add_row(source, f"{100 * share:.0f} %")
    return table


def merges_table(manifest: Manifest) -> Table:
    """List the patient ids that turned out to be one patient within a collection, and count copies across."""
    across = Counter(tuple(sorted(patient.partition(":")[0] for patient in found.patients)) for found in manifest.joins)
    table = Table(title="Joined: one patient under two ids (within a collection), copies (across)")
    for name in ("first", "second", "why"):
        table.add_column(name)
    for (first, second), found in sorted(merged_patients(manifest.joins).items()):
        likeness = "" if found.correlation is None else f" ({found.correlation:.3f})"
        table.add_row(first, second, f"same {found.reason}{likeness}")
    for (one, other), count in sorted(across.items()):
        if one != other:
            table.add_row(one, other, f"{count} links between films")
    return table


def refusals_table(manifest: Manifest) -> Table:
    """Count refused films by source and reason."""
    table = Table(title=f"Refused: {len(manifest.refused)}")
    table.add_column("source")
    table.add_column("reason")
    table.add_column("films", justify="right")
    for (source, reason), count in sorted(Counter((item.source, item.reason) for item in manifest.refused).items()):
        table.add_row(source, reason, str(count))
    return table


def warnings(manifest: Manifest) -> list[str]:
    """Return what must not be forgotten: sources that can teach only their own name, copies not looked for."""
    found = []
    if len(manifest.rows) > MOST:
        found.append(f"More than {MOST:,} films: only copies of whole films were looked for, not crops.")
    for finding in ("opacity", "covid"):
        known: dict[str, set[bool]] = {}
        for row in manifest.rows:
            value = getattr(row, finding)
            if value is not None and row.frontal:
                known.setdefault(row.source, set()).add(value)
        single = sorted(source for source, values in known.items() if len(values) == 1)
        if single:
            found.append(
                f"{finding}: {', '.join(single)} hold one class only: they teach their look, not this finding."
            )
    return found
