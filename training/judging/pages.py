"""Pages: a report as JSON, Markdown and one HTML file with its plots inside."""

from __future__ import annotations

import base64
import json
from importlib import resources
from pathlib import Path

import jinja2

from training.judging.lines import Line
from training.judging.plots import plots
from training.judging.report import Report, counts, refusals


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
    parts.append(report.card.disclaimer)
    return "\n".join(parts) + "\n"


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
