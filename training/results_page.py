"""The results page: what commands write their tables and plots into, each its own part, leaving the others alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

from training.drawing.style import save

PICTURES = "results"
"""Folder of the plots, beside the page."""
_HEAD = """# Results

Every table and plot below is written by the command named above it, from the runs themselves. Research and education
only; not for diagnosis.
"""
_PART = re.compile(r"<!-- part: (?P<name>.+?) -->\n(?P<text>.*?)\n<!-- end -->", re.DOTALL)


def write(page: Path, name: str, text: str, pictures: Mapping[str, Figure]) -> None:
    """Put a part into the page, in its old place if it was there, else at the end.

    Parameters
    ----------
    page
        The Markdown file; made when it is not there.
    name
        Which part.
    text
        The part as Markdown, without its plots.
    pictures
        Plots that go below the text, by file name without ending; they are saved in ``PICTURES`` beside the page.
    """
    parts = _parts(page.read_text(encoding="utf-8")) if page.is_file() else {}
    lines = [text.strip()]
    for title, figure in pictures.items():
        path = save(figure, page.parent / PICTURES, title)
        lines.append(f"![{title.replace('-', ' ')}]({PICTURES}/{path.name})")
    parts[name] = "\n\n".join(lines)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(_joined(parts), encoding="utf-8")


def _parts(text: str) -> dict[str, str]:
    return {found["name"]: found["text"] for found in _PART.finditer(text)}


def _joined(parts: Mapping[str, str]) -> str:
    marked = (f"<!-- part: {name} -->\n{text}\n<!-- end -->" for name, text in parts.items())
    return "\n".join([_HEAD, *(f"{part}\n" for part in marked)])
