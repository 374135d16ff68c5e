#!/usr/bin/env python3
"""Gathers every word a reader can see and compiles the translations.

    python packaging/words.py [--folder resources/words]

Marked texts come from the viewer (lupdate), finding names from the vocabulary, and the sentences of errors and
warnings from the calls that make them, their values turned into ``{0}``, ``{1}`` … Written are
``negatoscope_ru.ts`` (to be edited; translations already there are kept), ``negatoscope_ru.qm`` (what the program
reads) and ``sentences.txt`` (the templates by which it recognises a sentence). Lists what is not translated yet.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.findings.vocabulary import MAP_NAMES, TERMS  # noqa: E402

WORDS = ROOT / "resources" / "words"
LANGUAGES = ("ru",)
SPEAKING = (
    "model/film",
    "model/net",
    "model/card.py",
    "viewer/jobs.py",
    "viewer/session",
    "viewer/settings",
    "viewer/triage",
    "viewer/export/coco.py",
    "viewer/qt/analysis.py",
)
SILENT = (
    "model/film/summary.py",
    "model/film/selftest.py",
    "model/film/decoders.py",
    "model/film/sketch.py",
    "model/net/device.py",
    "viewer/triage/cluster.py",
)
"""Rooms whose sentences reach the window, and files in them whose sentences do not."""
SENTENCE = re.compile(r"[A-Z{].*\s.*[.:}]$")
CLAUSE = re.compile(r"(its?|the|a|half|give) \S+( \S+)*$")
"""A whole sentence, and a part of one that is put into another (``it lies outside the film's values {0} to {1}``)."""


def tool(name: str) -> str:
    """Return the path of one of Qt's tools, which come with PySide6."""
    folder = Path(PySide6.__file__).parent
    return str(folder / (f"{name}.exe" if os.name == "nt" else name))


def template(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a literal as a template: the values of an f-string become ``{0}``, ``{1}`` and so on."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts, count = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts += str(part.value)
        else:
            parts += f"{{{count}}}"
            count += 1
    return parts


def spoken(source: str) -> Iterator[str]:
    """Yield the templates of the sentences in a module; comments, docstrings and programming errors are not spoken."""
    tree = ast.parse(source)
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            silent.update(id(inner) for inner in ast.walk(node) if inner is not node)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"ValueError", "KeyError", "TypeError"}:
            silent.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        literal = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        if literal and id(node) not in silent:
            text = template(node)  # type: ignore[arg-type]
            own = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\d+\}", "", text))
            if len(own) >= 2 and text.count(" ") >= 2 and (SENTENCE.fullmatch(text) or CLAUSE.fullmatch(text)):
                yield text


def sentences() -> list[str]:
    """Return the templates of all sentences that errors and warnings can say, each once."""
    found: dict[str, None] = {}
    for room in SPEAKING:
        for path in sorted((ROOT / room).rglob("*.py")) or [ROOT / room]:
            if path.relative_to(ROOT).as_posix() not in SILENT:
                found.update(dict.fromkeys(spoken(path.read_text(encoding="utf-8"))))
    return list(found)


def marked(texts: list[tuple[str, str]]) -> str:
    """Return Python source in which lupdate finds these texts (context, text)."""
    return "".join(f"QT_TRANSLATE_NOOP({_quoted(context)}, {_quoted(text)})\n" for context, text in texts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def gather(folder: Path) -> list[str]:
    """Bring sentences and translation sources in ``folder`` up to date and compile them; return what is unfinished."""
    said = sentences()
    (folder / "sentences.txt").write_text("".join(f"{text}\n" for text in said), encoding="utf-8")
    extra = [("Sentences", text) for text in said]
    extra += [("Vocabulary", text) for term in TERMS for text in (term.name, term.meaning)]
    extra += [("Vocabulary", text) for name in MAP_NAMES.values() for text in (name, name.partition(" (")[0])]
    sources = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "viewer").rglob("*.py"))
    unfinished: list[str] = []
    with tempfile.TemporaryDirectory() as beside:
        more = Path(beside) / "sentences.py"
        more.write_text(marked(extra), encoding="utf-8")
        for language in LANGUAGES:
            written = folder / f"negatoscope_{language}.ts"
            options = ("-source-language", "en", "-target-language", language, "-no-obsolete", "-locations", "none")
            _run(tool("lupdate"), *sources, str(more), *options, "-ts", str(written))
            _run(tool("lrelease"), str(written), "-qm", str(written.with_suffix(".qm")))
            unfinished += not_translated(written)
    return unfinished


def not_translated(written: Path) -> list[str]:
    """Return the texts of a translation file that are not translated yet, with their contexts."""
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ET.parse(written).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if (translation := message.find("translation")) is None or translation.get("type") or not translation.text
    ]


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:1])} failed:\n{done.stdout}{done.stderr}")


def main() -> int:
    """Gather, compile, and tell what is left to translate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=WORDS, help="where the translations lie")
    unfinished = gather(parser.parse_args().folder)
    for text in unfinished:
        print(text)
    print(f"{len(unfinished)} texts are not translated yet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
