"""Pages: a report as JSON, Markdown and one HTML file with its plots inside."""

from __future__ import annotations

import base64
import json
import math
from importlib import resources
from pathlib import Path

import jinja2

from training.judging.findings import NAMES
from training.judging.lines import Line
from training.judging.operating import PREVALENCES, Operating
from training.judging.plots import plots
from training.judging.report import Report, counts, refusals

OPERATING_HEAD = (
    "finding",
    "on",
    "called from",
    "hits, misses, alarms, rightly not called",
    "yes: precision, recall, F1 (support)",
    "no: precision, recall, F1 (support)",
    "sensitivity",
    "specificity",
    f"positive / negative predictive value at {', '.join(f'{share:.0%}' for share in PREVALENCES)}",
)
OPERATING_NOTE = (
    "Levels come from validation films: 95 % of positive films lie above “rule out”, 95 % of negative ones below "
    "“rule in”. Rates with Wilson's intervals; predictive values by Bayes' rule at other shares of ill people."
)


def write(report: Report, folder: Path) -> list[Path]:
    """Write ``evaluation.json``, ``evaluation.md`` and ``evaluation.html`` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"json": as_json(report), "md": as_markdown(report), "html": as_html(report)}
    paths = []
    for ending, text in texts.items():
        path = folder / f"evaluation.{ending}"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def as_json(report: Report) -> str:
    """Return the whole report as JSON."""
    return json.dumps(report.document(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def as_markdown(report: Report) -> str:
    """Return the tables as Markdown."""
    parts = [f"# {report.card.name} {report.card.version}", "", report.films, ""]
    parts += [f"- left out: {item.name}: {item.reason}" for item in report.refused]
    parts += [""] * bool(report.refused)
    for section in report.sections:
        parts += [
            f"## {section.title}",
            "",
            section.note,
            "",
            "| What | On | Value [95 %] | n | Goal |",
            "|---|---|---|---|---|",
        ]
        parts += [
            f"| {line.name} | {line.measured_on} | {interval(line)} | {line.estimate.n} | {goal(line)} |"
            for line in section.lines
        ]
        parts.append("")
    parts += [*_operating_markdown(report), "", report.card.disclaimer]
    return "\n".join(parts) + "\n"


def _operating_markdown(report: Report) -> list[str]:
    if not report.operating:
        return []
    table = [OPERATING_HEAD, *(operating_cells(point) for point in report.operating)]
    lines = [f"| {' | '.join(cells)} |" for cells in table]
    return ["## Operating points", "", OPERATING_NOTE, "", lines[0], "|---" * len(OPERATING_HEAD) + "|", *lines[1:]]


def operating_cells(point: Operating) -> tuple[str, ...]:
    """Return an operating point for people, one cell for each word of ``OPERATING_HEAD``."""
    found = point.counts
    counts = (found.true_positive, found.false_negative, found.false_positive, found.true_negative)
    each = (f"{_two(p.precision)}, {_two(p.recall)}, {_two(p.f1)} ({p.support})" for p in point.classes)
    values = ", ".join(f"{_two(positive)} / {_two(negative)}" for _, positive, negative in point.predictive)
    rates = (f"{rate.value:.2f} [{rate.low:.2f}, {rate.high:.2f}]" for rate in (point.sensitivity, point.specificity))
    level = f"{point.point}, {point.level:.2f}"
    return (NAMES[point.finding], point.words, level, ", ".join(map(str, counts)), *each, *rates, values)


def _two(value: float) -> str:
    """Return a share with two digits; a dash where there is none, as the precision of what was never called."""
    return "–" if math.isnan(value) else f"{value:.2f}"


def as_html(report: Report) -> str:
    """Return one page that needs no other file."""
    source = resources.files("training.judging").joinpath("page.html").read_text(encoding="utf-8")
    page = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    pictures = [(caption, base64.b64encode(png).decode()) for caption, png in plots(report)]
    return page.render(
        report=report,
        pictures=pictures,
        counts=counts(report.answers),
        refusals=refusals(report.answers),
        interval=interval,
        goal=goal,
        operating=(OPERATING_HEAD, OPERATING_NOTE, [operating_cells(point) for point in report.operating]),
    )


def interval(line: Line) -> str:
    """Return value and interval for people."""
    found = line.estimate
    if found.value != found.value:
        return "not defined"
    if found.low != found.low:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"


def goal(line: Line) -> str:
    """Return the goal and whether it was met, for people."""
    return f"{line.goal}: {line.verdict or 'not measured'}" if line.goal else ""
