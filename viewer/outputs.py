"""Where a batch writes its answers: JSON lines, a CSV table, lines for people; and what is there from before."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TextIO

from model.findings.prediction import Finding
from viewer.export.caption import findings_line, refusal_line, stamped
from viewer.export.table import CsvLines, object_line
from viewer.settings.storage import replace_text

PUT_RIGHT = " (--correct does so)"
"""The hint for films that can be put right."""

Write = Callable[[Mapping[str, Any]], None]


@dataclass(slots=True)
class Outputs:
    """What every answer is written to. ``kept`` holds the answers, by path, that an output had from before."""

    writers: list[Write] = field(default_factory=list)
    overlays: Path | None = None
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    def write(self, answer: Mapping[str, Any]) -> None:
        """Write one answer unless it is there from before."""
        if answer["path"] not in self.kept:
            for writer in self.writers:
                writer(answer)


@contextmanager
def outputs(json: str | None, csv: str | None, overlays: Path | None, resume: bool = False) -> Iterator[Outputs]:
    """Open what answers are written to, and close it at the end; without JSON or CSV, lines for people are printed.

    Parameters
    ----------
    json, csv
        A file, "-" for standard output, or None.
    overlays
        A folder for pictures, made when missing, or None.
    resume
        Keep the answers that the JSON file holds already and go on behind them; the table is written anew with
        them in it. Failures and a line that was cut short are dropped, so that they are tried again.

    Raises
    ------
    OSError
        When one of them cannot be written.
    """
    with ExitStack() as stack:
        chosen = Outputs(overlays=overlays)
        if json is not None:
            if resume and json != "-":
                chosen.kept = take_up(Path(json))
            chosen.writers.append(_json_writer(_opened(stack, json, "a" if resume else "w")))
        if csv is not None:
            chosen.writers.append(_csv_writer(_opened(stack, csv, "w"), chosen.kept))
        if not chosen.writers:
            chosen.writers.append(_print_answer)
        if overlays is not None:
            overlays.mkdir(parents=True, exist_ok=True)
        yield chosen


def take_up(path: Path) -> dict[str, dict[str, Any]]:
    """Return the answers in a JSON file by path, and leave nothing else in it."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    kept = {}
    for line in text.splitlines(keepends=True):
        answer = _answer_in(line)
        if answer is not None and answer["status"] != "failed":
            kept[answer["path"]] = answer
    replace_text(path, "".join(object_line(answer) + "\n" for answer in kept.values()))
    return kept


def _answer_in(line: str) -> dict[str, Any] | None:
    """Return the answer in a whole line, None for one that was cut short."""
    if not line.endswith("\n"):
        return None
    try:
        answer = json.loads(line)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and {"path", "status", "findings"} <= answer.keys() else None


def _opened(stack: ExitStack, name: str, mode: Literal["a", "w"]) -> TextIO:
    if name == "-":
        return sys.stdout
    return stack.enter_context(Path(name).open(mode, encoding="utf-8", newline=""))


def _json_writer(stream: TextIO) -> Write:
    def write(answer: Mapping[str, Any]) -> None:
        print(object_line(answer), file=stream, flush=True)

    return write


def _csv_writer(stream: TextIO, kept: Mapping[str, Mapping[str, Any]]) -> Write:
    lines = CsvLines(stream)
    for answer in kept.values():
        lines.write_object(answer)

    def write(answer: Mapping[str, Any]) -> None:
        lines.write_object(answer)
        stream.flush()

    return write


def _print_answer(answer: Mapping[str, Any]) -> None:
    print(f"{answer['path']}: {answer_words(answer)}", flush=True)


def answer_words(answer: Mapping[str, Any]) -> str:
    """Return the one line that says what an answer (the object of ``analyse --json``) holds."""
    reason = answer["reason"]["message"] if answer["reason"] else ""
    if answer["status"] == "failed":
        return f"Failed: {reason}"
    if answer["status"] == "not_assessable":
        return refusal_line(reason) + (PUT_RIGHT if "remedy" in answer["reason"] else "")
    findings = [Finding(**finding) for finding in answer["findings"]]
    if answer["reason"] and answer["reason"]["code"] == "duplicate":
        return f"{reason} {findings_line(findings, answer['opacity_extent'])}"
    stamp = stamped(reason, corrected=answer.get("corrected") is not None)
    return findings_line(findings, answer["opacity_extent"], stamp)
