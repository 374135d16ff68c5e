"""audit: an HTML page of what is in the data, so that nobody trains on films that nobody has looked at."""

from __future__ import annotations

import base64
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated

import jinja2
import numpy as np
import typer
from rich.console import Console
from sklearn.metrics import roc_auc_score

from training import manifest as manifests
from training import sheets
from training.calibrate import answer_of
from training.datasets.row import Row
from training.groups import merged_patients
from training.judging.shortcuts import metadata_scores
from training.judging.subgroups import age_band
from training.manifest import Manifest
from training.splits import SPLITS, random_leak, spanning

WORDS = {True: "yes", False: "no", None: "?"}
_COVID = {True: "COVID-19", False: "not COVID-19", None: "not known"}
FINDINGS = {"lung_opacity": "lung opacity", "covid19": "COVID-19"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the page."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A contact sheet of the page, as base64 JPEG."""

    title: str
    data: str


def audit(
    manifest: Annotated[Path, typer.Argument(help="The manifest that `prepare` wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("audit.html"),
    films: Annotated[int, typer.Option(help="Films on each contact sheet.")] = 24,
    seed: Annotated[int, typer.Option(help="Which films are drawn for the sheets.")] = 0,
) -> None:
    """Show what is in the data: counts, ages, splits, copies, masks over films, what labels alone give away.

    Example: negatoscope-train audit runs/manifest.json -o runs/audit.html
    """
    read = manifests.read(manifest)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page(read, films, seed), encoding="utf-8")
    Console().print(f"written: {out}")


def page(manifest: Manifest, films: int = 24, seed: int = 0) -> str:
    """Return the page; it needs no other file."""
    source = resources.files("training").joinpath("audit.html").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(
        films=len(manifest.rows), tables=list(tables(manifest)), pictures=list(pictures(manifest, films, seed))
    )


def tables(manifest: Manifest) -> Iterator[Table]:
    """Yield the tables of the page."""
    rows = manifest.rows
    yield _crossed(
        "Source, class and view",
        rows,
        Crossing(("source", "opacity", "COVID-19"), _source_and_class, lambda row: row.view or "not said"),
    )
    yield _crossed("Age", rows, Crossing(("source", "sex"), lambda row: (row.source, row.sex or "not said"), age_band))
    yield _crossed(
        "Sites", rows, Crossing(("source", "site"), lambda row: (row.source, row.site), lambda row: _COVID[row.covid])
    )
    yield _splits(manifest)
    yield _leak(manifest)
    yield _labels_alone(rows)
    yield _merged(manifest)
    refused: Counter[tuple[str, ...]] = Counter((item.source, item.reason) for item in manifest.refused)
    yield Table("Refused films", "", ("source", "reason", "films"), _lines(refused))


def pictures(manifest: Manifest, count: int, seed: int) -> Iterator[Picture]:
    """Yield the contact sheets: films of every source and class, masked films, boxed films, copies side by side."""
    kinds: defaultdict[str, list[Row]] = defaultdict(list)
    for row in manifest.rows:
        kinds[f"{row.source}: opacity {WORDS[row.opacity]}, COVID-19 {WORDS[row.covid]}"].append(row)
        if not row.frontal:
            kinds[f"{row.source}: not frontal"].append(row)
        if "opacity" in row.masked:
            kinds["Masks drawn by radiologists: lungs green, heart blue, opacity red"].append(row)
        elif any(part.kind == "lungs" for part in row.masks) and row.frontal:
            kinds["Lung masks"].append(row)
        if row.boxes:
            kinds["Boxes drawn by radiologists"].append(row)
    for title, rows in sorted(kinds.items()):
        drawn = random.Random(seed).sample(rows, min(count, len(rows)))  # noqa: S311 - a drawing of lots
        yield _picture(
            f"{title} ({len(rows)} films)", manifest.root, drawn, [f"{r.view} {r.split or ''}" for r in drawn]
        )
    copies = _largest_groups(manifest.rows, count)
    if copies:
        yield _picture(
            "Groups of copies and of films of one patient", manifest.root, copies, [r.group[:6] for r in copies]
        )


def _picture(title: str, root: Path, rows: Sequence[Row], captions: Sequence[str]) -> Picture:
    return Picture(title, base64.b64encode(sheets.jpeg(sheets.sheet(root, rows, captions))).decode())


def _largest_groups(rows: Sequence[Row], count: int) -> list[Row]:
    """Return films of groups that hold several sources, group by group."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    mixed = [members for members in groups.values() if len({row.source for row in members}) > 1]
    mixed.sort(key=lambda members: (-len({row.source for row in members}), members[0].group))
    return [row for members in mixed for row in members[:4]][:count]


@dataclass(frozen=True, slots=True)
class Crossing:
    """How films are counted: what stands before each line, under which heads, and what parts the line into columns."""

    head: tuple[str, ...]
    line: Callable[[Row], tuple[str, ...]]
    column: Callable[[Row], str]


def _crossed(title: str, rows: Sequence[Row], crossing: Crossing) -> Table:
    counts = Counter((crossing.line(row), crossing.column(row)) for row in rows)
    columns = sorted({column for _, column in counts})
    lines = []
    for line in sorted({line for line, _ in counts}):
        cells = [counts[line, column] for column in columns]
        lines.append((*line, *(str(cell or "") for cell in cells), str(sum(cells))))
    return Table(title, "", (*crossing.head, *columns, "all"), tuple(lines))


def _source_and_class(row: Row) -> tuple[str, ...]:
    return row.source, WORDS[row.opacity], WORDS[row.covid]


def _lines(counts: Counter[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple((*kind, str(count)) for kind, count in sorted(counts.items()))


def _splits(manifest: Manifest) -> Table:
    note = f"{len(spanning(manifest.rows))} groups stand in more than one split."
    lines = []
    for split in SPLITS:
        rows = manifest.of(split)
        masked = sum("opacity" in row.masked for row in rows)
        boxed = sum(row.boxed for row in rows)
        lines.append((split, str(len(rows)), str(len({row.group for row in rows})), str(masked), str(boxed)))
    return Table("Splits", note, ("split", "films", "groups", "opacity masks", "RSNA verdicts"), tuple(lines))


def _leak(manifest: Manifest) -> Table:
    leaks = random_leak(manifest.rows, manifest.seed)
    note = "Share of test films whose patient or copy would be trained on, were films split at random (80/20)."
    return Table(
        "What a random split would leak", note, ("source", "leaked"), tuple((s, f"{v:.0%}") for s, v in leaks.items())
    )


def _labels_alone(rows: Sequence[Row]) -> Table:
    """Say how far source, site, view, sex and age alone give the answer away (learned on train, judged on the rest)."""
    trained = [row for row in rows if row.split == "train"]
    rest = [row for row in rows if row.split != "train" and row.frontal and row.adult is not False]
    lines = []
    for finding, words in FINDINGS.items():
        for source in (None, *sorted({row.source for row in rest})):
            known = [r for r in rest if answer_of(r, finding) is not None and source in (None, r.source)]
            truth = np.array([bool(answer_of(row, finding)) for row in known], bool)
            if known and truth.any() and not truth.all():
                auc = roc_auc_score(truth, metadata_scores(finding, trained, known))
                lines.append((words, source or "all sources", str(len(known)), f"{auc:.2f}"))
    note = "A regression that sees no pixel. An image score that does no better has shown nothing."
    return Table("What labels alone give away", note, ("finding", "films of", "films", "ROC AUC"), tuple(lines))


def _merged(manifest: Manifest) -> Table:
    note = "Patient ids of one collection that turned out to be one patient."
    lines = tuple(
        (first, second, found.reason, "" if found.correlation is None else f"{found.correlation:.3f}")
        for (first, second), found in sorted(merged_patients(manifest.joins).items())
    )
    return Table("One patient under two ids", note, ("first", "second", "same", "correlation"), lines)
